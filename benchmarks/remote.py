"""A job's rasters from far away: a server on the loopback that waits before every answer, and counts.

usage: remote.py [--delay SECONDS] [--log FILE] FOLDER -- COMMAND...

FOLDER holds a job.json with relative names. Runs `COMMAND FOLDER/job.json --out DIR` on the files as they lie, then the same on
a copy of the job that names them by /vsicurl/ of the server, and tells of both runs what they took, and what was asked of the
server: requests, bytes, the bytes that were asked for more than once, and how many requests were in flight at most. Says
whether both made the same rasters and tables.
"""
import argparse, collections, filecmp, http.server, json, os, pathlib, shutil, subprocess, sys, tempfile, threading, time


class Log:
    def __init__(self):
        self.lock = threading.Lock()
        self.lines, self.ranges, self.sent, self.flying, self.most = [], collections.defaultdict(list), 0, 0, 0

    def begin(self):
        with self.lock:
            self.flying += 1
            self.most = max(self.most, self.flying)

    def end(self, line, name, first, count):
        with self.lock:
            self.flying -= 1
            self.lines.append(line)
            self.sent += count
            if count:
                self.ranges[name].append((first, first + count))

    def again(self):
        total = 0
        for ranges in self.ranges.values():
            reached = 0
            for first, end in sorted(ranges):
                total += max(0, min(end, reached) - first)
                reached = max(reached, end)
        return total


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, body):
        log, began = self.server.log, time.time() - self.server.began
        log.begin()
        time.sleep(self.server.delay)
        name = self.path.lstrip("/")
        path = self.server.folder / name
        first, count = 0, 0
        try:
            if not path.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            size, asked = path.stat().st_size, self.headers.get("Range")
            end = size
            if asked:
                first, last = asked.removeprefix("bytes=").split("-")
                first, end = int(first), min(size, int(last) + 1) if last else size
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
            else:
                self.send_response(200)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
            self.send_header("Content-Length", str(end - first))
            self.end_headers()
            if body:
                with open(path, "rb") as file:
                    file.seek(first)
                    self.wfile.write(file.read(end - first))
                count = end - first
        except ConnectionError:
            pass
        finally:
            log.end(f"{began:8.3f} {self.command:4} {name} {first} {count}", name, first, count)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


def remote(value, folder, url):
    if isinstance(value, dict):
        return {key: remote(item, folder, url) for key, item in value.items()}
    if isinstance(value, list):
        return [remote(item, folder, url) for item in value]
    return f"/vsicurl/{url}/{value}" if isinstance(value, str) and value.endswith(".tif") and (folder / value).is_file() else value


def run(command, job, out):
    began = time.perf_counter()
    process = subprocess.Popen([*command, str(job), "--out", str(out), "-q"])
    _, status, usage = os.wait4(process.pid, 0)
    print(f"  wall {time.perf_counter() - began:.2f} s, CPU {usage.ru_utime + usage.ru_stime:.2f} s, {usage.ru_maxrss >> 10} MB")
    if status:
        sys.exit(f"the run failed: {status}")


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=pathlib.Path)
    asked.add_argument("--delay", type=float, default=0.05)
    asked.add_argument("--log", type=pathlib.Path)
    asked.add_argument("command", nargs=argparse.REMAINDER)
    given = asked.parse_args()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    server = Server(("127.0.0.1", 0), Handler)
    server.folder, server.delay, server.log, server.began = given.folder, given.delay, Log(), time.time()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    job = given.folder / "remote.json"
    job.write_text(json.dumps(
        remote(json.loads((given.folder / "job.json").read_text()), given.folder, f"http://127.0.0.1:{server.server_port}")))
    work = pathlib.Path(tempfile.mkdtemp())
    try:
        print("files of this machine:")
        run(command, given.folder / "job.json", work / "here")
        print(f"the same behind {given.delay * 1000:.0f} ms:")
        server.began = time.time()
        run(command, job, work / "there")
        log = server.log
        if given.log:
            given.log.write_text("\n".join(log.lines) + "\n")
        size = sum((given.folder / name).stat().st_size for name in log.ranges)
        print(f"  {len(log.lines)} requests, {log.sent / 1e6:.1f} MB of files of {size / 1e6:.1f} MB, {log.again() / 1e6:.1f} MB "
              f"of them again, at most {log.most} at once")
        names = [path.name for path in (work / "here").iterdir() if path.suffix in (".tif", ".csv")]
        _, differ, missing = filecmp.cmpfiles(work / "here", work / "there", names, shallow=False)
        print(f"  {len(names)} rasters and tables, {len(differ) + len(missing)} differ")
        sys.exit(1 if differ or missing else 0)
    finally:
        shutil.rmtree(work)
        job.unlink()


main()
