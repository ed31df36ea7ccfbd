#!/usr/bin/env bash
# What a cluster does to a run, on the Slurm that SLURM_CONF names:
#   scenarios.sh NAME JOB SINGLE DIR    NAME: array flaky again repair killed changed snakemake snakemake-slurm
# JOB: a job file · SINGLE: its result by one process · DIR: for the scenario's own files · LDN: the program · CLUSTER: folder of slurm.sh start (for killed).
# Exit 0 when everything was as it must be; otherwise it says what was not.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
name=$1 job=$2 single=$3 dir=$(realpath -m -- "$4")
export LDN SHARDS=${SHARDS:-12} PAUSE=1
mkdir -p -- "$dir"
$LDN template slurm >"$dir/ldn-slurm.sh"

fail() {
  echo "$name: $*" >&2
  tail -n 3 "$dir"/run/log/*.log >&2 2>/dev/null || true
  exit 1
}

# Submits a whole run and waits for its merge. Further arguments are options of ldn merge.
run() {
  local id
  id=$(bash "$dir/ldn-slurm.sh" "$job" "$dir/run" --cog "$@") || fail 'the run was not submitted'
  wait_for "$id"
}

# Waits for a job to leave the queue, ten minutes at most.
wait_for() {
  local i
  for ((i = 0; i < 1200; i++)); do
    [[ -n $(squeue -h -j "$1" -t PENDING,CONFIGURING,RUNNING,COMPLETING,REQUEUED 2>/dev/null) ]] || return 0
    sleep 0.5
  done
  fail "job $1 has not ended: $(squeue)"
}

# Every file of the single process but its provenance is there, with the same bytes, and none beside them.
equal() {
  local result=$1 file count=0
  [[ -f $result/provenance.json ]] || fail "no result in $result"
  for file in "$single"/*; do
    [[ ${file##*/} != provenance.json ]] || continue
    cmp -s "$file" "$result/${file##*/}" || fail "${file##*/} is not that of a single process"
    count=$((count + 1))
  done
  ((count > 10)) || fail "only $count files to compare"
  [[ $(ls "$single") == "$(ls "$result")" ]] || fail 'there are other files than of a single process'
}

# A finished run: that of the scenario `array` beside, where there is one.
finished() {
  if [[ -f $dir/../array/run/result/provenance.json ]]; then
    cp -a -- "$dir/../array/run" "$dir/run"
  else
    run
  fi
}

parts() { find "$dir/run/plan.parts" -type f -printf '%P %T@ %s\n' | sort; }

logged() { cat "$dir"/run/log/*.log | grep -c -- "$1" || true; }

# wrapper BODY: a program that does something before it becomes ldn.
wrapper() {
  printf '#!/usr/bin/env bash\nset -euo pipefail\nshard=${SLURM_ARRAY_TASK_ID:-}\n%s\nexec %s "$@"\n' "$1" "$LDN" >"$dir/wrapper"
  chmod +x "$dir/wrapper"
  export LDN=$dir/wrapper
}

case $name in
  array)
    run
    equal "$dir/run/result"
    ;;
  flaky)
    # Every shard fails once for the moment.
    mkdir -p -- "$dir/failed"
    wrapper "if [[ \$1 == compute ]] && mkdir '$dir/failed/'\$shard 2>/dev/null; then exit 75; fi"
    run
    (($(find "$dir/failed" -mindepth 1 | wc -l) == SHARDS)) || fail 'not every shard has failed once'
    equal "$dir/run/result"
    ;;
  again)
    finished
    before=$(parts)
    rm -r -- "$dir/run/log"
    run --overwrite
    [[ $(parts) == "$before" ]] || fail 'parts were written again'
    (($(logged 'nothing to do') == SHARDS)) || fail 'not every shard said that it has nothing to do'
    equal "$dir/run/result"
    ;;
  repair)
    finished
    rm -r -- "$dir/run/plan.parts/00004"
    printf x | dd of="$dir/run/plan.parts/00007/baseline_indicator.tif" bs=1 seek=2000 conv=notrunc status=none
    status=0
    said=$($LDN merge "$dir/run/plan.json" --cog --out "$dir/refused" -q 2>&1) || status=$?
    ((status == 5)) || fail "the merge ended with $status: $said"
    [[ $said == *'2 of 12 parts'*'shard 4 missing'*'shard 7 ('*'baseline_indicator.tif'* && ! -e $dir/refused ]] || fail "the merge said: $said"
    rm -r -- "$dir/run/log"
    run --overwrite
    (($(logged 'nothing to do') == SHARDS - 2)) || fail 'more than the two were computed again'
    equal "$dir/run/result"
    ;;
  killed)
    # A node dies with its shards half done; they are queued again and run to their end elsewhere or later.
    mkdir -p -- "$dir/begun"
    wrapper "if [[ \$1 == compute ]]; then touch '$dir/begun/'\$shard.\$SLURMD_NODENAME.\${SLURM_RESTART_COUNT:-0}; sleep 8; fi"
    id=$(bash "$dir/ldn-slurm.sh" "$job" "$dir/run" --cog)
    for ((i = 0; i < 120; i++)); do
      ! compgen -G "$dir/begun/*.n2.0" >/dev/null || break
      sleep 0.5
    done
    sleep 2
    "$here/slurm.sh" fail "$CLUSTER" n2
    sleep 5
    "$here/slurm.sh" mend "$CLUSTER" n2
    wait_for "$id"
    compgen -G "$dir/begun/*.1" >/dev/null || fail 'no shard was queued again'
    equal "$dir/run/result"
    ;;
  changed)
    # Its own copy of the inputs, one of which changes when the first shard is done.
    cp -r -- "$(dirname -- "$job")" "$dir/data"
    job=$dir/data/${job##*/}
    mkdir -p -- "$dir/run/log"
    $LDN plan "$job" --shards "$SHARDS" -o "$dir/run/plan.json" -q
    wait_for "$(sbatch --parsable --array=0 --output="$dir/run/log/%a.log" "$dir/ldn-slurm.sh" shard "$dir/run/plan.json" 1)"
    printf x | dd of="$dir/data/lc2015.tif" bs=1 seek=3000 conv=notrunc status=none
    id=$(sbatch --parsable --array="1-$((SHARDS - 1))" --output="$dir/run/log/%a.log" "$dir/ldn-slurm.sh" shard "$dir/run/plan.json" 1)
    wait_for "$id"
    (($(logged 'lc2015.tif has changed since the plan was made') == SHARDS - 1)) || fail 'not every later shard refused, once'
    [[ $(cd "$dir/run/plan.parts" && find . -name part.json) == ./00000/part.json ]] || fail 'a shard was computed from the changed input'
    (($(scontrol show job "$id" | grep -c 'ExitCode=3:0') == SHARDS - 1)) || fail 'the failures are not exit 3'
    ;;
  snakemake | snakemake-slurm)
    cd -- "$dir"
    $LDN template snakemake >Snakefile
    if [[ $name == snakemake ]]; then
      engine=(--cores 2)
    else
      engine=(--jobs 4 --latency-wait 20 --cluster "sbatch --parsable --cpus-per-task={threads} --mem={resources.mem_mb} --output=$dir/slurm-%j.log")
    fi
    snakemake "${engine[@]}" --config job="$job" shards="$SHARDS" out=run ldn="$LDN" merge=--cog >snakemake.log 2>&1 || { cat snakemake.log >&2 && fail 'snakemake failed'; }
    equal "$dir/run/result"
    # Nothing to do the second time; a lost part alone is made again, and what follows from it.
    snakemake "${engine[@]}" --config job="$job" shards="$SHARDS" out=run ldn="$LDN" merge=--cog >again.log 2>&1 || fail 'snakemake failed when there was nothing to do'
    grep -q 'Nothing to be done' again.log || { cat again.log >&2 && fail 'snakemake did something twice'; }
    ;;
  *) fail 'no such scenario' ;;
esac
