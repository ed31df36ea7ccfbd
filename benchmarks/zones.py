"""A sample with many polygons as its zones: zones.py FOLDER ZONES [VERTICES [LAYERS]], where FOLDER holds `ldn sample`'s rasters and job.

Polygons of VERTICES vertices share jagged edges and cover the land of the sample like small administrative units; LAYERS of them overlap.
Writes zones-N.gpkg, and job-N.json beside job.json; zones-N.tif holds the same zones as a raster of ids, for job-N-raster.json."""
import json
import math
import sys

import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()


def edge(start, end, steps, random):
    """Points of a jagged line from start to end, without its end."""
    along = np.linspace(0, 1, steps, endpoint=False)[:, None]
    line = start + (end - start) * along
    line[1:] += random.normal(0, 0.008, size=(steps - 1, 2)) * np.abs(end - start).max()
    return line


def main(folder, count, vertices=80, layers=1):
    job = json.load(open(f'{folder}/job.json'))
    years = job['landCover']['years']
    raster = gdal.Open(f'{folder}/{next(iter(years.values()))}')
    x0, width, _, y0, _, height = raster.GetGeoTransform()
    x1, y1 = x0 + width * raster.RasterXSize, y0 + height * raster.RasterYSize
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    job['zones'] = []
    job.pop('targets', None)
    for layer in range(layers):
        name = f'zones-{count}' + (f'-{layer + 1}' if layer else '')
        random = np.random.default_rng(layer + 1)
        columns = max(1, round(math.sqrt(count * abs((x1 - x0) / (y1 - y0)))))
        rows = math.ceil(count / columns)
        # Each further layer lies a part of a unit beside the one before.
        shift = layer / max(1, layers) / 2
        xs, ys = [np.linspace(a, b, n + 1) for a, b, n in ((x0, x1, columns), (y0, y1, rows))]
        knots = np.stack(np.meshgrid(xs, ys), axis=-1) + shift * np.array([xs[1] - xs[0], ys[1] - ys[0]])
        jitter = random.uniform(-0.25, 0.25, size=knots.shape) * np.array([xs[1] - xs[0], ys[1] - ys[0]])
        knots[1:-1, 1:-1] += jitter[1:-1, 1:-1]
        steps = vertices // 4
        down = {}
        across = {}
        gpkg = ogr.GetDriverByName('GPKG').CreateDataSource(f'{folder}/{name}.gpkg')
        table = gpkg.CreateLayer('zones', reference, ogr.wkbPolygon)
        for field in ('id', 'name'):
            table.CreateField(ogr.FieldDefn(field, ogr.OFTString))
        table.CreateField(ogr.FieldDefn('number', ogr.OFTInteger))
        table.StartTransaction()

        def shared(kept, row, column, to_row, to_column):
            if (row, column) not in kept:
                kept[row, column] = edge(knots[row, column], knots[to_row, to_column], steps, random)
            return kept[row, column], knots[to_row, to_column]

        def backwards(line):
            points, end = line
            return np.concatenate([[end], points[:0:-1]])

        for unit in range(count):
            row, column = divmod(unit, columns)
            ring = np.concatenate([
                shared(across, row, column, row, column + 1)[0], shared(down, row, column + 1, row + 1, column + 1)[0],
                backwards(shared(across, row + 1, column, row + 1, column + 1)), backwards(shared(down, row, column, row + 1, column))])
            text = ','.join(f'{x:.7f} {y:.7f}' for x, y in ring)
            feature = ogr.Feature(table.GetLayerDefn())
            feature['id'], feature['name'], feature['number'] = f'U{layer + 1}-{unit + 1:06d}', f'Unit {unit + 1} of layer {layer + 1}', unit + 1
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f'POLYGON(({text},{ring[0][0]:.7f} {ring[0][1]:.7f}))'))
            table.CreateFeature(feature)
        table.CommitTransaction()
        job['zones'].append({'file': f'{name}.gpkg', 'id': 'id', 'name': 'name'})
        table = gpkg = None
    with open(f'{folder}/job-{count}.json', 'w') as file:
        json.dump(job, file, indent=2)

    ids = gdal.GetDriverByName('GTiff').Create(
        f'{folder}/zones-{count}.tif', raster.RasterXSize, raster.RasterYSize, 1, gdal.GDT_Int32, ['TILED=YES', 'COMPRESS=DEFLATE'])
    ids.SetGeoTransform(raster.GetGeoTransform())
    ids.SetProjection(raster.GetProjection())
    ids.GetRasterBand(1).SetNoDataValue(0)
    polygons = gdal.OpenEx(f'{folder}/zones-{count}.gpkg')
    gdal.RasterizeLayer(ids, [1], polygons.GetLayer(0), options=['ATTRIBUTE=number'])
    job['zones'] = [{'file': f'zones-{count}.tif'}]
    with open(f'{folder}/job-{count}-raster.json', 'w') as file:
        json.dump(job, file, indent=2)


main(sys.argv[1], *map(int, sys.argv[2:5]))
