#!/usr/bin/env bash
# Starts a real Medusa 2 server with the catalogue of fixtures/catalogue on 127.0.0.1:$PORT (3340), with a
# PostgreSQL of its own on $DATABASE_PORT (3345). When it serves, it prints one line of JSON on stdout: the
# settings of the adapter. It stays until SIGTERM, which ends all that it started.
#
# The loaded database is kept as a template in $STATE; every start serves a fresh copy of it, so that stock and
# carts begin as they were loaded. It is loaded anew when the catalogue, the loader or the lockfile changes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
PORT=${PORT:-3340}
DATABASE_PORT=${DATABASE_PORT:-3345}
STATE=${STATE:-$here/state}
export MEDUSA_DISABLE_TELEMETRY=true MEDUSA_FF_TRANSLATION=true NODE_ENV=development NODE_OPTIONS=--no-warnings
mkdir -p "$STATE"

say() { echo "medusa: $*" >&2; }
. ./database.sh

server_pid=
stop() {
  trap - EXIT TERM INT
  if [ -n "$server_pid" ]; then
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
  fi
  database_stop
}
trap stop EXIT
trap 'stop; exit 0' TERM INT

medusa() { nice node "$here/node_modules/@medusajs/cli/cli.js" "$@"; }

sum() { sha256sum | cut -d' ' -f1; }

# The lockfile names no optional package of another platform: not every registry has them all, and npm ci would
# miss those.
installed=node_modules/.headwater-lock
if [ "$(cat "$installed" 2>/dev/null)" != "$(sum <package-lock.json)" ]; then
  say "installing packages (about two minutes)"
  nice npm ci --ignore-scripts --no-audit --no-fund >&2
  sum <package-lock.json >"$installed"
fi

database_start

loaded=$STATE/loaded
wanted=$(find ../../../fixtures/catalogue load src medusa-config.js package-lock.json -type f -print0 | sort -z | xargs -0 cat | sum)
have=$(sql "select 1 from pg_database where datname = 'catalogue'")
if [ "$have" != 1 ] || [ "$(cat "$loaded" 2>/dev/null)" != "$wanted" ]; then
  say "loading the catalogue (about two minutes)"
  rm -f "$loaded"
  sql "drop database if exists catalogue with (force)"
  sql "create database catalogue"
  DATABASE_URL=$(database_url catalogue) medusa db:migrate --skip-search >&2
  DATABASE_URL=$(database_url catalogue) SETTINGS=$STATE/settings.json medusa exec ./load/main.mjs >&2
  echo "$wanted" >"$loaded"
fi
sql "drop database if exists serving with (force)"
sql "create database serving template catalogue"

DATABASE_URL=$(database_url serving) nice node node_modules/@medusajs/cli/cli.js start -H 127.0.0.1 -p "$PORT" >&2 &
server_pid=$!
ready=
for _ in $(seq 1500); do
  kill -0 "$server_pid" 2>/dev/null || { say "the server ended"; exit 1; }
  if curl -fsS --max-time 2 "http://127.0.0.1:$PORT/health" >/dev/null 2>&1; then ready=yes; break; fi
  sleep 0.2
done
[ -n "$ready" ] || { say "the server does not answer on port $PORT"; exit 1; }

token=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).token' "$STATE/settings.json")
printf '{"adapter":"medusa","url":"http://127.0.0.1:%s","token":"%s"}\n' "$PORT" "$token"
wait "$server_pid"
