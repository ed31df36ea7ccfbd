#!/usr/bin/env bash
# Makes the pictures of docs/tutorial.md and of the README: the page of the synthetic sample job as a browser shows it.
# Usage: docs/images/tutorial.sh [LDN]; needs chromium, pdftotext, pdftoppm, gdal_translate and rgb2pct.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
ldn=${1:-$here/../../ldn}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$ldn compute "$here/../../sample-data/north-east-asia/job.json" --out "$work/result" --quiet
$ldn report "$work/result" --page brief --tables html --out "$work/brief" --quiet
browser=(chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$work/profile")

# small NAME COLOURS: the few colours of a page take a third of the room.
small() {
    rgb2pct.py -n "$2" "$work/$1.png" "$work/few.tif" >/dev/null
    gdal_translate -q -of PNG -co ZLEVEL=9 "$work/few.tif" "$here/$1.png"
    rm -f "$here/$1.png.aux.xml" "$work/few.tif"
}

"${browser[@]}" --window-size=1000,1200 "--screenshot=$work/tutorial-page.png" "file://$work/result/report.html" 2>/dev/null
small tutorial-page 128

"${browser[@]}" --no-pdf-header-footer "--print-to-pdf=$work/brief.pdf" "file://$work/brief/brief.html" 2>/dev/null
page=1
until pdftotext -f "$page" -l "$page" "$work/brief.pdf" - | grep -qx Mongolia; do page=$((page + 1)); done
pdftoppm -png -r 95 -f "$page" -l "$page" -x 80 -y 40 -W 640 -H 840 -singlefile "$work/brief.pdf" "$work/tutorial-mongolia"
small tutorial-mongolia 160
