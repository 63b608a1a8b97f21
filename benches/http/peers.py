"""The servers that are measured: the site, nginx with the answers of the site as files, and Datasette with its SQLite file. Each is
started anew for every leg, on one processor, so that memory and what is kept are that leg's alone."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import getpass
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

CODINGS = "gzip, deflate, br"
# What nginx writes itself, and what belongs to one connection.
OF_THE_SERVER = {"content-length", "content-type", "date", "connection", "etag"}
HERE = Path(__file__).parent


@dataclasses.dataclass
class Server:
    """One that runs."""

    port: int
    process: subprocess.Popen

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    def cpu_seconds(self) -> tuple[float, float]:
        """Of all its processes: in the program itself, and in the kernel for it."""
        user, kernel = 0, 0
        for pid in self.processes():
            # The name of the program stands in brackets and may hold blanks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            user, kernel = user + int(fields[11]), kernel + int(fields[12])
        second = os.sysconf("SC_CLK_TCK")
        return user / second, kernel / second

    def settle(self) -> None:
        """Waits until what it does of its own after the start is done."""
        before, until = -1.0, time.monotonic() + 20
        while (now := sum(self.cpu_seconds())) > before and time.monotonic() < until:
            before = now
            time.sleep(0.3)

    def peak_megabytes(self) -> float:
        kilobytes = 0
        for pid in self.processes():
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
        return kilobytes * 1024 / 1e6


@contextlib.contextmanager
def running(port: int, command: list[str], processor: int | str, log: Path) -> Iterator[Server]:
    with log.open("ab") as lines:
        process = subprocess.Popen(["taskset", "-c", str(processor), *command], stdout=lines, stderr=lines, stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(f"{command[0]} does not answer:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.02)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get(port: int, target: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()


class Site:
    """The program on a directory of data."""

    name = "Council Map"

    def __init__(self, program: Path, data: Path, port: int) -> None:
        # Pages that are being made ahead would be measured with the others.
        self.command = [str(program), "serve", "--listen", f"127.0.0.1:{port}", "--data", str(data), "--no-demo", "--log", "warn",
                        "--pages-ahead", "false"]
        self.port = port

    def run(self, processor: int | str, log: Path):
        return running(self.port, self.command, processor, log)


class Nginx:
    """nginx with the answers of the site as files, byte for byte, and with the same headers.

    One worker, since it has one processor: a second would only cost it changes of context. Files stay open, logs are off,
    and nothing else is asked of it, so that it is as fast as it can be: the limit, not a competitor."""

    name = "nginx"

    def __init__(self, folder: Path, site_port: int, port: int, targets: list[str]) -> None:
        self.port = port
        self.config = folder / "nginx.conf"
        # By their addresses at the site. At nginx they have others, since it looks for an index at one that ends in a stroke.
        self.addresses: dict[str, str] = {}
        self.saved: dict[str, tuple[http.client.HTTPResponse, bytes]] = {}
        blocks = []
        for number, target in enumerate(targets):
            self.addresses[target] = f"/answer-{number}"
            # The Host is that of nginx, so that addresses in header and body are as long as they are there.
            answer, body = get(site_port, target, Accept_Encoding=CODINGS, Host=f"127.0.0.1:{port}")
            if answer.status != 200:
                sys.exit(f"{target} is {answer.status}")
            self.saved[target] = answer, body
            (folder / f"answer-{number}").write_bytes(body)
            blocks.append(location(f"/answer-{number}", folder, answer, "etag off;", keep_tag=True))
            # The same with nginx's own tag, which it compares itself.
            (folder / f"tagged-{number}").write_bytes(body)
            blocks.append(location(f"/tagged-{number}", folder, answer, "etag on;", keep_tag=False))
        self.config.write_text(f"""daemon off;
user {getpass.getuser()};
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; multi_accept on; }}
http {{
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=1000 inactive=1h;
  open_file_cache_valid 1h;
  max_ranges 0;
  client_body_temp_path {folder}/temp; proxy_temp_path {folder}/temp; fastcgi_temp_path {folder}/temp;
  uwsgi_temp_path {folder}/temp; scgi_temp_path {folder}/temp;
  server {{
    listen 127.0.0.1:{port};
{"".join(blocks)}  }}
}}
""")

    def tagged(self, target: str) -> str:
        return self.addresses[target].replace("answer", "tagged")

    def check(self) -> None:
        """That it gives what the site gives, byte for byte."""
        for target, address in self.addresses.items():
            answer, body = get(self.port, address, Accept_Encoding=CODINGS)
            wanted, saved = self.saved[target]
            names = {name.lower() for name, _ in wanted.getheaders()} - {"date"}
            differs = [name for name in names if answer.headers[name] != wanted.headers[name]]
            if answer.status != 200 or body != saved or differs:
                sys.exit(f"nginx gives something else for {target}: {answer.status}, {len(body)} bytes, {differs}")

    def run(self, processor: int | str, log: Path):
        return running(self.port, ["nginx", "-e", "stderr", "-c", str(self.config)], processor, log)


def location(target: str, folder: Path, answer: http.client.HTTPResponse, etag: str, keep_tag: bool) -> str:
    headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_THE_SERVER]
    headers.append(("Last-Modified", ""))
    if keep_tag:
        headers.append(("ETag", answer.headers["etag"]))
    lines = "".join(f"      add_header {name} {quoted(value)};\n" for name, value in headers)
    return f"""    location = {target} {{
      root {folder};
      types {{}}
      default_type {quoted(answer.headers["content-type"])};
      {etag}
{lines}    }}
"""


def quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Datasette:
    """Datasette with the SQLite file that the site gives away, and its statistics as a table in a file of their own: in the first
    they are kept value by value, and putting them together would be asked of the peer alone."""

    name = "Datasette"

    def __init__(self, folder: Path, venv: Path, site_port: int, port: int) -> None:
        self.port = port
        if not (venv / "bin/datasette").exists():
            subprocess.run([sys.executable, "-m", "venv", venv], check=True)
            subprocess.run([venv / "bin/pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        self.file = folder / "council-map.sqlite"
        self.file.write_bytes(get(site_port, "/data/council-map.sqlite")[1])
        statistics = folder / "statistics.sqlite"
        rows = list(csv.reader(get(site_port, "/data/statistics.csv")[1].decode("utf-8-sig").splitlines()))
        with contextlib.closing(sqlite3.connect(statistics)) as database:
            database.execute(f"CREATE TABLE statistics ({', '.join(rows[0])})")
            database.executemany(f"INSERT INTO statistics VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])
            database.commit()
        # Immutable, which it is fastest with; and never cut short.
        self.command = [str(venv / "bin/datasette"), "serve", "--port", str(port), "-i", str(self.file), "-i", str(statistics)]
        for setting, value in {"sql_time_limit_ms": 30000, "max_returned_rows": 100000, "max_csv_mb": 0}.items():
            self.command += ["--setting", setting, str(value)]

    def run(self, processor: int | str, log: Path):
        return running(self.port, self.command, processor, log)
