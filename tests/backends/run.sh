#!/usr/bin/env bash
# Starts real backends with the demo shop's catalogue, holds each adapter against them by the conformance suite,
# runs every head over them, and writes docs/adapters.md. `run.sh vendure medusa` takes some of them; without a
# name, all. With CHECK=1, a table that differs from the committed one fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(commercetools medusa shopify strapi vendure)
work=$(mktemp -d)
started=()
stop() {
  for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop EXIT
say() { printf '== %s (%ss)\n' "$1" "$SECONDS"; }

say "build"
cargo build --quiet --package conformance
verdicts=target/conformance
mkdir -p "$verdicts"
target/debug/conformance --verdict "$verdicts/plain.json"
: >"$work/settings"
for name in "${names[@]}"; do
  say "start $name"
  "tests/backends/$name/start.sh" >"$work/$name.out" 2>"$work/$name.err" &
  started+=($!)
  for _ in $(seq 3000); do
    [ -s "$work/$name.out" ] && break
    kill -0 "${started[-1]}" 2>/dev/null || { tail -n 40 "$work/$name.err" >&2; echo "$name did not start" >&2; exit 1; }
    sleep 0.2
  done
  [ -s "$work/$name.out" ] || { tail -n 40 "$work/$name.err" >&2; echo "$name is not ready after ten minutes" >&2; exit 1; }
  head -n 1 "$work/$name.out" >>"$work/settings"
  say "conformance of $name"
  target/debug/conformance --settings "$(head -n 1 "$work/$name.out")" --verdict "$verdicts/$name.json"
done
say "heads"
HEADWATER_BACKENDS="$work/settings" cargo test --workspace --test backends -- --nocapture --test-threads 1
if [ ${#names[@]} -eq 5 ]; then
  say "table"
  target/debug/conformance table "$verdicts"/{plain,commercetools,medusa,shopify,strapi,vendure}.json >"$work/adapters.md"
  if [ -n "${CHECK:-}" ]; then
    diff -u docs/adapters.md "$work/adapters.md"
  else
    cp "$work/adapters.md" docs/adapters.md
  fi
fi
say "done"
