"""Attacks a site of its own on this machine while ordinary visitors go on asking, and says whether they were served:
99 of 100 of their answers within 250 ms, none failed, the server within 300 MB.

    python3 tools/under_attack.py --program target/release/council-map
    python3 tools/under_attack.py --program target/release/council-map --behind-nginx slow-readers long-names

Only the standard library, Python 3.11 or later; Linux, because memory and connections are read from /proc. The site is a demonstration in a
temporary folder, served at 127.0.0.1 and started anew for each scenario, so that each has its own peak of memory. No
other address can be named. Every attack is bounded in number and time. The scenarios:

quiet            nobody attacks: what the others' figures are worth
slow-readers     500 clients ask for a large file through a small window; half read 16 bytes a second, half nothing
long-names       40 clients ask for councils whose names are 60 kB long, and for comparisons of such names
fire-and-forget  300 different searches as CSV whose clients leave at once; then 300 whose clients wait
forwarded        forged forwarding headers and broken Host headers: is any of it repeated, or kept for the next?

How the others are measured: they live in a process of their own. One of them comes every 25 ms, however long those
before have waited, takes a connection that is free or opens one, and leaves it after ten requests; so those who wait
never thin out the measurement, and nobody lives on a place taken before the attack. Attackers run at a lower priority
than server and others, as if they had machines of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import dataclasses
import itertools
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import socket
import string
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Iterator, NoReturn

LIMIT_MILLISECONDS = 250.0
LIMIT_BYTES = 300 * 1000 * 1000
# Turning some away with 503 is how a site keeps answering the rest. More than these were shut out.
LIMIT_REFUSED = 0.05

EVERY_SECONDS = 0.025
REQUESTS_A_CONNECTION = 10
# A visitor who has waited as long as this is gone, and one of these who waits at the same time is turned away here.
PATIENCE_SECONDS = 30.0
MOST_WAITING = 400

WORDS = """housing repairs delay damp council school transport appeal care assessment needs charges support plan
complaint injustice planning permission enforcement noise nuisance refuse bins parking penalty bailiff benefit tax band
discount homeless allocation tenancy letter apology payment review policy staff training daughter son mother carer
disabled adaptation grant social worker child education tuition panel hearing road pavement highway tree licence
""".split()
COMMON_WORDS = """complained council because this said have complaint will fault decision stopped investigate there months
review would agreed apologise without injustice wanted before could answer further""".split()


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    wanted.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"of {', '.join(SCENARIOS)}; all when none is named")
    wanted.add_argument("--program", type=Path, default=Path("target/release/council-map"), help="a release build")
    wanted.add_argument("--data", type=Path, help="serve this directory instead of a demonstration made for the purpose")
    wanted.add_argument("--decisions", type=int, default=12000, help="decisions of the demonstration")
    wanted.add_argument("--behind-nginx", action="store_true", help="with Debian's nginx and its defaults in front")
    wanted.add_argument("--trusted-proxy", metavar="ADDR",
                        help="start the server with this option; forwarding headers must then count, and safely")
    wanted.add_argument("--public-url", metavar="URL", help="start the server with this option; then no Host may be repeated")
    wanted.add_argument("--clients", type=int, default=500, help="slow readers")
    wanted.add_argument("--path", default="/data/cells.csv", help="what slow readers ask for")
    wanted.add_argument("--seconds", type=float, default=25, help="how long slow readers stay")
    wanted.add_argument("--stalled", action="store_true",
                        help="slow readers stay 35 s; those that read nothing must have been closed by then")
    options = wanted.parse_args()
    options.program = options.program.resolve()
    if unknown := set(options.scenarios) - set(SCENARIOS):
        wanted.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    if not options.program.exists():
        wanted.error(f"{options.program} is missing: cargo build --release, or name another with --program")
    if options.data and not options.data.is_dir():
        wanted.error(f"{options.data} is not a directory")
    if options.behind_nginx and not nginx_program():
        wanted.error("nginx is missing: apt-get install nginx-light")
    if not 1 <= options.clients <= 5000 or not 1 <= options.seconds <= 120:
        wanted.error("at most 5000 slow readers, for at most 120 s")
    if options.stalled:
        options.seconds = 35.0
    handles = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (handles[1], handles[1]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="council-map-attack-") as folder:
        data = options.data or Path(folder) / "data"
        if not options.data:
            make(options.program, data, options.decisions)
        lines = []
        for name in options.scenarios or SCENARIOS:
            with Site(options, data, Path(folder), handles) as site:
                lines.append(SCENARIOS[name](site, options))
                print(f"{name}: {lines[-1].verdict}", file=sys.stderr, flush=True)
    print_table(lines, options)
    return 1 if any(line.broken for line in lines) else 0


def make(program: Path, data: Path, decisions: int) -> None:
    answer = subprocess.run([program, "demo", "--decisions", str(decisions), "--data", data], capture_output=True, text=True)
    if answer.returncode:
        give_up(f"council-map demo\n{answer.stdout}{answer.stderr}")


def give_up(why: str) -> NoReturn:
    """2, as for wrong options: 1 means that a limit was broken."""
    print(why, file=sys.stderr)
    sys.exit(2)


# What was found.


@dataclasses.dataclass
class Line:
    """One scenario: a line of the table, and what stands below it."""

    scenario: str
    sent: str
    memory: int
    others: "Heard"
    broken: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    @property
    def verdict(self) -> str:
        return f"NOT KEPT: {'; '.join(self.broken)}" if self.broken else "ok"

    def judge(self) -> None:
        """Holds memory and others to their limits."""
        others = self.others
        if self.memory > LIMIT_BYTES:
            self.broken.append(f"{megabytes(self.memory)} MB of memory")
        if not others.answers:
            self.broken.append("nobody else was there")
        elif (slow := others.within(0.99)) > LIMIT_MILLISECONDS:
            self.broken.append(f"99 of 100 within {slow:.0f} ms")
        if others.failed:
            self.broken.append(f"{len(others.failed)} of {len(others.answers)} others failed")
        if len(others.refused) > LIMIT_REFUSED * len(others.answers):
            self.broken.append(f"{len(others.refused)} of {len(others.answers)} others turned away")
        # A program that has no such address says 404; one that has must always answer there.
        if lost := [answer for answer in others.ready if answer.status not in (200, 404, 503)]:
            self.broken.append(f"/ready did not answer {len(lost)} of {len(others.ready)} times")


@dataclasses.dataclass
class Answer:
    """What one visitor got: the moment of asking on the common clock, the wait in milliseconds, and the status, or 0
    with the reason when there was no answer."""

    path: str
    asked: float
    waited: float
    status: int
    reason: str = ""
    refusal_helps: bool = True


class Heard:
    """What the others were told during the attack."""

    def __init__(self, answers: list[Answer], began: float) -> None:
        heard = [answer for answer in answers if answer.asked >= began]
        self.ready = [answer for answer in heard if answer.path == "/ready"]
        self.answers = [answer for answer in heard if answer.path != "/ready"]
        self.refused = [answer for answer in self.answers if answer.status == 503 and answer.refusal_helps]
        self.failed = [answer for answer in self.answers if not 200 <= answer.status < 400 and answer not in self.refused]

    def within(self, part: float) -> float:
        waits = sorted(answer.waited for answer in self.answers)
        return waits[min(len(waits) - 1, int(part * len(waits)))] if waits else 0.0


def megabytes(count: int) -> str:
    return f"{count / 1e6:.0f}"


def counts(items: Iterator[object]) -> str:
    return ", ".join(f"{count} × {item}" for item, count in collections.Counter(items).most_common()) or "none"


def print_table(lines: list[Line], options: argparse.Namespace) -> None:
    heads = ["scenario", "sent", "peak MB", "others", "p50 ms", "p95", "p99", "worst", "refused", "failed", "verdict"]
    cells = [[
        line.scenario, line.sent, megabytes(line.memory), str(len(line.others.answers)),
        *(f"{line.others.within(part):.0f}" for part in (0.5, 0.95, 0.99, 1.0)),
        str(len(line.others.refused)), str(len(line.others.failed)), "NOT KEPT" if line.broken else "ok",
    ] for line in lines]
    widths = [max(len(row[place]) for row in [heads, *cells]) for place in range(len(heads))]
    print(f"{'behind nginx' if options.behind_nginx else 'asked directly'}; limits: 99 of 100 others within "
          f"{LIMIT_MILLISECONDS:.0f} ms, none failed, {LIMIT_REFUSED:.0%} refused, {megabytes(LIMIT_BYTES)} MB")
    for row in [heads, *cells]:
        left = {0, 1, len(heads) - 1}
        print("  ".join(cell.ljust(width) if place in left else cell.rjust(width)
                        for place, (cell, width) in enumerate(zip(row, widths))).rstrip())
    print()
    for line in lines:
        for note in [f"NOT KEPT: {broken}" for broken in line.broken] + line.notes:
            print(f"{line.scenario}: {note}")


# The site, with or without nginx in front.


def nginx_program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Site:
    """The running program, started for one scenario."""

    def __init__(self, options: argparse.Namespace, data: Path, folder: Path, handles: tuple[int, int]) -> None:
        self.log, self.nginx, self.front = folder / "serve.log", None, folder / "nginx"
        more = []
        for name in ("trusted_proxy", "public_url"):
            if getattr(options, name):
                more += [f"--{name.replace('_', '-')}", getattr(options, name)]
        with open(self.log, "wb") as log:
            # The handles that whoever started this tool has, not the raised ones of the tool.
            self.process = subprocess.Popen(
                [options.program, "serve", "--listen", "127.0.0.1:0", "--data", data, *more], stdout=subprocess.PIPE,
                stderr=log, text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, handles))
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on http://"):
            self.process.wait()
            give_up(f"the server did not start: {line} {self.log.read_text()}")
        self.own = address(line.removeprefix("listening on http://"))
        self.asked = self.own
        try:
            if options.behind_nginx:
                self.start_nginx(bool(options.trusted_proxy))
            self.slugs = [council["slug"] for council in councils(self.asked)]
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start_nginx(self, names_visitors: bool) -> None:
        """Debian's defaults: what its nginx.conf sets, and nothing else for the proxy but where the site is. A proxy that
        is to be trusted says itself who asked for what, as every one must."""
        shutil.rmtree(self.front, ignore_errors=True)
        self.front.mkdir()
        # Its workers run as another user when this runs as root.
        self.front.parent.chmod(0o711)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.asked = free.getsockname()
        places = "".join(f"{kind}_temp_path {self.front}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        said = """proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header Forwarded "";""" if names_visitors else ""
        (self.front / "nginx.conf").write_text(f"""
            daemon off;
            {"user www-data;" if os.geteuid() == 0 else ""}
            worker_processes auto;
            pid {self.front}/nginx.pid;
            error_log {self.front}/error.log;
            events {{ worker_connections 768; }}
            http {{
                sendfile on;
                tcp_nopush on;
                types_hash_max_size 2048;
                gzip on;
                access_log {self.front}/access.log;
                {places}
                server {{
                    listen {self.asked[0]}:{self.asked[1]};
                    location / {{ proxy_pass http://{self.own[0]}:{self.own[1]}; {said} }}
                }}
            }}
        """)
        self.nginx = subprocess.Popen(
            [nginx_program(), "-e", self.front / "error.log", "-p", self.front, "-c", self.front / "nginx.conf"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(self.asked, timeout=1).close()
                return
            except OSError:
                if self.nginx.poll() is not None or time.monotonic() > until:
                    give_up(f"nginx did not start: {(self.front / 'error.log').read_text()}")
                time.sleep(0.02)

    def complaints(self) -> list[str]:
        """What the server warned of, and what nginx did, without what differs from line to line."""
        warned = [line for line in self.log.read_text(errors="replace").splitlines() if re.search("WARN|ERROR|panicked", line)]
        notes = [f"{len(warned)} warnings in the log, the first: {warned[0][:160]}"] if warned else []
        log = self.front / "error.log"
        if self.nginx and log.exists():
            said = [re.sub(r"^.*?\[(\w+)\] \d+#\d+: (\*\d+ )?", r"\1 ", line).split(", client:")[0].split(" /")[0]
                    for line in log.read_text(errors="replace").splitlines() if "[warn]" not in line]
            notes += [f"nginx said {count} times: {text[:160]}" for text, count in collections.Counter(said).most_common(3)]
        return notes

    def memory(self, field: str) -> int:
        try:
            found = re.search(rf"{field}:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        except OSError:
            found = None
        return int(found[1]) * 1024 if found else 0

    def busy_seconds(self) -> float:
        """Of the server, and of nginx with its workers."""
        pids = [self.process.pid]
        if self.nginx and self.nginx.poll() is None:
            workers = Path(f"/proc/{self.nginx.pid}/task/{self.nginx.pid}/children").read_text().split()
            pids += [self.nginx.pid, *map(int, workers)]
        return sum(busy_seconds(pid) for pid in pids)

    def stop(self) -> None:
        for process in (self.nginx, self.process):
            if process is None or process.poll() is not None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def address(text: str) -> tuple[str, int]:
    host, port = text.rsplit(":", 1)
    return host, int(port)


def councils(asked: tuple[str, int]) -> list[dict]:
    _, _, body = ask(asked, b"GET /councils.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    return [found for found in walked(json.loads(body)) if isinstance(found.get("slug"), str)]


def walked(value: object) -> Iterator[dict]:
    """Every object of a JSON document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from walked(part)


def ask(asked: tuple[str, int], request: bytes, seconds: float = 30.0) -> tuple[int, bytes, bytes]:
    """Status, head and body of a request whose connection is closed after the answer. Status 0: there was none."""
    taken = bytearray()
    try:
        with socket.create_connection(asked, timeout=seconds) as connection:
            connection.sendall(request)
            while part := connection.recv(1 << 16):
                taken += part
    except OSError:
        pass
    head, _, body = bytes(taken).partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.\d (\d{3})", head)
    if b"transfer-encoding: chunked" in head.lower():
        body = b"".join(unchunked(body))
    return int(status[1]) if status else 0, head, body


def unchunked(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size.split(b";")[0] or b"0", 16)
        yield rest[:length]
        body = rest[length + 2:] if length else b""


# An attack, and those who go on asking meanwhile.


def under(name: str, sent: str, site: Site, attack: Callable, *arguments: object) -> tuple[Line, dict]:
    """Runs an attack in a process of its own while others ask, and measures both them and the server. The attack returns
    what it saw."""
    for path in asked_by_others(site.slugs, random.Random(1), 40):
        ask(site.asked, f"GET {path} HTTP/1.1\r\nHost: {host(site.asked)}\r\nConnection: close\r\n\r\n".encode())
    processes = multiprocessing.get_context("fork")
    others_end, others_ours = processes.Pipe()
    attack_end, attack_ours = processes.Pipe()
    others = processes.Process(target=be_others, args=(others_end, site.asked, site.slugs), daemon=True)
    attacker = processes.Process(target=be_attacker, args=(attack_end, attack, (site.asked, *arguments)), daemon=True)
    before = site.memory("VmRSS")
    others.start()
    time.sleep(1)
    began, busy_before, server_before = time.monotonic(), busy_seconds(), site.busy_seconds()
    attacker.start()
    highest, in_kernel, kernel_before = 0, 0, kernel_memory()
    while not attack_ours.poll(0.1) and attacker.is_alive():
        highest, in_kernel = max(highest, site.memory("VmRSS")), max(in_kernel, kernel_memory())
    saw = attack_ours.recv() if attack_ours.poll() else {"broken": ["the attack itself failed"]}
    lasted = time.monotonic() - began
    of_server = site.busy_seconds() - server_before
    of_tool = busy_seconds(attacker.pid) + busy_seconds(others.pid)
    of_rest = max(0.0, busy_seconds() - busy_before - of_server - of_tool)
    others_ours.send("stop")
    answers = others_ours.recv() if others_ours.poll(PATIENCE_SECONDS + 10) else []
    for process in (others, attacker):
        process.join(timeout=5)
        if process.is_alive():
            process.terminate()
    highest = max(highest, site.memory("VmHWM"))
    line = Line(name, sent, highest, Heard(answers, began))
    line.judge()
    if site.process.poll() is not None:
        line.broken.append(f"the server ended with {site.process.returncode}")
    line.notes.append(f"cores used: {of_server / lasted:.1f} by the server, {of_tool / lasted:.1f} by this tool, "
                      f"{of_rest / lasted:.1f} by the rest of the machine, of {os.cpu_count()}")
    line.notes.append(f"{lasted:.0f} s; memory from {megabytes(before)} to {megabytes(highest)} MB, "
                      f"and {megabytes(max(0, in_kernel - kernel_before))} MB more in the sockets of the whole machine")
    ready = line.others.ready
    line.notes.append(f"/ready: {counts(answer.status or answer.reason for answer in ready)}; the slowest after "
                      f"{max((answer.waited for answer in ready), default=0):.0f} ms")
    slowest = sorted(line.others.answers, key=lambda answer: -answer.waited)[:3]
    line.notes.append("slowest: " + ", ".join(f"{answer.path} {answer.waited:.0f} ms" for answer in slowest))
    if line.others.failed:
        line.notes.append(f"failed: {counts(answer.reason or answer.status for answer in line.others.failed)}; "
                          f"the first {line.others.failed[0].path}")
    line.broken += saw.get("broken", [])
    line.notes += saw.get("notes", [])
    line.notes += site.complaints()
    return line, saw


def busy_seconds(pid: int | None = None) -> float:
    """How long a process has computed, or the whole machine."""
    try:
        if pid is None:
            user, nice, system, _, _, interrupts, soft, *_ = Path("/proc/stat").read_text().split("\n")[0].split()[1:]
            ticks = sum(map(int, (user, nice, system, interrupts, soft)))
        else:
            ticks = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
    except OSError:
        return 0.0
    return ticks / os.sysconf("SC_CLK_TCK")


def kernel_memory() -> int:
    """What TCP holds in buffers, of all processes."""
    found = re.search(r"^TCP: .* mem (\d+)", Path("/proc/net/sockstat").read_text(), re.M)
    return int(found[1]) * resource.getpagesize() if found else 0


def be_attacker(end, attack: Callable, arguments: tuple) -> None:
    os.nice(5)
    end.send(attack(*arguments))


def asked_by_others(slugs: list[str], dice: random.Random, count: int) -> Iterator[str]:
    """What ordinary visitors ask for."""
    for turn in range(count):
        first, second = dice.sample(slugs, 2)
        yield [
            "/", f"/councils/{first}", "/find?q=DE1+2FS", f"/compare?c={first}&c={second}", "/health",
            f"/decisions?q={'+'.join(dice.sample(WORDS, 2))}", f"/councils/{second}", "/councils",
        ][turn % 8]


def host(asked: tuple[str, int]) -> str:
    return f"{asked[0]}:{asked[1]}"


def be_others(end, asked: tuple[str, int], slugs: list[str]) -> None:
    end.send(asyncio.run(Others(end, asked, slugs).all_day()))


class Others:
    """Ordinary visitors, and somebody who asks whether the site is ready."""

    def __init__(self, end, asked: tuple[str, int], slugs: list[str]) -> None:
        self.end, self.asked, self.slugs = end, asked, slugs
        self.free: list[Connection] = []
        self.answers: list[Answer] = []

    async def all_day(self) -> list[Answer]:
        paths = asked_by_others(self.slugs, random.Random(7), 1 << 20)
        under_way: set[asyncio.Task] = set()
        turn, start = 0, time.monotonic()
        while not self.end.poll():
            wanted = [next(paths)] + (["/ready"] if turn % 10 == 0 else [])
            for path in wanted:
                if len(under_way) >= MOST_WAITING:
                    self.answers.append(Answer(path, time.monotonic(), PATIENCE_SECONDS * 1000, 0, "too many wait already"))
                    continue
                task = asyncio.create_task(self.one(path))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            turn += 1
            await asyncio.sleep(max(0.0, start + turn * EVERY_SECONDS - time.monotonic()))
        if under_way:
            await asyncio.wait(under_way, timeout=PATIENCE_SECONDS + 5)
        return self.answers

    async def one(self, path: str) -> None:
        asked = time.monotonic()
        status, reason, helps = 0, "", True
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status, helps = await self.answer(path)
        except TimeoutError:
            reason = f"no answer in {PATIENCE_SECONDS:.0f} s"
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
            reason = type(error).__name__
        self.answers.append(Answer(path, asked, (time.monotonic() - asked) * 1000, status, reason, helps))

    async def answer(self, path: str) -> tuple[int, bool]:
        request = (f"GET {path} HTTP/1.1\r\nHost: {host(self.asked)}\r\nAccept: text/html,*/*;q=0.8\r\n"
                   "Accept-Encoding: gzip, br\r\nUser-Agent: visitor\r\n\r\n").encode()
        while True:
            connection = self.free.pop() if self.free else await Connection.open(self.asked)
            try:
                status, head, body = await connection.ask(request)
                break
            except (ConnectionError, asyncio.IncompleteReadError):
                connection.close()
                # A connection that lay idle may have been closed meanwhile; every browser tries again on a new one.
                if not connection.used:
                    raise
            except BaseException:
                connection.close()
                raise
        connection.used += 1
        if connection.used < REQUESTS_A_CONNECTION and b"connection: close" not in head:
            self.free.append(connection)
        else:
            connection.close()
        return status, status != 503 or helpful(head, body)


def helpful(head: bytes, body: bytes) -> bool:
    """A refusal that says when to come back, to machines and to people; people may get it compressed."""
    return re.search(rb"^retry-after: *\d+", head, re.M | re.I) is not None and len(body) >= 40


class Connection:
    """One connection that is kept between requests."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer, self.used = reader, writer, 0

    @classmethod
    async def open(cls, asked: tuple[str, int]) -> "Connection":
        return cls(*await asyncio.open_connection(*asked, limit=1 << 20))

    async def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head in small letters, and the beginning of the body."""
        self.writer.write(request)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head[9:12])
        length = re.search(rb"^content-length: *(\d+)", head, re.M)
        body = b""
        if status in (204, 304):
            pass
        elif length:
            body = await self.skip(int(length[1]))
        elif b"transfer-encoding: chunked" in head:
            while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
                body = body or await self.skip(size)
                await self.skip(2)
            await self.skip(2)
        else:
            body = await self.reader.read(-1)
        return status, head, body

    async def skip(self, count: int) -> bytes:
        beginning = b""
        while count:
            part = await self.reader.read(min(count, 1 << 18))
            if not part:
                raise asyncio.IncompleteReadError(b"", count)
            beginning = beginning or part
            count -= len(part)
        return beginning

    def close(self) -> None:
        self.writer.close()


# The scenarios.


def quiet(site: Site, options: argparse.Namespace) -> Line:
    return under("quiet", "nothing", site, rest, 8.0)[0]


def rest(asked: tuple[str, int], seconds: float) -> dict:
    time.sleep(seconds)
    return {}


def slow_readers(site: Site, options: argparse.Namespace) -> Line:
    judged = site.own if options.stalled and not options.behind_nginx else None
    line, _ = under("slow-readers", f"{options.clients} × {options.path}", site, read_slowly, options.path,
                    options.clients, options.seconds, judged)
    return line


def read_slowly(asked: tuple[str, int], path: str, clients: int, seconds: float, judged: tuple[str, int] | None) -> dict:
    """Half of the clients read 16 bytes a second and half nothing, through the smallest window there is."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host(asked)}\r\n\r\n".encode()
    start = time.monotonic()
    reading: list[socket.socket] = []
    stalled: list[socket.socket] = []
    refused, statuses, closed = 0, [], 0
    for number in range(clients):
        client = socket.socket()
        # Before it connects: the window is agreed then. The kernel makes about 2 kB of it.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        client.settimeout(2)
        try:
            client.connect(asked)
            client.sendall(request)
        except OSError:
            refused += 1
            client.close()
            continue
        client.setblocking(False)
        (reading if number % 2 else stalled).append(client)
    heard: set[socket.socket] = set()
    while (left := start + seconds - time.monotonic()) > 0:
        for client in list(reading):
            try:
                part = client.recv(16)
            except BlockingIOError:
                continue
            except OSError:
                part = b""
            if part and client not in heard:
                heard.add(client)
                statuses.append(part[9:12].decode(errors="replace"))
            if not part:
                closed += 1
                client.close()
                reading.remove(client)
        time.sleep(min(1.0, left))
    notes = [f"{refused} not connected; those that read were told {counts(iter(statuses))}; {closed} of them closed; "
             f"{clients // 2 - len(heard)} without a first byte"]
    broken = []
    if judged:
        ports = {client.getsockname()[1] for client in stalled}
        held, queued = ports & held_by(judged, True), ports & held_by(judged, False)
        notes.append(f"of {len(ports)} that read nothing, after {seconds:.0f} s the server has closed "
                     f"{len(ports - held - queued)}, holds {len(held)} and has never accepted {len(queued)}")
        if held:
            broken.append(f"{len(held)} of {len(ports)} that read nothing are still held")
    for client in reading + stalled:
        client.close()
    return {"notes": notes, "broken": broken}


def held_by(server: tuple[str, int], accepted: bool) -> set[int]:
    """The clients' ports of the connections that a process holds, or that none has accepted yet. The client cannot tell:
    what says that it was closed stands behind the bytes that it does not read. A connection whose process has closed it
    lives on in the kernel until it is read or given up, without an inode; one not yet accepted has none either."""
    own = "%08X:%04X" % (struct.unpack("<I", socket.inet_aton(server[0]))[0], server[1])
    found = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, state, _, _, _, _, _, inode, *_ = line.split()
        if local == own and (inode != "0" if accepted else inode == "0" and state == "01"):
            found.add(int(remote.split(":")[1], 16))
    return found


NAME_CLIENTS, NAME_SECONDS, NAME_PAUSE = 40, 15.0, 0.25


def long_names(site: Site, options: argparse.Namespace) -> Line:
    # A request line beyond 8 kB does not get through nginx: 414.
    sizes = (7_500, 7_500, 900) if options.behind_nginx else (60_000, 9_000, 9_000)
    sent = f"{NAME_CLIENTS} clients, names of {', '.join(f'{size / 1000:g}' for size in sorted(set(sizes), reverse=True))} kB"
    return under("long-names", sent, site, ask_long_names, sizes)[0]


def ask_long_names(asked: tuple[str, int], sizes: tuple[int, int, int]) -> dict:
    dice = random.Random(11)
    letters = "".join(dice.choices(string.ascii_lowercase + "---", k=300_000))
    statuses: list[object] = []
    bodies: dict[int, bytes] = {}

    def name(size: int) -> str:
        start = dice.randrange(len(letters) - size)
        return letters[start:start + size]

    def paths() -> Iterator[str]:
        council, compared, each = sizes
        while True:
            yield f"/councils/{name(council)}"
            yield f"/compare?c={name(compared)}"
            yield "/compare?" + "&".join(f"c={name(each)}" for _ in range(8))

    async def client(number: int, until: float) -> None:
        connection, mine = None, paths()
        for _ in range(number % 3):
            next(mine)
        await asyncio.sleep(number * NAME_PAUSE / NAME_CLIENTS)
        while (left := until - time.monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    connection = connection or await Connection.open(asked)
                    request = f"GET {next(mine)} HTTP/1.1\r\nHost: {host(asked)}\r\n\r\n".encode()
                    status, head, body = await connection.ask(request)
                statuses.append(status)
                bodies.setdefault(status, body)
                if b"connection: close" in head:
                    connection.close()
                    connection = None
            except TimeoutError:
                statuses.append("unanswered at the end")
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                statuses.append(type(error).__name__)
                connection = None
            await asyncio.sleep(min(NAME_PAUSE, max(0.0, until - time.monotonic())))

    async def all_clients() -> None:
        until = time.monotonic() + NAME_SECONDS
        await asyncio.gather(*(client(number, until) for number in range(NAME_CLIENTS)))

    asyncio.run(all_clients())
    broken = [f"{status} for a long name" for status in bodies if status >= 500 and status != 503]
    return {"notes": [f"answers: {counts(iter(statuses))}"], "broken": broken}


FORGOTTEN, FORGOTTEN_SECONDS, WAITING_SECONDS = 300, 10.0, 60.0


def fire_and_forget(site: Site, options: argparse.Namespace) -> Line:
    sent = f"{FORGOTTEN} × /decisions.csv?… and gone, {FORGOTTEN} that wait"
    return under("fire-and-forget", sent, site, fire)[0]


def searches(turn: int) -> Iterator[str]:
    """Searches for CSV, no two the same, of the first or the second turn: pairs of words that stand in most summaries,
    and spans of one to three years."""
    pairs = itertools.islice(itertools.combinations(COMMON_WORDS, 2), turn * FORGOTTEN // 2, (turn + 1) * FORGOTTEN // 2)
    for number, (first, second) in enumerate(pairs):
        yield f"/decisions.csv?q={first}+{second}"
        year, month, day = 2018 + number % 4, 1 + number // 4 % 12, 1 + number // 48 + 4 * turn
        yield f"/decisions.csv?from={year}-{month:02}-{day:02}&to={year + 1 + number % 3}-{month:02}-{day:02}"


def fire(asked: tuple[str, int]) -> dict:
    gone = 0
    for number, path in enumerate(searches(0)):
        try:
            client = socket.create_connection(asked, timeout=2)
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: {host(asked)}\r\n\r\n".encode())
            if number % 4 < 2:
                # Leaves with a reset, as one whose machine was switched off; the rest say goodbye.
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
            gone += 1
        except OSError:
            pass
    time.sleep(FORGOTTEN_SECONDS)
    start = time.monotonic()
    answers = asyncio.run(wait_for_all(asked))
    statuses = [status or reason for status, reason, _ in answers]
    notes = [f"{gone} left at once; of {len(answers)} that waited: {counts(iter(statuses))}, all after {time.monotonic() - start:.1f} s"]
    broken = []
    if unhelpful := sum(status == 503 and not helps for status, _, helps in answers):
        broken.append(f"{unhelpful} answers 503 without Retry-After or without words")
    if lost := sum(status not in (200, 503) for status, _, _ in answers):
        broken.append(f"{lost} of {len(answers)} that waited got neither an answer nor 503")
    return {"notes": notes, "broken": broken}


async def wait_for_all(asked: tuple[str, int]) -> list[tuple[int, str, bool]]:
    async def one(path: str) -> tuple[int, str, bool]:
        connection = None
        try:
            async with asyncio.timeout(WAITING_SECONDS):
                connection = await Connection.open(asked)
                request = f"GET {path} HTTP/1.1\r\nHost: {host(asked)}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
                status, head, body = await connection.ask(request.encode())
                return status, "", status != 503 or helpful(head, body)
        except TimeoutError:
            return 0, f"no answer in {WAITING_SECONDS:.0f} s", True
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            return 0, type(error).__name__, True
        finally:
            if connection:
                connection.close()

    return await asyncio.gather(*(one(path) for path in searches(1)))


FORGED = "evil.example"
MARKUP = f'{FORGED}"><script>alert(1)</script>'


def forwarded(site: Site, options: argparse.Namespace) -> Line:
    sent = "forged X-Forwarded-*, Forwarded, Host"
    return under("forwarded", sent, site, forge, site.slugs[0], options.trusted_proxy is not None,
                 options.public_url is not None, options.behind_nginx)[0]


def forge(asked: tuple[str, int], slug: str, trusted: bool, named: bool, behind_nginx: bool) -> dict:
    """Asks every page that names its own address, and after each lie once more honestly: a cache of the site must not have
    kept it."""
    paths = ["/", "/sitemap.xml", "/robots.txt", "/feed.atom", "/feeds.opml", "/improvements.ics", f"/councils/{slug}",
             f"/councils/{slug}/feed.atom", "/openapi.json"]
    right = f"Host: {host(asked)}"
    lies = {
        "X-Forwarded-Host": [f"X-Forwarded-Host: {FORGED}"],
        "X-Forwarded-Host with markup": [f"X-Forwarded-Host: {MARKUP}"],
        "X-Forwarded-Proto": ["X-Forwarded-Proto: javascript"],
        "X-Forwarded-Host and -Proto": [f"X-Forwarded-Host: {FORGED}", "X-Forwarded-Proto: javascript"],
        "X-Forwarded-Host and a right -Proto": [f"X-Forwarded-Host: {FORGED}", "X-Forwarded-Proto: https"],
        "Forwarded": [f"Forwarded: host={FORGED};proto=javascript"],
        "Forwarded with a right proto": [f"Forwarded: for=192.0.2.1;host={FORGED};proto=https"],
    }
    # What each may and must lead to when the proxy is trusted: never a scheme that is neither http nor https.
    honoured = {"X-Forwarded-Host and a right -Proto"} if trusted and not named and not behind_nginx else set()
    may_be_honoured = {lie for lie in lies if "markup" not in lie} if trusted and not named and not behind_nginx else set()
    hosts = {
        "Host with markup": MARKUP, "Host of 300 letters": f"{FORGED}.{'a' * 287}", "Host with spaces": f"{FORGED} {FORGED}",
        "Host with a user": f"somebody@{FORGED}", "Host with a user and password": f"somebody:secret@{FORGED}:80",
        "Host with port 99999": f"{FORGED}:99999", "Host with a path": f"{FORGED}/path", "Host with a query": f"{FORGED}?a",
        "Host with a scheme": f"javascript://{FORGED}", "Host in brackets": f"[{FORGED}]",
    }
    requests = [(what, [right, *more]) for what, more in lies.items()]
    requests += [(what, [f"Host: {value}"]) for what, value in hosts.items()]
    if named:
        requests.append(("another Host", [f"Host: {FORGED}"]))
    requests += [("two Hosts", [right, f"Host: {FORGED}"])]
    broken: dict[str, list[str]] = {}
    statuses = []
    kept = set()
    count = 0

    def get(path: str, heads: list[str]) -> tuple[int, bytes, bytes]:
        lines = "\r\n".join([f"GET {path} HTTP/1.1", *heads, "Connection: close", "", ""])
        return ask(asked, lines.encode())

    for path in paths:
        status, head, body = get(path, [right])
        if found := repeated(status, head, body):
            broken.setdefault("an honest request", []).append(f"{path} has {found}")
        if status != 200:
            broken.setdefault("an honest request", []).append(f"{path} is {status}")
        for what, heads in requests:
            status, head, body = get(path, heads)
            count += 1
            statuses.append(status or "closed")
            found = repeated(status, head, body)
            if found and not (what in may_be_honoured and found == FORGED):
                broken.setdefault(what, []).append(f"{path} ({status}) repeats {found}")
            if status >= 500:
                broken.setdefault(what, []).append(f"{path} is {status}")
            if what in honoured and f"https://{FORGED}".encode() in body:
                kept.add(path)
            status, head, body = get(path, [right])
            if found := repeated(status, head, body):
                broken.setdefault(what, []).append(f"{path} keeps {found} for the next who asks")
            time.sleep(0.02)
    notes = [f"{what}: {len(found)} times, the first: {found[0]}" for what, found in broken.items()]
    notes.append(f"{count} forged requests were answered {counts(iter(statuses))}")
    if honoured:
        notes.append(f"the trusted proxy's word counts at {', '.join(sorted(kept)) or 'no address'}")
        if "/sitemap.xml" not in kept:
            broken["the trusted proxy's https"] = ["does not count"]
    return {"notes": notes, "broken": [f"{what}, {len(found)} times" for what, found in broken.items()]}


def repeated(status: int, head: bytes, body: bytes) -> str | None:
    """What of a lie an answer repeats. A 4xx may tell the asker, in words, what was wrong; it may not link to it."""
    text = (head + b"\r\n\r\n" + body).decode(errors="replace").lower()
    if "javascript:" in text:
        return "javascript:"
    if "<script>alert(1)" in text:
        return "<script>"
    if 400 <= status < 500:
        linked = FORGED in head.decode(errors="replace").lower() or re.search(rf"//[^\s<>]*{re.escape(FORGED)}", text)
        return f"a link to {FORGED}" if linked else None
    return FORGED if FORGED in text else None


SCENARIOS: dict[str, Callable[[Site, argparse.Namespace], Line]] = {
    "quiet": quiet,
    "slow-readers": slow_readers,
    "long-names": long_names,
    "fire-and-forget": fire_and_forget,
    "forwarded": forwarded,
}


if __name__ == "__main__":
    sys.exit(main())
