"""Drives a built program through what can befall it, and prints a table: the fault, what a visitor saw, what was lost, how
long until all was well again.

    python3 tools/faults --program target/release/council-map              # all, some minutes
    python3 tools/faults --program target/debug/council-map --brief        # the main ones, under 40 s
    python3 tools/faults --program target/release/council-map list-empty killed-import
    python3 tools/faults --program target/release/council-map --bombs      # files that grow when they are read, alone

Only the standard library, Python 3.11 or later; Linux. The sites are made in a temporary folder and served at 127.0.0.1.
Exit status: 0 all kept, 1 something was not as promised, 2 it could not start. The clock is moved with libfaketime
(apt-get install libfaketime), without which those faults are left out and named. Heavier attacks by crowds, with their
measurements, are in tools/under_attack.py, which `--attack` drives at the end.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bombs
import crowds
import killed
import lists
import machine
from site_under_test import Base, Finding, NotAtHand

FAULTS = {**lists.FAULTS, **killed.FAULTS, **machine.FAULTS, **crowds.FAULTS, **bombs.FAULTS}


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    wanted.add_argument("faults", nargs="*", metavar="FAULT", help=f"of {', '.join(FAULTS)}; all when none is named")
    wanted.add_argument("--program", type=Path, default=Path("target/release/council-map"))
    wanted.add_argument("--brief", action="store_true", help="the main faults, each once, also of a debug build")
    wanted.add_argument("--bombs", action="store_true", help="only the files that grow when they are read")
    wanted.add_argument("--attack", action="store_true", help="end with tools/under_attack.py")
    options = wanted.parse_args()
    options.program = options.program.resolve()
    if unknown := set(options.faults) - set(FAULTS):
        wanted.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}")
    if not options.program.exists():
        wanted.error(f"{options.program} is missing: cargo build --release, or name another with --program")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    chosen = options.faults or (list(bombs.FAULTS) if options.bombs else None) or [name for name, (_, brief, _) in FAULTS.items() if brief or not options.brief]
    with tempfile.TemporaryDirectory(prefix="council-map-faults-") as folder:
        base = Base(options.program, Path(folder), options.brief)
        try:
            findings = [run(name, base) for name in chosen]
        finally:
            base.stop()
    print_table(findings)
    print(f"{len(findings)} faults in {time.monotonic() - began:.0f} s")
    attacked = under_attack(options.program) if options.attack else 0
    return 1 if attacked or any(finding.broken for finding in findings) else 0


def run(name: str, base: Base) -> Finding:
    title, _, fault = FAULTS[name]
    finding, began = Finding(title), time.monotonic()
    try:
        fault(base, finding)
    except NotAtHand as why:
        finding.saw = f"left out: {why}"
    print(f"{name}: {finding.verdict}, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    return finding


def print_table(findings: list[Finding]) -> None:
    heads = ["fault", "the visitor saw", "lost", "well after", "verdict"]
    rows = [[finding.title, finding.saw, finding.lost, finding.well, finding.verdict] for finding in findings]
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")


def under_attack(program: Path) -> int:
    tool = Path(__file__).resolve().parent.parent / "under_attack.py"
    return subprocess.run([sys.executable, tool, "--program", program, "--stalled"]).returncode


if __name__ == "__main__":
    sys.exit(main())
