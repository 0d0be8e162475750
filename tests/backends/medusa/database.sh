# PostgreSQL of its own for start.sh: own data folder, own port, loopback only. Sourced.
#
# Needs: $STATE (a folder), $DATABASE_PORT. Sets: $DATABASE_PID. Functions: database_start, database_stop,
# sql, database_url NAME.

database_url() { echo "postgres://postgres@127.0.0.1:$DATABASE_PORT/$1"; }

sql() { "$postgres_bin/psql" -qAtX -v ON_ERROR_STOP=1 "$(database_url postgres)" -c "$1"; }

find_postgres() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$newest" ] && [ -x "$newest/initdb" ] && postgres_bin=$newest
}

# PostgreSQL refuses to run as root: then its own user runs it, who must be able to reach the folder.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

database_start() {
  if ! find_postgres; then
    say "installing PostgreSQL"
    { apt-get update && apt-get install -y --no-install-recommends postgresql; } >&2
    find_postgres || { say "no PostgreSQL: install the package postgresql"; return 1; }
  fi
  local folder=$STATE/postgres
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$folder"
    chown postgres:postgres "$folder"
    if ! as_postgres test -w "$folder"; then
      folder=/var/tmp/headwater-medusa/postgres
      mkdir -p "$folder"
      chown postgres:postgres "$folder"
    fi
  fi
  if [ ! -f "$folder/PG_VERSION" ]; then
    (cd / && as_postgres "$postgres_bin/initdb" --pgdata="$folder" --username=postgres --auth=trust \
      --encoding=UTF8 --locale=C.UTF-8 --no-sync) >&2
  fi
  # What is lost in a crash is loaded again, hence no fsync.
  (cd / && exec setsid setpriv $([ "$(id -u)" = 0 ] && echo --reuid=postgres --regid=postgres --clear-groups) \
    "$postgres_bin/postgres" -D "$folder" -p "$DATABASE_PORT" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off) \
    >"$STATE/postgres.log" 2>&1 &
  DATABASE_PID=$!
  for _ in $(seq 100); do
    sql "select 1" >/dev/null 2>&1 && return 0
    kill -0 "$DATABASE_PID" 2>/dev/null || break
    sleep 0.1
  done
  say "PostgreSQL did not start:"
  tail -n 5 "$STATE/postgres.log" >&2
  return 1
}

# A fast shutdown: connections are cut, what is written stays.
database_stop() {
  [ -n "${DATABASE_PID:-}" ] || return 0
  kill -INT "$DATABASE_PID" 2>/dev/null || true
  wait "$DATABASE_PID" 2>/dev/null || true
}
