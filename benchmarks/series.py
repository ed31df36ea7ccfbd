"""A series of 16 years of NDVI with noise, trends and ecological units, as Float32 in DEFLATE tiles with predictor 3, and its job: series.py FOLDER [WIDTH HEIGHT]."""
import json
import os
import sys

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
YEARS = range(2000, 2016)


def fractal(random, height, width):
    total = np.zeros((height, width), np.float32)
    for side in (8, 32, 128):
        cells = random.normal(size=(height // side + 1, width // side + 1)).astype(np.float32)
        total += np.kron(cells, np.ones((side, side), np.float32))[:height, :width] * (side / 128)
    return total


def write(path, cells, kind, no_data, predictor):
    height, width = cells.shape
    options = ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', 'COMPRESS=DEFLATE', f'PREDICTOR={predictor}']
    raster = gdal.GetDriverByName('GTiff').Create(path, width, height, 1, kind, options)
    raster.SetGeoTransform((90, 1 / 360, 0, 50, 0, -1 / 360))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    raster.SetProjection(reference.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(no_data)
    raster.GetRasterBand(1).WriteArray(cells)


def main(folder, width=4000, height=3000):
    os.makedirs(folder, exist_ok=True)
    random = np.random.default_rng(1)
    level, slope = 0.4 + 0.1 * fractal(random, height, width), 0.002 * fractal(random, height, width)
    for year in YEARS:
        values = level + slope * (year - YEARS[0]) + random.normal(size=level.shape).astype(np.float32) * 0.02
        write(f'{folder}/ndvi{year}.tif', np.round(np.clip(values, 0.01, 0.99), 4).astype(np.float32), gdal.GDT_Float32, -9999, 3)
    units = random.integers(1, 60, size=(height // 100 + 1, width // 100 + 1)).astype(np.uint8)
    write(f'{folder}/units.tif', np.kron(units, np.ones((100, 100), np.uint8))[:height, :width], gdal.GDT_Byte, 0, 1)
    job = {
        'name': 'series', 'without': ['land-cover', 'soil-carbon'],
        'periods': {'baseline': {'productivity': [YEARS[0], YEARS[-1]]}},
        'productivity': {'kind': 'series', 'years': {str(year): f'ndvi{year}.tif' for year in YEARS}, 'units': ['units.tif'], 'performanceScope': 'run'},
    }
    with open(f'{folder}/job.json', 'w') as file:
        json.dump(job, file, indent=2)


main(sys.argv[1], *map(int, sys.argv[2:4]))
