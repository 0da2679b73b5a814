#!/usr/bin/env bash
# Documents read per second: from a file of documents, one a line, into a record in
# SQLite (read --workers N) and in PostgreSQL (read --later, then N processes
# worker --jobs 1 --drain), with one and two workers. A line for each:
# store, workers, documents, seconds on the wall, seconds of the processor of all
# that read, load average before. Reading a document twice adds nothing, so every
# run has a new record; ADDRESS is a database that may be dropped and made anew.
# usage: bench/documents.sh DOCUMENTS.jsonl [postgres://USER@/DATABASE?host=...]
set -euo pipefail
cd "$(dirname "$0")/.."
file=$(realpath "$1") address=${2:-}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -o "$dir/demarche" ./cmd/demarche
n=$(wc -l <"$file")

# timed STORE WORKERS COMMAND...: runs it and prints its line.
timed() {
  local store=$1 workers=$2 load TIMEFORMAT='%R %U %S'
  load=$(cut -d' ' -f1 /proc/loadavg)
  shift 2
  { time "$@" >"$dir/out" 2>&1; } 2>"$dir/time" || { cat "$dir/out"; exit 1; }
  awk -v s="$store" -v w="$workers" -v n="$n" -v l="$load" '{ printf "%s\t%d\t%d\t%.1f\t%.1f\t%s\n", s, w, n, $1, $2 + $3, l }' "$dir/time"
}

workers() {
  local pids=()
  for ((i = 0; i < $1; i++)); do
    "$dir/demarche" --record "$address" worker --jobs 1 --drain &
    pids+=($!)
  done
  for p in "${pids[@]}"; do wait "$p"; done
}

for w in 1 2; do
  timed sqlite $w "$dir/demarche" --record "$dir/r$w.db" read --workers $w "$file"
done
[ -n "$address" ] || exit 0
admin=$(sed 's|/[^/?]*?|/postgres?|' <<<"$address") name=$(sed 's|.*/\([^/?]*\)?.*|\1|' <<<"$address")
for w in 1 2; do
  psql -q "$admin" -c "DROP DATABASE IF EXISTS $name" -c "CREATE DATABASE $name" 2>/dev/null
  "$dir/demarche" --record "$address" read --later "$file" 2>/dev/null
  timed postgres $w workers $w
done
