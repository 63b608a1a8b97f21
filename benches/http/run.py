"""How fast the site answers, beside nginx with the same bytes as files and Datasette with the same data, in turn in one run.

    python3 benches/http/run.py --program target/release/council-map [--quick]

Needs wrk and nginx (apt-get install wrk nginx-light), Linux and two processors; Datasette is installed below target/. What is measured
and what is fair stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import loads
import report
from peers import HERE, Datasette, Nginx, Server, Site
from report import Leg

TARGET = HERE / "../../target/http"
SIZES = [12_000, 48_000, 192_000]
# On one processor the server, on the other wrk. Were both on both, they would take time from one another, and a faster server would
# be held back by the wrk that it keeps busy. So the server alone is the narrow place, as long as wrk is not busy all the time, which
# the tables show. The site then has one thread that answers, as nginx has one worker.
SERVER, GENERATOR = 0, 1
PINNED = f"server on processor {SERVER}, wrk with one thread on processor {GENERATOR}"


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    wanted.add_argument("--program", type=Path, default=HERE / "../../target/release/council-map", help="a release build")
    wanted.add_argument("--rounds", type=int, default=5, help="how often each load is measured, ours and the peer's in turn")
    wanted.add_argument("--seconds", type=int, default=10, help="length of one measurement")
    wanted.add_argument("--quick", action="store_true", help="one round of one second, to see that it works: its numbers say little")
    wanted.add_argument("--only", metavar="WORD", help="only loads whose names hold this word, and no growth")
    options = wanted.parse_args()
    options.program = options.program.resolve()
    if options.quick:
        options.rounds, options.seconds = 1, 1
    for tool, package in {"wrk": "wrk", "nginx": "nginx-light", "taskset": "util-linux"}.items():
        if shutil.which(tool) is None:
            wanted.error(f"{tool} is missing: apt-get install {package}")
    if not options.program.exists():
        wanted.error(f"{options.program} is missing: cargo build --release, or name another with --program")
    if not {SERVER, GENERATOR} <= os.sched_getaffinity(0):
        wanted.error("two processors are needed, one for the server and one for wrk")
    # So that servers and folder go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="council-map-http-") as folder:
        measure_all(options, Path(folder))
    return 0


def measure_all(options: argparse.Namespace, folder: Path) -> None:
    log = folder / "log"
    data = demonstration(options.program, SIZES[0])
    site = Site(options.program, data, free_port())
    with site.run(SERVER, log) as server:
        hot = loads.hot_targets(server.port)
        nginx = Nginx(folder, server.port, free_port(), list(hot.values()))
        datasette = Datasette(folder, TARGET / "venv", server.port, free_port())
        with nginx.run(SERVER, log):
            nginx.check()
            chosen = loads.all_loads(server.port, nginx, datasette.file, hot)
    servers = {"site": site, "nginx": nginx, "datasette": datasette}
    if options.only:
        chosen = [load for load in chosen if options.only in load.name]
    results = [(load, measure(load, servers, options, folder)) for load in chosen]
    print(f"{report.machine()}; {versions(datasette)}; {PINNED}; medians of {options.rounds} rounds of {options.seconds} s, in turn\n")
    print(f"{report.ratios(results)}\n\n{report.details(results)}\n", flush=True)
    if options.only:
        return
    grown = {}
    for size in SIZES:
        data = demonstration(options.program, size)
        site = Site(options.program, data, free_port())
        file = next(data.glob("site-*.db"))
        grown[size] = [(load, measure(load, {"site": site}, options, folder)) for load in loads.growth(file)]
    print(f"With more decisions, the site alone:\n\n{report.grown(grown)}")


def versions(datasette: Datasette) -> str:
    told = []
    for tool, option in {"nginx": "-v", datasette.command[0]: "--version", "wrk": "-v"}.items():
        said = subprocess.run([tool, option], capture_output=True, text=True)
        told.append(f"{Path(tool).name} {re.search(r'[0-9]+([.][0-9]+)+', said.stdout + said.stderr)[0]}")
    return ", ".join(told)


def demonstration(program: Path, decisions: int) -> Path:
    """Made once for each build, since the largest takes a minute."""
    data = TARGET / f"{program.stat().st_mtime_ns}-{decisions}"
    if not data.exists():
        making = data.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        print(f"making a demonstration of {decisions:,} decisions", file=sys.stderr, flush=True)
        subprocess.run([program, "demo", "--decisions", str(decisions), "--data", making], check=True, stdout=subprocess.DEVNULL)
        making.rename(data)
    return data


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def measure(load: loads.Load, servers: dict, options: argparse.Namespace, folder: Path) -> list[list[Leg]]:
    """The legs of each server, in turn: A B A B."""
    legs: list[list[Leg]] = [[] for _ in load.asked]
    for _ in range(options.rounds):
        for asked, mine in zip(load.asked, legs):
            mine.append(one_leg(load, asked, servers[asked.server], options.seconds, folder))
    rates = [f"{servers[asked.server].name} {report.median(mine).rate:,.0f}/s" for asked, mine in zip(load.asked, legs)]
    print(f"{load.name}: {', '.join(rates)}", file=sys.stderr, flush=True)
    return legs


def one_leg(load: loads.Load, asked: loads.Asked, peer: Site | Nginx | Datasette, seconds: int, folder: Path) -> Leg:
    with peer.run(SERVER, folder / "log") as server:
        many = len(asked.targets) > 1
        server.settle()
        wrk(server, load, asked.headers, asked.targets[:load.spent], load.before, folder)
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), server.cpu_seconds()
        told = wrk(server, load, asked.headers, asked.targets[load.spent:] if many else asked.targets, seconds, folder)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), server.cpu_seconds()
        memory = server.peak_megabytes()
    if told["ended"]:
        sys.exit(f"{load.name}: {len(asked.targets):,} addresses are too few for {seconds} s; choose fewer with --seconds")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answers, (user, kernel) = max(1, told["answers"]), (one - other for one, other in zip(ended, began))
    return Leg(told["answers"] / told["seconds"], told["p50"], told["p99"], told["p999"], told["bytes"] / answers,
               (user + kernel) / answers * 1000, user / max(user + kernel, 1e-9), memory, told["errors"], busy / told["seconds"])


def wrk(server: Server, load: loads.Load, headers: dict[str, str], targets: list[str], seconds: int, folder: Path) -> dict:
    many = len(targets) > 1
    command = ["taskset", "-c", str(GENERATOR), "wrk", "--threads", "1", "--connections", str(load.connections),
               "--duration", f"{seconds}s", "--timeout", "30s", "--script", str(HERE / "load.lua")]
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    command.append(f"http://127.0.0.1:{server.port}{'/' if many else targets[0]}")
    if many:
        listed = folder / "targets"
        listed.write_text("\n".join(targets) + "\n")
        command += ["--", str(listed)]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"{' '.join(command)}\n{answer.stdout}{answer.stderr}")
    return json.loads(answer.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
