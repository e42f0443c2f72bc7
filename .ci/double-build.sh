#!/usr/bin/env bash
# Builds what is published twice, in folders of different names and depths, without tests, and compares every file byte by byte:
# the jars of component and routes (trained models, generated references and claims among them), the app's folder, the SBOMs.
# Prints one line a difference; non-zero where there is one. Takes the committed and staged files as they are on disk.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
first=$work/a
second=$work/another/folder-b

published() { # folder
  (cd "$1" && find camel-aiflow-component/target routes/target quarkus-app/target -maxdepth 1 \
      \( -name '*.jar' -o -name 'bom.json' \) -print \
    && find quarkus-app/target/quarkus-app -type f -print) | sort -u
}

sums() { (cd "$1" && published . | tr '\n' '\0' | xargs -0 sha256sum); }

build() { # folder
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done | tar --null --files-from=- -c | tar -x -C "$1"
  # another time zone, language and umask too
  mvn -q -B -ntp -f "$1/pom.xml" -pl camel-aiflow-component,routes,quarkus-app verify \
    -Dmaven.test.skip=true -Dspotless.check.skip=true "${@:2}" < /dev/null
}

(umask 022; TZ=UTC LC_ALL=C build "$first")
(umask 027; TZ=Pacific/Auckland LC_ALL=C.UTF-8 build "$second" -Duser.language=tr -Duser.country=TR)

sums "$first" > "$work/first"
sums "$second" > "$work/second"
if ! diff "$work/first" "$work/second"; then
  echo "The two builds differ in the files above"
  exit 1
fi
echo "$(wc -l < "$work/first") files of two builds are alike:"
grep -E '/target/[^/]+$' "$work/first"
