# A PostgreSQL of its own for the tests: a fresh cluster in a scratch folder, on a free port of 127.0.0.1.
# Sourced by ./check, which has set `scratch`. A server named in HUXI_TEST_POSTGRES is used instead.

start_postgres() {
  [ -n "${HUXI_TEST_POSTGRES:-}" ] && return 0
  say "PostgreSQL for the tests"
  local bin port cluster="$scratch/postgres"
  bin="$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")"
  mkdir -p "$cluster"
  # The server refuses to run as root; the package made an account for it.
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$cluster"
    chmod 755 "$scratch"
  fi
  port="$(free_port)"
  as_postgres "$bin/initdb" -D "$cluster/data" -U huxi -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$scratch/initdb.log" 2>&1 ||
    { cat "$scratch/initdb.log"; return 1; }
  as_postgres "$bin/postgres" -D "$cluster/data" -h 127.0.0.1 -p "$port" -k "$cluster" \
    -c fsync=off -c full_page_writes=off -c max_connections=200 >"$scratch/postgres.log" 2>&1 &
  postgres_pid=$!
  local tries=0
  until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 "$postgres_pid" 2>/dev/null; then
      cat "$scratch/postgres.log"
      return 1
    fi
    sleep 0.2
  done
  "$bin/createdb" -h 127.0.0.1 -p "$port" -U huxi huxi || return 1
  export HUXI_TEST_POSTGRES="postgres://huxi@127.0.0.1:$port/huxi"
}

stop_postgres() {
  [ -n "$postgres_pid" ] || return 0
  # runuser waits for the server, so the signal goes to the server itself: its first line of postmaster.pid.
  local server
  server="$(head -n 1 "$scratch/postgres/data/postmaster.pid" 2>/dev/null)" || server=""
  kill -INT ${server:-$postgres_pid} 2>/dev/null
  wait "$postgres_pid" 2>/dev/null
  postgres_pid=""
}

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && exec runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
