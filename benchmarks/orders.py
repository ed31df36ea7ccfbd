"""What an order of the years costs: the job of series.py with and without 39 orders in turns, CPU time of one thread. orders.py FOLDER ROUNDS PROGRAM…"""
import json
import resource
import statistics
import subprocess
import sys

from osgeo import gdal

ORDERS = 39


def seconds(folder, program, uncertainty):
    with open(f'{folder}/job.json') as file:
        job = json.load(file)
    with open(f'{folder}/job-orders.json', 'w') as file:
        json.dump(job | uncertainty, file)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*program, 'compute', f'{folder}/job-orders.json', '--out', f'{folder}/out', '--overwrite', '--threads', '1', '--rasters', 'none', '--tables', 'csv',
                    '-q', '--no-progress'], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(folder, rounds, *program):
    grid = gdal.Open(f'{folder}/units.tif')
    cells = grid.RasterXSize * grid.RasterYSize / 1e6
    pairs = [(seconds(folder, program, {}), seconds(folder, program, {'uncertainty': {'orders': ORDERS}})) for _ in range(int(rounds))]
    speeds = sorted(cells * ORDERS / (with_orders - without) for without, with_orders in pairs)
    print(f'{cells:.1f} million cells x {ORDERS} orders: median {statistics.median(speeds):.1f}, {speeds[0]:.1f} to {speeds[-1]:.1f} million cells and orders a second')


main(*sys.argv[1:])
