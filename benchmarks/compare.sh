#!/usr/bin/env bash
# compare.sh [ROUNDS] [WIDTH HEIGHT]: the same indicator raster from the same five rasters by gdal_calc, by numpy over GDAL's blocks, by R's terra and
# by ldn, in turns; prints the median seconds of each and whether every pixel inside a country is equal. ldn makes its tables beside the raster.
# Needs python3-gdal and r-cran-terra of the system's packages; a tool that is missing is left out, and said to be.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
rounds=${1:-3} width=${2:-12000} height=${3:-9000}
work=$(mktemp -d "${TMPDIR:-/tmp}/ldn-compare.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
./ldn sample "$work/in" --width "$width" --height "$height" --baseline-only --quiet

# Class of every ESA code and the 8 x 8 table of conditions (1 degraded, 2 stable, 3 improved; row and column 0 no data), from the published tables.
classes=$(awk -F, 'NR > 1 { c[$1] = $NF } END { for (i = 0; i < 256; i++) printf "%d%s", (c[i] ~ /^[1-7]$/ ? c[i] : 0), (i < 255 ? "," : "") }' \
  <(sed 's/"[^"]*"//' sample-data/tables/legend-esa-cci.csv | tr -d '\r'))
conditions=$(awk -F, 'NR == 1 { printf "0,0,0,0,0,0,0,0" } NR > 1 { printf ",0"; for (i = 2; i <= 8; i++) printf ",%d", ($1 == 7 ? 0 : $i + 2) }' \
  <(tr -d '\r' <sample-data/tables/matrix-unccd-7.csv))

run_gdal_calc() {
  gdal_calc.py -A "$work/in/lc2000.tif" -B "$work/in/lc2015.tif" -C "$work/in/lpd2015.tif" -D "$work/in/soc2000.tif" -E "$work/in/soc2015.tif" --hideNoData --NoDataValue=0 \
    --type=Byte --co=TILED=YES --co=BLOCKXSIZE=512 --co=BLOCKYSIZE=512 --co=COMPRESS=LZW --overwrite --quiet --outfile="$1" --calc="
(lambda lc, lpd, soc: where((lc == 0) | (lpd == 0) | (soc == 0), 0, where((lc == 1) | (lpd == 1) | (soc == 1), 1, maximum(maximum(lc, lpd), soc))).astype(uint8))(
 array([$conditions], uint8)[array([$classes], uint8)[A] * 8 + array([$classes], uint8)[B]],
 array([0, 1, 1, 2, 2, 3], uint8)[C],
 where((D <= 0) | (E < 0), 0, where(E.astype(int32) * 100 < D.astype(int32) * 90, 1, where(E.astype(int32) * 100 > D.astype(int32) * 110, 3, 2))).astype(uint8))"
}
run_numpy() { python3 benchmarks/compare.py "$work/in" "$1" "$classes" "$conditions"; }
run_terra() { Rscript --vanilla benchmarks/compare.R "$work/in" "$1" "$classes" "$conditions"; }
run_ldn() {
  rm -rf -- "$work/ldn"
  ./ldn compute "$work/in/job.json" --out "$work/ldn" --rasters indicator --tables csv,json --threads "$2" --quiet
  ln -f -- "$work/ldn/baseline_indicator.tif" "$1"
}

names=()
have() { if eval "$2" >/dev/null 2>&1; then names+=("$1"); else echo "not compared: $1 (not installed)" >&2; fi; }
python=$(for p in /usr/bin/python3 python3; do "$p" -c 'import osgeo, numpy' 2>/dev/null && echo "$p" && break; done || true)
python3() { "${python:-python3}" "$@"; }
have gdal_calc 'command -v gdal_calc.py'
have numpy '[[ -n $python ]]'
have terra 'Rscript --vanilla -e "library(terra)"'
names+=('ldn 1 thread' "ldn $(nproc) threads")

for ((round = 0; round < rounds; round++)); do
  for name in "${names[@]}"; do
    TIMEFORMAT='%R %U %S'
    seconds=$({ time case $name in
      ldn*) set -- $name && run_ldn "$work/${name// /_}.tif" "$2" ;;
      *) "run_$name" "$work/$name.tif" ;;
    esac >/dev/null 2>"$work/said" || cat -- "$work/said" >&2; } 2>&1 | tail -n 1)
    echo "$name|$seconds" >>"$work/times"
  done
done

echo "$width x $height pixels, median of $rounds rounds, files in the cache of the operating system"
grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //' || true
./ldn info 2>/dev/null | head -n 4
printf '%-16s %8s %8s\n' '' 'wall s' 'CPU s'
for name in "${names[@]}"; do
  printf '%-16s %8.2f %8.2f' "$name" \
    "$(grep -F "$name|" "$work/times" | cut -d '|' -f 2 | awk '{ print $1 }' | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }')" \
    "$(grep -F "$name|" "$work/times" | cut -d '|' -f 2 | awk '{ print $2 + $3 }' | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }')"
  case $name in
    ldn*) echo ;;
    *) python3 benchmarks/compare.py --differences "$work/$name.tif" "$work/ldn_1_thread.tif" ;;
  esac
done
