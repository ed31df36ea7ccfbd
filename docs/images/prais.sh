#!/usr/bin/env bash
# Makes the pictures of docs/prais.md: forms of the synthetic sample job as LibreOffice shows them.
# Usage: docs/images/prais.sh [LDN]; needs soffice, pdftotext, pdftoppm and gdal_translate.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
ldn=${1:-$here/../../ldn}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$ldn compute "$here/../../sample-data/north-east-asia/job.json" --out "$work/result" --tables csv,xlsx,prais --rasters none --quiet
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$work/result/prais_MNG.xlsx" >/dev/null
pages=$(pdfinfo "$work/prais_MNG.pdf" | sed -n 's/^Pages: *//p')

# picture NAME FIRST-WORDS WIDTH HEIGHT DPI: the upper left corner of the page that begins so.
picture() {
    for ((page = 1; page <= pages; page++)); do
        text=$(pdftotext -f "$page" -l "$page" -layout "$work/prais_MNG.pdf" -)
        if [[ ${text#"${text%%[![:space:]]*}"} == "$2"* ]]; then
            pdftoppm -png -gray -r "$5" -f "$page" -l "$page" -x 0 -y 0 -W "$3" -H "$4" -singlefile "$work/prais_MNG.pdf" "$work/$1"
            # Sixteen greys are enough for words, and take half the room.
            gdal_translate -q -of PNG -b 1 -scale 0 255 0 15 -co NBITS=4 -co ZLEVEL=9 "$work/$1.png" "$here/prais-$1.png"
            rm -f "$here/prais-$1.png.aux.xml"
            return
        fi
    done
    echo "no page begins with $2" >&2
    exit 1
}

picture checklist 'PRAIS, 2026 cycle' 930 560 88
picture land-cover 'SO1-1.T7' 560 300 75
picture status 'SO1-4.T1' 860 300 75
picture degraded 'SO1-4.T2' 700 160 75
