"""Makes 300 invented letters as PDF, imports them as they come, and holds every figure against what was printed.

    python3 tools/many_letters --program target/release/council-map        # five minutes, most of them LibreOffice's and Chromium's

The letters are in the forms of 2018-19, 2019-20, 2022-23, 2023-24 and 2024-25, half of them made by LibreOffice and half by
Chromium. First they are imported where there is no table: every figure must be as printed, and nothing else may be read. Then a table
comes first in which 20 figures are changed: each must be named with both values, and no other. On two processors; exits with 1 where
something was not so, or the import took more than 60 seconds or 400 MB, all processes that it began together.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checked_sites import PUBLISHED, arguments, publish  # noqa: E402
from invented import Letter, as_fodt, as_html, letters  # noqa: E402

MOST_SECONDS, MOST_MEGABYTES, PLANTED = 60, 400, 20
# Figures of which another can be printed without the letter contradicting itself or its counts.
CHANGED = ("uphold_rate_similar", "compliance_rate_similar", "upheld_per_100k_similar")


def main() -> None:
    wanted = arguments(__doc__)
    wanted.add_argument("--letters", type=int, default=300)
    wanted.add_argument("--seed", type=int, default=7)
    wanted.add_argument("--keep", type=Path, help="a folder for the letters, used again where it is there")
    options = wanted.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    made = letters(options.letters, options.seed)
    with tempfile.TemporaryDirectory(prefix="council-map-letters-") as temporary:
        folder = Path(temporary)
        drop = options.keep or folder / "letters"
        if not drop.exists():
            print_all(made, drop, folder)
        faults = imported_alone(options.program.resolve(), made, drop, folder / "alone")
        faults += imported_beside_a_table(options.program.resolve(), made, drop, folder)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def print_all(made: list[Letter], drop: Path, folder: Path) -> None:
    """Every other letter by LibreOffice, the rest by Chromium."""
    drop.mkdir(parents=True)
    sources = folder / "sources"
    sources.mkdir()
    began = time.monotonic()
    texts, pages = [], []
    for place, letter in enumerate(made):
        if place % 2 == 0:
            texts.append(sources / f"{letter.name}.fodt")
            texts[-1].write_text(as_fodt(letter))
        else:
            pages.append(sources / f"{letter.name}.html")
            pages[-1].write_text(as_html(letter))
    office, chromium = shutil.which("soffice"), shutil.which("chromium")
    if not office or not chromium:
        sys.exit("LibreOffice and Chromium make the letters: apt-get install libreoffice-writer chromium")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", drop, *texts]
    subprocess.run(command, check=True, capture_output=True)

    def page(source: Path) -> None:
        profile = f"--user-data-dir={folder / 'chromium' / source.stem}"
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile]
        subprocess.run([chromium, *flags, f"--print-to-pdf={drop / source.stem}.pdf", source.as_uri()], check=True, capture_output=True)
        shutil.rmtree(folder / "chromium" / source.stem, ignore_errors=True)

    with ThreadPoolExecutor(2) as two:
        list(two.map(page, pages))
    print(f"{len(texts)} letters by LibreOffice and {len(pages)} by Chromium made in {time.monotonic() - began:.0f} s")


def imported_alone(program: Path, made: list[Letter], drop: Path, data: Path) -> list[str]:
    publish(program, data, "national", PUBLISHED / "national.csv")
    answer, seconds, busy, megabytes = measured([program, "import", "letters", drop, "--publish", "--data", data])
    faults = [answer.stderr] if answer.returncode else []
    current = json.loads((data / "current.json").read_text())
    edition = sqlite3.connect(data / current["editions"][-1]["file"])
    right = figures = 0
    for letter in made:
        sql = "SELECT field, value FROM cells JOIN councils ON councils.id = council_id WHERE code = ? AND year = ?"
        read = dict(edition.execute(sql, (letter.council["code"], letter.year)))
        figures += len(letter.figures)
        if read == letter.figures:
            right += 1
        else:
            faults.append(f"{letter.name}: printed {letter.figures}, read {read}")
    sql = "SELECT count(*), count(text), count(document_id), count(office) FROM letters"
    kept = edition.execute(sql).fetchone()
    if set(kept) != {len(made)}:
        faults.append(f"letters, with text, with document, with office: {kept}")
    print(f"imported: {len(made)} letters in {seconds:.1f} s ({busy:.1f} s of the processors) with {megabytes:.0f} MB at most, {right} of them with all of their figures "
          f"right, {figures} figures in all")
    if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
        faults.append(f"expected at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB")
    return faults


def imported_beside_a_table(program: Path, made: list[Letter], drop: Path, folder: Path) -> list[str]:
    rng = random.Random(3)
    changed = {letter.name: rng.choice([one for one in CHANGED if one in letter.figures]) for letter in rng.sample(made, min(PLANTED, len(made)))}
    columns = sorted({column for letter in made for column in letter.figures})
    table = folder / "table.csv"
    expected = set()
    with open(table, "w", newline="") as file:
        rows = csv.DictWriter(file, ["authority", "year", *columns])
        rows.writeheader()
        for letter in made:
            row = {"authority": letter.council["code"], "year": letter.year, **letter.figures}
            if (column := changed.get(letter.name)) is not None:
                row[column] -= 1
                expected.add((f"{letter.name}.pdf", column, letter.figures[column], row[column]))
            rows.writerow(row)
    data = folder / "beside"
    publish(program, data, "national", PUBLISHED / "national.csv")
    publish(program, data, "statistics", table)
    answer, seconds, busy, megabytes = measured([program, "import", "letters", drop, "--publish", "--data", data])
    line = re.compile(r"^look at (\S+?):::(\w+): .* is ([\d.]+) in the letter .*; expected ([\d.]+), as the table has it", re.M)
    named = {(file, column, float(letter), float(table)) for file, column, letter, table in line.findall(answer.stderr)}
    print(f"beside a table: {seconds:.1f} s ({busy:.1f} s of the processors), {megabytes:.0f} MB; {len(named & expected)} of {len(expected)} planted differences named, "
          f"{len(named - expected)} others")
    return [f"not as planted: {one}" for one in sorted(named ^ expected)]


def measured(command: list[object]) -> tuple[subprocess.CompletedProcess[str], float, float, float]:
    """Runs a command: the seconds it took, those that processors worked for it, which others at work hardly change, and the most
    memory that it and all it began had at once, in megabytes."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            most = max(most, sum(map(resident, family(process.pid))))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    seconds = time.monotonic() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return subprocess.CompletedProcess(command, process.returncode, out, err), seconds, busy, most / 1e6


def family(pid: int) -> list[int]:
    """A process and what it began, as far as they are still there."""
    try:
        began = [child for one in Path(f"/proc/{pid}/task").iterdir() for child in (one / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in began for one in family(int(child)))]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main()
