#!/bin/sh
# Starts a commercetools project with the demo shop's catalogue on 127.0.0.1:$PORT (3320), prints the settings
# of the adapter as one line of JSON, and serves until SIGTERM. Progress goes to stderr.
set -eu
cd "$(dirname "$0")"
# The lockfile is copied beside what was installed from it, so that a changed one installs anew.
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-audit --no-fund --ignore-scripts >&2
  cp package-lock.json node_modules/.installed-lock.json
fi
exec node shop.mjs
