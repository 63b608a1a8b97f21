"""The list of versions and the files of versions, lost and damaged while they are served."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Callable

from site_under_test import Base, Finding, Site, Visitor, put_back, seconds, snapshot


def told(site: Site) -> bool:
    return site.ready()["trouble"] is not None


def fault(damage: Callable[[Site], None], mended_by_repair: bool = True, refused: bool = True):
    """Damages a served site, sees that it is told and that commands refuse, mends it, and sees that nothing is lost."""

    def run(base: Base, finding: Finding) -> None:
        site = base.shared()
        before, had, version = snapshot(site), site.releases(), site.version()
        with Visitor(site) as visitor:
            damage(site)
            try:
                site.wait("the fault is told", lambda: told(site))
            except TimeoutError:
                finding.need(False, "/ready does not tell")
            if refused:
                held = snapshot(site)
                answer = site.run("import", "statistics", base.correction(8), "--publish")
                finding.need(answer.returncode == 1, "an import went on all the same")
                finding.need("council-map check" in answer.stderr, f"no way out is named: {answer.stderr.strip()[:200]}")
                finding.need(snapshot(site).keys() == held.keys(), "an import that refused changed files")
            if mended_by_repair:
                answer = site.run("check", "--repair")
                finding.need(answer.returncode == 0, f"the repair: {answer.stderr.strip()[:200]}")
            else:
                put_back(site, before)
            try:
                finding.well = seconds(site.wait("it is well", lambda: not told(site)))
            except TimeoutError:
                finding.need(False, "/ready does not become well")
        finding.heard(visitor)
        lost = [line for line in had if line not in site.releases()]
        finding.lost = "; ".join(lost) or "nothing"
        finding.need(not lost, f"lost {finding.lost}")
        finding.need(site.whole(), "check finds faults afterwards")
        put_back(site, before)
        site.wait("the site is as it was", lambda: not told(site) and site.version() == version)

    return run


def half_written(site: Site) -> None:
    text = site.pointer().read_bytes()
    site.pointer().write_bytes(text[: len(text) // 2])


def leads_elsewhere(site: Site) -> None:
    text = site.pointer().read_text()
    site.pointer().write_text(text.replace('"site-', '"../site-'))


def from_backup(site: Site) -> None:
    """The list as it was one publication before."""
    list_ = json.loads(site.pointer().read_text())
    first = list_["editions"][0]
    list_["editions"] = [first] + [one for one in list_["editions"] if one["from"].startswith("2099")]
    list_["in_force_since"] = first["from"]
    site.pointer().write_text(json.dumps(list_))


def both_lost(site: Site) -> None:
    site.pointer().unlink()
    (site.data / "releases/current.json").unlink()


def in_force(site: Site) -> Path:
    return site.versions()[-1]


def rewritten(site: Site, change: Callable[[bytearray], None]) -> None:
    """Another content under the same name: what is open stays as it was."""
    path = in_force(site)
    content = bytearray(path.read_bytes())
    change(content)
    new = path.with_name("new")
    new.write_bytes(content)
    new.replace(path)


def flip(content: bytearray) -> None:
    content[content.rindex(b"Derby")] ^= 1


def cut(content: bytearray) -> None:
    del content[len(content) // 2 :]


def next_version(site: Site, change: Callable[[bytearray], None], honest: bool) -> None:
    """Publishes by hand a version that is not what a version should be."""
    content = bytearray(in_force(site).read_bytes())
    change(content)
    digest = hashlib.sha256(content).hexdigest()[:12] if honest else "0123456789ab"
    name = f"site-9999-{digest}.db"
    (site.data / name).write_bytes(content)
    list_ = json.loads(site.pointer().read_text())
    newest = dict(json.loads(site.pointer().read_text())["editions"][-1])
    newest |= {"id": name.removeprefix("site-").removesuffix(".db"), "file": name, "from": list_["in_force_since"]}
    list_["editions"].append(newest)
    for copy in (site.pointer(), site.data / "releases/current.json"):
        new = copy.with_suffix(".new")
        new.write_text(json.dumps(list_))
        new.replace(copy)


def newer(content: bytearray) -> None:
    content[60:64] = (9999).to_bytes(4, "big")


def away(base: Base, finding: Finding) -> None:
    """The whole directory is renamed while it is served, and comes back."""
    site = base.shared()
    elsewhere = site.data.with_name("elsewhere")
    with Visitor(site) as visitor:
        site.data.rename(elsewhere)
        site.wait("the loss is told", lambda: told(site))
        status, body, _ = site.ask("/data/council-map.sqlite")
        finding.need(status == 200 and len(body) > 1_000_000, f"the database file: {status}")
        elsewhere.rename(site.data)
        finding.well = seconds(site.wait("it is well", lambda: not told(site)))
    finding.heard(visitor)


def killed_second_list(base: Base, finding: Finding) -> None:
    """A publication that was cut short between the two lists: the old version stays, and the next command goes on."""
    site = base.copy()
    before = snapshot(site)
    site.done("import", "statistics", base.correction(8), "--publish")
    # Files that the new list no longer names are removed after it is written.
    for name in ["current.json", *(before.keys() - snapshot(site).keys())]:
        (site.data / name).write_bytes(before[name])
    (site.data / "releases/.publishing").write_bytes(b"")
    had = site.releases()
    site.done("import", "statistics", base.correction(9), "--publish")
    finding.saw = "the version before"
    lost = [line for line in had if line not in site.releases() and "never published" not in line]
    finding.lost = "the publication that was cut short" if not lost else "; ".join(lost)
    finding.need(not lost, finding.lost)
    finding.need(site.whole(), "check finds faults afterwards")
    finding.well = "at once"
    shutil.rmtree(site.data)


FAULTS = {
    "list-missing": ("list of versions missing", True, fault(lambda site: site.pointer().unlink())),
    "list-empty": ("list empty", False, fault(lambda site: site.pointer().write_bytes(b""))),
    "list-half": ("list half written", True, fault(half_written)),
    "list-elsewhere": ("list that leads elsewhere", True, fault(leads_elsewhere)),
    "list-backup": ("list one publication old", True, fault(from_backup, mended_by_repair=False)),
    "lists-missing": ("both lists missing", False, fault(both_lost, mended_by_repair=False)),
    "list-cut-short": ("killed between the two lists", False, killed_second_list),
    "version-flipped": ("one bit of the version flipped", True, fault(lambda site: rewritten(site, flip))),
    "version-cut": ("version cut in half", False, fault(lambda site: rewritten(site, cut))),
    "version-missing": ("version missing", False, fault(lambda site: in_force(site).unlink())),
    "next-damaged": ("next version damaged", True,
                     fault(lambda site: next_version(site, flip, False), mended_by_repair=False, refused=False)),
    "next-newer": ("next version of a newer program", False,
                   fault(lambda site: next_version(site, newer, True), mended_by_repair=False, refused=False)),
    "directory-away": ("directory removed while serving", True, away),
}
