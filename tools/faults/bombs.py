"""Small files that grow when they are read: each must end with status 1 and a sentence, within a minute and 1 GB."""

from __future__ import annotations

import io
import os
import subprocess
import threading
import time
import zipfile
import zlib
from pathlib import Path
from typing import Callable

from site_under_test import PATIENCE, Base, Finding, seconds

MOST_SECONDS = 60.0
# The reader apart has 1 GB of addresses, so less of memory; the program that waits for it holds the file itself.
MOST_BYTES = 1_000_000_000
# Longer than anybody reads: 200 problems on lines of a terminal.
MOST_SAID = 60_000
LOOKED_AFTER = 0.01

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def bomb(name: str, kind: str, content: Callable[[], bytes], said: str):
    """Imports a file; what is said must hold these words."""

    def run(base: Base, finding: Finding) -> None:
        site = base.copy()
        path = site.data.parent / name
        path.write_bytes(content())
        began = time.monotonic()
        child = subprocess.Popen(site.command("import", kind, path, "--year", "2019-20"), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, cwd=site.data.parent)
        most: list[int] = [0]
        watcher = threading.Thread(target=watch, args=(child, most))
        watcher.start()
        # A killed one is a finding; it must not keep the others waiting.
        ender = threading.Timer(4 * PATIENCE, child.kill)
        ender.start()
        heard = child.stderr.read().decode(errors="replace")
        status = child.wait()
        ender.cancel()
        watcher.join()
        took = time.monotonic() - began
        lines = heard.strip().splitlines()
        first = next((line for line in lines if said in line), lines[0] if lines else "nothing")
        sentence = first.split(": ", 1)[-1]
        finding.saw = f"{path.stat().st_size / 1000:,.0f} kB, status {status}, {most[0] / 1_000_000:,.0f} MB: {sentence[:110]}"
        finding.well = seconds(took)
        finding.need(status == 1, f"status {status}")
        finding.need(said in heard, f"it said {' '.join(heard.split())[:200]}")
        finding.need(len(heard) <= MOST_SAID, f"{len(heard)} bytes were said")
        finding.need(took <= MOST_SECONDS, f"{took:.0f} s")
        finding.need(most[0] <= MOST_BYTES, f"{most[0] / 1_000_000:,.0f} MB of memory")
        path.unlink()

    return run


def watch(child: subprocess.Popen, most: list[int]) -> None:
    """The most memory that the program and what it began had together."""
    while child.poll() is None:
        most[0] = max(most[0], sum(resident(process) for process in family(child.pid)))
        time.sleep(LOOKED_AFTER)


def family(process: int) -> list[int]:
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += family(int(child))
        except OSError:
            continue
    return found


def resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def workbook(rows: bytes, strings: bytes = b"") -> bytes:
    book = '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    return packed({
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r0" Type="{LINK}/officeDocument" '
                       f'Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{LINK}">{book}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{LINK}/worksheet" '
                                      f'Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"><si><t>'.encode() + strings + b"</t></si></sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>",
    })


def shared_string() -> bytes:
    """One text of 1 MB in 12,000 cells: 12 GB."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 12_001))
    return workbook(cells, b"a" * 1_000_000)


def sparse_cells() -> bytes:
    """Two cells in opposite corners: a grid of seventeen thousand million."""
    return workbook(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def sparse_columns() -> bytes:
    """A cell at the right end of each of 500,000 rows, each of which would make a row of a thousand."""
    return workbook(b"".join(b'<row r="%d"><c r="ALL%d"><v>1</v></c></row>' % (row, row) for row in range(1, 500_001)))


def unpacked_sheet() -> bytes:
    return workbook(b" " * 300_000_000)


def ods(table: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
               f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>'
               "</office:document-content>")
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode(),
                   "META-INF/manifest.xml": b"<manifest/>"})


def repeated_cells() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    return ods(f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
               "</table:table>")


def nested_page(open_tag: str, count: int) -> Callable[[], bytes]:
    return lambda: b"<!doctype html><title>a</title><h1>b</h1>" + open_tag.encode() * count


def quoted_letter() -> bytes:
    return b"# Letter\n\n" + b">" * 100_000 + b" a\n"


def wrong_rows(count: int) -> Callable[[], bytes]:
    return lambda: b"authority,year,upheld\n" + b"Nobody,2019-20,7\n" * count


def wrong_decisions() -> bytes:
    return b"reference,authority,type,outcome,category,decision_date\n" + b"x,Nobody,none,none,none,never\n" * 4_000_000


def wrong_lines() -> bytes:
    return b'{"reference":"x","authority":"Nobody"}\n' * 2_000_000


def long_line() -> bytes:
    return b"authority,year," + b"a" * 100_000_000 + b"\n"


def many_points() -> bytes:
    points = ",".join(f"[{-1 + at % 1000 / 1e4:.4f},{52 + at / 1e7:.7f}]" for at in range(1_000_000))
    return ('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"LAD24CD":"E06000015","LAD24NM":"Derby"},'
            f'"geometry":{{"type":"Polygon","coordinates":[[{points},[-1,52]]]}}}}]}}').encode()


def nested_areas() -> bytes:
    return b'{"type":"FeatureCollection","features":' + b"[" * 2_000_000


def pdf(stream: bytes, kids: bytes = b"[3 0 R]") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids " + kids + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /A 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /A 4 0 R >> >> /Filter /FlateDecode "
        b"/Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
    ]
    whole, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return whole + table + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(whole))


def deflated(piece: bytes, count: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(count)), packer.flush()])


def inflated_document() -> bytes:
    return pdf(deflated(b" " * 1_000_000, 2_000))


def drawing_of_itself() -> bytes:
    return pdf(deflated(b"/A Do /A Do\n", 1))


def pages_of_themselves() -> bytes:
    return pdf(deflated(b" ", 1), b"[2 0 R 2 0 R]")


def inflated_letter() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document>" + b" " * 300_000_000})


# The first 200 have been said before it.
CROWD = "more than 10000 problems"
BOMBS = {
    "shared-string": ("one text in 12,000 cells", "bomb.xlsx", "statistics", shared_string, "bomb.xlsx"),
    "sparse-cells": ("cells in the corners of a sheet", "bomb.xlsx", "statistics", sparse_cells, "too large"),
    "sparse-columns": ("500,000 rows of one far cell", "bomb.xlsx", "statistics", sparse_columns, "bomb.xlsx"),
    "unpacked-sheet": ("a sheet that unpacks to 300 MB", "bomb.xlsx", "statistics", unpacked_sheet, "unpacks to more"),
    "repeated-cells": ("a cell repeated 17 billion times", "bomb.ods", "statistics", repeated_cells, "too large"),
    "nested-tables": ("200,000 nested tables", "page.html", "decisions", nested_page("<table><tr><td>", 200_000), "page.html"),
    "nested-blocks": ("1,000,000 nested blocks", "page.html", "decisions", nested_page("<div>", 1_000_000), "page.html"),
    "nested-letter": ("a letter of 200,000 nested tables", "derby-city-council-2019-20.html", "letters",
                      nested_page("<table><tr><td>", 200_000), "derby-city-council-2019-20.html"),
    "quoted-letter": ("100,000 nested quotes of Markdown", "derby-city-council-2019-20.md", "letters", quoted_letter,
                      "derby-city-council-2019-20.md"),
    "wrong-rows": ("four million wrong rows", "rows.csv", "statistics", wrong_rows(4_000_000), CROWD),
    "wrong-decisions": ("four million wrong decisions", "rows.csv", "decisions", wrong_decisions, CROWD),
    "wrong-lines": ("two million wrong lines of JSON", "lines.jsonl", "decisions", wrong_lines, "the column type is missing"),
    "long-line": ("one line of 100 MB", "line.csv", "statistics", long_line, "line.csv"),
    "many-points": ("a boundary of a million points", "areas.geojson", "boundaries", many_points, "areas.geojson"),
    "nested-areas": ("two million nested lists of areas", "areas.geojson", "boundaries", nested_areas, "areas.geojson"),
    "inflated-pdf": ("a page of PDF that unpacks to 2 GB", "derby-city-council-2019-20.pdf", "letters", inflated_document,
                     "derby-city-council-2019-20.pdf"),
    "drawn-in-itself": ("a drawing of PDF that draws itself twice", "derby-city-council-2019-20.pdf", "letters",
                        drawing_of_itself, "derby-city-council-2019-20.pdf"),
    "pages-in-themselves": ("pages of PDF that hold themselves", "derby-city-council-2019-20.pdf", "letters",
                            pages_of_themselves, "derby-city-council-2019-20.pdf"),
    "inflated-letter": ("a letter of Word that unpacks to 300 MB", "derby-city-council-2019-20.docx", "letters",
                        inflated_letter, "derby-city-council-2019-20.docx"),
}
FAULTS = {
    name: (f"bomb: {title}", False, bomb(file, kind, content, said))
    for name, (title, file, kind, content, said) in BOMBS.items()
}
