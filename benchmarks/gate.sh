#!/usr/bin/env bash
# gate.sh: holds each kernel against the same kernel of the last commit on main, built beside it, in turns in one process (Gate.cs), and against gate.json.
# The build under artifacts/bin must be fresh. On main itself, and where main is not known (a shallow clone of a branch), the commit before is taken; where there is
# none either, gate.json alone holds, and this says so.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
root=$PWD
gate=(dotnet artifacts/bin/Ldn.Benchmarks/release/Ldn.Benchmarks.dll gate)

# judge OPTION…: a machine shared with others may disturb a series. So what fails is judged again, alone, in a new process; a slow kernel fails four times.
judge() {
  local said failed=() status
  for _ in 1 2 3 4; do
    status=0
    said=$("${gate[@]}" "$@" ${failed[@]+--only "$(IFS=,; echo "${failed[*]}")"}) || status=$?
    echo "$said"
    ((status != 0)) || exit 0
    mapfile -t failed < <(sed -n 's/^FAIL \([a-z0-9_]*\) .*/\1/p' <<<"$said")
    ((status == 1 && ${#failed[@]} > 0)) || exit 1
  done
  exit 1
}

# The commit to compare with, nothing where there is none.
base() {
  local head main commit
  head=$(git rev-parse --verify -q HEAD) || return 0
  for main in refs/heads/main refs/remotes/origin/main; do
    commit=$(git merge-base HEAD "$main" 2>/dev/null) || continue
    # What is not committed yet is held against the last commit.
    if [[ $commit != "$head" || -n $(git status --porcelain -- src benchmarks Directory.Packages.props) ]]; then
      echo "$commit"
      return
    fi
  done
  git rev-parse --verify -q HEAD~1 || true
}

# build COMMIT: its benchmarks, in a folder of their own that later calls find again; prints the assembly.
build() {
  local commit=$1 folder=$root/artifacts/base/$1 found
  found=$folder/artifacts/bin/Ldn.Benchmarks/release/Ldn.Benchmarks.dll
  if [[ ! -s $found ]]; then
    rm -rf -- "$root/artifacts/base"
    mkdir -p -- "$folder"
    git archive "$commit" -- src benchmarks sample-data/boundaries Directory.Build.props Directory.Packages.props global.json .editorconfig | tar -x -C "$folder"
    dotnet build "$folder/benchmarks/Ldn.Benchmarks" -c Release -v quiet -nologo -p:RunAnalyzers=false >&2 || return 1
  fi
  echo "$found"
}

commit=$(base)
if [[ -z $commit ]]; then
  echo 'gate: no other commit here to compare with: held against the committed ratios alone'
  judge
fi
echo "gate: against $(git log -1 --format='%h %s' "$commit")"
if ! other=$(build "$commit"); then
  echo "gate: $commit cannot be built here: held against the committed ratios alone"
  judge
fi
judge --against "$other"
