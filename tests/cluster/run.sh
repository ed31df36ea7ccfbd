#!/usr/bin/env bash
# run.sh [--full]: every scenario on a Slurm of its own, with ./ldn; --full adds the one whose requeue waits for minutes. Exit 77 where there can be no Slurm.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
names=(array flaky again repair changed)
[[ ${1:-} != --full ]] || names+=(killed)
! command -v snakemake >/dev/null || names+=(snakemake snakemake-slurm)
dir=$(mktemp -d)
export LDN=$here/../../ldn CLUSTER=$dir/slurm
trap '"$here/slurm.sh" stop "$CLUSTER"; rm -rf -- "$dir"' EXIT
eval "$("$here/slurm.sh" start "$CLUSTER")"
"$LDN" sample "$dir/data" --width 2400 --height 1900 -q
"$LDN" compute "$dir/data/job.json" --out "$dir/single" -q
failed=0
for name in "${names[@]}"; do
  if "$here/scenarios.sh" "$name" "$dir/data/job.json" "$dir/single" "$dir/$name" 2>"$dir/$name.log"; then
    echo "passed: $name"
  else
    echo "FAILED: $name" && cat -- "$dir/$name.log"
    failed=1
  fi
done
exit "$failed"
