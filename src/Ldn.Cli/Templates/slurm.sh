#!/usr/bin/env bash
# A job of ldn on Slurm: the plan on this machine, the shards as a job array, then the merge.
#
#   ldn template slurm > ldn-slurm.sh
#   SHARDS=200 bash ldn-slurm.sh JOB.json RUN_DIR [options of ldn merge, such as --cog]
#
# RUN_DIR and the inputs lie where every node sees them under the same path. The last line printed is the number of the merge's job; the result comes
# to RUN_DIR/result. Run again after a failure: shards that are done are not computed twice.
# Partition, account and the like: Slurm's own SBATCH_PARTITION, SBATCH_ACCOUNT, …
# LDN: the program (default ldn) · SHARDS: how many (default 100) · AT_ONCE: most shards at a time · CPUS, MEMORY (MB): of a shard (default 1, 2000) · TRIES, PAUSE:
# of a shard whose input or disk fails for the moment, and seconds between them (default 5, 30)
set -euo pipefail
ldn=${LDN:-ldn}

# A shard by the number of its array task. Exit 75 is a temporary failure: try again here, on this node; any other failure is final.
shard() {
  local plan=$1 stage=$2 try status
  for ((try = 1; try <= ${TRIES:-5}; try++)); do
    status=0
    $ldn compute --plan "$plan" --shard "$SLURM_ARRAY_TASK_ID" --stage "$stage" --threads "${SLURM_CPUS_PER_TASK:-1}" \
      ${SLURM_MEM_PER_NODE:+--memory $((SLURM_MEM_PER_NODE * 3 / 4))M} || status=$?
    ((status == 75)) || exit "$status"
    sleep "${PAUSE:-30}"
  done
  exit 75
}

case ${1:-} in
  shard) shard "$2" "$3" ;;
  merge)
    shift
    exec $ldn merge "$@" --threads "${SLURM_CPUS_PER_TASK:-1}"
    ;;
esac
if (($# < 2)); then
  sed -n 's/^#   //p' "$0" >&2
  exit 2
fi

job=$1 run=$2
shift 2
self=$(realpath -- "${BASH_SOURCE[0]}")
mkdir -p -- "$run/log"
run=$(realpath -- "$run")
plan=$run/plan.json
$ldn plan "$job" --shards "${SHARDS:-100}" -o "$plan" >&2
value() { sed -n "s/^ *\"$1\": *\\([0-9]*\\).*/\\1/p" "$plan" | head -n 1; }
shards=$(value shards) stages=$(value stages)

# afterany, not afterok: a shard that was requeued after a node failed would keep the next step waiting for ever. What is missing then is named, with exit 5.
after=()
for ((stage = 1; stage <= stages; stage++)); do
  id=$(sbatch --parsable --requeue --job-name="ldn-$stage" --array="0-$((shards - 1))${AT_ONCE:+%$AT_ONCE}" --cpus-per-task="${CPUS:-1}" --mem="${MEMORY:-2000}" \
    --output="$run/log/%A-%a.log" --open-mode=append ${after[@]+"${after[@]}"} "$self" shard "$plan" "$stage")
  after=("--dependency=afterany:$id")
done
sbatch --parsable --job-name=ldn-merge --cpus-per-task="${CPUS:-1}" --mem="${MEMORY:-2000}" --output="$run/log/%j-merge.log" "${after[@]}" "$self" merge "$plan" "$@"
