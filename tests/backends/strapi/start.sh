#!/usr/bin/env bash
# Strapi with the demo shop's content on 127.0.0.1:$PORT, until SIGTERM. One line on stdout: the settings that the
# adapter needs, once it answers; all else on stderr.
#
# What takes long is kept in node_modules/ and state/: the packages, and the filled database under a name that tells
# what it was made from.
set -euo pipefail
cd "$(dirname "$0")"
port="${PORT:-3350}"
fixtures="$(cd ../../../fixtures && pwd)"

if ! cmp -s package-lock.json node_modules/.installed; then
    echo "strapi: installing packages (about two minutes)" >&2
    # The lock file names this machine's optional packages only, and `npm ci` wants those of all.
    npm install --no-save --no-audit --no-fund >&2
    # Some settings of npm run no scripts of packages; this one must be compiled.
    [ -f node_modules/better-sqlite3/build/Release/better_sqlite3.node ] || npm rebuild better-sqlite3 >&2
    cp package-lock.json node_modules/.installed
fi

mkdir -p state
made_from="$(find "$fixtures/catalogue" app/src app/config load package-lock.json -type f -print0 \
    | sort -z | xargs -0 sha256sum | sed "s#$fixtures##" | sha256sum | cut -c1-16)"
filled="$PWD/state/$made_from.sqlite"
if [ ! -f "$filled" ]; then
    echo "strapi: filling the database (about a minute)" >&2
    rm -rf state/* app/public/uploads
    node main.mjs "$filled.unfinished" "$fixtures" 0 >&2
    mv "$filled.unfinished" "$filled"
fi
exec node main.mjs "$filled" "$fixtures" "$port" 3>&1 1>&2
