#!/usr/bin/env python3
"""Two periods by the rules of the archive, cell by cell in plain Python: a slow second opinion that shares nothing with the program.

A scene of one period gives the rasters of a second: the same maps, turned over, so that every class meets every other.
Usage: two_periods.py make SCENE FOLDER, then (after the run) two_periods.py compare SCENE FOLDER RESULT/trends-earth
"""
import array
import json
import math
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

NO_DATA = -32768
LABELS = ["Tree-covered", "Grassland", "Cropland", "Wetland", "Artificial", "Other land", "Water body"]
CLASSES = {1: "Improved", 0: "Stable", -1: "Degraded", None: "No data"}
LPD = {5: "Increasing", 4: "Stable", 3: "Stressed", 2: "Moderate decline", 1: "Declining", None: "No data"}
MATRIX = ["0-----0", "+0+---0", "+-0---0", "---0--0", "++++0+0", "++++-00", "0000000"]
# Condition of the baseline, of the period: class of seven; below 4 degraded, above 4 improved.
STATUS = {(-1, -1): 1, (0, -1): 2, (1, -1): 2, (-1, 0): 3, (0, 0): 4, (1, 0): 5, (-1, 1): 6, (0, 1): 6, (1, 1): 7}
# Name of the raster made, file of the scene, how it is turned: around, left to right, upside down.
MADE = [("cover_2019", "land_cover_2000", "around"), ("soc_2019", "soc_2000", "left"), ("lpd_2019", "lpd", "upside"), ("people_2019", "population_total", "around")]
SCENE = [("cover_2000", "land_cover_2000"), ("cover_2015", "land_cover_2015"), ("soc_2000", "soc_2000"), ("soc_2015", "soc_2015"), ("lpd_2015", "lpd"),
         ("people_2015", "population_total")]


def info(file):
    return json.loads(subprocess.run(["gdalinfo", "-json", file], capture_output=True, check=True, text=True).stdout)


def read(file, folder, band=1):
    raw = Path(folder) / "cells.img"
    subprocess.run(["gdal_translate", "-q", "-of", "ENVI", "-ot", "Int16", "-b", str(band), file, raw], check=True, capture_output=True)
    cells = array.array("h")
    cells.frombytes(raw.read_bytes())
    return cells


def turned(cells, width, way):
    rows = [cells[i:i + width] for i in range(0, len(cells), width)]
    if way in ("upside", "around"):
        rows.reverse()
    return array.array("h", [v for row in rows for v in (reversed(row) if way in ("left", "around") else row)])


def make(scene, folder):
    """The rasters of the second period, as GeoTIFF."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    for name, source, way in MADE:
        file = f"{scene}/input/{source}.tif"
        cells = turned(read(file, folder), info(file)["size"][0], way)
        (folder / "cells.img").write_bytes(cells.tobytes())
        subprocess.run(["gdal_translate", "-q", "-of", "GTiff", "-a_nodata", str(NO_DATA), folder / "cells.img", folder / f"{name}.tif"], check=True, capture_output=True)


def zone(scene, grid, width, height):
    """Cells whose centre lies in the polygon, by the even-odd rule."""
    west, dx, _, north, _, dy = grid
    shapes = [f["geometry"] for f in json.loads(Path(f"{scene}/input/aoi.geojson").read_text())["features"]]
    rings = [ring for s in shapes for polygon in ([s["coordinates"]] if s["type"] == "Polygon" else s["coordinates"]) for ring in polygon]
    inside = set()
    for r in range(height):
        y = north + (r + 0.5) * dy
        cuts = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0) for ring in rings for (x0, y0), (x1, y1) in zip(ring, ring[1:]) if (y0 > y) != (y1 > y))
        for a, b in zip(cuts[::2], cuts[1::2]):
            inside.update(r * width + c for c in range(width) if a < west + (c + 0.5) * dx <= b)
    return inside


def areas(grid, height):
    """km² of a cell of each row, on the ellipsoid of WGS 84."""
    _, dx, _, north, _, dy = grid
    a, f = 6378.137, 1 / 298.257223563
    e2 = f * (2 - f)
    e = math.sqrt(e2)

    def q(latitude):
        s = math.sin(math.radians(latitude))
        return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)

    return [a * a * math.radians(dx) / 2 * abs(q(north + r * dy) - q(north + (r + 1) * dy)) for r in range(height)]


def sign(c):
    return {"-": -1, "0": 0, "+": 1}[c]


def cell_classes(cover0, cover1, soc0, soc1, lpd):
    """Classes of a cell in a period: productivity, land cover, soil carbon (its per cent too), indicator."""
    known = cover0 is not None and cover1 is not None
    cover = sign(MATRIX[cover0 - 1][cover1 - 1]) if known else None
    productivity = {1: -1, 2: -1, 3: 0, 4: 0, 5: 1}.get(lpd)
    percent = None if cover0 == 7 or soc0 in (None, 0) or soc1 is None else Fraction(100 * (soc1 - soc0), soc0)
    carbon = None if percent is None else -1 if percent <= -10 else 1 if percent >= 10 else 0
    all_three = (productivity, cover, carbon)
    indicator = None if None in all_three or cover0 == 7 else -1 if -1 in all_three else 1 if 1 in all_three else 0
    return productivity, cover, carbon, indicator, percent


def status(before, now):
    return None if before is None or now is None else STATUS[before, now]


class Figures(dict):
    def add(self, value, *path):
        self[path] = self.get(path, 0.0) + value


def document(scene, folder):
    """Figures by their place in the document, and bands by name and period as cells of the scene's grid."""
    told = info(f"{scene}/input/land_cover_2000.tif")
    (width, height), grid = told["size"], told["geoTransform"]
    files = {name: f"{scene}/input/{source}.tif" for name, source in SCENE} | {name: f"{folder}/{name}.tif" for name, _, _ in MADE}
    cells = {name: read(file, folder) for name, file in files.items()}
    inside, area, figures, bands = zone(scene, grid, width, height), areas(grid, height), Figures(), {}

    def at(name, i):
        value = cells[name][i]
        return None if value == NO_DATA or (name.startswith("lpd") and value == 0) else value

    def band(name, period, i, value):
        bands.setdefault((name, period), {})[i] = NO_DATA if value is None else value

    for i in sorted(inside):
        km2, own = area[i // width], {}
        for period, (first, last) in {"baseline": (2000, 2015), "report_1": (2015, 2019)}.items():
            cover0, cover1, soc0, soc1 = (at(f"{layer}_{year}", i) for layer in ("cover", "soc") for year in (first, last))
            lpd = at(f"lpd_{last}", i)
            own[period] = productivity, cover, carbon, sdg, percent = cell_classes(cover0, cover1, soc0, soc1, lpd)
            for key, of in (("sdg summary", sdg), ("land_cover summary", cover), ("productivity summaries all_cover_types", productivity),
                            ("soil_organic_carbon summaries all_cover_types", carbon)):
                figures.add(km2, period, "period_assessment", *key.split(), CLASSES[of])
                if "summaries" in key and cover0 != 7:
                    figures.add(km2, period, "period_assessment", *key.replace("all_cover_types", "non_water").split(), CLASSES[of])
            if cover0 is not None and cover1 is not None:
                pair = LABELS[cover0 - 1], LABELS[cover1 - 1]
                figures.add(km2, period, "period_assessment", "land_cover", "crosstabs_by_land_cover_class", "Land area by land cover transition type", *pair)
                figures.add(km2, period, "period_assessment", "productivity", "crosstabs_by_productivity_class", LPD[lpd], *pair)
            for year, of, soc in ((first, cover0, soc0), (last, cover1, soc1)):
                label = "No data" if of is None else LABELS[of - 1]
                figures.add(km2, period, "period_assessment", "land_cover", "land_cover_areas_by_year", str(year), label)
                figures.add((soc or 0) * km2 * 100, period, "period_assessment", "soil_organic_carbon", "soc_stock_by_year", str(year), label)
                band(f"Land cover {year}", period, i, of)
                band(f"Soil organic carbon {year}", period, i, soc)
            band("SDG 15.3.1 Indicator", period, i, sdg)
            band("Land Productivity Dynamics (custom)", period, i, lpd)
            band("Land cover (degradation)", period, i, cover)
            band("Land cover transitions", period, i,
                 None if cover0 is None or cover1 is None else cover0 if cover0 == cover1 else cover0 * 10 + cover1)
            band("Soil organic carbon (degradation)", period, i, None if percent is None else math.trunc(percent))
        reported = {"baseline": own["baseline"][3]}
        water = at("cover_2000", i) == 7
        for place, (layer, title) in enumerate((("productivity", "Productivity degradation (status)"), ("land_cover", "Land cover degradation (status)"),
                                                ("soil_organic_carbon", "Soil organic carbon degradation (status)"), ("sdg", "SDG 15.3.1 Indicator (status)"))):
            before, now = own["baseline"][place], own["report_1"][place]
            seven = status(before, now)
            three = None if seven is None else (seven > 4) - (seven < 4)
            figures.add(km2, "report_1", "change_assessment", layer, CLASSES[before], CLASSES[now])
            kinds = [["all_cover_types"]] + ([] if water else [["non_water"]]) if layer in ("productivity", "soil_organic_carbon") else [[]]
            for kind in kinds:
                figures.add(km2, "report_1", "status_assessment", layer, *kind, CLASSES[three])
            band(title, "report_1", i, seven)
            if layer == "sdg":
                reported["report_1"] = three
        for period, year, cover in (("baseline", 2015, "cover_2000"), ("report_1", 2019, "cover_2015")):
            count = at(f"people_{year}", i)
            figures.add(count or 0, period, "people", "Total population", CLASSES[reported[period]])
            band("Population affected by degradation (number of people)", period, i,
                 None if count is None or at(cover, i) == 7 else -count if reported[period] == -1 else count)
    return figures, bands, (width, grid)


def told_figures(summary):
    """The same places, of the archive's document."""
    found = {}

    def walk(node, path):
        if node is None:
            return
        if "areas" in node:
            found.update({path + (a["name"],): a["area"] for a in node["areas"]})
        elif isinstance(node.get("values"), list) and node["values"] and "initial_label" in node["values"][0]:
            found.update({path + (v["initial_label"], v["final_label"]): v["value"] for v in node["values"]})
        elif isinstance(node.get("values"), dict):
            found.update({path + (year, label): v for year, of in node["values"].items() for label, v in of.items()})
        else:
            for key, child in node.items():
                if key in ("legend_nesting", "transition_matrix"):
                    continue
                if isinstance(child, list):
                    for one in child:
                        walk(one, path + (key, one["name"]))
                elif isinstance(child, dict):
                    walk(child, path + (key,))

    for period, node in summary["land_condition"].items():
        walk(node, (period,))
    for period, node in summary["affected_population"].items():
        found.update({(period, "people", of, v["name"]): v["population"] for of, lists in node["summary"].items() for v in lists["values"]})
    return found


def compare(scene, folder, archive):
    figures, bands, (width, grid) = document(scene, folder)
    summary, = Path(archive).glob("*_sdg-15-3-1-summary_summary.json")
    told = told_figures(json.loads(summary.read_text("utf-8")))
    missing = [p for p, v in figures.items() if p not in told and v]
    worst, beside = 0.0, []
    for path, value in told.items():
        ours = figures.get(path, 0.0)
        off = abs(value - math.floor(ours + 0.5)) if "people" in path else abs(value - ours) / max(abs(ours), 1e-6)
        worst = max(worst, off)
        if off > 1e-9:
            beside.append(f"{path}: {value} for {ours}")

    key_file, = Path(archive).glob("*_sdg-15-3-1-summary_band_key.json")
    key = json.loads(key_file.read_text())
    raster = str(Path(archive) / key["path"])
    seen = info(raster)
    across, down = (round((a - b) / c) for a, b, c in zip(seen["geoTransform"][0::3], grid[0::3], (grid[1], grid[5])))
    compared = []
    for n, band in enumerate(key["bands"], 1):
        of = band["metadata"]
        name = f"{band['name']} {of['year']}" if "year" in of else band["name"]
        expected = bands.get((name, of.get("period", "report_1")))
        if expected is None:
            beside.append(f"band {n} {name} {of.get('period')}: not foreseen")
            continue
        wide = seen["size"][0]
        wrong = [(j, v) for j, v in enumerate(read(raster, folder, n))
                 if v != expected.get((j // wide + down) * width + j % wide + across, NO_DATA)]
        if wrong:
            beside.append(f"band {n} {name} {of.get('period')}: {len(wrong)} cells, such as {wrong[0]}")
        compared.append(f"{name} {of.get('period', 'report_1')}")
    print(json.dumps({"figures": len(told), "above_zero": sum(v > 0 for v in told.values()), "worst": worst, "bands": compared, "missing": [str(m) for m in missing],
                      "wrong": beside}))


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](*sys.argv[2:])
