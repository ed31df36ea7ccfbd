"""What `ldn plan --calibrate` foresees against what shards take: plan.py FOLDER -- LDN...

FOLDER is made where it is not there. Three kinds of job (the indicator alone, the sample's job with all its questions, trend, state and
performance of a series) are planned in 1, 2, 4 and 8 shards, and computed on one thread; tells user and system time of all shards, without
plan and merge, beside the estimate, and how far this is off."""
import json
import os
import pathlib
import shutil
import subprocess
import sys


def cpu(command):
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f'{command}: failed')
    return usage.ru_utime + usage.ru_stime


def main(folder, ldn):
    folder = pathlib.Path(folder)
    if not folder.exists():
        subprocess.run([*ldn, 'sample', folder / 'sample', '--width', '6000', '--height', '4500', '-q'], check=True)
        subprocess.run([sys.executable, pathlib.Path(__file__).parent / 'series.py', folder / 'series', '2000', '1500'], check=True)
    job = json.loads((folder / 'sample' / 'job.json').read_text())
    for key in ('strata', 'targets'):
        job.pop(key, None)
    (folder / 'sample' / 'alone.json').write_text(json.dumps(job))
    print(f'{"job":10} {"shards":>6} {"estimate":>9} {"measured":>9} {"off":>6} {"calibrating":>12}')
    for name, path in (('indicator', 'sample/alone.json'), ('questions', 'sample/job.json'), ('series', 'series/job.json')):
        for shards in (1, 2, 4, 8):
            run = folder / 'run'
            shutil.rmtree(run, ignore_errors=True)
            plan = [*ldn, 'plan', folder / path, '--shards', str(shards), '-o', run / 'plan.json', '-q', '--tables', 'csv']
            without = cpu(plan)
            began = os.times()
            told = json.loads(subprocess.run([*plan, '--calibrate', '--json'], check=True, capture_output=True).stdout)
            ended = os.times()
            took = ended.children_user + ended.children_system - began.children_user - began.children_system
            measured = sum(
                cpu([*ldn, 'compute', '--plan', run / 'plan.json', '--shard', str(shard), '--threads', '1', '-q', *stage])
                for stage in ((['--stage', '1'], ['--stage', '2']) if told['stages'] == 2 else ([],)) for shard in range(shards))
            estimate = told['core_seconds']
            print(f'{name:10} {shards:6} {estimate:8.2f}s {measured:8.2f}s {estimate / measured - 1:+6.0%} {took - without:11.2f}s', flush=True)
    shutil.rmtree(folder / 'run', ignore_errors=True)


main(sys.argv[1], sys.argv[sys.argv.index('--') + 1:])
