#!/usr/bin/env bash
# Builds what is published twice, in folders of different names and depths, time zones and languages, without tests, and compares every
# file byte by byte: the jars of component and routes (trained models, generated references and claims among them), the app's folder,
# the bills of materials. Prints one line a difference; non-zero where there is one. Takes the files as they are on disk, but ignored ones.
#
# One file cannot be made so: Quarkus 3.31 writes quarkus/generated-bytecode.jar in the order in which its build steps happen to end, on
# many threads. Of it the names of what it holds are compared.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
first=$work/a
second=$work/another/folder-b
by_chance=quarkus-app/target/quarkus-app/quarkus/generated-bytecode.jar

published() {
  find camel-aiflow-component/target routes/target quarkus-app/target -maxdepth 1 \( -name '*.jar' -o -name bom.json \)
  find quarkus-app/target/quarkus-app -type f -not -path "$by_chance"
}

sums() ( # folder
  cd "$1"
  published | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum
  printf '%s  names in %s\n' "$(jar -tf "$by_chance" | LC_ALL=C sort | sha256sum | cut -d ' ' -f 1)" "$by_chance"
)

build() { # folder options…
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done | tar --null --files-from=- -c | tar -x -C "$1"
  mvn -q -B -ntp -f "$1/pom.xml" -pl camel-aiflow-component,routes,quarkus-app verify \
    -Dmaven.test.skip=true -Dspotless.check.skip=true "${@:2}" < /dev/null
}

# Jars keep the modes of files
umask 022
TZ=UTC LC_ALL=C build "$first"
TZ=Pacific/Auckland LC_ALL=C.UTF-8 build "$second" -Duser.language=tr -Duser.country=TR

sums "$first" > "$work/first"
sums "$second" > "$work/second"
[ "$(grep -c 'bom.json' "$work/first")" = 2 ] || { echo "The bills of materials are missing"; exit 1; }
if ! diff "$work/first" "$work/second"; then
  echo "The two builds differ in the files above"
  exit 1
fi
echo "$(wc -l < "$work/first") files of two builds are alike, among them:"
grep -E 'target/[^/]+$' "$work/first"
