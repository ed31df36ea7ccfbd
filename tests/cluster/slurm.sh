#!/usr/bin/env bash
# A Slurm cluster of two virtual nodes on the loopback, without systemd, for tests.
#   slurm.sh start DIR   installs Slurm and MUNGE from the system's packages where they are missing and starts them, everything of theirs in DIR
#   slurm.sh stop DIR    ends just what start began
#   slurm.sh fail DIR NODE / slurm.sh mend DIR NODE    kills a node with everything that runs on it / starts it again
# Prints nothing on success but, from start, the line to source: SLURM_CONF. Exit 77 where Slurm cannot be had: neither root nor packages.
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
nodes=(n1 n2)

cannot() {
  echo "no Slurm: $*" >&2
  exit 77
}

install() {
  local missing=() tool
  for tool in slurmctld slurmd munged; do
    PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || missing+=("${tool/munged/munge}")
  done
  PATH=$PATH:/usr/sbin command -v sbatch >/dev/null || missing+=(slurm-client)
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get >/dev/null || cannot "${missing[*]} not installed and there is no apt-get"
  # shellcheck source=../../src/prepare.sh
  source "$here/../../src/prepare.sh"
  install_packages "${missing[@]}" || cannot "the packages ${missing[*]} could not be installed"
}

# A free port of the loopback, three in a row: the controller and the nodes.
free_ports() {
  local port
  for ((port = 17000 + ($$ % 4000) * 3; ; port += 3)); do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port" || exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))" || exec 3<>"/dev/tcp/127.0.0.1/$((port + 2))") 2>/dev/null || continue
    echo "$port"
    return
  done
}

start() {
  ((EUID == 0)) || cannot "its daemons need root here"
  install
  export PATH=$PATH:/usr/sbin
  mkdir -p -- "$dir"/{state,spool,log,run}
  # MUNGE insists on folders that nobody else may write to.
  chmod 755 "$dir" "$dir/run" "$dir/log" "$dir/state"
  dd if=/dev/urandom of="$dir/munge.key" bs=1024 count=1 status=none
  chmod 400 "$dir/munge.key"
  munged --force --key-file="$dir/munge.key" --socket="$dir/run/munge.socket" --pid-file="$dir/run/munged.pid" --log-file="$dir/log/munged.log" --seed-file="$dir/munge.seed" \
    2>>"$dir/log/start.log"
  local port
  port=$(free_ports)
  cat >"$dir/slurm.conf" <<CONF
ClusterName=ldn
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/run/munge.socket
CredType=cred/munge
SlurmctldPort=$port
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
JobRequeue=1
ReturnToService=2
SlurmdTimeout=15
MinJobAge=3600
NodeName=${nodes[0]} NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=2 RealMemory=2000
NodeName=${nodes[1]} NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2 RealMemory=2000
PartitionName=all Nodes=${nodes[0]},${nodes[1]} Default=YES MaxTime=60 State=UP
CONF
  slurmctld -f "$dir/slurm.conf" 2>>"$dir/log/start.log"
  local node
  for node in "${nodes[@]}"; do mend "$node"; done
  export SLURM_CONF=$dir/slurm.conf
  local i
  for ((i = 0; i < 60; i++)); do
    [[ $(sinfo -h -o '%T %D' 2>/dev/null) != 'idle 2' ]] || { echo "export SLURM_CONF=$dir/slurm.conf" && return; }
    sleep 0.5
  done
  tail -n 20 "$dir"/log/*.log >&2
  cannot "its nodes did not come up; see above"
}

mend() { PATH=$PATH:/usr/sbin slurmd -N "$1" -f "$dir/slurm.conf" 2>>"$dir/log/start.log"; }

# Every process below one, deepest last.
tree() {
  local child
  echo "$1"
  for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do tree "$child"; done
}

# As when the power goes: slurmd, the steps it started (they detach themselves but keep the node's name) and all below them.
fail() {
  local node=$1 pid all=()
  pid=$(cat "$dir/run/slurmd.$node.pid")
  all=("$pid")
  for pid in $(cat "$dir"/spool/"$node"/steps.pids 2>/dev/null) $(steps "$node"); do
    mapfile -t -O "${#all[@]}" all < <(tree "$pid")
  done
  kill -KILL "${all[@]}" 2>/dev/null || true
}

# Step daemons of a node: those of this cluster whose environment names it.
steps() {
  local process
  for process in /proc/[0-9]*; do
    [[ $({ tr "\0" " " <"$process/cmdline"; } 2>/dev/null) == slurmstepd:* ]] || continue
    grep -qzF "SLURM_CONF=$dir/slurm.conf" "$process/environ" 2>/dev/null || continue
    ! ls -l "$process/fd" 2>/dev/null | grep -qF "$dir/log/slurmd.$1.log" || echo "${process#/proc/}"
  done
}

stop() {
  local file pid
  for file in "$dir"/run/slurmd.*.pid "$dir/run/slurmctld.pid" "$dir/run/munged.pid"; do
    [[ -s $file ]] || continue
    pid=$(cat "$file")
    kill "$pid" 2>/dev/null || continue
    for ((i = 0; i < 50; i++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
  done
}

case ${1:-} in
  start | stop | fail | mend)
    dir=$(realpath -m -- "$2")
    "$1" "${@:3}"
    ;;
  *)
    sed -n 's/^#   //p' "$0" >&2
    exit 2
    ;;
esac
