#!/usr/bin/env python3
"""Reads an archive made for PRAIS as its receiver would: the published shape of the documents, the sums that must hold, the rasters and their key.

Knows nothing of the program that wrote it. Usage: read_archive.py ARCHIVE.tar.gz [--engine engine_summary.json]
"""
import argparse
import gzip
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

CLASSES = ["Improved", "Stable", "Degraded", "No data"]
DROUGHT = ["Mild drought", "Moderate drought", "Severe drought", "Extreme drought", "Non-drought", "No data"]
LPD = ["Increasing", "Stable", "Stressed", "Moderate decline", "Declining", "No data"]
TYPES = ["Total population", "Female population", "Male population"]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+00:00")
NO_DATA = -32768


class Wrong(Exception):
    pass


def need(holds, what):
    if not holds:
        raise Wrong(what)


def number(value, at):
    need(isinstance(value, (int, float)) and not isinstance(value, bool), f"{at}: {value!r} is no number")


def keys(node, names, at):
    need(isinstance(node, dict) and list(node) == names, f"{at}: {list(node) if isinstance(node, dict) else node} for {names}")


def class_list(node, at, classes=CLASSES):
    keys(node, ["name", "unit", "areas"], at)
    need(node["unit"] == "sq km" and [a["name"] for a in node["areas"]] == classes, f"{at}: classes {node}")
    for area in node["areas"]:
        keys(area, ["name", "area"], at)
        number(area["area"], at)
        need(area["area"] >= 0, f"{at} is negative")
    return {a["name"]: a["area"] for a in node["areas"]}


def cross_tab(node, at, labels=None, name=None):
    keys(node, ["name", "unit", "initial_year", "final_year", "values"], at)
    need(node["unit"] == "sq km" and isinstance(node["initial_year"], int) and node["initial_year"] < node["final_year"] <= 2100, f"{at}: years")
    need(name is None or node["name"] == name, f"{at}: called {node['name']}")
    table = {}
    for value in node["values"]:
        keys(value, ["initial_label", "final_label", "value"], at)
        number(value["value"], at)
        need((value["initial_label"], value["final_label"]) not in table, f"{at}: a pair twice")
        table[value["initial_label"], value["final_label"]] = value["value"]
    need(labels is None or list(table) == [(a, b) for a in labels for b in labels], f"{at}: not every pair in order")
    return table


def lc_class(node, at):
    keys(node, ["code", "name_short", "name_long", "description", "color"], at)
    need(isinstance(node["code"], int) and len(node["name_short"]) <= 20 and len(node["name_long"]) <= 120, f"{at}: {node}")
    need(re.fullmatch(r"#[0-9A-F]{6}", node["color"]), f"{at}: colour {node['color']}")


def legend(node, at):
    keys(node, ["name", "key", "nodata"], at)
    for c in node["key"]:
        lc_class(c, at)
    codes, shorts = [c["code"] for c in node["key"]], [c["name_short"] for c in node["key"]]
    need(codes == sorted(set(codes)) and len(set(shorts)) == len(shorts) and len(codes) <= 38, f"{at}: codes {codes}, labels {shorts}")
    need(node["nodata"] == {"code": NO_DATA, "name_short": "No data", "name_long": "No data", "description": None, "color": "#000000"}, f"{at}: no data")
    return node


def nesting(node, at):
    keys(node, ["parent", "child", "nesting"], at)
    parent, child = legend(node["parent"], at), legend(node["child"], at)
    need(list(node["nesting"]) == [str(c["code"]) for c in parent["key"]] + ["-32768"], f"{at}: parents {list(node['nesting'])}")
    need(node["nesting"]["-32768"] == [NO_DATA], at)
    nested = [c for p in node["nesting"].values() for c in p if c != NO_DATA]
    need(sorted(nested) == [c["code"] for c in child["key"]], f"{at}: every class of the child is nested once")
    return child


def matrix(node, child, at):
    keys(node, ["legend", "name", "definitions"], at)
    need(legend(node["legend"], at) == child, f"{at}: another legend")
    keys(node["definitions"], ["name", "transitions"], at)
    pairs = set()
    for t in node["definitions"]["transitions"]:
        keys(t, ["initial", "final", "meaning"], at)
        lc_class(t["initial"], at)
        lc_class(t["final"], at)
        need(t["meaning"] in ("degradation", "stable", "improvement"), at)
        pairs.add((t["initial"]["code"], t["final"]["code"]))
    n = len(child["key"])
    need(len(pairs) == len(node["definitions"]["transitions"]) == n * n, f"{at}: {len(pairs)} transitions of {n} classes")


def by_year(node, at, unit, labels):
    keys(node, ["name", "unit", "values"], at)
    need(node["unit"] == unit, at)
    for year, values in node["values"].items():
        need(re.fullmatch(r"[12]\d{3}", year), f"{at}: year {year}")
        need(sorted(values) == sorted(labels + ["No data"]), f"{at}: classes of {year}")
        for value in values.values():
            number(value, at)
    return node["values"]


def geojson(node, at):
    need(node["type"] == "FeatureCollection" and node["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84", at)
    for feature in node["features"]:
        need(feature["type"] == "Feature" and feature["geometry"]["type"] in ("Polygon", "MultiPolygon"), at)
        polygons = feature["geometry"]["coordinates"]
        for polygon in [polygons] if feature["geometry"]["type"] == "Polygon" else polygons:
            for ring in polygon:
                need(len(ring) >= 4 and ring[0] == ring[-1], f"{at}: a ring is open")
                for x, y in ring:
                    need(-360 <= x <= 360 and -90 <= y <= 90 and round(x, 7) == x and round(y, 7) == y, f"{at}: {x}, {y}")
    return node


def metadata(node, at):
    keys(node, ["title", "date", "trends_earth_version", "area_of_interest", "affected_areas_only"], at)
    keys(node["trends_earth_version"], ["version", "release_date", "revision"], at)
    need(MOMENT.fullmatch(node["date"]) and MOMENT.fullmatch(node["trends_earth_version"]["release_date"]), f"{at}: dates")
    need(node["trends_earth_version"]["version"].startswith("ldn ") and node["trends_earth_version"]["revision"] is None, at)
    keys(node["area_of_interest"], ["name", "geojson", "crs_wkt"], at)
    need(len(geojson(node["area_of_interest"]["geojson"], at)["features"]) == 1, f"{at}: one area")
    need('AUTHORITY["EPSG","4326"]' in node["area_of_interest"]["crs_wkt"] and isinstance(node["affected_areas_only"], bool), at)


def close(a, b, what):
    need(abs(a - b) <= 1e-9 * max(abs(a), abs(b)) + 1e-9, f"{what}: {a} and {b}")


def status(change):
    """Three classes of status from a table of baseline against period."""
    sums = dict.fromkeys(CLASSES, 0.0)
    for (before, now), area in change.items():
        if "No data" in (before, now):
            of = "No data"
        elif now == "Degraded" or (before == "Degraded" and now == "Stable"):
            of = "Degraded"
        elif now == "Improved" or before == "Improved":
            of = "Improved"
        else:
            of = "Stable"
        sums[of] += area
    return sums


def period_assessment(node, at):
    keys(node, ["sdg", "productivity", "land_cover", "soil_organic_carbon", "error_recode", "sdg_error_recode"], at)
    keys(node["sdg"], ["summary"], at)
    figures = {"sdg": class_list(node["sdg"]["summary"], at + ".sdg")}
    cover = node["land_cover"]
    keys(cover, ["summary", "legend_nesting", "transition_matrix", "crosstabs_by_land_cover_class", "land_cover_areas_by_year"], at)
    child = nesting(cover["legend_nesting"], at + ".legend_nesting")
    matrix(cover["transition_matrix"], child, at + ".transition_matrix")
    labels = [c["name_short"] for c in cover["transition_matrix"]["legend"]["key"]]
    figures["land_cover"] = class_list(cover["summary"], at + ".land_cover")
    keys(node["productivity"], ["summaries", "crosstabs_by_productivity_class"], at)
    keys(node["soil_organic_carbon"], ["summaries", "soc_stock_by_year"], at)
    for name in ("productivity", "soil_organic_carbon"):
        keys(node[name]["summaries"], ["all_cover_types", "non_water"], at)
        for of in ("all_cover_types", "non_water"):
            figures[f"{name} {of}"] = class_list(node[name]["summaries"][of], f"{at}.{name}")
    tabs = node["productivity"]["crosstabs_by_productivity_class"]
    need([t["name"] for t in tabs] in ([], LPD), f"{at}: productivity classes {[t['name'] for t in tabs]}")
    need(len(cover["crosstabs_by_land_cover_class"]) == 1, at)
    pairs = sorted((a, b) for a in labels for b in labels)
    transitions = cross_tab(cover["crosstabs_by_land_cover_class"][0], at, name="Land area by land cover transition type")
    need(sorted(transitions) == pairs, f"{at}: transitions")
    whole = sum(figures["land_cover"].values())
    by_lpd = [cross_tab(t, at) for t in tabs]
    for pair in pairs if tabs else []:
        close(sum(t[pair] for t in by_lpd), transitions[pair], f"{at}: {pair} by productivity class")
    if tabs:
        classes = figures["productivity all_cover_types"]
        need(sum(by_lpd[0].values()) <= classes["Improved"] * (1 + 1e-9) + 1e-9, f"{at}: increasing is improved")
    years = by_year(cover["land_cover_areas_by_year"], at, "sq km", labels)
    for year, areas in years.items():
        close(sum(areas.values()), whole, f"{at}: land cover of {year}")
    by_year(node["soil_organic_carbon"]["soc_stock_by_year"], at, "tonnes", labels)
    for name in ("sdg", "productivity all_cover_types", "soil_organic_carbon all_cover_types"):
        close(sum(figures[name].values()), whole, f"{at}: {name} adds up to the zone")
    close(sum(figures["productivity non_water"].values()), sum(figures["soil_organic_carbon non_water"].values()), f"{at}: land without water")
    if node["error_recode"] is None:
        need(node["sdg_error_recode"] is None, at)
        figures["sdg after"] = figures["sdg"]
    else:
        figures["sdg after"] = class_list(node["sdg_error_recode"], at + ".sdg_error_recode")
        for feature in geojson(node["error_recode"], at + ".error_recode")["features"]:
            recode(feature["properties"], at + ".error_recode")
    return figures


def recode(node, at):
    keys(node, ["uuid", "periods_affected", "location_name", "area_km_sq", "process_driving_change", "basis_for_judgement", "recode_deg_to", "recode_stable_to",
                "recode_imp_to", "stats"], at)
    need(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", node["uuid"]), f"{at}: uuid {node['uuid']}")
    need(node["periods_affected"] and set(node["periods_affected"]) <= {"baseline", "report_1", "report_2"}, at)
    for key, may in (("recode_deg_to", (None, NO_DATA, 0, 1)), ("recode_stable_to", (None, NO_DATA, -1, 1)), ("recode_imp_to", (None, NO_DATA, -1, 0))):
        need(node[key] in may, f"{at}: {key} {node[key]}")
    keys(node["stats"], ["sdg", "land_productivity", "land_cover", "soil_organic_carbon"], at)
    for stats in node["stats"].values():
        keys(stats, ["area_ha", "degraded_pct", "stable_pct", "improved_pct", "nodata_pct"], at)
        close(stats["area_ha"], node["area_km_sq"] * 100, at)
        close(sum(v for k, v in stats.items() if k != "area_ha"), 100 if node["area_km_sq"] else 0, f"{at}: shares")


def people(node, at, classes=CLASSES, name="Population by degradation class"):
    need(list(node) == [t for t in TYPES if t in node] and (not node or "Total population" in node), f"{at}: {list(node)}")
    for of, lists in node.items():
        keys(lists, ["name", "values"], at)
        need(lists["name"] == name and [v["name"] for v in lists["values"]] == classes, at)
        for value in lists["values"]:
            keys(value, ["name", "population", "type"], at)
            need(isinstance(value["population"], int) and value["population"] >= 0 and value["type"] == of, f"{at}: {value}")


def condition(document):
    keys(document, ["metadata", "land_condition", "affected_population"], "document")
    metadata(document["metadata"], "metadata")
    periods = document["land_condition"]
    need(list(periods) == ["baseline"] + [f"report_{i}" for i in range(1, len(periods))], f"periods {list(periods)}")
    baseline = None
    for name, period in periods.items():
        keys(period, ["period_assessment", "status_assessment", "change_assessment"], name)
        own = period_assessment(period["period_assessment"], name)
        if baseline is None:
            need(period["status_assessment"] is None and period["change_assessment"] is None, f"{name}: status of the baseline")
            baseline = own
            continue
        keys(period["status_assessment"], ["sdg", "productivity", "land_cover", "soil_organic_carbon"], name)
        keys(period["change_assessment"], ["sdg", "productivity", "land_cover", "soil_organic_carbon"], name)
        for layer, key in (("sdg", "sdg after"), ("productivity", "productivity all_cover_types"), ("land_cover", "land_cover"),
                           ("soil_organic_carbon", "soil_organic_carbon all_cover_types")):
            change = cross_tab(period["change_assessment"][layer], f"{name}.change.{layer}", CLASSES)
            for c in CLASSES:
                close(sum(change[c, other] for other in CLASSES), baseline[key][c], f"{name}: rows of change of {layer} are the baseline's")
                close(sum(change[other, c] for other in CLASSES), own[key][c], f"{name}: columns of change of {layer} are the period's")
            told = period["status_assessment"][layer]
            if layer in ("productivity", "soil_organic_carbon"):
                keys(told, ["all_cover_types", "non_water"], name)
                class_list(told["non_water"], name)
                told = told["all_cover_types"]
            for c, area in class_list(told, name).items():
                close(area, status(change)[c], f"{name}: status of {layer}, {c}, follows from change")
    need(document["affected_population"] == {} or list(document["affected_population"]) == list(periods), "people of every period")
    for name, summary in document["affected_population"].items():
        keys(summary, ["summary"], name)
        people(summary["summary"], name)


def drought(document):
    keys(document, ["metadata", "drought"], "drought")
    metadata(document["metadata"], "drought")
    keys(document["drought"], ["tier_one", "tier_two", "tier_three"], "drought")
    sums = [sum(class_list(areas, year, DROUGHT).values()) for year, areas in document["drought"]["tier_one"].items()]
    need(sums, "no year of drought")
    for total in sums:
        close(total, sums[0], "drought: the same land every year")
    for year, node in document["drought"]["tier_two"].items():
        people(node, year, DROUGHT, "Population by drought class")
    for year, mean in document["drought"]["tier_three"].items():
        keys(mean, ["name", "value"], year)
        need(re.fullmatch(r"\d{4}", year) and mean["name"] == "Mean value" and 0 <= mean["value"] <= 1, f"tier three of {year}: {mean}")


def raster(folder, key):
    keys(key, ["path", "bands"], "band key")
    told = json.loads(subprocess.run(["gdalinfo", "-json", str(folder / key["path"])], capture_output=True, check=True, text=True).stdout)
    need(len(told["bands"]) == len(key["bands"]), f"{len(told['bands'])} bands and {len(key['bands'])} keys")
    for band, of in zip(told["bands"], key["bands"]):
        keys(of, ["name", "metadata", "no_data_value", "activated", "add_to_map"], "band key")
        need(band["type"] == "Int16" and band["noDataValue"] == NO_DATA == of["no_data_value"] and band["description"] == of["name"], f"band {band}, key {of['name']}")
        for text in ("nesting", "trans_matrix"):
            if text in of["metadata"]:
                json.loads(of["metadata"][text])
    return [(b["name"], b["metadata"]) for b in key["bands"]]


def compare(document, engine):
    """Figure by figure with the engine's own output, where that is right: all of one period."""
    worst = 0.0
    labels = lambda values: {(v["initial_label"], v["final_label"]): v["value"] for v in values}

    def same(ours, theirs, at):
        nonlocal worst
        if isinstance(theirs, dict):
            for name, value in theirs.items():
                if name not in ("legend_nesting", "transition_matrix"):
                    need(name in ours, f"{at}.{name} is missing")
                    same(ours[name], value, f"{at}.{name}")
        elif isinstance(theirs, list) and theirs and "initial_label" in theirs[0]:
            mine = labels(ours)
            for pair, value in labels(theirs).items():
                same(mine[pair], value, f"{at}{pair}")
        elif isinstance(theirs, list):
            for one, other in zip(ours, theirs):
                same(one, other, at)
        elif isinstance(theirs, float):
            worst = max(worst, abs(ours - theirs) / max(abs(theirs), 1e-6))
            need(abs(ours - theirs) <= 1e-9 * abs(theirs) + 1e-9, f"{at}: {ours} for {theirs}")
        else:
            need(ours == theirs, f"{at}: {ours} for {theirs}")

    theirs = engine["land_condition"]["baseline"]["period_assessment"]
    # A second table of covers, dated with productivity's years, is one of the engine's faults.
    theirs["land_cover"]["crosstabs_by_land_cover_class"] = theirs["land_cover"]["crosstabs_by_land_cover_class"][:1]
    # Its tables by productivity class are of the covers nearest to productivity's years, ours of the period's.
    span = lambda tab: (tab["initial_year"], tab["final_year"])
    if span(theirs["productivity"]["crosstabs_by_productivity_class"][0]) != span(theirs["land_cover"]["crosstabs_by_land_cover_class"][0]):
        del theirs["productivity"]["crosstabs_by_productivity_class"]
        ours = document["land_condition"]["baseline"]["period_assessment"]
        for by in (theirs["land_cover"]["land_cover_areas_by_year"], theirs["soil_organic_carbon"]["soc_stock_by_year"]):
            by["values"] = {year: values for year, values in by["values"].items() if year in ours["land_cover"]["land_cover_areas_by_year"]["values"]}
    same(document["land_condition"]["baseline"]["period_assessment"], theirs, "baseline")
    # People are truncated there, rounded here.
    for ours, other in zip(document["affected_population"]["baseline"]["summary"]["Total population"]["values"],
                           engine["affected_population"]["baseline"]["summary"]["Total population"]["values"]):
        need(ours["name"] == other["name"] and abs(ours["population"] - other["population"]) <= 1, f"people {ours} for {other}")
    return worst


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("archive")
    arguments.add_argument("--engine")
    given = arguments.parse_args()
    raw = Path(given.archive).read_bytes()
    need(raw[4:8] == bytes(4) and raw[3] == 0, "gzip header with a time or a name")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(given.archive) as tar:
        members = tar.getmembers()
        names = [m.name for m in members]
        need(names == sorted(names) and not any("/" in n for n in names), f"not flat and sorted: {names}")
        need(all(m.mtime == 0 and m.uid == m.gid == 0 and m.mode == 0o644 and m.uname == m.gname == "" for m in members), "owner, mode or time")
        tar.extractall(folder, filter="data")
        folder = Path(folder)
        summary, = folder.glob("*_sdg-15-3-1-summary_summary.json")
        document = json.loads(summary.read_text("utf-8"))
        condition(document)
        dry = list(folder.glob("*_drought-vulnerability-summary_summary.json"))
        for file in dry:
            drought(json.loads(file.read_text("utf-8")))
        bands = []
        for file in sorted(folder.glob("*_band_key.json")):
            bands += raster(folder, json.loads(file.read_text("utf-8")))
        area = list(folder.glob("*_aoi.geojson"))
        if document["metadata"]["affected_areas_only"]:
            need(not bands and not area and len(names) == 1 + len(dry), f"areas affected alone have no rasters: {names}")
        else:
            need(geojson(json.loads(area[0].read_text("utf-8")), "aoi") == document["metadata"]["area_of_interest"]["geojson"], "area of interest")
        worst = compare(document, json.loads(Path(given.engine).read_text("utf-8"))) if given.engine else None
    print(json.dumps({"files": names, "bands": [name for name, _ in bands], "worst": worst}))


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"wrong: {wrong}")
