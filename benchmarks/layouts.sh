#!/usr/bin/env bash
# layouts.sh [ROUNDS] [WIDTH HEIGHT]: whole runs against the cost of decoding and encoding alone (e2e), for every layout of the sample's inputs, on one and two threads.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
rounds=${1:-5} width=${2:-12000} height=${3:-9000}
work=$(mktemp -d "${TMPDIR:-/tmp}/ldn-layouts.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
LDN_PREPARE_ONLY=1 ./ldn
while read -r name options; do
  # shellcheck disable=SC2086
  ./ldn sample "$work/$name" --width "$width" --height "$height" --baseline-only --quiet $options
  for threads in 1 2; do
    printf '%-16s ' "$name"
    dotnet artifacts/bin/Ldn.Benchmarks/release/Ldn.Benchmarks.dll e2e ./ldn "$work/$name/job.json" "$threads" "$rounds"
  done
  rm -rf -- "${work:?}/$name"
done <<'LAYOUTS'
deflate
lzw --compress lzw
zstd --compress zstd
striped --layout striped
deflate-float --float-soil-carbon
lzw-float --float-soil-carbon --compress lzw
zstd-float --float-soil-carbon --compress zstd
LAYOUTS
