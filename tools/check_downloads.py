"""Opens every download of a running site with the programs that people use, and takes each warning for an error.

    python3 tools/check_downloads.py --program target/release/council-map

CSV is read by pandas and DuckDB, which must find the same rows, and one type for each column name in all files; workbooks
by openpyxl; map layers by GDAL (pyogrio); JSON by DuckDB; feeds by feedparser; calendars by icalendar; the SQLite file by
sqlite3, sqlite-utils, pandas and Datasette. Then the examples of the page /data are run as they stand there, those for R
and Observable where Rscript and node are installed. `--brief` opens up to three files of each kind of address. Needs what
tools/checks.txt names; `./test --data` installs it and runs this.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import csv
import html
import io
import json
import logging
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import feedparser
import icalendar
import openpyxl
import pandas
import pyogrio.raw
import sqlite_utils
from datasette.app import Datasette

from check_round_trip import filled_paths
from checked_sites import arguments, served, sites

MOST_IN_A_CELL = 32_767
BRIEF = 3
READERS = 4
# The log names values of any kind; the tables of England and of one council have numbers and words of several measures.
SEVERAL_TYPES = {"old", "new", "key", "label"}


class Wrong(Exception):
    """What is wrong with a download."""


def main() -> int:
    wanted = arguments(__doc__)
    wanted.add_argument("--brief", action="store_true", help=f"{BRIEF} files of each kind of address")
    wanted.add_argument("--one-in", type=int, default=20, help="the files of one council in so many")
    options = wanted.parse_args()
    warnings.simplefilter("error")
    logging.getLogger("pyogrio").addHandler(Strict())
    wrong = 0
    with sites(options) as made, tempfile.TemporaryDirectory(prefix="council-map-downloads-") as folder:
        for name, data in made:
            with served(options.program, data) as address:
                below = Path(folder) / name
                below.mkdir()
                wrong += check(name, address, below, options)
    print(f"{wrong} downloads are wrong" if wrong else "every download opens")
    return 1 if wrong else 0


class Strict(logging.Handler):
    """GDAL warns through the log."""

    def emit(self, record: logging.LogRecord) -> None:
        raise Wrong(record.getMessage())


def check(name: str, site: str, folder: Path, options) -> int:
    began = time.monotonic()
    files = fetch_all(site, folder, options)
    opened, rows, wrong = defaultdict(int), 0, []
    types: dict[str, dict[str, str]] = defaultdict(dict)
    for address, kind, file in files:
        opens = OPENS.get(kind)
        if opens is None:
            continue
        try:
            rows += opens(file, address, types)
            opened[kind] += 1
        except Exception as error:  # Whatever such a program complains of.
            wrong.append(f"{address}: {type(error).__name__}: {error}")
    wrong += [f"column {column} is {' and '.join(sorted(set(where)))}: {', '.join(where.values())}"
              for column, where in types.items() if len(where) > 1 and column not in SEVERAL_TYPES]
    missing = set(OPENS) - set(opened) if name != "almost-empty" else set()
    wrong += [f"no file of {kind} was there to open" for kind in sorted(missing)]
    examples, failed = run_examples(site, folder)
    wrong += failed
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(opened.items()))
    print(f"{'WRONG' if wrong else 'ok':6} {name}: {counts}; {rows} rows; examples: {', '.join(examples)}; "
          f"{time.monotonic() - began:.1f} s")
    for line in wrong[:30]:
        print(f"    {line[:600]}")
    return len(wrong)


# What each kind of address ends with.
KINDS = ("csv", "xlsx", "geojson", "json", "atom", "ics", "sqlite", "opml", "xml")


def fetch_all(site: str, folder: Path, options) -> list[tuple[str, str, Path]]:
    """Every download as a file: its address, its kind, where it lies."""
    paths, _ = filled_paths(site, every_year=False, one_in=100 if options.brief else options.one_in)
    wanted = []
    for path, addresses in paths.items():
        kind = path.rsplit(".", 1)[-1]
        if kind not in KINDS:
            continue
        if path.startswith("/compare."):
            addresses = [f"{path}?c=derby-city-council&c=kent-county-council", f"{path}?set=london&measure=upheld"]
        # Tables differ from each other; of the rest one is like the next.
        chosen = addresses if not options.brief or path == "/data/{name}.csv" else spread(addresses)
        wanted += [(one, kind) for one in chosen]

    def fetch(place: int, address: str, kind: str, tries: int = 20) -> tuple[str, str, Path] | None:
        try:
            with urllib.request.urlopen(f"{site}{address}", timeout=120) as answer:
                file = folder / f"{place}.{kind}"
                file.write_bytes(answer.read())
                return address, kind, file
        except urllib.error.HTTPError as error:
            # A council without letters has no file of them; a machine that is busy with other tests may need another moment.
            if error.code == 503 and tries:
                time.sleep(1)
                return fetch(place, address, kind, tries - 1)
            if error.code != 404:
                raise
            return None

    with concurrent.futures.ThreadPoolExecutor(READERS) as pool:
        found = pool.map(lambda one: fetch(one[0], *one[1]), enumerate(wanted))
        return [one for one in found if one]


def spread(addresses: list[str]) -> list[str]:
    """The first, the last, and one between."""
    return sorted({addresses[place * (len(addresses) - 1) // (BRIEF - 1)] for place in range(BRIEF)}) if addresses else []


def open_csv(file: Path, address: str, types: dict) -> int:
    with open(file, newline="", encoding="utf-8-sig") as lines:
        header, *rows = csv.reader(lines)
    frame = pandas.read_csv(file, low_memory=False)
    if list(frame.columns) != header or len(frame) != len(rows):
        raise Wrong(f"pandas reads {len(frame)} rows of {len(rows)} under {list(frame.columns)}")
    table = duckdb.read_csv(str(file), sample_size=-1)
    if table.columns != header or (count := counted(table)) != len(rows):
        raise Wrong(f"DuckDB reads other rows or columns: {table.columns}")
    for place, (column, kind) in enumerate(zip(header, table.types)):
        if any(row[place] for row in rows):
            types[column].setdefault(class_of(str(kind)), address)
    return count


def class_of(kind: str) -> str:
    if kind in ("BIGINT", "DOUBLE", "INTEGER", "HUGEINT") or kind.startswith("DECIMAL"):
        return "number"
    return {"VARCHAR": "text", "BOOLEAN": "flag", "DATE": "day"}.get(kind, kind.lower())


def open_workbook(file: Path, address: str, _) -> int:
    book = openpyxl.load_workbook(file)
    rows = 0
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            rows += 1
            if too_long := [len(cell) for cell in row if isinstance(cell, str) and len(cell.encode("utf-16-le")) > 2 * MOST_IN_A_CELL]:
                raise Wrong(f"a cell of {sheet.title} has {too_long[0]} characters")
    if not rows:
        raise Wrong("no rows")
    return rows


def open_layer(file: Path, address: str, _) -> int:
    meta, _, shapes, columns = pyogrio.raw.read(file)
    flat = {"code", "slug", "name", "council", "value", "verdict"}
    if not flat <= set(meta["fields"]):
        raise Wrong(f"GDAL finds the properties {', '.join(meta['fields'])}")
    if kinds := {kind for kind in map(str, meta["dtypes"]) if kind not in ("object", "float64", "int32", "int64", "bool", "datetime64[ms]")}:
        raise Wrong(f"GDAL finds properties of the types {kinds}")
    nested = [name for name, column in zip(meta["fields"], columns) if any(str(cell).startswith(("{", "[")) for cell in column)]
    # Of councils of earlier years some have no outline at hand.
    drawn = sum(shape is not None for shape in shapes)
    if nested or drawn < 0.9 * len(shapes) or not drawn:
        raise Wrong(f"nested properties {nested}; {drawn} of {len(shapes)} areas have a shape")
    return len(shapes)


def open_json(file: Path, address: str, _) -> int:
    if not isinstance(json.loads(file.read_bytes()), dict):
        raise Wrong("no object at the top")
    return counted(duckdb.read_json(str(file), maximum_object_size=1 << 28, sample_size=-1))


def counted(table: duckdb.DuckDBPyRelation) -> int:
    return table.aggregate("count(*)").fetchall()[0][0]


def open_feed(file: Path, address: str, _) -> int:
    feed = feedparser.parse(io.BytesIO(file.read_bytes()), response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    if feed.bozo or feed.version != "atom10" or not feed.feed.get("updated_parsed"):
        raise Wrong(f"feedparser: {feed.version} {feed.get('bozo_exception')}")
    for entry in feed.entries:
        if not (entry.get("id") and entry.get("title") and entry.get("link") and entry.get("updated_parsed") and entry.get("summary")):
            raise Wrong(f"an entry lacks something: {entry.get('id')}")
    return len(feed.entries)


def open_calendar(file: Path, address: str, _) -> int:
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    events = [event for event in calendar.walk("VEVENT")]
    if faults := [fault for one in calendar.walk() for fault in one.errors]:
        raise Wrong(f"icalendar: {faults[:3]}")
    if any(not (event.get("uid") and event.get("summary") and event.get("dtstart")) for event in events):
        raise Wrong("an event lacks something")
    return len(events)


def open_xml(file: Path, address: str, _) -> int:
    return sum(1 for _ in ElementTree.fromstring(file.read_bytes()).iter())


def open_sqlite(file: Path, address: str, _) -> int:
    copy = shutil.copy(file, file.with_suffix(".copy"))
    with sqlite3.connect(copy) as conn:
        for check in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
            if (found := conn.execute(check).fetchall()) not in ([("ok",)], []):
                raise Wrong(f"{check}: {found[:3]}")
        # Holds the index against the texts that it was made of.
        conn.execute("INSERT INTO decision_search (decision_search, rank) VALUES ('integrity-check', 1)")
    conn.close()
    rows = 0
    database = sqlite_utils.Database(file)
    for name in database.table_names() + database.view_names():
        rows += sum(1 for _ in database[name].rows)
    with sqlite3.connect(file) as conn:
        for name in database.view_names():
            pandas.read_sql_query(f"SELECT * FROM {name} LIMIT 100", conn)
        word = conn.execute("SELECT summary FROM decisions WHERE summary <> '' LIMIT 1").fetchone()
    conn.close()
    database.close()
    asyncio.run(datasette(file, re.findall(r"[a-z]{5,}", word[0])[0] if word else None))
    return rows


async def datasette(file: Path, word: str | None) -> None:
    """Every table and view as Datasette shows it, and a search as it finds one."""
    site = Datasette(immutables=[str(file)], settings={"num_sql_threads": 1, "sql_time_limit_ms": 10_000})
    await site.invoke_startup()
    database = next(name for name in site.databases if not name.startswith("_"))
    names = await site.databases[database].table_names() + await site.databases[database].view_names()
    for name in names:
        for path in (f"/{database}/{name}.json?_size=5", f"/{database}/{name}?_size=5"):
            answer = await site.client.get(path)
            if answer.status_code != 200:
                raise Wrong(f"Datasette answers {answer.status_code} to {path}: {answer.text[:200]}")
    if word:
        answer = await site.client.get(f"/{database}/readable_decisions.json?_search={word}&_shape=objects")
        rows = answer.json().get("rows", [])
        if not rows or "summary" not in rows[0]:
            raise Wrong(f"Datasette finds no decision with {word}: {answer.text[:200]}")
        if 'name="_search"' not in (await site.client.get(f"/{database}/readable_decisions")).text:
            raise Wrong("Datasette offers no search over the decisions")


OPENS = {"csv": open_csv, "xlsx": open_workbook, "geojson": open_layer, "json": open_json, "atom": open_feed,
         "ics": open_calendar, "sqlite": open_sqlite, "opml": open_xml, "xml": open_xml}


def run_examples(site: str, folder: Path) -> tuple[list[str], list[str]]:
    """The examples of /data, in the order of the page and in one folder: which were run, and which failed."""
    page = urllib.request.urlopen(f"{site}/data", timeout=120).read().decode()
    found = {word: html.unescape(code) for word, code in
             re.findall(r'<pre[^>]* aria-labelledby="(\w+)"[^>]*><code>(.*?)</code>', page, re.DOTALL)}
    done, failed = [], [f"the page /data has no example for {word}" for word in sorted(set(RUNS) - set(found))]
    for word, code in found.items():
        run = RUNS.get(word)
        if run is None:
            failed.append(f"nobody runs the example {word}")
            continue
        try:
            said = run(code, folder)
        except Exception as error:
            failed.append(f"example {word}: {type(error).__name__}: {error}")
            continue
        if said is not None:
            done.append(word)
            if not said.strip():
                failed.append(f"example {word} says nothing")
    return done, failed


def program(*command: str, folder: Path) -> str | None:
    """What a program prints; nothing where it is not installed."""
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if done.returncode or "arning" in done.stderr:
        raise Wrong(f"{done.stdout[-300:]}{done.stderr[-600:]}")
    return done.stdout


def run_curl(code: str, folder: Path) -> str | None:
    if not shutil.which("curl"):
        # Those that follow read what it keeps.
        for address, name in re.findall(r"-o (\S+) (\S+)", code):
            urllib.request.urlretrieve(name, folder / address)
        return None
    program("bash", "-ec", code, folder=folder)
    return " ".join(name for name in ("cells.csv", "council-map.sqlite") if (folder / name).stat().st_size)


def run_duckdb(code: str, folder: Path) -> str:
    # The program would run it where curl kept the file.
    return str(duckdb.sql(code.rstrip(";").replace("'cells.csv'", f"'{folder / 'cells.csv'}'")).fetchall())


def run_sqlite(code: str, folder: Path) -> str:
    with sqlite3.connect(folder / "council-map.sqlite") as conn:
        rows = conn.execute(code).fetchall()
    conn.close()
    return "\n".join(map(str, rows))


RUNS = {
    "curl": run_curl,
    "python": lambda code, folder: program(sys.executable, "-W", "error", "-c", code, folder=folder),
    "r": lambda code, folder: program("Rscript", "-e", code, folder=folder),
    "duckdb": run_duckdb,
    "sqlite": run_sqlite,
    # A cell of a notebook gives a name to what it makes and waits for it.
    "observable": lambda code, folder: program("node", "-e", f"{code};\nhigher.then((it) => console.log(JSON.stringify(it)))", folder=folder),
}


if __name__ == "__main__":
    sys.exit(main())
