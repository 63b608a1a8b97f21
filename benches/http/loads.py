"""What is asked for: the loads, the addresses of each, and what they are to reach."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
import sqlite3
import struct
from pathlib import Path
from urllib.parse import urlsplit

from peers import CODINGS, HERE, Nginx, get

# Of a list at most: 10 s of 4,000 answers, and what is spent before.
MOST = 60_000
BROWSER = {"Accept-Encoding": CODINGS}


@dataclasses.dataclass
class Asked:
    """What one server is asked for: one target again and again, or many once each."""

    server: str
    targets: list[str]
    headers: dict[str, str] = dataclasses.field(default_factory=lambda: dict(BROWSER))


@dataclasses.dataclass
class Load:
    name: str
    # The site first, then its peers; the site alone where no peer can do it.
    asked: list[Asked]
    # More than these at once only wait in line; where an answer takes a tenth of a second, all that are under way at the end of a leg
    # are lost to the count.
    connections: int
    # Of the peer's rate at least, and of its 99th percentile at most.
    rate: float | None = None
    p99: float | None = None
    # Seconds of it before the clock runs, and how many of a list are spent on them: files are opened, threads begun.
    before: int = 1

    @property
    def spent(self) -> int:
        """Enough to begin with; in the mixture, to know all that visitors come back to."""
        return 32 if self.before == 1 else MOST // 3


def all_loads(site_port: int, nginx: Nginx, file: Path, hot: dict[str, str]) -> list[Load]:
    """The loads beside peers and alone."""
    loads = [Load(name, [Asked("site", [target]), Asked("nginx", [nginx.addresses[target]])], 32, 0.85 if target == "/" else 0.95, 1.2)
             for name, target in hot.items()]
    home = "/"
    own, peers = (get(port, target, Accept_Encoding=CODINGS)[0].headers["etag"]
                  for port, target in ((site_port, home), (nginx.port, nginx.tagged(home))))
    loads.append(Load("304 of the home page", [
        Asked("site", [home], {**BROWSER, "If-None-Match": own}),
        Asked("nginx", [nginx.tagged(home)], {**BROWSER, "If-None-Match": peers}),
    ], 32, 1.0, 1.2))
    words = searches(file)
    # As many rows as the page of the site has, in the same order, with the number of all found. Suggestions nobody asked for are
    # left out.
    found = "_size=25&_sort_desc=decision_date&_nosuggest=1"
    # The page also counts what was found by outcome, type, category and body, as that of the site does.
    counted = "".join(f"&_facet={name}" for name in ("outcome", "type", "category", "body"))
    # The least that it can be asked for: no counts by anything, and only the columns that the site shows.
    shown = "".join(f"&_col={name}" for name in ("reference", "body", "outcome_label", "subject", "decision_date", "summary"))
    loads += [
        Load("search, page", [
            Asked("site", [f"/decisions?q={one}" for one in words]),
            Asked("datasette", [f"/council-map/readable_decisions?{found}{counted}&_search={one}" for one in words]),
        ], 8, 20),
        Load("search, the peer's least", [
            Asked("site", [f"/decisions.json?q={one}" for one in words]),
            Asked("datasette", [f"/council-map/readable_decisions.json?{found}{shown}&_search={one}" for one in words]),
        ], 8, 20),
    ]
    known = references(file)
    loads.append(Load("decision, first time", [
        Asked("site", [f"/decisions/{one}" for one in known]),
        Asked("datasette", [f"/council-map/readable_decisions.json?_nosuggest=1&_nocount=1&reference={one}" for one in known]),
    ], 8))
    loads.append(Load("CSV of all statistics", [
        Asked("site", ["/data/statistics.csv"], {}),
        # Whole and not in pages of a thousand, which is the faster.
        Asked("datasette", ["/statistics/statistics.csv?_size=max"], {}),
    ], 2, 10))
    loads.append(Load("any page, first time", [Asked("site", sitemap(site_port))], 8))
    loads.append(Load("postcodes", [Asked("site", [f"/find?q={one}" for one in postcodes()])], 8))
    loads.append(Load("mixed", [Asked("site", mixed(site_port, file))], 32, before=5))
    return loads


def growth(file: Path) -> list[Load]:
    """What the number of decisions may slow down, the site alone."""
    return [
        Load("home page", [Asked("site", ["/"])], 32),
        Load("search", [Asked("site", [f"/decisions?q={one}" for one in searches(file)])], 8),
        Load("decision, first time", [Asked("site", [f"/decisions/{one}" for one in references(file)])], 8),
    ]


def hot_targets(site_port: int) -> dict[str, str]:
    style = re.search(rb'href="(/assets/[^"]+\.css)"', get(site_port, "/")[1])[1].decode()
    return {
        "home page": "/",
        "a council": "/councils/derby-city-council",
        "a council in a frame": "/embed/derby-city-council",
        "list of councils, JSON": "/councils.json",
        "map values": "/map/switch.json",
        "style sheet": style,
    }


def rows(file: Path, query: str) -> list[tuple]:
    database = sqlite3.connect(f"file:{file}?immutable=1", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def searches(file: Path) -> list[str]:
    """Pairs of words of the summaries, none twice, so that nothing kept can answer. The same for every server."""
    count: dict[str, int] = {}
    for (summary,) in rows(file, "SELECT summary FROM decisions WHERE summary IS NOT NULL LIMIT 12000"):
        for word in set(re.findall(r"\b[a-z]{4,12}\b", summary)):
            count[word] = count.get(word, 0) + 1
    words = sorted(sorted(count, key=lambda word: (-count[word], word))[:350])
    pairs = [f"{first}+{second}" for first, second in itertools.combinations(words, 2)]
    return shuffled(pairs)


def references(file: Path) -> list[str]:
    return shuffled([reference for (reference,) in rows(file, "SELECT reference FROM decisions")])


def sitemap(site_port: int) -> list[str]:
    """Every page that the site names to search engines."""
    def addresses(target: str) -> list[str]:
        found = re.findall(r"<loc>([^<]+)</loc>", get(site_port, target)[1].decode())
        return [urlsplit(one)._replace(scheme="", netloc="").geturl() for one in found]

    pages = addresses("/sitemap.xml")
    parts = [one for one in pages if one.endswith(".xml")]
    return shuffled([one for one in pages if one not in parts] + [one for part in parts for one in addresses(part)])


def postcodes() -> list[str]:
    """Real ones, of the whole country, from the file that the program carries (its form: tools/build_postcodes.py)."""
    letters, each = "ABDEFGHJLNPQRSTUVWXYZ", 61
    data = (HERE / "../../assets/postcodes.bin").read_bytes()
    start = 8
    start += 2 + struct.unpack_from("<H", data, start)[0]
    start += 2 + 9 * struct.unpack_from("<H", data, start)[0]
    (sectors,) = struct.unpack_from("<I", data, start)
    found = []
    for place in range(start + 4, start + 4 + sectors * each, each):
        outward, digit = data[place:place + 4].decode().strip(), chr(data[place + 4])
        bits = int.from_bytes(data[place + 5:place + each], "little")
        units = [unit for unit in range(len(letters) ** 2) if bits >> unit & 1]
        found += [f"{outward}+{digit}{letters[unit // 21]}{letters[unit % 21]}" for unit in units[::9]]
    return shuffled(found)


# Of a hundred answers. Nobody has counted visitors yet: this is what one might guess who has seen such sites.
VISITS = {
    "home": 15,         # the home page
    "map values": 15,   # a choice on it: measure and year
    "council": 30,      # a council's page, some far more than others
    "find": 12,         # a postcode, a new one each time
    "search": 12,       # two words, new ones each time
    "decision": 14,     # a decision's page, any of them
    "download": 2,      # a table
}


def mixed(site_port: int, file: Path) -> list[str]:
    dice = random.Random(3)
    slugs = shuffled([slug for (slug,) in rows(file, "SELECT slug FROM councils") if slug])
    zipf = list(itertools.accumulate(1 / rank for rank in range(1, len(slugs) + 1)))
    years = ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]
    measures = ["upheld", "compliance", "satisfactory-remedies", "upheld-per-100k", "late-compliance", "received-per-100k"]
    found, asked, known = itertools.cycle(postcodes()), itertools.cycle(searches(file)), references(file)
    make = {
        "home": lambda: "/",
        "map values": lambda: f"/map/switch.json?measure={dice.choice(measures)}&year={dice.choice(years)}",
        "council": lambda: f"/councils/{dice.choices(slugs, cum_weights=zipf)[0]}",
        "find": lambda: f"/find?q={next(found)}",
        "search": lambda: f"/decisions?q={next(asked)}",
        "decision": lambda: f"/decisions/{dice.choice(known)}",
        "download": lambda: dice.choice(["/data/statistics.csv", "/data/improvements.csv", "/councils.csv", "/national.csv"]),
    }
    kinds = dice.choices(list(VISITS), list(VISITS.values()), k=MOST)
    return [make[kind]() for kind in kinds]


def shuffled(values: list[str]) -> list[str]:
    """In an order that is the same each time, and not more than a leg needs."""
    values = sorted(values)
    random.Random(1).shuffle(values)
    return values[:MOST]
