#!/usr/bin/env bash
# Vendure with the demo shop's catalogue on 127.0.0.1:$PORT, until SIGTERM. One line on stdout: the settings
# that the adapter needs, once it answers; all else on stderr.
#
# What takes long is kept in node_modules/ and state/: the packages, and the loaded database under a name
# that tells what it was made from. Every start serves a fresh copy, so nothing that was sold stays sold.
set -euo pipefail
cd "$(dirname "$0")"
port="${PORT:-3310}"
# It would tell its maker that it runs.
export VENDURE_DISABLE_TELEMETRY=true
fixtures="$(cd ../../../fixtures && pwd)"

if ! cmp -s package-lock.json node_modules/.installed; then
    echo "vendure: installing packages (about 90 s)" >&2
    npm ci --no-audit --no-fund >&2
    cp package-lock.json node_modules/.installed
fi

mkdir -p state
made_from="$(find "$fixtures/catalogue" server load package-lock.json -type f -print0 \
    | sort -z | xargs -0 sha256sum | sed "s#$fixtures##" | sha256sum | cut -c1-16)"
loaded="$PWD/state/$made_from.sqlite"
if [ ! -f "$loaded" ]; then
    echo "vendure: loading the catalogue (about a minute)" >&2
    rm -f state/*
    node load/main.mjs "$loaded" "$fixtures" >&2
fi
running="$PWD/state/running-$port.sqlite"
rm -f "$running"*
cp "$loaded" "$running"
exec node server/main.mjs "$running" "$port"
