#!/usr/bin/env python3
"""The forms of PRAIS from the rasters of a job, with numpy and GDAL: a second opinion that shares nothing with the program.

Usage: forms.py check JOB.json PRAIS.json             every figure of CP-1 and SO1-1 to SO1-4 of every zone and period
       forms.py assaba DATA FOLDER                    a job over the data of the Assaba: own legend, stand-in, a projected grid
All rasters of a job lie on one grid here, which is that of the first land cover.
"""
import csv
import json
import math
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()
SEVEN = ["no_data", "tree_covered", "grassland", "cropland", "wetland", "artificial", "other_land", "water_body"]
ESA = {1: "50 60 61 62 70 71 72 80 81 82 90 100", 2: "110 120 121 122 130 140 150 151 152 153", 3: "10 11 12 20 30 40", 4: "160 170 180", 5: "190",
       6: "200 201 202 220", 7: "210"}
MATRIX = ["0-----0", "+0+---0", "+-0---0", "---0--0", "++++0+0", "++++-00", "0000000"]
PRESET = {"baseline": {"landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015]},
          "report_1": {"landCover": [2016, 2019], "productivity": [2004, 2019], "soilCarbon": [2016, 2019]},
          "report_2": {"landCover": [2016, 2023], "productivity": [2008, 2023], "soilCarbon": [2016, 2023]}}
CLASSES = ["degraded", "stable", "improved", "no_data"]
LPD = ["no_data", "declining", "moderate_decline", "stressed", "stable", "increasing"]
# Condition: 0 no data, 1 degraded, 2 stable, 3 improved. Status by (baseline, period).
STATUS = {(1, 1): "persistent_degradation", (2, 1): "recent_degradation", (3, 1): "recent_degradation", (1, 2): "baseline_degradation", (2, 2): "stability",
          (3, 2): "baseline_improvement", (1, 3): "recent_improvement", (2, 3): "recent_improvement", (3, 3): "persistent_improvement"}


class World:
    def __init__(self, job_file):
        self.folder = Path(job_file).parent
        self.job = json.loads(Path(job_file).read_text("utf-8"))
        self.periods = self.job.get("periods") or PRESET
        self.covers, self.soils = self.job["landCover"], self.job.get("soilCarbon")
        source = gdal.Open(str(self.folder / next(iter(self.covers["years"].values()))))
        self.size, self.transform, self.srs = (source.RasterXSize, source.RasterYSize), source.GetGeoTransform(), source.GetSpatialRef().Clone()
        self.cells = self.areas()
        self.own = None
        if self.covers["legend"].endswith(".csv"):
            rows = list(csv.DictReader((self.folder / self.covers["legend"]).open(encoding="utf-8")))
            self.own = {int(r["code"]): r["name"] for r in rows}
            self.nesting = {int(r["code"]): int(r["unccd"]) for r in rows}
        else:
            self.nesting = {int(code): c for c, codes in ESA.items() for code in codes.split()}
        self.cache = {}

    def read(self, name):
        if name not in self.cache:
            source = gdal.Open(str(self.folder / name))
            band = source.GetRasterBand(1)
            values = band.ReadAsArray().astype(float)
            if band.GetNoDataValue() is not None:
                values[values == band.GetNoDataValue()] = np.nan
            self.cache[name] = values
        return self.cache[name]

    def serving(self, files, year):
        return year if str(year) in files["years"] else files["standIns"][str(year)]

    def codes(self, year):
        """Codes of a year's cover, 0 for no data."""
        year = self.serving(self.covers, year)
        if ("codes", year) not in self.cache:
            self.cache["codes", year] = self.legend_codes(year)
        return self.cache["codes", year]

    def legend_codes(self, year):
        values = np.nan_to_num(self.read(self.covers["years"][str(self.serving(self.covers, year))])).astype(int)
        return np.where(np.isin(values, list(self.nesting)), values, 0)

    def cover(self, year):
        """The UNCCD's seven classes."""
        year = self.serving(self.covers, year)
        if ("seven", year) not in self.cache:
            table = np.zeros(max(self.nesting) + 1, int)
            table[list(self.nesting)] = list(self.nesting.values())
            self.cache["seven", year] = table[self.codes(year)]
        return self.cache["seven", year]

    def stock(self, year):
        return self.read(self.soils["years"][str(self.serving(self.soils, year))])

    def lpd(self, period):
        return np.nan_to_num(self.read(self.job["productivity"]["periods"][period])).astype(int)

    def areas(self):
        """km² of each cell: on the ellipsoid of WGS 84, or, where the system has equal areas on its sphere, the cell itself."""
        x0, dx, _, y0, _, dy = self.transform
        if not self.srs.IsGeographic():
            assert "Sinusoidal" in self.srs.ExportToWkt() and self.srs.GetSemiMajor() == self.srs.GetSemiMinor()
            return np.full(self.size[::-1], abs(dx * dy) / 1e6)
        a, f = 6378.137, 1 / 298.257223563
        e2 = f * (2 - f)
        e = math.sqrt(e2)

        def q(latitude):
            s = math.sin(math.radians(latitude))
            return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)

        rows = [a * a * math.radians(dx) / 2 * abs(q(y0 + r * dy) - q(y0 + (r + 1) * dy)) for r in range(self.size[1])]
        return np.repeat(np.array(rows)[:, None], self.size[0], axis=1)

    def zones(self):
        """Id and cells of every zone of the first layer, by GDAL's own rasteriser: cells whose centre lies inside."""
        given = self.job["zones"][0]
        source = gdal.OpenEx(str(self.folder / given["file"]))
        if not self.srs.IsGeographic():
            source = gdal.VectorTranslate("", source, options=["-f", "Memory", "-t_srs", self.srs.ExportToWkt(), "-segmentize", "0.001"])
        layer = source.GetLayer(0)
        for feature in layer:
            one = ogr.GetDriverByName("Memory").CreateDataSource("")
            of = one.CreateLayer("one", self.srs)
            copy = ogr.Feature(of.GetLayerDefn())
            copy.SetGeometry(feature.GetGeometryRef().Clone())
            of.CreateFeature(copy)
            if self.srs.IsGeographic():
                copy = ogr.Feature(of.GetLayerDefn())
                copy.SetGeometry(moved(feature.GetGeometryRef().Clone()))
                of.CreateFeature(copy)
            mask = gdal.GetDriverByName("MEM").Create("", *self.size, 1, gdal.GDT_Byte)
            mask.SetGeoTransform(self.transform)
            mask.SetSpatialRef(self.srs)
            gdal.RasterizeLayer(mask, [1], of, burn_values=[1])
            yield str(feature[given["id"]]), mask.ReadAsArray() == 1


def moved(shape):
    """A shape once round the earth: grids may go on beyond 180 degrees."""
    for i in range(shape.GetGeometryCount()):
        moved(shape.GetGeometryRef(i))
    for i in range(shape.GetPointCount() if shape.GetGeometryCount() == 0 else 0):
        shape.SetPoint_2D(i, shape.GetX(i) + 360, shape.GetY(i))
    return shape


def conditions(world, period, years):
    """Own assessment of a period: land cover, productivity, soil carbon, indicator; initial water."""
    first, last = world.cover(years["landCover"][0]), world.cover(years["landCover"][1])
    table = np.zeros((8, 8), int)
    for f in range(7):
        for t in range(7):
            table[f + 1, t + 1] = {"-": 1, "0": 2, "+": 3}[MATRIX[f][t]]
    subs = [table[first, last], np.array([0, 1, 1, 2, 2, 3])[world.lpd(period)]]
    if world.soils:
        s0, s1 = world.stock(years["soilCarbon"][0]), world.stock(years["soilCarbon"][1])
        known = ~np.isnan(s0) & ~np.isnan(s1) & (np.nan_to_num(s0) > 0)
        s0, s1 = np.where(known, s0, 1), np.where(known, s1, 1)
        subs.append(np.where(~known, 0, np.where(100 * s1 < 90 * s0, 1, np.where(100 * s1 > 110 * s0, 3, 2))))
    all_of = np.stack(subs)
    water = first == 7
    indicator = np.where((all_of == 0).any(0) | water, 0, np.where((all_of == 1).any(0), 1, np.where((all_of == 3).any(0), 3, 2)))
    return subs, indicator, water


def check(job_file, prais_file):
    world = World(job_file)
    tables = json.loads(Path(prais_file).read_text("utf-8"))["tables"]
    periods = list(world.periods)
    zones = dict(world.zones())
    state = {p: conditions(world, p, world.periods[p]) for p in periods}
    compared, wrong, worst = {}, [], 0.0
    # Edges that are transformed are known to a tenth of a cell, so that one cell at a border may fall to either side.
    slack = 0 if world.srs.IsGeographic() else 1.001 * float(world.cells[0, 0])

    def area(mask):
        return float(world.cells[mask].sum())

    def same(table, at, ours, theirs):
        nonlocal worst
        compared[table] = compared.get(table, 0) + 1
        if (ours is None) != (theirs is None):
            wrong.append(f"{table} {at}: {theirs} for {ours}")
        elif ours is not None:
            off = abs(ours - theirs) / max(abs(ours), 1)
            worst = max(worst, off)
            if off > 1e-6 and abs(ours - theirs) > slack * (0.01 if at.endswith("%") else 1):
                wrong.append(f"{table} {at}: {theirs} for {ours}")

    def rows(table, zone):
        return [r for r in tables[table]["rows"] if r["zone_id"] == zone]

    def text(files, sub, period):
        years = world.periods[period][sub]
        told = [str(y) if world.serving(files, y) == y else f"{world.serving(files, y)} (for {y})" for y in years]
        return "–".join(told)

    for zone, mask in zones.items():
        def land(year):
            return area(mask & (world.cover(year) != 7))

        for row in rows("CP-1.T1", zone):
            cover, at = world.cover(row["year"]), f"{zone} {row['year']}"
            same("CP-1.T1", at, land(row["year"]), row["land_km2"])
            same("CP-1.T1", at, area(mask & (cover == 7)), row["water_km2"])
            same("CP-1.T1", at, area(mask), row["total_km2"])
            same("CP-1.T1", at, world.serving(world.covers, row["year"]), row["data_year"])

        legends = [("", dict(enumerate(SEVEN)), world.cover)]
        if world.own:
            legends.append((".custom", {0: "no_data"} | world.own, world.codes))
        for suffix, names, of in legends:
            seen = {}
            for row in rows("SO1-1.T4" + suffix, zone):
                code = next(c for c, n in names.items() if n == row["land_cover"])
                same("SO1-1.T4" + suffix, f"{zone} {row['year']} {row['land_cover']}", area(mask & (of(row["year"]) == code)), row["area_km2"])
                seen[row["year"]] = seen.get(row["year"], 0) + row["area_km2"]
            for year, whole in seen.items():
                same("SO1-1.T4" + suffix, f"{zone} {year} adds up", area(mask), whole)
            for table in ("SO1-1.T5", "SO1-1.T6"):
                whole = {}
                for row in rows(table + suffix, zone):
                    years = world.periods[row["period"]]["landCover"]
                    f, t = (next(c for c, n in names.items() if n == row[k]) for k in ("from", "to"))
                    same(table + suffix, f"{zone} {row['period']} {row['from']} {row['to']}", area(mask & (of(years[0]) == f) & (of(years[1]) == t)), row["area_km2"])
                    whole[row["period"]] = whole.get(row["period"], 0) + row["area_km2"]
                for period, total in whole.items():
                    same(table + suffix, f"{zone} {period} adds up", area(mask), total)
            for table in ("SO1-2.T1", "SO1-2.T2"):
                for row in rows(table + suffix, zone):
                    years, lpd = world.periods[row["period"]]["landCover"], world.lpd(row["period"])
                    f, t, on_land = of(years[0]), of(years[1]), mask & ~state[row["period"]][2]
                    known = (f != 0) & (t != 0)
                    if row["land_cover"] == "changed":
                        cells = on_land & known & (f != t)
                    elif row["land_cover"] == "no_data":
                        cells = on_land & ~known
                    else:
                        cells = on_land & (f == t) & (f == next(c for c, n in names.items() if n == row["land_cover"]))
                    for c, name in enumerate(LPD):
                        same(table + suffix, f"{zone} {row['period']} {row['land_cover']} {name}", area(cells & (lpd == c)), row[name + "_km2"])
            if world.soils:
                for row in rows("SO1-3.T1" + suffix, zone):
                    code, stock = next(c for c, n in names.items() if n == row["land_cover"]), world.stock(row["year"])
                    cells = mask & (of(row["year"]) == code) & ~np.isnan(stock)
                    known = area(cells)
                    same("SO1-3.T1" + suffix, f"{zone} {row['year']} {row['land_cover']}", known, row["soc_area_km2"])
                    mean = float((stock[cells] * world.cells[cells]).sum()) / known if known else None
                    same("SO1-3.T1" + suffix, f"{zone} {row['year']} {row['land_cover']} t/ha", mean, row["soc_t_per_ha"])

        for table, at, key, files in (("SO1-1.T7", 0, "landCover", world.covers), ("SO1-2.T3", 1, "productivity", None),
                                      ("SO1-3.T2", 2, "soilCarbon", world.soils)):
            if at == 2 and not world.soils:
                continue
            told = rows(table, zone)
            if [r["period"] for r in told] != periods:
                wrong.append(f"{table} {zone}: periods {[r['period'] for r in told]}")
            for row in told:
                subs, _, water = state[row["period"]]
                cells = mask if at == 0 else mask & ~water
                whole = area(mask) if at == 0 else land(world.periods[row["period"]]["landCover"][1])
                same(table, f"{zone} {row['period']} land", land(world.periods[row["period"]]["landCover"][1]), row["land_km2"])
                same(table, f"{zone} {row['period']} sum", area(cells), row["country_km2" if at == 0 else "assessed_km2"])
                for name, c in zip(CLASSES, (1, 2, 3, 0)):
                    km2 = area(cells & (subs[at] == c))
                    same(table, f"{zone} {row['period']} {name}", km2, row[name + "_km2"])
                    same(table, f"{zone} {row['period']} {name} %", 100 * km2 / whole if whole else None, row[name + "_pct"])
                if files and row["years"] != text(files, key, row["period"]):
                    wrong.append(f"{table} {zone} {row['period']}: years {row['years']} for {text(files, key, row['period'])}")

        _, before, water_before = state[periods[0]]
        for row in rows("SO1-4.T1", zone):
            _, now, water = state[row["period"]]
            b, n = ((CLASSES.index(row[k]) + 1) % 4 for k in ("baseline_condition", "period_condition"))
            same("SO1-4.T1", f"{zone} {row['period']} {b} {n}", area(mask & ~water & ~water_before & (before == b) & (now == n)), row["area_km2"])
            if row["status"] != STATUS.get((b, n), "no_data"):
                wrong.append(f"SO1-4.T1 {zone} {b} {n}: {row['status']}")
        shares = {}
        for row in rows("SO1-4.T2", zone):
            period = row["period"]
            _, now, water = state[period]
            if period == periods[0]:
                degraded = area(mask & ~water & (now == 1))
            else:
                degraded = sum(area(mask & ~water & ~water_before & (before == b) & (now == n)) for (b, n), s in STATUS.items() if s.endswith("degradation"))
            whole = land(world.periods[period]["landCover"][1])
            shares[period] = degraded, 100 * degraded / whole if whole else None
            same("SO1-4.T2", f"{zone} {period} land", whole, row["land_km2"])
            same("SO1-4.T2", f"{zone} {period}", degraded, row["degraded_km2"])
            same("SO1-4.T2", f"{zone} {period} %", shares[period][1], row["degraded_pct"])
            if period != periods[0]:
                same("SO1-4.T2", f"{zone} {period} change", degraded - shares[periods[0]][0], row["change_km2"])
                if None not in (shares[period][1], shares[periods[0]][1]):
                    same("SO1-4.T2", f"{zone} {period} change %", shares[period][1] - shares[periods[0]][1], row["change_pct"])
    print(json.dumps({"compared": compared, "zones": len(zones), "worst": worst, "wrong": wrong[:20]}))


def assaba(data, folder):
    """A job with a legend of 12 classes of the country's own, 2022 for 2023, and land productivity dynamics from yearly growth."""
    data, folder = Path(data), Path(folder)
    own = {1: ("Forest", 1), 2: ("Woodland", 1), 7: ("Shrubs", 2), 8: ("Wooded savanna", 1), 9: ("Savanna", 2), 10: ("Steppe", 2), 11: ("Marsh", 4), 12: ("Fields", 3),
           13: ("Town", 5), 14: ("Fields and trees", 3), 16: ("Bare", 6), 17: ("Lake", 7)}
    (folder / "own.csv").write_text("code,name,color,unccd\n" + "".join(f"{c},{n},#{c * 999999 % 0xffffff:06x},{u}\n" for c, (n, u) in own.items()), "utf-8")
    years = {y: str(data / f"land_cover/{y}LCT.tif") for y in (2010, 2015, 2016, 2022)}
    first = gdal.Open(years[2010])

    def growth(of):
        layers = []
        for y in of:
            source = gdal.Open(str(data / f"gpp/{y}_GP.tif"))
            values = source.GetRasterBand(1).ReadAsArray().astype(float)
            values[values >= 32761] = np.nan
            values[values == 65533] = np.nan
            layers.append(values)
        return np.mean(layers, axis=0)

    for name, before, after in (("lpd_2015", range(2010, 2013), range(2013, 2016)), ("lpd_2023", range(2016, 2020), range(2020, 2024))):
        ratio = growth(after) / growth(before)
        classes = np.where(np.isnan(ratio), 0, 1 + np.digitize(np.nan_to_num(ratio), [0.85, 0.95, 1.0, 1.15])).astype("uint8")
        target = gdal.GetDriverByName("GTiff").Create(str(folder / f"{name}.tif"), first.RasterXSize, first.RasterYSize, 1, gdal.GDT_Byte)
        target.SetGeoTransform(first.GetGeoTransform())
        target.SetSpatialRef(first.GetSpatialRef())
        target.GetRasterBand(1).SetNoDataValue(0)
        target.GetRasterBand(1).WriteArray(classes)
        target = None
    (folder / "job.json").write_text(json.dumps({
        "periods": {"baseline": {"landCover": [2010, 2015], "productivity": [2010, 2015]},
                    "report_1": {"landCover": [2016, 2023], "productivity": [2016, 2023]}},
        "landCover": {"legend": "own.csv", "years": {str(y): f for y, f in years.items()}, "standIns": {"2023": 2022}},
        "without": ["soil-carbon"],
        "productivity": {"kind": "lpd", "periods": {"baseline": "lpd_2015.tif", "report_1": "lpd_2023.tif"}},
        "zones": [{"file": str(data / "boundaries/Assaba_Region.geojson"), "id": "ADM2_PCODE", "name": "ADM2_EN"}],
        "outputs": {"rasters": ["none"], "tables": ["csv", "prais"]}}), "utf-8")


if __name__ == "__main__":
    {"check": check, "assaba": assaba}[sys.argv[1]](*sys.argv[2:])
