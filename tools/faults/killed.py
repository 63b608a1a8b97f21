"""SIGKILL in every command that writes, at moments by chance: the old version or the new one, and the command can be run again."""

from __future__ import annotations

import random
import subprocess
import time
from typing import Callable

from site_under_test import Base, Finding, Site, seconds

# The end, where files are renamed and lists are written, is tried more often than the start.
ROUNDS, BRIEF_ROUNDS = 12, 2


def killed(command: Callable[[Base, Site], list[object]], prepare: Callable[[Base, Site], None] = lambda *_: None,
           empty: bool = False):
    def run(base: Base, finding: Finding) -> None:
        dice = random.Random(9)
        trial = made(base, prepare, empty)
        began = time.monotonic()
        trial.done(*command(base, trial))
        whole = time.monotonic() - began
        after = shown_by(trial)
        rounds, kept_old, kept_new, slowest = (BRIEF_ROUNDS if base.brief else ROUNDS), 0, 0, 0.0
        for _ in range(rounds):
            site = made(base, prepare, empty)
            before = shown_by(site)
            process = subprocess.Popen(site.command(*command(base, site)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * 1.05 * dice.random() ** 0.5)
            process.kill()
            process.wait()
            shown = shown_by(site)
            kept_old += shown == before
            kept_new += shown == after
            # A withdrawal marks first: then it is shown still, and can be finished.
            finding.need(shown in (before, after) or "withdrawn" in str(shown), f"neither old nor new: {shown}")
            began = time.monotonic()
            again = site.run(*command(base, site))
            if again.returncode and shown != after:
                mended = site.run("check", "--repair")
                finding.need(mended.returncode == 0, f"the repair after it: {mended.stderr.strip()[:200]}")
            slowest = max(slowest, time.monotonic() - began)
            finding.need(site.whole(), "check finds faults afterwards")
        finding.saw = f"{kept_old} × the old, {kept_new} × the new of {rounds}"
        finding.well = f"{seconds(slowest)}, run again"

    return run


def made(base: Base, prepare: Callable[[Base, Site], None], empty: bool) -> Site:
    site = base.copy()
    if empty:
        for path in sorted(site.data.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    prepare(base, site)
    return site


def shown_by(site: Site) -> list[str]:
    """Without what was kept and is in no version."""
    return [line for line in site.releases() if "never published" not in line]


def export_once(base: Base) -> str:
    out = base.folder / "export"
    if not out.exists():
        base.site.done("export", "--out", out)
    return str(out)


def damage(_: Base, site: Site) -> None:
    site.versions()[-1].unlink()


FAULTS = {
    "killed-import": ("import killed", True, killed(lambda base, _: ["import", "statistics", base.correction(8), "--publish"])),
    "killed-first-import": ("first import killed", False, killed(
        lambda base, _: ["import", "national", base.published, "--publish"], empty=True)),
    "killed-withdraw": ("withdraw killed", False, killed(lambda *_: ["withdraw", "0004-statistics"])),
    "killed-rollback": ("rollback killed", False, killed(lambda *_: ["rollback", "--to", "0001"])),
    "killed-restore": ("restore killed", True, killed(lambda base, _: ["restore", export_once(base)], empty=True)),
    "killed-repair": ("repair killed", False, killed(lambda *_: ["check", "--repair"], damage)),
}
