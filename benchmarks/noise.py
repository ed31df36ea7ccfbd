"""Two periods of pure noise over five zones side by side, with nearly every joint code, and its job: noise.py FOLDER [SIDE]."""
import json
import os
import sys

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()


def write(path, cells, kind, no_data):
    height, width = cells.shape
    raster = gdal.GetDriverByName('GTiff').Create(path, width, height, 1, kind, ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', 'COMPRESS=DEFLATE'])
    raster.SetGeoTransform((90, 1 / 360, 0, 50, 0, -1 / 360))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    raster.SetProjection(reference.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(no_data)
    raster.GetRasterBand(1).WriteArray(cells)


def main(folder, side=1050):
    os.makedirs(folder, exist_ok=True)
    random = np.random.default_rng(1)
    for year in (2000, 2015, 2019):
        write(f'{folder}/lc{year}.tif', random.integers(1, 8, size=(side, side)).astype(np.uint8), gdal.GDT_Byte, 0)
    for period in ('baseline', 'report_1'):
        write(f'{folder}/lpd_{period}.tif', random.integers(0, 6, size=(side, side)).astype(np.uint8), gdal.GDT_Byte, 0)
    for year in (2000, 2015, 2019):
        # Every rank: exact multiples among them.
        write(f'{folder}/soc{year}.tif', random.choice([80, 85, 87, 90, 92, 95, 97, 100], size=(side, side)).astype(np.int16), gdal.GDT_Int16, -1)
    span = side / 360 / 5
    zones = [{'type': 'Feature', 'properties': {'id': f'Z{i}', 'name': f'Zone {i}'}, 'geometry': {'type': 'Polygon', 'coordinates': [[
        [90 + i * span, 50], [90 + (i + 1) * span, 50], [90 + (i + 1) * span, 50 - side / 360], [90 + i * span, 50 - side / 360], [90 + i * span, 50]]]}} for i in range(5)]
    with open(f'{folder}/zones.geojson', 'w') as file:
        json.dump({'type': 'FeatureCollection', 'features': zones}, file)
    job = {
        'name': 'noise',
        'landCover': {'legend': 'unccd-7', 'years': {'2000': 'lc2000.tif', '2015': 'lc2015.tif', '2019': 'lc2019.tif'}},
        'productivity': {'kind': 'lpd', 'periods': {'baseline': 'lpd_baseline.tif', 'report_1': 'lpd_report_1.tif'}},
        'soilCarbon': {'kind': 'stocks', 'years': {'2000': 'soc2000.tif', '2015': 'soc2015.tif', '2019': 'soc2019.tif'}},
        'periods': {'baseline': {'landCover': [2000, 2015], 'productivity': [2000, 2015], 'soilCarbon': [2000, 2015]},
                    'report_1': {'landCover': [2015, 2019], 'productivity': [2004, 2019], 'soilCarbon': [2015, 2019]}},
        'zones': [{'file': 'zones.geojson', 'id': 'id', 'name': 'name'}],
    }
    with open(f'{folder}/job.json', 'w') as file:
        json.dump(job, file, indent=2)


main(sys.argv[1], *map(int, sys.argv[2:3]))
