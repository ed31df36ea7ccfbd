#!/usr/bin/env bash
# test.sh [fast|--full]: prepares like ./ldn, checks the formatting, runs every test project and ends with "N passed, N failed, N skipped",
# summed from the runner's own counts. --full sets LDN_TEST_FULL=1: fuzzing at full count, cluster, everything that takes long.
# fast is for while you write: the library's tests that are not of category Slow, at the machine's own vectors, some 15 seconds after
# the build; neither GDAL nor the native program is needed, and neither formatting nor speed is looked at.
# Exit 0 only when nothing failed, no runner broke off, the formatting is clean and at least one test ran.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")"
root=$PWD

unset LDN_TEST_FULL
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
case "${1:-}" in
  '') ;;
  --full) export LDN_TEST_FULL=1 ;;
  fast)
    dotnet build tests/Ldn.Tests -c Release -v quiet -nologo -p:RunAnalyzers=false
    # Counting for a second compilation costs a run of seconds more than it gains.
    DOTNET_TieredPGO=0 exec dotnet test artifacts/bin/Ldn.Tests/release/Ldn.Tests.dll --nologo --filter 'TestCategory!=Slow'
    ;;
  *)
    echo 'usage: ./test.sh [fast|--full]' >&2
    exit 2
    ;;
esac

# shellcheck source=src/prepare.sh
source src/prepare.sh
prepare "$root"
# Tests start the program that users get; the assemblies run in the tests' own processes.
[[ ${program[0]} == dotnet ]] || export LDN_TEST_PROGRAM=${program[0]}

# need_package PACKAGE PATTERN: a tool that only tests use. Tests that miss it skip themselves and say so, so failing here is no error.
need_package() {
  local package=$1 pattern=$2
  ! compgen -G "$pattern" >/dev/null || return 0
  if command -v apt-get >/dev/null; then
    say "installing for the tests: $package"
    install_packages "$package" || say "not installed: $package"
  else
    say "for all tests, install what Debian calls $package"
  fi
}
# Independent checks of written files: gdalinfo, and GDAL's own validator of Cloud-Optimized GeoTIFFs.
need_package gdal-bin '/usr/bin/gdalinfo'
need_package python3-gdal '/usr/lib/python3/dist-packages/osgeo/__init__.py'
# The published schemas are held against what is written by another program.
need_package python3-jsonschema '/usr/lib/python3/dist-packages/jsonschema/__init__.py'
# The recipes for other programs.
need_package python3-pandas '/usr/lib/python3/dist-packages/pandas/__init__.py'
need_package python3-geopandas '/usr/lib/python3/dist-packages/geopandas/__init__.py'
need_package python3-rasterio '/usr/lib/python3/dist-packages/rasterio/__init__.py'
need_package r-base-core '/usr/bin/Rscript'
need_package r-cran-sf '/usr/lib/R/site-library/sf/DESCRIPTION'
need_package r-cran-terra '/usr/lib/R/site-library/terra/DESCRIPTION'
# QGIS opens the project of a result; it takes more than a minute to install.
[[ -z ${LDN_TEST_FULL:-} ]] || need_package python3-qgis '/usr/lib/python3/dist-packages/qgis/__init__.py'
# The page is opened in a real browser, the workbook recalculated by an office program.
need_package chromium '/usr/bin/chromium'
need_package libreoffice-calc '/usr/bin/soffice'
# Files as the tools of climate science write them; zones and rasters of a database.
need_package cdo '/usr/bin/cdo'
need_package nco '/usr/bin/ncks'
need_package postgresql '/usr/lib/postgresql/*/bin/initdb'
need_package postgresql-postgis '/usr/share/postgresql/*/extension/postgis.control'
# Two nodes of Slurm on the loopback, and Snakemake: tests/cluster.
need_package munge '/usr/sbin/munged'
need_package slurmctld '/usr/sbin/slurmctld'
need_package slurmd '/usr/sbin/slurmd'
need_package slurm-client '/usr/bin/sbatch'
need_package snakemake '/usr/bin/snakemake'
need_package python3-yaml '/usr/lib/python3/dist-packages/yaml/__init__.py'

broken=()
results=$root/artifacts/test-results
rm -rf -- "$results"
mkdir -p -- "$results"

# Counters of a trx file as "passed failed skipped". NUnit's skipped tests are in no counter but the total.
counters() {
  awk '
    function number(name) { return match($0, name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 : 0 }
    /<Counters / { total += number(" total"); passed += number(" passed"); failed += number(" failed") + number(" error") + number(" timeout") + number(" aborted") }
    END { print passed + 0, failed + 0, total - passed - failed }' "$1"
}

# Lists what was skipped and what broke, prints the sums and exits.
finish() {
  local passed=0 failed=0 skipped=0 file p f s problem
  for file in "$results"/*.trx; do
    [[ -e $file ]] || continue
    read -r p f s < <(counters "$file")
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    # A skipped test's result holds its reason as a message.
    awk -v run="$(basename -- "$file" .trx)" '
      function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text); return text }
      function report(reason) { if (name != "") print "skipped: " run ": " plain(name) reason; name = "" }
      /<UnitTestResult / && /outcome="NotExecuted"/ {
        if (match($0, / testName="[^"]*"/)) name = substr($0, RSTART + 11, RLENGTH - 12)
        if (/\/>/) report("")
      }
      name != "" && /<Message>/ { text = $0; sub(/.*<Message>/, "", text); sub(/<\/Message>.*/, "", text); report(": " plain(text)) }
      /<\/UnitTestResult>/ { report("") }' "$file"
  done

  # Failed tests once more, for who sees the end alone.
  for file in "$results"/*.trx; do
    [[ -e $file ]] || continue
    awk -v run="$(basename -- "$file" .trx)" '
      function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text); return text }
      /<UnitTestResult / && /outcome="Failed"/ {
        name = ""
        if (match($0, / testName="[^"]*"/)) name = substr($0, RSTART + 11, RLENGTH - 12)
        lines = 0
      }
      name != "" && /<Message>/ { lines = 8; print "FAILED: " run ": " plain(name); sub(/.*<Message>/, "") }
      lines > 0 { lines--; last = /<\/Message>/; sub(/<\/Message>.*/, ""); if (/[^ ]/) print "  " plain($0); if (last) { lines = 0; name = "" } }' "$file"
  done

  # What tests tell of their campaigns: cases, faults, kills, formats, peak memory.
  [[ -z ${LDN_TEST_FULL:-} ]] || {
    echo '== campaigns'
    sed -n 's/.*\(campaign: [^<]*\).*/\1/p' "$results"/*.trx | sed 's/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g' | sort -u
  }

  for problem in ${broken[@]+"${broken[@]}"}; do echo "FAILED: $problem"; done
  ((passed + failed > 0)) || echo 'FAILED: no test ran'
  echo "$passed passed, $failed failed, $skipped skipped"
  ((${#broken[@]} == 0 && failed == 0 && passed > 0)) || exit 1
  exit 0
}

echo '== build'
if ! dotnet build Ldn.sln -c Release -v quiet -nologo; then
  broken+=('build')
  finish
fi
# Looked at beside the tests: some minutes of one core.
dotnet format Ldn.sln --verify-no-changes --no-restore >"$results/format.log" 2>&1 &
formatting=$!

# test_project NAME PROJECT [VARIABLE=VALUE…]: one test project in a process of its own, results as NAME.trx.
test_project() {
  local name=$1 project=$2
  shift 2
  echo "== $name"
  env "$@" dotnet test "artifacts/bin/$project/release/$project.dll" --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --results-directory "$results"
}

# judge NAME STATUS: the runner exits 1 for failed tests too; it broke off when its results are missing or say so without a failed test.
judge() {
  local name=$1 status=$2
  if [[ ! -s $results/$name.trx ]]; then
    broken+=("$name: the runner left no results (exit $status)")
  elif ((status != 0)) && [[ $(counters "$results/$name.trx") == *' 0 '* ]]; then
    broken+=("$name: the runner broke off (exit $status)")
  fi
}

# SIMD levels, named by the widest vectors that are hardware accelerated: vector512, vector256, vector128, scalar. A test asserts that
# LDN_EXPECTED_SIMD is what runs, for an unknown DOTNET_ switch is silently ignored. Unset where the machine's own level is not known here.
widest=
case $(uname -m)-$level in
  *-4) widest=vector512 ;;
  *-3) widest=vector256 ;;
  *-2 | aarch64-* | arm64-*) widest=vector128 ;;
esac

# beside NAME PROJECT [VARIABLE=VALUE…]: a test project beside what follows; what it says comes with await.
names=() runners=()
beside() {
  test_project "$@" >"$results/$1.log" 2>&1 &
  names+=("$1") runners+=("$!")
}
await() {
  local i status
  for i in "${!names[@]}"; do
    status=0
    wait "${runners[i]}" || status=$?
    cat -- "$results/${names[i]}.log"
    judge "${names[i]}" "$status"
  done
  names=() runners=()
}

# From the smallest to Ldn.Cli.Tests, whose campaigns under --full often wait: the others run beside them.
projects=(tests/*/*.Tests.csproj)
for ((i = ${#projects[@]} - 1; i >= 0; i--)); do
  project=${projects[i]##*/}
  run=("${project%.csproj}" "${project%.csproj}" ${widest:+LDN_EXPECTED_SIMD=$widest})
  if [[ -n ${LDN_TEST_FULL:-} ]] && ((i > 0)); then
    beside "${run[@]}"
  else
    status=0
    test_project "${run[@]}" || status=$?
    judge "${run[0]}" "$status"
  fi
done
await

# The library again at the narrower levels, beside each other.
case $widest in
  vector128) ;;
  *)
    [[ $widest == vector256 ]] || beside Ldn.Tests-vector256 Ldn.Tests LDN_EXPECTED_SIMD=vector256 DOTNET_EnableAVX512=0
    beside Ldn.Tests-vector128 Ldn.Tests LDN_EXPECTED_SIMD=vector128 DOTNET_EnableAVX2=0
    ;;
esac
beside Ldn.Tests-scalar Ldn.Tests LDN_EXPECTED_SIMD=scalar DOTNET_EnableHWIntrinsic=0
await

echo '== formatting'
wait "$formatting" || broken+=('formatting (run: dotnet format)')
cat -- "$results/format.log"

# Speed, as ratios within one process: each kernel against the same one of the last commit on main, and coarsely against copying the same pixels.
echo '== gate'
benchmarks/gate.sh || broken+=('gate: a kernel takes more than the last commit on main or its committed ratio allows, or allocates')

finish
