"""Whether the site stays as it is under a load that lasts: the mixture of visits, as fast as it answers, for half an hour.

    python3 benches/http/soak.py --program target/release/council-map [--minutes 30]

Needs wrk and Linux. Ends with 1 where an answer was an error other than 503, or where memory or open files grew by more than 5% from
the second sixth of the time to the last.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import loads
import report
from peers import HERE, Site
from run import SIZES, demonstration, free_port

EVERY = 5
MOST_MEMORY = 300


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    wanted.add_argument("--program", type=Path, default=HERE / "../../target/release/council-map", help="a release build")
    wanted.add_argument("--minutes", type=float, default=30)
    options = wanted.parse_args()
    data = demonstration(options.program.resolve(), SIZES[0])
    site = Site(options.program.resolve(), data, free_port())
    with tempfile.TemporaryDirectory(prefix="council-map-soak-") as folder:
        listed = Path(folder) / "targets"
        # Both processors for both, as on a machine that has nothing else to do.
        with site.run(",".join(map(str, sorted(os.sched_getaffinity(0)))), Path(folder) / "log") as server:
            listed.write_text("\n".join(loads.mixed(server.port, next(data.glob("site-*.db")))) + "\n")
            server.settle()
            load = subprocess.Popen(
                ["wrk", "--threads", "1", "--connections", "64", "--duration", f"{options.minutes * 60:.0f}s", "--timeout", "30s",
                 "--script", str(HERE / "soak.lua"), "--header", f"Accept-Encoding: {loads.CODINGS}",
                 f"http://127.0.0.1:{server.port}/", "--", str(listed)], stdout=subprocess.PIPE, text=True)
            samples = []
            while load.poll() is None:
                samples.append(sample(server.process.pid))
                time.sleep(EVERY)
            told = json.loads(load.stdout.read().splitlines()[-1])
            peak = server.peak_megabytes()
    return judge(told, samples, peak)


def sample(pid: int) -> tuple[float, int]:
    """Megabytes in memory, and open files."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def judge(told: dict, samples: list[tuple[float, int]], peak: float) -> int:
    sixth = max(1, len(samples) // 6)
    errors = told["other"] + told["connect"] + told["read"] + told["write"] + told["timeout"]
    print(f"{report.machine()}: {told['seconds'] / 60:.1f} minutes, {told['answered']:,} answers, {told['refused']:,} times 503, "
          f"{errors:,} errors; p50 {told['p50']} ms, p99 {told['p99']} ms")
    kept = errors == 0 and peak < MOST_MEMORY
    for name, values in (("memory, MB", [memory for memory, _ in samples]), ("open files", [files for _, files in samples])):
        early, late = statistics.median(values[sixth:2 * sixth]), statistics.median(values[-sixth:])
        print(f"{name}: {early:.0f} in the second sixth, {late:.0f} in the last ({late / early - 1:+.1%}), at most {max(values):.0f}")
        kept = kept and late <= early * 1.05
    print(f"memory at its highest: {peak:.0f} MB, wanted less than {MOST_MEMORY}")
    print("kept" if kept else "NOT kept")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
