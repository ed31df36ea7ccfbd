"""The indicator by numpy over GDAL's blocks, as an analyst would write it with care: compare.py FOLDER OUT CLASSES CONDITIONS.
compare.py --differences A B: how many pixels differ where B has a value (B holds countries only)."""
import sys

import numpy as np
from osgeo import gdal

gdal.UseExceptions()


def blocks(raster, side=512):
    for row in range(0, raster.RasterYSize, side):
        for column in range(0, raster.RasterXSize, side):
            yield column, row, min(side, raster.RasterXSize - column), min(side, raster.RasterYSize - row)


def differences(left, right):
    left, right = gdal.Open(left), gdal.Open(right)
    compared = different = 0
    for block in blocks(left, 4096):
        a, b = left.ReadAsArray(*block), right.ReadAsArray(*block)
        compared += int(np.count_nonzero(b))
        different += int(np.count_nonzero((b != 0) & (a != b)))
    print(f'   {different} of {compared} pixels differ')


def compute(folder, out, classes, conditions):
    classes, conditions = (np.array(table.split(','), np.uint8) for table in (classes, conditions))
    lpd_conditions = np.array([0, 1, 1, 2, 2, 3], np.uint8)
    inputs = [gdal.Open(f'{folder}/{name}.tif') for name in ('lc2000', 'lc2015', 'lpd2015', 'soc2000', 'soc2015')]
    first = inputs[0]
    target = gdal.GetDriverByName('GTiff').Create(
        out, first.RasterXSize, first.RasterYSize, 1, gdal.GDT_Byte, ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', 'COMPRESS=LZW'])
    target.SetGeoTransform(first.GetGeoTransform())
    target.SetProjection(first.GetProjection())
    target.GetRasterBand(1).SetNoDataValue(0)
    for block in blocks(first):
        initial, final, lpd, stock0, stock1 = (raster.ReadAsArray(*block) for raster in inputs)
        land_cover = conditions[classes[initial] * 8 + classes[final]]
        productivity = lpd_conditions[lpd]
        stock0, stock1 = stock0.astype(np.int32), stock1.astype(np.int32)
        carbon = np.full(initial.shape, 2, np.uint8)
        carbon[stock1 * 100 < stock0 * 90] = 1
        carbon[stock1 * 100 > stock0 * 110] = 3
        carbon[(stock0 <= 0) | (stock1 < 0)] = 0
        indicator = np.maximum(np.maximum(land_cover, productivity), carbon)
        indicator[(land_cover == 1) | (productivity == 1) | (carbon == 1)] = 1
        indicator[(land_cover == 0) | (productivity == 0) | (carbon == 0)] = 0
        target.GetRasterBand(1).WriteArray(indicator, block[0], block[1])


if sys.argv[1] == '--differences':
    differences(*sys.argv[2:])
else:
    compute(*sys.argv[1:])
