"""A data directory with a history, the program in it, and a visitor who goes on asking."""

from __future__ import annotations

import collections
import dataclasses
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

# What waits: nobody may see it, whatever happens.
WAITING = "8219"
HOUR = "2099-07-22T09:00:00Z"
ROWS = "authority,year,investigated,upheld\n"
PATIENCE = 60.0


class NotAtHand(Exception):
    """What a fault needs is not here."""


@dataclasses.dataclass
class Finding:
    """One line of the table."""

    title: str
    saw: str = ""
    lost: str = "nothing"
    well: str = ""
    broken: list[str] = dataclasses.field(default_factory=list)

    @property
    def verdict(self) -> str:
        return f"NOT KEPT: {'; '.join(self.broken)}" if self.broken else "kept"

    def need(self, so: bool, what: str) -> None:
        if not so:
            self.broken.append(what[:300])

    def heard(self, visitor: "Visitor") -> None:
        self.saw = visitor.summary()
        self.need(not visitor.early, "what waits was shown")
        self.need(not visitor.wrong, f"the visitor got {', '.join(sorted(visitor.wrong))}")


class Site:
    """A data directory, and the server of it where one runs."""

    def __init__(self, program: Path, data: Path) -> None:
        self.program, self.data, self.process, self.address = program, data, None, None
        self.log = data.with_suffix(".log")

    # Commands.

    def run(self, *args: object, **more: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*args), capture_output=True, text=True, timeout=PATIENCE, **more)

    def command(self, *args: object) -> list[str]:
        return [str(self.program), *map(str, args), "--data", str(self.data)]

    def done(self, *args: object) -> str:
        answer = self.run(*args)
        if answer.returncode:
            print(f"{args}\n{answer.stdout}{answer.stderr}", file=sys.stderr)
            sys.exit(2)
        return answer.stdout

    def file(self, name: str, text: str) -> Path:
        path = self.data.parent / name
        path.write_text(text)
        return path

    def releases(self) -> list[str]:
        """What the directory holds, without the moments."""
        lines = self.run("releases").stdout.splitlines()
        return [re.sub(r"\d{4}-\d\d-\d\dT\S+", "", line) for line in lines if not line.startswith("version in force")]

    def whole(self) -> bool:
        return self.run("check").returncode == 0

    def pointer(self) -> Path:
        return self.data / "current.json"

    def versions(self) -> list[Path]:
        """Files of the versions in force and before it, the newest last."""
        list_ = json.loads(self.pointer().read_text())["editions"]
        return [self.data / one["file"] for one in list_ if one["from"] < HOUR]

    # The server.

    def serve(self, **more: object) -> "Site":
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self.command("serve", "--listen", "127.0.0.1:0", "--no-demo"), stdout=subprocess.PIPE, stderr=log,
                text=True, **more)
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on http://"):
            self.process.wait()
            raise RuntimeError(f"the server did not start: {line} {self.log.read_text()}")
        host, port = line.removeprefix("listening on http://").rsplit(":", 1)
        self.address = (host, int(port))
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.process = None

    def ask(self, path: str, headers: dict[str, str] | None = None, timeout: float = PATIENCE) -> tuple[int, bytes, dict]:
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    def ready(self) -> dict:
        return json.loads(self.ask("/ready")[1])

    def version(self) -> str:
        return json.loads(self.ask("/version")[1])["data"]["id"]

    def wait(self, what: str, so, seconds: float = 20.0) -> float:
        """Seconds until something is so; complains where it does not become so."""
        began = time.monotonic()
        while not so():
            if time.monotonic() - began > seconds:
                raise TimeoutError(f"{what}: not after {seconds:.0f} s")
            time.sleep(0.02)
        return time.monotonic() - began

    def memory(self) -> int:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) * 1024 if found else 0


class Visitor:
    """Asks for a page and for the version in turn, fifty times a second, until told to stop."""

    PAGES = ("/national", "/version", "/councils/derby-city-council.json")

    def __init__(self, site: Site) -> None:
        self.site = site
        self.statuses: collections.Counter[str] = collections.Counter()
        self.waits: list[float] = []
        self.versions: list[str] = []
        self.early = False
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.visit, daemon=True)

    def __enter__(self) -> "Visitor":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    def visit(self) -> None:
        turn = 0
        while not self.stopped.wait(0.02):
            path = self.PAGES[turn % len(self.PAGES)]
            turn += 1
            began = time.monotonic()
            try:
                status, body, _ = self.site.ask(path)
            except (OSError, http.client.HTTPException) as error:
                self.statuses[type(error).__name__] += 1
                continue
            self.waits.append(time.monotonic() - began)
            self.statuses[str(status)] += 1
            self.early |= WAITING.encode() in body
            if status == 200 and path == "/version":
                version = json.loads(body)["data"]["id"]
                if self.versions[-1:] != [version]:
                    self.versions.append(version)

    @property
    def wrong(self) -> set[str]:
        return set(self.statuses) - {"200", "503"}

    def p99(self) -> float:
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, int(0.99 * len(waits)))] if waits else 0.0

    def summary(self) -> str:
        said = ", ".join(f"{count} × {status}" for status, count in self.statuses.most_common()) or "nothing"
        switched = f", {len(self.versions)} versions one after another" if len(self.versions) > 1 else ""
        return f"{said}{switched}"


class Base:
    """A site that every fault begins with: two versions, and a release that waits."""

    def __init__(self, program: Path, folder: Path, brief: bool) -> None:
        self.program, self.folder, self.brief, self.copies = program, folder, brief, []
        self.published = Path(__file__).resolve().parent.parent.parent / "data/published/national.csv"
        self.site = Site(program, folder / "base" / "data")
        self.site.data.parent.mkdir()
        self.site.done("import", "national", self.published, "--publish")
        later = self.site.file("later.csv", f"{ROWS}derby-city-council,2021-22,{WAITING},4111\n")
        self.site.done("import", "statistics", later, "--publish", "--publish-at", HOUR)
        self.site.done("import", "statistics", self.correction(7), "--publish")

    def correction(self, upheld: int) -> Path:
        return self.site.file(f"correction-{upheld}.csv", f"{ROWS}derby-city-council,2019-20,13,{upheld}\n")

    def copy(self) -> Site:
        """A copy for one fault."""
        data = self.folder / f"copy-{len(self.copies)}" / "data"
        data.parent.mkdir()
        shutil.copytree(self.site.data, data)
        site = Site(self.program, data)
        self.copies.append(site)
        return site

    def shared(self) -> Site:
        """A served site for faults that put everything back."""
        if not hasattr(self, "_shared"):
            self._shared = self.copy().serve()
        return self._shared

    def stop(self) -> None:
        for site in self.copies:
            site.stop()


def seconds(value: float) -> str:
    return f"{value:.1f} s"


def snapshot(site: Site) -> dict[str, bytes]:
    files = [path for path in site.data.rglob("*") if path.is_file()]
    return {str(path.relative_to(site.data)): path.read_bytes() for path in files}


def put_back(site: Site, before: dict[str, bytes]) -> None:
    """As an administrator does from a backup: each file in one step."""
    for name in snapshot(site).keys() - before.keys():
        (site.data / name).unlink()
    for name, content in before.items():
        path = site.data / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(path.name + ".put-back")
            new.write_bytes(content)
            os.replace(new, path)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
