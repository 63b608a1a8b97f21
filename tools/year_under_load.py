"""Imports and publishes a full year while the site serves under load, and says whether it kept what is promised:
under 20 s, not one failed or mixed answer, the server under 300 MB.

    python3 tools/year_under_load.py --program target/release/council-map

Needs openpyxl (tools/requirements.txt) and wrk (apt-get install wrk). Everything is made in a temporary folder, which
is removed at the end: six invented years as the site that is there, then the year: three tables in the Ombudsman's
layout, 317 letters as PDF and 5,000 decisions. The invented rows lose their mark on the way, since a site that holds
invented figures takes no tables; that is why nothing of this folder may be kept or shown.

How mixed answers are found: a reader fetches pages, twins and downloads in turn for as long as the imports last, and
keeps the hash of every answer. Afterwards each version is served alone, without load, and asked the same. An answer
that is not byte for byte that of exactly one version is mixed; so is a reading round that goes back to an older one.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import http.client
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

YEAR = "2024-25"
LETTERS = 317
DECISIONS = 5000
LIMIT_SECONDS = 20.0
LIMIT_BYTES = 300 * 1000 * 1000

TABLES = {
    "1-Complaints-Received-24-25": [
        ("Adult Care Services", "received_adult_care_services"), ("Benefits & Tax", "received_benefits_and_tax"),
        ("Corporate & Other Services", "received_corporate_and_other_services"),
        ("Education & Children’s Services", "received_education_and_childrens_services"),
        ("Environmental Services & Public Protection & Regulation",
         "received_environmental_services_public_protection_and_regulation"),
        ("Highways & Transport", "received_highways_and_transport"), ("Housing", "received_housing"),
        ("Planning & Development", "received_planning_and_development"), ("Other", "received_other"),
        ("Total", "received"),
    ],
    "2-Complaints-Decided-24-25": [
        ("Invalid or Incomplete", "decided_invalid_or_incomplete"), ("Advice Given", "decided_advice_given"),
        ("Referred Back for Local Resolution", "decided_referred_back"),
        ("Closed after Initial Enquiries", "decided_closed_after_initial_enquiries"),
        ("Not Upheld", "decided_not_upheld"), ("Upheld", "decided_upheld"), ("Total", "decided"),
        ("Uphold Rate (%)", "uphold_rate"), ("Average uphold rate (%) of similar authorities", "uphold_rate_similar"),
    ],
    "3-Complaints-Compliance-24-25": [
        ("Compliance outcomes recorded", "compliance_outcomes"), ("Complied on time", "~on_time"),
        ("Complied late", "complied_late"), ("Not complied", "~not_complied"),
        ("Compliance rate (%)", "compliance_rate"),
        ("Average compliance rate (%) of similar authorities", "compliance_rate_similar"),
        ("Satisfactory remedy", "satisfactory_remedies"), ("Satisfactory remedy rate (%)", "satisfactory_remedy_rate"),
        ("Average satisfactory remedy rate (%) of similar authorities", "satisfactory_remedy_rate_similar"),
    ],
}

PAGES = [
    "/", "/?view=hex&tier=county", "/?view=table&year=2024-25", "/map.json", "/map.csv?year=2024-25",
    "/map.geojson?tier=district&year=2024-25", "/councils", "/councils.json", "/councils.csv", "/find?q=DE1+2FS",
    "/find.json?q=DE1+2FS", "/decisions", "/decisions.json?q=housing", "/decisions?q=repairs+delay&outcome=upheld",
    "/reports", "/reports.json", "/improvements", "/improvements.csv", "/national", "/national.json?year=2024-25",
    "/changes", "/changes.json", "/feed.atom", "/sitemap.xml", "/openapi.json", "/data/datapackage.json",
    "/data/statistics.csv", "/data/letters.csv", "/data/releases.csv", "/version", "/about/data",
]
COUNCILS = ["derby-city-council", "leeds-city-council", "kent-county-council", "adur-district-council",
            "london-borough-of-barnet", "north-yorkshire-council"]
PARTS = ["", ".json", ".csv", "/statistics", "/statistics.json", "/decisions", "/decisions.json", "/reports",
         "/improvements", "/letters", f"/letters/{YEAR}", f"/letters/{YEAR}.json", f"/letters/{YEAR}.pdf", "/feed.atom"]
LOAD = """
local paths = { %s }
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[turn %% #paths + 1], { ["Accept-Encoding"] = turn %% 2 == 0 and "br" or "gzip" })
end
%s
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("LOAD %%d %%d %%d %%d %%d %%d %%.1f\\n", summary.requests, e.connect, e.read, e.write, e.status,
    e.timeout, latency:percentile(99) / 1000))
end
"""


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    wanted.add_argument("--program", default="target/release/council-map", help="a release build")
    wanted.add_argument("--connections", type=int, default=16, help="connections of wrk, on two threads")
    wanted.add_argument("--pause", type=int, default=20, help="milliseconds between a connection's requests; 0 for none")
    wanted.add_argument("--letter-kb", type=int, default=100, help="size of each letter")
    wanted.add_argument("--decisions-before", type=int, default=25000, help="decisions on the site before the year")
    options = wanted.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 2
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        print("openpyxl is missing: pip install -r tools/requirements.txt", file=sys.stderr)
        return 2
    program = Path(options.program).resolve()
    if not program.exists():
        print(f"{program} is missing: cargo build --release", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="council-map-year-") as folder:
        return measure(program, Path(folder), options)


def run(program: Path, *arguments: object) -> str:
    answer = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"council-map {' '.join(map(str, arguments))}\n{answer.stdout}{answer.stderr}")
    return answer.stdout


def measure(program: Path, folder: Path, options: argparse.Namespace) -> int:
    data, year = folder / "data", folder / "year"
    make(program, folder, data, year, options)
    server = Server(program, data)
    reader = Reader(server.address)
    load = Load(folder, server.address, options)
    reader.start()
    time.sleep(2)
    began = time.monotonic()
    taken = []
    for kind, files, more in [
        ("statistics", sorted(year.glob("*.xlsx")), ["--year", YEAR]),
        ("letters", [year / "letters.csv"], []),
        ("decisions", [year / "decisions.csv"], []),
    ]:
        start = time.monotonic()
        said = run(program, "import", kind, *files, *more, "--source", "Invented for a measurement", "--publish", "--data", data)
        taken.append((kind, time.monotonic() - start, said.strip().splitlines()[-2:]))
    last = json.loads((data / "current.json").read_text())["editions"][-1]["id"]
    while not reader.heard(last) and time.monotonic() - began < 120:
        time.sleep(0.01)
    seconds = time.monotonic() - began
    time.sleep(3)
    reader.stop()
    requests, failed, slowest = load.stop()
    highest = server.highest_memory()
    complaints = server.stop()
    mixed, versions = judge(program, folder, data, reader.answers)
    print(f"load           {requests} answers, {requests / load.seconds:.0f} a second, 99 of 100 within {slowest} ms")
    for kind, time_taken, lines in taken:
        print(f"{kind:14} {time_taken:.1f} s  {lines[0]}")
    reading = sum(len(part) for part in reader.answers.values())
    verdicts = [
        (f"imported, published and served in {seconds:.1f} s", seconds < LIMIT_SECONDS),
        (f"{failed} failed answers under load, {len(reader.failed)} of {reading} read", not failed and not reader.failed),
        (f"{len(mixed)} mixed answers of {reading} over {versions} versions", not mixed and versions == 4),
        (f"{highest / 1e6:.0f} MB of memory at most", highest < LIMIT_BYTES),
        (f"{len(complaints)} complaints in the log", not complaints),
    ]
    for text, kept in verdicts:
        print(f"{'ok' if kept else 'NOT KEPT':14} {text}")
    for line in (mixed + reader.failed + complaints)[:20]:
        print(f"    {line}")
    return 0 if all(kept for _, kept in verdicts) else 1


# The site that is there, and the year.


def make(program: Path, folder: Path, data: Path, year: Path, options: argparse.Namespace) -> None:
    demo, out = folder / "demo", folder / "out"
    run(program, "demo", "--decisions", options.decisions_before + DECISIONS, "--data", demo)
    run(program, "export", "--out", out, "--data", demo)
    shutil.rmtree(demo)
    below = out / "import"
    order = json.loads((below / "order.json").read_text())
    files = {step["kind"]: below / step["file"] for step in order}
    year.mkdir()
    figures = held_back(files["statistics"], lambda row: row["year"] == YEAR)
    letters = held_back(files["letters"], lambda row: row["year"] == YEAR)
    newest = sorted(row["decision_date"] for row in rows(files["decisions"]))[-DECISIONS]
    decisions = held_back(files["decisions"], lambda row: row["decision_date"] >= newest)
    held_back(files["national"], lambda row: row["year"] == YEAR)
    known = {row["reference"] for row in decisions}
    held_back(files["improvements"], lambda row: row["reference"] in known)
    for step in order:
        step["synthetic"] = False
    (below / "order.json").write_text(json.dumps(order))
    run(program, "restore", out, "--data", data)
    shutil.rmtree(out)
    for name, columns in TABLES.items():
        write_table(year / f"{name}.xlsx", columns, figures)
    write_letters(year, letters[:LETTERS], options.letter_kb)
    columns = ["reference", "authority", "type", "outcome", "category", "subcategory", "decision_date", "summary"]
    write(year / "decisions.csv", columns, decisions[:DECISIONS])
    assert len(letters) >= LETTERS and len(decisions) >= DECISIONS, (len(letters), len(decisions))


def rows(path: Path) -> list[dict]:
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: list[str], lines: list[dict]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)


def held_back(path: Path, wanted) -> list[dict]:
    """Takes the rows of the year out of a file of the export, and the mark of all others."""
    every = rows(path)
    columns = [name for name in every[0] if name != "synthetic"]
    write(path, columns, [row for row in every if not wanted(row)])
    return [row for row in every if wanted(row)]


def write_table(path: Path, columns: list[tuple[str, str]], figures: list[dict]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append([path.stem.replace("-", " ")])
    sheet.append([])
    sheet.append(["Authority Name"] + [title for title, _ in columns])
    lines = sorted(figures, key=lambda row: row["authority_name"])
    for row in lines:
        sheet.append([row["authority_name"]] + [value(row, field) for _, field in columns])
    totals = ["" if "rate" in field else sum(value(row, field) or 0 for row in lines) for _, field in columns]
    sheet.append(["Total"] + totals)
    sheet.append(["Rates are rounded to whole per cents."])
    book.save(path)


def value(row: dict, field: str) -> float | int | None:
    def number(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    if field == "~on_time":
        return None if number("complied") is None else number("complied") - (number("complied_late") or 0)
    if field == "~not_complied":
        return None if number("compliance_outcomes") is None else number("compliance_outcomes") - number("complied")
    if field.startswith("decided_") and not row[field]:
        return 0
    return number(field)


def write_letters(folder: Path, letters: list[dict], size: int) -> None:
    lines = []
    for row in letters:
        name = f"{row['authority']}.pdf"
        (folder / name).write_bytes(pdf(row, size * 1000))
        lines.append({**row, "document": name})
    write(folder / "letters.csv", ["authority", "year", "letter_date", "document"], lines)


def pdf(row: dict, size: int) -> bytes:
    """A page with one line, as large as a real letter with its crest: the rest is a stream that nothing shows."""
    text = f"BT /F1 12 Tf 60 760 Td (Annual review letter {row['year']}: {row['authority']}) Tj ET".encode()
    filling = hashlib.shake_128(row["authority"].encode()).digest(max(0, size - 800))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(filling), filling),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))
    return out.getvalue()


# The site, its load and its reader.


class Server:
    def __init__(self, program: Path, data: Path) -> None:
        self.log = data / "serve.log"
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data", data],
            stdout=subprocess.PIPE, stderr=open(self.log, "wb"), text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("listening on http://"):
            sys.exit(f"the server did not start: {line} {self.log.read_text()}")
        self.address = line.removeprefix("listening on http://")

    def highest_memory(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024

    def stop(self) -> list[str]:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        log = self.log.read_text(errors="replace").splitlines()
        return [line for line in log if re.search("WARN|ERROR|panicked", line)]


def addresses() -> list[str]:
    return PAGES + [f"/councils/{slug}{part}" for slug in COUNCILS for part in PARTS]


class Load:
    def __init__(self, folder: Path, address: str, options: argparse.Namespace) -> None:
        script = folder / "load.lua"
        # What is not there before the import is left to the reader: wrk counts it as failed.
        paths = [path for path in addresses() if YEAR not in path]
        pause = f"delay = function() return {options.pause} end" if options.pause else ""
        script.write_text(LOAD % (", ".join(f'"{path}"' for path in paths), pause))
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ["wrk", "-t2", f"-c{options.connections}", "-d900", "--timeout", "10", "-s", script, f"http://{address}"],
            stdout=subprocess.PIPE, text=True)

    def stop(self) -> tuple[int, int, str]:
        self.seconds = time.monotonic() - self.began
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        found = re.search(r"LOAD (.*)", said)
        if found is None:
            sys.exit(f"wrk said: {said}")
        requests, *errors, slowest = found[1].split()
        return int(requests), sum(map(int, errors)), slowest


class Reader(threading.Thread):
    """Reads all addresses in turn, one request at a time, so that the order of answers is the order of versions."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.going = address, True
        self.answers: dict[str, list[tuple[float, str]]] = {path: [] for path in addresses()}
        self.failed: list[str] = []
        self.seen: set[str] = set()

    def run(self) -> None:
        connection = None
        while self.going:
            for path in self.answers:
                if not self.going:
                    break
                try:
                    connection = connection or http.client.HTTPConnection(self.address, timeout=20)
                    status, body = ask(connection, path)
                    if path == "/version":
                        self.seen.add(json.loads(body)["data"]["id"])
                    if status not in (200, 404):
                        self.failed.append(f"{path}: {status}")
                    self.answers[path].append((time.monotonic(), told(self.address, status, body)))
                except (OSError, http.client.HTTPException, ValueError) as error:
                    self.failed.append(f"{path}: {error!r}")
                    connection = None
                # Half of its time goes to the version, so that the moment of a switch is known.
                if not self.failed and path != "/version" and connection is not None:
                    self.version(connection)

    def version(self, connection: http.client.HTTPConnection) -> None:
        _, body = ask(connection, "/version")
        self.seen.add(json.loads(body)["data"]["id"])

    def heard(self, version: str) -> bool:
        return version in self.seen

    def stop(self) -> None:
        self.going = False
        self.join()


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def told(address: str, status: int, body: bytes) -> str:
    """Status and content, without the address of the server, which differs from run to run."""
    return f"{status} {hashlib.sha256(body.replace(address.encode(), b'HOST')).hexdigest()}"


def judge(program: Path, folder: Path, data: Path, answers: dict[str, list[tuple[float, str]]]) -> tuple[list[str], int]:
    """Serves each version alone; finds the answers that are no version's, and those that go back in time."""
    editions = json.loads((data / "current.json").read_text())["editions"]
    right: dict[str, dict[str, list[int]]] = {path: {} for path in answers}
    for number, edition in enumerate(editions):
        alone = folder / f"alone-{number}"
        alone.mkdir()
        os.link(data / edition["file"], alone / edition["file"])
        (alone / "current.json").write_text(json.dumps({"editions": [edition]}))
        server = Server(program, alone)
        connection = http.client.HTTPConnection(server.address, timeout=60)
        for path in answers:
            right[path].setdefault(told(server.address, *ask(connection, path)), []).append(number)
        server.stop()
    mixed, heard, now = [], set(), 0
    for when, path, answer in sorted((when, path, answer) for path, heard in answers.items() for when, answer in heard):
        versions = right[path].get(answer)
        if versions is None:
            mixed.append(f"{path}: an answer that is of no version")
        elif max(versions) < now:
            mixed.append(f"{path}: version {max(versions) + 1} after {now + 1}")
        else:
            # The oldest version that it can be: pages that did not change say nothing about the rest.
            now = max(now, min(versions))
            heard.update(versions if len(versions) == 1 else [])
    return mixed, len(heard)


if __name__ == "__main__":
    sys.exit(main())
