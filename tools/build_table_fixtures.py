"""Makes tests/fixtures/tables/: one invented year of the Ombudsman's three yearly tables, as other people's software
writes them. All files hold the same figures; expected.csv holds them in canonical form.

Writers: openpyxl (XLSX), LibreOffice (XLSX and ODS, from the former), Python's csv (UTF-8, byte-order mark with
semicolons, Windows code page).
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

YEAR = "2024-25"
OUTPUT = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "tables"
COUNCILS = [
    "Bolsover District Council", "Bournemouth, Christchurch and Poole Council", "Brighton & Hove City Council",
    "Bristol City Council", "City of York Council", "Derby City Council*", "Derbyshire County Council",
    "King’s Lynn & West Norfolk Council", "London Borough of Barnet", "Redcar & Cleveland Council",
    "Royal Borough of Greenwich", "Trafford Council",
]
OTHERS = ["Environment Agency", "Peak District National Park Authority", "Transport for London"]
AREAS = [
    ("Adult Care Services", "adult_care_services"), ("Benefits & Tax", "benefits_and_tax"),
    ("Corporate & Other Services", "corporate_and_other_services"),
    ("Education & Children’s Services", "education_and_childrens_services"),
    ("Environmental Services & Public Protection & Regulation",
     "environmental_services_public_protection_and_regulation"),
    ("Highways & Transport", "highways_and_transport"), ("Housing", "housing"),
    ("Planning & Development", "planning_and_development"), ("Other", "other"),
]
OUTCOMES = [
    ("Invalid or Incomplete", "invalid_or_incomplete"), ("Advice Given", "advice_given"),
    ("Referred Back for Local Resolution", "referred_back"),
    ("Closed after Initial Enquiries", "closed_after_initial_enquiries"), ("Not Upheld", "not_upheld"),
    ("Upheld", "upheld"),
]


def whole_percent(part: int, whole: int) -> int | None:
    return int(part / whole * 100 + 0.5) if whole else None


def invent(name: str, dice: random.Random) -> dict[str, int | None]:
    size = 0 if name == "Bolsover District Council" else 1
    row: dict[str, int | None] = {f"received_{key}": dice.randint(0, 12 * size + 2) for _, key in AREAS}
    row["received"] = sum(row.values())
    outcomes = {f"decided_{key}": dice.randint(0, 9 * size + 2) for _, key in OUTCOMES}
    if name.startswith("Trafford"):
        outcomes |= {"decided_upheld": 0, "decided_not_upheld": 0}
    row |= outcomes
    row["decided"] = sum(outcomes.values())
    row["upheld"] = row["decided_upheld"]
    row["investigated"] = row["decided_upheld"] + row["decided_not_upheld"]
    row["uphold_rate"] = whole_percent(row["upheld"], row["investigated"])
    row["uphold_rate_similar"] = dice.randint(60, 90)
    on_time, late, missed = dice.randint(0, 8 * size + 1), dice.randint(0, 3), dice.randint(0, 1)
    if name.startswith("Trafford"):
        on_time = late = missed = 0
    row |= {"~on_time": on_time, "complied_late": late, "~not_complied": missed, "complied": on_time + late,
            "compliance_outcomes": on_time + late + missed}
    row["compliance_rate"] = whole_percent(row["complied"], row["compliance_outcomes"])
    row["compliance_rate_similar"] = dice.randint(97, 100)
    row["satisfactory_remedies"] = dice.randint(0, min(3, row["upheld"]))
    row["satisfactory_remedy_rate"] = whole_percent(row["satisfactory_remedies"], row["upheld"])
    row["satisfactory_remedy_rate_similar"] = dice.randint(5, 18)
    return row


TABLES = {
    "received": ([title for title, _ in AREAS] + ["Total"], [f"received_{key}" for _, key in AREAS] + ["received"]),
    "decided": (
        [title for title, _ in OUTCOMES] + ["Total", "Uphold Rate (%)", "Average uphold rate (%) of similar authorities"],
        [f"decided_{key}" for _, key in OUTCOMES] + ["decided", "uphold_rate", "uphold_rate_similar"],
    ),
    "compliance": (
        ["Compliance outcomes recorded", "Complied on time", "Complied late", "Not complied", "Compliance rate (%)",
         "Average compliance rate (%) of similar authorities", "Satisfactory remedy", "Satisfactory remedy rate (%)",
         "Average satisfactory remedy rate (%) of similar authorities"],
        ["compliance_outcomes", "~on_time", "complied_late", "~not_complied", "compliance_rate",
         "compliance_rate_similar", "satisfactory_remedies", "satisfactory_remedy_rate",
         "satisfactory_remedy_rate_similar"],
    ),
}


def is_rate(field: str) -> bool:
    return field.endswith(("_rate", "_rate_similar"))


def totals(rows: dict, fields: list[str]) -> list:
    return ["" if is_rate(field) else sum(row[field] or 0 for row in rows.values()) for field in fields]


def body(table: str, rows: dict, show) -> list[list]:
    _, fields = TABLES[table]
    lines = [[name] + [show(field, row[field]) for field in fields] for name, row in sorted(rows.items())]
    lines.append(["Total"] + totals(rows, fields))
    lines.append([])
    lines.append(["* Includes cases carried over. Figures are rounded to whole per cents."])
    return lines


def write_openpyxl(path: Path, rows: dict) -> None:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append([f"Complaints about councils, {YEAR}: invented for tests"])
    for table, (titles, fields) in TABLES.items():
        sheet = book.create_sheet(table.capitalize())
        sheet.append([f"Complaints {table}, {YEAR}"])
        sheet["A1"].font = Font(bold=True)
        sheet.append([])
        sheet.append(["The figures of each authority"])
        if table == "decided":
            # Groups over the outcomes, as the newest letters have them.
            sheet.append(["Authority Name", "Not for us", None, None, "Assessed and closed", "Investigated", None])
            sheet.append([None] + titles)
            sheet.merge_cells("A4:A5")
            sheet.merge_cells("B4:D4")
            sheet.merge_cells("F4:G4")
        else:
            sheet.append(["Authority\nName"] + titles)

        def show(field, value):
            if value is None:
                return "-"
            return value / 100 if is_rate(field) else value

        for line in body(table, rows, show):
            sheet.append(line)
        for column, field in enumerate(fields, start=2):
            if is_rate(field):
                for (cell,) in sheet.iter_rows(min_col=column, max_col=column, min_row=6):
                    cell.number_format = "0%"
    book.save(path)


def write_csv(folder: Path, rows: dict, encoding: str, delimiter: str, percent: str) -> None:
    folder.mkdir(exist_ok=True)
    for number, (table, (titles, fields)) in enumerate(TABLES.items(), start=1):
        with open(folder / f"{number}-Complaints-{table.capitalize()}-24-25.csv", "w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow([f"Complaints {table}, {YEAR}"] + [""] * len(fields))
            writer.writerow([])
            writer.writerow(["Authority Name"] + titles)
            for line in body(table, rows, lambda field, value: "N/A" if value is None else
                             f"{value}{percent}" if is_rate(field) else value):
                writer.writerow(line)


def write_expected(path: Path, rows: dict) -> None:
    fields = sorted({field for row in rows.values() for field in row if not field.startswith("~")})
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["authority", "year"] + fields)
        for name, row in sorted(rows.items()):
            if name not in OTHERS:
                writer.writerow([name.rstrip("*"), YEAR] + ["" if row[field] is None else row[field] for field in fields])


def main() -> None:
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice is needed: apt-get install libreoffice-calc-nogui")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    dice = random.Random(20)
    rows = {name: invent(name, dice) for name in COUNCILS + OTHERS}
    write_openpyxl(OUTPUT / "openpyxl.xlsx", rows)
    write_csv(OUTPUT / "plain", rows, "utf-8", ",", "%")
    write_csv(OUTPUT / "semicolons", rows, "utf-8-sig", ";", "")
    write_csv(OUTPUT / "windows", rows, "cp1252", ",", " %")
    write_expected(OUTPUT / "expected.csv", rows)
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("ods", "xlsx"):
            subprocess.run([office, "--headless", "--convert-to", kind, "--outdir", folder, OUTPUT / "openpyxl.xlsx"], check=True)
            shutil.copy(Path(folder) / f"openpyxl.{kind}", OUTPUT / f"libreoffice.{kind}")


main()
