"""Exports sites, restores them into empty directories, and compares every page, twin and download of both.

    python3 tools/check_round_trip.py --program target/release/council-map

Every address of /openapi.json is asked for with every council, code, decision and letter there is; those that are
nobody's alone with every year, and with --every-year those of councils too, which takes minutes. What may differ, and nothing else: names of releases and files, sheets and rows in
them, the version, and the log of earlier corrections. Needs nothing but Python 3.11.
"""

from __future__ import annotations

import concurrent.futures
import csv
import http.client
import io
import json
import re
import sys
import zipfile
from xml.etree import ElementTree

from checked_sites import arguments, fetched, json_of, run, served, sites

# Names of releases and files, rows in them, and the version.
ASIDE = {"release", "file", "sheet", "row", "sha256", "id", "version"}
# The file that is served has a form of its own; the log of changes begins anew; the description names no data; a change of the map
# holds parts of its page, which is compared; the list of files has the size of the served one.
NOT_COMPARED = {"/data/council-map.sqlite", "/map/switch.json", "/version", "/health", "/ready", "/assets/{name}", "/changes", "/changes.json",
                "/changes.csv", "/data/changes.csv", "/data", "/data.json", "/sitemap-{part}.xml"}
READERS = 4


def main() -> int:
    wanted = arguments(__doc__)
    wanted.add_argument("--every-year", action="store_true", help="each council's pages of each year too")
    wanted.add_argument("--one-in", type=int, default=1, help="the pages of one council in so many")
    options = wanted.parse_args()
    different = 0
    with sites(options) as made:
        for name, data in made:
            out, copy = data.with_name(f"{name}-export"), data.with_name(f"{name}-copy")
            run(options.program, "export", "--out", out, "--data", data)
            run(options.program, "restore", out, "--data", copy)
            with served(options.program, data) as old, served(options.program, copy) as new:
                different += compare(name, old, new, options)
    print(f"{different} addresses differ" if different else "restored sites are the same")
    return 1 if different else 0


def compare(name: str, old: str, new: str, options) -> int:
    addresses = all_addresses(old, options.every_year, options.one_in)
    sides = [(address, json_of(f"{address}/version")["data"]["id"]) for address in (old, new)]
    with concurrent.futures.ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(lambda at: differences(addresses[at::READERS], sides), range(READERS)))
    asked, answered, different = (sum((part[at] for part in found), start) for at, start in ((0, 0), (1, 0), (2, [])))
    # A site whose every address is missing is the same as another one of that kind.
    fine = not different and answered > 2000 / options.one_in
    print(f"{'ok' if fine else 'WRONG':6} {name}: {asked} addresses, {answered} with an answer, {len(different)} differ")
    for line in different[:20]:
        print(f"    {line}")
    return len(different) or (0 if fine else 1)


def all_addresses(site: str, every_year: bool, one_in: int) -> list[str]:
    """Every path of the description with every value of its parts, or those of one council in so many."""
    addresses, councils = filled_paths(site, every_year, one_in)
    slugs = [one["slug"] for one in councils]
    pairs = [f"c={a}&c={b}" for a, b in zip(slugs[::25], slugs[1::25])]
    compared = {f"/compare{form}?{pair}" for form in ("", ".json", ".csv", ".xlsx") for pair in pairs}
    filled = (one for path, all_of_path in addresses.items() if path not in NOT_COMPARED for one in all_of_path)
    return sorted({*filled, *compared} - NOT_COMPARED)


def filled_paths(site: str, every_year: bool, one_in: int) -> tuple[dict[str, list[str]], list[dict]]:
    """The addresses of each path of the description, and the councils whose addresses they are."""
    described = json_of(f"{site}/openapi.json")["paths"]
    councils = json_of(f"{site}/councils.json?former=yes")["councils"][::one_in]
    listed = sitemap(site)
    years = next(one["schema"]["enum"] for one in described["/national"]["get"]["parameters"] if one["name"] == "year")
    tables = next(one["schema"]["enum"] for one in described["/data/{name}.csv"]["get"]["parameters"])
    slugs = [{"slug": one["slug"]} for one in councils]
    values = {
        (): [{}],
        ("slug",): slugs,
        ("code",): [{"code": one["code"]} for one in councils],
        ("name",): [{"name": name} for name in tables],
        ("reference",): [{"reference": part} for part in re.findall(r"/decisions/([^/\n]+)", listed)],
        ("area",): [{"area": area} for area in re.findall(r"/areas/([^/\n]+)", listed)],
        ("region",): [{"region": region} for region in re.findall(r"/regions/([^/\n]+)", listed)],
        ("category",): [{"category": one} for one in re.findall(r"/subjects/([^/\n]+)\n", listed)],
        ("category", "subcategory"): [
            {"category": one, "subcategory": part} for one, part in re.findall(r"/subjects/([^/\n]+)/([^/\n]+)", listed)
        ],
        ("slug", "year"): [{"slug": slug, "year": year} for slug, year in re.findall(r"/councils/([^/\n]+)/letters/([^/\n]+)", listed)],
    }
    addresses = {}
    for path in described:
        if path in ("/assets/{name}", "/sitemap-{part}.xml"):
            continue
        filled = [path.format(**one) for one in values[tuple(re.findall(r"{(\w+)}", path))]]
        if (every_year or "{" not in path) and any(one["name"] == "year" and one["in"] == "query" for one in described[path]["get"]["parameters"]):
            filled += [f"{one}?year={year}" for one in filled for year in years if year]
        addresses[path] = filled
    return addresses, councils


def sitemap(site: str) -> str:
    parts = re.findall(r"<loc>([^<]+)</loc>", fetched(f"{site}/sitemap.xml").decode())
    texts = [fetched(part).decode() if part.endswith(".xml") else f"<loc>{part}</loc>" for part in parts]
    return "\n".join(re.findall(r"<loc>([^<]+)</loc>", "".join(texts)))


def differences(addresses: list[str], sides: list[tuple[str, str]]) -> tuple[int, int, list[str]]:
    connections = [http.client.HTTPConnection(site.removeprefix("http://"), timeout=60) for site, _ in sides]
    answered, different = 0, []
    for address in addresses:
        answers = [masked(ask(connection, address), address, *side) for connection, side in zip(connections, sides)]
        answered += answers[0][0] == 200
        if answers[0] != answers[1]:
            different.append(f"{address}: {first_difference(*answers)}")
    return len(addresses), answered, different


def ask(connection: http.client.HTTPConnection, address: str) -> tuple[int, str, bytes]:
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionError):
        # A connection that waited for the other site for seconds is closed, as HTTP allows.
        connection.close()
        connection.request("GET", address)
        answer = connection.getresponse()
    body = answer.read()
    return answer.status, answer.headers.get("Location") or answer.headers.get("Content-Type") or "", body


def masked(answer: tuple[int, str, bytes], address: str, site: str, version: str) -> tuple[int, str, object]:
    """An answer without what may differ."""
    status, kind, body = answer
    if kind.startswith("application/vnd.openxmlformats"):
        return status, kind, workbook(body, version)
    if kind.startswith("application/pdf"):
        # A pack names its version within what is compressed; its page, which says the same, is compared.
        return status, kind, None if "/pack.pdf" in address else body
    if kind.startswith("image/png"):
        return status, kind, body
    text = body.decode().replace(version, "VERSION").replace(site, "SITE")
    if "json" in kind or address.endswith(".geojson"):
        return status, kind, without(json.loads(text))
    if kind.startswith("text/csv"):
        return status, kind, rows_without(list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))))
    if kind.startswith("text/html"):
        return status, kind, page(text)
    return status, kind.replace(site, "SITE"), text


def without(value: object) -> object:
    if isinstance(value, dict):
        return {name: without(one) for name, one in value.items() if name not in ASIDE}
    return [without(one) for one in value] if isinstance(value, list) else value


def rows_without(rows: list[list[str]]) -> list[list[str]]:
    """Tables of everything are in the order of their releases, so rows are compared without their order."""
    kept = [at for at, name in enumerate(rows[0]) if name not in ASIDE] if rows else []
    return sorted([row[at] if at < len(row) else "" for at in kept] for row in rows)


def page(text: str) -> str:
    """A page without what stands before each link to a release: file, sheet, row."""
    return re.sub(r'[^<>]*<a href="/changes#[^"]*"[^>]*>.*?</a>', "", text)


def workbook(body: bytes, version: str) -> object:
    """Texts of all cells by sheet, without columns that may differ."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        shared = ["".join(one.itertext()) for one in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheets = []
        for name in names:
            rows, aside = [], set()
            for row in ElementTree.fromstring(archive.read(name)).iterfind(".//x:row", space):
                cells = {cell.get("r").rstrip("0123456789"): (cell.get("t"), cell.findtext("x:v", "", space))
                         for cell in row.iterfind("x:c", space)}
                texts = {at: shared[int(value)] if kind == "s" else value for at, (kind, value) in cells.items()}
                aside |= {at for at, text in texts.items() if not rows and text in ASIDE}
                rows.append({at: text for at, text in texts.items() if at not in aside})
            sheets.append(rows)
    return json.loads(json.dumps(sheets).replace(version, "VERSION"))


def first_difference(old: tuple, new: tuple) -> str:
    for what, a, b in zip(("status", "kind", "content"), old, new):
        if a != b:
            a, b = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, default=repr) for one in (a, b))
            a, b = str(a), str(b)
            at = next((at for at, pair in enumerate(zip(a, b)) if pair[0] != pair[1]), min(len(a), len(b)))
            return f"{what}: …{a[max(0, at - 60):at + 90]}… is now …{b[max(0, at - 60):at + 90]}…"
    return "nothing"


if __name__ == "__main__":
    sys.exit(main())
