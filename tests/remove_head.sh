#!/usr/bin/env bash
# Adding and removing a head touches no other: without the folder of one head and its entry in spin.toml, every
# other component is built to the same bytes. Works in a copy of the repository and shares its target folder, so
# run it after everything is built; the next build of the repository itself then starts its own crates anew.
set -euo pipefail
cd "$(dirname "$0")/.."
head=${1:-tv}
root=$PWD
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

others=$(find components -mindepth 1 -maxdepth 1 -type d ! -name "$head" -printf '%f ')
sums() { # folder
  for name in $others; do
    printf '%s %s\n' "$(sha256sum <"$1/wasm32-wasip2/head/${name//-/_}.wasm")" "$name"
  done
}
build() { # one by one, as the build commands of spin.toml do
  for name in $others; do
    cargo rustc --quiet --target wasm32-wasip2 --profile head --crate-type cdylib --package "$name" "$@"
  done
}
build
before=$(sums target)

git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
  if [ -e "$file" ]; then printf '%s\0' "$file"; fi
done | tar --null --create --files-from=- | tar --extract --directory "$copy"
cd "$copy"
rm -r "components/$head"
python3 - "$head" <<'EOF'
import re, sys

head = sys.argv[1]
text = open("spin.toml").read()
# Tables belong to the last [[trigger.http]] or [component.NAME] before them.
tables = re.split(r"(?m)^(?=\[)", text)
kept = [t for t in tables if f'component = "{head}"' not in t and not re.match(rf"\[component\.{head}[.\]]", t)]
assert len(kept) < len(tables), f"spin.toml has no {head}"
open("spin.toml", "w").write("".join(kept))
EOF
# Offline, nothing but the head's own entry can change in the lock file.
CARGO_TARGET_DIR="$root/target" build --offline
after=$(sums "$root/target")
if [ "$before" != "$after" ]; then
  printf 'without %s, other components differ:\n%s\n' "$head" "$(diff <(echo "$before") <(echo "$after"))" >&2
  exit 1
fi
printf 'without %s, the same bytes:\n%s\n' "$head" "$after"
