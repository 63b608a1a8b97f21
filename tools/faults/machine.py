"""What the machine lacks: room on the disk, the right to write, handles, a clock that goes forward."""

from __future__ import annotations

import os
import resource
import signal
import socket
import time
from pathlib import Path

from site_under_test import Base, Finding, NotAtHand, Visitor, seconds, snapshot

LIBFAKETIME = [Path(f"/usr/lib/{kind}/faketime/libfaketime.so.1") for kind in ("x86_64-linux-gnu", "aarch64-linux-gnu")]
NOBODY = 65534


def disk_full(base: Base, finding: Finding) -> None:
    """No file may grow beyond a size: what a full disk does to a copy of the database."""
    site = base.copy()
    before = snapshot(site)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, 2 << 20))

    answer = site.run("import", "statistics", base.correction(8), "--publish", preexec_fn=limit)
    finding.need(answer.returncode == 1 and "full or failing" in answer.stderr, f"it said {answer.stderr.strip()[:200]}")
    after = {name: content for name, content in snapshot(site).items() if name != ".lock"}
    finding.need(after == {name: content for name, content in before.items() if name != ".lock"}, "files were changed")
    finding.saw, finding.well = "the version before", "at once"
    site.done("import", "statistics", base.correction(8), "--publish")


def read_only(base: Base, finding: Finding) -> None:
    if os.geteuid() != 0:
        raise NotAtHand("only root can become somebody who may not write")
    site = base.copy()
    program = base.folder / "council-map"
    if not program.exists():
        program.write_bytes(base.program.read_bytes())
        program.chmod(0o755)
    for path in [base.folder, site.data.parent, *site.data.rglob("*"), site.data]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    site.program = program
    before = snapshot(site)
    answer = site.run("import", "statistics", base.correction(8), "--publish", user=NOBODY, group=NOBODY, extra_groups=[])
    finding.need(answer.returncode == 1 and "may not be written" in answer.stderr, f"it said {answer.stderr.strip()[:200]}")
    site.serve(user=NOBODY, group=NOBODY, extra_groups=[])
    with Visitor(site) as visitor:
        time.sleep(0.5)
    finding.heard(visitor)
    finding.need(snapshot(site) == before, "files were changed")
    site.stop()
    for path in [base.folder, site.data.parent, *site.data.rglob("*"), site.data]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    finding.well = "at once"


def few_handles(base: Base, finding: Finding) -> None:
    """More clients than the process has handles: those beyond wait, and all are served when they have gone."""
    site = base.copy()
    site.serve(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)))
    idle = []
    for _ in range(400):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(site.address)
        idle.append(client)
    time.sleep(0.5)
    began = time.monotonic()
    for client in idle:
        client.close()
    with Visitor(site) as visitor:
        site.wait("a page comes", lambda: site.ask("/national")[0] == 200)
        finding.well = seconds(time.monotonic() - began)
        time.sleep(0.3)
    finding.heard(visitor)
    finding.need(site.process.poll() is None, "the server ended")
    site.stop()


def clock(hours: int):
    """The clock of the server and of a command steps while it serves."""

    def run(base: Base, finding: Finding) -> None:
        library = next((path for path in LIBFAKETIME if path.exists()), None)
        if not library:
            raise NotAtHand("apt-get install libfaketime")
        site = base.copy()
        told = site.file("offset", "+0")
        environment = {**os.environ, "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(told), "FAKETIME_NO_CACHE": "1",
                       "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        site.serve(env=environment)
        version = site.version()
        with Visitor(site) as visitor:
            told.write_text(f"{hours:+d}h")
            time.sleep(1.0)
            finding.need(site.version() == version, f"version {site.version()} took the place of {version}")
            answer = site.run("import", "statistics", base.correction(8), "--publish", env=environment)
            finding.need(answer.returncode == 0, f"an import then: {answer.stderr.strip()[:200]}")
            finding.well = seconds(site.wait("the import is shown", lambda: site.version() != version))
            new = site.version()
            told.write_text("+0")
            time.sleep(1.0)
            finding.need(site.version() == new, "the import was gone when the clock was right again")
        finding.heard(visitor)
        site.stop()
        again = site.serve()
        finding.need(again.version() == new, "the import was gone after a restart")
        site.stop()

    return run


FAULTS = {
    "disk-full": ("disk full", True, disk_full),
    "read-only": ("directory read-only", False, read_only),
    "few-handles": ("out of handles", False, few_handles),
    "clock-back": ("clock steps back a day", False, clock(-24)),
    "clock-forward": ("clock steps forward a day, and back", False, clock(24)),
}
