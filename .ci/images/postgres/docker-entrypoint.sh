#!/usr/bin/env bash
# POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB make the first data base, as in the public image; then the command runs.
set -euo pipefail

if [ "${1:-}" = postgres ] && [ ! -e "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  initdb --username="$user" --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:?}") --auth-host=scram-sha-256 --auth-local=trust
  printf "listen_addresses = '*'\n" >> "$PGDATA/postgresql.conf"
  printf 'host all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
  # Started once without a port to make the data base, so that "ready" shows twice in the log, as with the public image.
  pg_ctl -w start -o "-c listen_addresses='' -c unix_socket_directories=/tmp"
  if [ "$database" != postgres ]; then
    createdb --host=/tmp --username="$user" "$database"
  fi
  pg_ctl -m fast -w stop
fi
if [ "${1:-}" = postgres ]; then
  set -- "$@" -c unix_socket_directories=/tmp
fi
exec "$@"
