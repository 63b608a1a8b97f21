"""Sites to check in a temporary folder: invented, real, and almost empty. Only the standard library; Python 3.11 or later."""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT / "data" / "published"
SITES = ("demonstration", "published", "almost-empty")


def arguments(doc: str) -> argparse.ArgumentParser:
    wanted = argparse.ArgumentParser(description=doc.split("\n\n")[0])
    wanted.add_argument("--program", type=Path, default=ROOT / "target/release/council-map", help="a built program")
    wanted.add_argument("--sites", default=",".join(SITES), help=f"which of {', '.join(SITES)}")
    wanted.add_argument("--decisions", type=int, default=600, help="decisions of the demonstration")
    return wanted


@contextlib.contextmanager
def sites(options: argparse.Namespace) -> Iterator[list[tuple[str, Path]]]:
    """Names of the wanted sites with their data directories, which are removed afterwards."""
    program = options.program.resolve()
    if not program.exists():
        sys.exit(f"{program} is missing: cargo build --release, or name another with --program")
    names = options.sites.split(",")
    if unknown := set(names) - set(SITES):
        sys.exit(f"no such site: {', '.join(sorted(unknown))}; there are {', '.join(SITES)}")
    with tempfile.TemporaryDirectory(prefix="council-map-check-") as folder:
        made = []
        for name in names:
            data = Path(folder) / name
            if name == "demonstration":
                run(program, "demo", "--decisions", options.decisions, "--data", data)
            elif name == "published":
                make_published(program, data, Path(folder))
            else:
                rows = (PUBLISHED / "statistics.csv").read_text().splitlines()[:2]
                publish(program, data, "statistics", written(Path(folder) / "one.csv", "\n".join(rows) + "\n"))
            made.append((name, data))
        yield made


def run(program: Path, *arguments: object) -> str:
    answer = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"council-map {' '.join(map(str, arguments))}\n{answer.stdout}{answer.stderr}")
    return answer.stdout


def publish(program: Path, data: Path, kind: str, file: Path, *more: str) -> None:
    run(program, "import", kind, file, "--publish", "--data", data, *more)


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def make_published(program: Path, data: Path, folder: Path) -> None:
    """The figures of data/published, with one or two of everything else, so that no table and no page is empty. What is
    made up here stays in the temporary folder."""
    for kind in ("statistics", "national", "decisions"):
        publish(program, data, kind, PUBLISHED / f"{kind}.csv")
    below = folder / "letters"
    for slug in ("derby-city-council", "kent-county-council"):
        written(below / "documents" / f"{slug}.pdf", pdf(slug))
    written(below / "documents" / "leeds.md", "# Annual review\n\nDear chief executive\n\n- *one*, two & “three”\n")
    written(below / "documents" / "york.txt", "Dear chief executive\n\nA letter of two lines.\n")
    list_of_letters = written(below / "letters.csv", "authority,year,letter_date,document,url\n" + "".join(
        f"{slug},{year},{day},documents/{name},https://www.lgo.org.uk/letters/{slug}\n" for slug, year, day, name in [
            ("derby-city-council", "2019-20", "2020-07-22", "derby-city-council.pdf"),
            ("kent-county-council", "2019-20", "2020-07-22", "kent-county-council.pdf"),
            ("leeds-city-council", "2020-21", "2021-07-21", "leeds.md"),
            ("city-of-york-council", "2020-21", "2021-07-21", "york.txt")]))
    publish(program, data, "letters", list_of_letters, "--title", "Letters, with =formula", "--source-url", "https://www.lgo.org.uk/")
    with open(PUBLISHED / "decisions.csv", newline="", encoding="utf-8-sig") as file:
        decisions = list(csv.DictReader(file))
    agreed = next(row for row in decisions if row["outcome"] == "upheld" and row["authority"].endswith("Council"))
    columns = ["reference", "authority", "category", "summary", "agreed_on", "due_on", "achieved_on"]
    with open(folder / "improvements.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(columns)
        for text, due, achieved in [("Train staff, and say so", "2024-06-01", ""), ("-5 days for an answer", "2024-07-01", "2024-06-20")]:
            table.writerow([agreed["reference"], agreed["authority"], agreed["category"], text, "2024-03-01", due, achieved])
    publish(program, data, "improvements", folder / "improvements.csv")
    for kind, content in {
        "replies": "authority,year,replied_on,text,author\nderby-city-council,2019-20,2020-09-01,We have changed how we work.,Chief Executive\n",
        "neighbours": "authority,rank,neighbour,model\nderby-city-council,1,leeds-city-council,CIPFA 2024\n",
        "population": "authority,year,population\nderby-city-council,2022,263490\n",
        "aliases": "alias,authority\nCitizens of Derby,E06000015\n",
    }.items():
        publish(program, data, kind, written(folder / f"{kind}.csv", content))
    # Corrections, one of them of all that its release had, so that the log has old and new values; a decision taken back.
    for number in (40, 41):
        publish(program, data, "statistics", written(folder / f"{number}.csv", f"authority,year,received\nleeds-city-council,2016-17,{number}\n"))
    publish(program, data, "national", written(folder / "corrected.csv", "year,received\n2024-25,19999\n"))
    gone = decisions[-1]["reference"]
    publish(program, data, "decisions", written(folder / "gone.csv", f"reference,withdrawn_on\n{gone},2025-01-01\n"))


def pdf(text: str) -> bytes:
    """A page with one line."""
    line = f"BT /F1 12 Tf 60 760 Td ({text}) Tj ET"
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 "
             "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
             f"<< /Length {len(line)} >>\nstream\n{line}\nendstream"]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {len(parts) + 1}\n{table}{end}").encode()


@contextlib.contextmanager
def served(program: Path, data: Path) -> Iterator[str]:
    """The address of a running site. Warnings and errors in its log end the check."""
    log = data / "check.log"
    with open(log, "wb") as errors:
        process = subprocess.Popen([program, "serve", "--listen", "127.0.0.1:0", "--data", data],
                                   stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        line = process.stdout.readline().strip()
        if not line.startswith("listening on "):
            sys.exit(f"the site did not start: {line} {log.read_text()}")
        yield line.removeprefix("listening on ")
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
    complaints = [line for line in log.read_text(errors="replace").splitlines() if "WARN" in line or "ERROR" in line]
    if complaints:
        sys.exit("the site complained:\n" + "\n".join(complaints[:20]))


def fetched(address: str) -> bytes:
    """The body of an answer; a site that says it is busy is asked again when it says so, at most ten times."""
    for attempt in range(10):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as busy:
            if busy.code != 503 or attempt == 9:
                raise
            time.sleep(int(busy.headers.get("Retry-After", "1")))
    raise AssertionError("the last attempt answers or fails")


def json_of(address: str) -> dict:
    return json.loads(fetched(address))
