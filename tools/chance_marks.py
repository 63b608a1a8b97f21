"""Counts what the pages mark in a demonstration without true differences, and what chance alone allows.

    python3 tools/chance_marks.py --program target/release/council-map

Makes a demonstration in which every council has the true rates of its kind (`council-map demo --alike`), serves it and
reads /rankings.json for every measure and year and /signs.json for every year. Marks of one measure are rare and
independent between councils, so their number is spread no wider than a Poisson count around the number that the pages
themselves give for chance; more than that in one case of 1,000, over all measures together, fails. Marks of several
measures of one council go together, so the line of all of them is for reading. Then it reads every page of the sitemap for
words that would make a league of councils.
"""

from __future__ import annotations

import html
import math
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from checked_sites import arguments, fetched, json_of, run, served

CLEAR = ("higher", "lower")
# A top-up fee is none, and neither is what says so itself.
LEAGUE = re.compile(r"\b(best|worst|(?<!no )league|winners?|losers?|top(?!-up)|bottom|leaderboard)\b", re.I)
POSSIBLE = ("possibly-higher", "possibly-lower")


def most(mean: float, share: float) -> int:
    """The smallest count that a Poisson number with this mean passes in less than `share` of cases."""
    count, chance = 0, math.exp(-mean)
    below = chance
    while 1 - below > share:
        count += 1
        chance *= mean / count
        below += chance
    return count


def leagues(address: str) -> int:
    """How many pages of the sitemap say best or worst."""
    read, found = 0, 0
    parts = [fetched(f"{address}/sitemap.xml").decode()]
    for text in parts:
        for place in re.findall(r"<loc>([^<]+)</loc>", text):
            parsed = urlsplit(html.unescape(place))
            body = fetched(f"{address}{parsed.path}{'?' + parsed.query if parsed.query else ''}").decode()
            if parsed.path.endswith(".xml"):
                parts.append(body)
                continue
            read += 1
            words = html.unescape(re.sub(r"<[^>]*>", " ", body))
            if said := LEAGUE.search(words):
                found += 1
                print(f"{parsed.path}: … {' '.join(words[max(0, said.start() - 60):said.end() + 60].split())} …")
    print(f"{read} pages read, {found} speak of best or worst")
    return found


def main() -> int:
    options = arguments(__doc__)
    options.add_argument("--seed", type=int, default=1, help="another number makes another demonstration")
    wanted = options.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="council-map-alike-") as folder:
        data = Path(folder) / "alike"
        run(wanted.program, "demo", "--alike", "--seed", wanted.seed, "--decisions", wanted.decisions, "--data", data)
        with served(wanted.program.resolve(), data) as address:
            description = json_of(f"{address}/openapi.json")
            parameters = description["paths"]["/rankings"]["get"]["parameters"]
            values = {one["name"]: one["schema"].get("enum", []) for one in parameters}
            years = [one["year"] for one in json_of(f"{address}/subjects/housing.json")["england"]]
            total = [0, 0.0]
            for measure in filter(None, values["measure"]):
                compared, clear, marked, by_chance = 0, 0, 0, 0.0
                for year in years:
                    answer = json_of(f"{address}/rankings.json?measure={measure}&year={year}")
                    counts = answer["counts"]
                    compared += answer["compared"]
                    by_chance += answer["by_chance"]
                    clear += sum(counts.get(one, 0) for one in CLEAR)
                    marked += sum(counts.get(one, 0) for one in CLEAR + POSSIBLE)
                limit = most(by_chance, 0.001 / len(values["measure"]))
                wrong += marked > limit
                total = [total[0] + marked, total[1] + by_chance]
                print(f"{measure:75} {compared:5} compared {marked:4} marked ({clear} clearly), by chance {by_chance:6.1f}, at most {limit}")
            for year in years:
                for sign, count in json_of(f"{address}/signs.json?year={year}")["counts"].items():
                    if count["by_chance"] > 0:
                        limit = most(count["by_chance"], 0.001 / (5 * len(years)))
                        wrong += count["signs"] > limit
                        print(f"{year} sign {sign:20} {count['signs']:4}, by chance {count['by_chance']:6.1f}, at most {limit}")
            wrong += leagues(address)
            print(f"{total[0]} marks on all pages, {total[1]:.1f} by chance")
    print(f"{wrong} are more than chance allows" if wrong else "nothing is marked more often than chance allows")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
