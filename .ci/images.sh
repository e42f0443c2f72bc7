#!/usr/bin/env bash
# Builds the images of the container tests where none can be pulled: Debian (debootstrap); Java, Kafka (Maven's jars) and
# PostgreSQL (Debian's) on top. Does nothing for an image that exists. Needs root, a running Docker and debootstrap.
# The tags carry a digest of what an image is made of, so that a changed recipe is built anew.
#   .ci/images.sh         builds, then prints the names as NAME=IMAGE lines
#   .ci/images.sh names   only prints them
set -euo pipefail
cd "$(dirname "$0")/images"

digest() { cat -- "$@" | sha256sum | cut -c1-12; }

suite=bookworm
kafka_version=$(sed -n 's|.*<kafka.version>\(.*\)</kafka.version>.*|\1|p' ../../pom.xml)
base=camel-aiflow-test/debian:$suite
kafka=camel-aiflow-test/kafka:$kafka_version-$(digest kafka/*)
jre=camel-aiflow-test/jre:17-$(digest jre/*)
postgres=camel-aiflow-test/postgres:$suite-$(digest postgres/*)

exists() { docker image inspect "$1" > /dev/null 2>&1; }

build_base() {
  debootstrap --variant=minbase "$suite" "$work/base" > "$work/debootstrap.log" 2>&1 \
    || { tail -n 20 "$work/debootstrap.log" >&2; return 1; }
  tar -C "$work/base" -c . | docker import --change 'CMD ["bash"]' - "$base" > /dev/null
}

build() { # image folder
  docker build --quiet --network host --build-arg BASE="$base" --tag "$1" "$2" > /dev/null
}

build_kafka() {
  mkdir "$work/kafka"
  cp kafka/* "$work/kafka/"
  mvn -B -q -ntp -f kafka/pom.xml dependency:copy-dependencies -DoutputDirectory="$work/kafka/libs" >&2
  build "$kafka" "$work/kafka"
}

if [ "${1:-}" != names ]; then
  work=$(mktemp -d)
  trap 'rm -rf --one-file-system "$work"' EXIT
  exists "$base" || build_base
  exists "$jre" || build "$jre" jre
  exists "$kafka" || build_kafka
  exists "$postgres" || build "$postgres" postgres
fi
printf 'BASE=%s\nJRE=%s\nKAFKA=%s\nPOSTGRES=%s\n' "$base" "$jre" "$kafka" "$postgres"
