#!/usr/bin/env bash
# Pages a second while documents are read in: serves a copy of a record, reads the
# documents of a folder into it with the lowest priority, and asks for pages over
# HTTP at a steady rate, whether the server keeps up or not. Pages are of eight
# kinds alike, of the first PARTIES parties and pairs of them. Prints what vegeta
# (github.com/tsenart/vegeta) measured, the documents recorded meanwhile and the
# load average. TEXTS=0 reads nothing in.
# usage: PARTIES=20 RATE=500 SECONDS_LONG=60 bench/reading.sh RECORD FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
record=$(realpath "$1") folder=$(realpath "$2") parties=${PARTIES:-20} rate=${RATE:-500} long=${SECONDS_LONG:-60}
port=${PORT:-8099} base=http://127.0.0.1:${PORT:-8099} dir=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -o "$dir/demarche" ./cmd/demarche
cp "$record" "$dir/record.db"
export DEMARCHE_RECORD=$dir/record.db
"$dir/demarche" serve --listen "127.0.0.1:$port" --metrics "127.0.0.1:$((port + 1))" >"$dir/serve.log" 2>&1 &
pids+=($!)
for ((i = 0; i < 600; i++)); do # until it has looked through the record, with its conflicts
  [[ $(curl -s "$base/conflicts" | grep -c 'being looked for') == 0 && $(curl -so /dev/null -w '%{http_code}' "$base/conflicts") == 200 ]] && break
  sleep 1
done
names() { curl -s "$base/$1" | grep -o "\"/$1/[A-Za-z0-9%-]*" | cut -d/ -f3 | sort -u | head -n "$parties"; }
mapfile -t states < <(names polities)
mapfile -t bodies < <(names bodies)
n=${#states[@]}
for ((i = 0; i < 8 * n; i++)); do
  a=${states[i % n]} b=${states[(i % n + 13) % n]}
  for path in / "/pairs/$a/$b" "/polities/$a" "/bodies/${bodies[i % ${#bodies[@]}]}" "/requests?from=$a&to=$b" /decisions "/people/Person%20$((i % (2 * n)))" /documents; do
    printf 'GET %s%s\nAccept: text/html\n\n' "$base" "$path"
  done
done >"$dir/targets"
if [[ ${TEXTS:-1} != 0 ]]; then
  nice -n 19 "$dir/demarche" read --workers 1 "$folder" >"$dir/read.log" 2>&1 &
  pids+=($!)
fi
load=$(cut -d' ' -f1 /proc/loadavg)
cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/${pids[0]}/stat"; }
used=$(cpu)
vegeta attack -rate "$rate" -duration "${long}s" -timeout 30s -max-workers 2000 -targets "$dir/targets" >"$dir/results"
vegeta report "$dir/results"
echo "99 % of each ten seconds, in ms:"
vegeta encode --to csv "$dir/results" | awk -F, 'NR == 1 { t = $1 } { print int(($1 - t) / 1e10), $3 / 1e6 }' | sort -k1,1n -k2,2n |
  awk '{ if ($1 != g) { if (n) show(); g = $1; n = 0 } v[++n] = $2 } function show() { printf "%.0f ", v[int(n * .99)] } END { show(); print "" }'
echo "seconds of the processor that the server used: $(awk -v a="$(cpu)" -v b="$used" 'BEGIN { print a - b }')"
echo "load average before $load, after $(cut -d' ' -f1 /proc/loadavg); resident $(awk '/VmRSS/ { print $2 / 1024 }' "/proc/${pids[0]}/status") MiB"
cat "$dir/read.log" 2>/dev/null | tail -1
