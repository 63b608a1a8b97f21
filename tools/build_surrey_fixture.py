"""The release of a coming day for a test: tests/fixtures/surrey-2027/.

    python3 tools/build_surrey_fixture.py

From 1 April 2027 East and West Surrey replace Surrey County Council and its eleven districts (Surrey (Structural Changes)
Order 2026). The codes of the two are stand-ins, since none are assigned yet. Their outlines are those that the program
carries for the districts, put together: an edge that two districts share is no outline of both. Their residents are those of the
districts, added up. Only the standard library.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests" / "fixtures" / "surrey-2027"
DAY = "2027-04-01"
COUNTY = "E10000030"
NEW = {
    "E06000067": ("east-surrey-council", "East Surrey", ["Elmbridge", "Epsom and Ewell", "Mole Valley", "Reigate and Banstead", "Tandridge"]),
    "E06000068": ("west-surrey-council", "West Surrey", ["Guildford", "Runnymede", "Spelthorne", "Surrey Heath", "Waverley", "Woking"]),
}
POSTCODES = 10


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with open(ROOT / "data" / "authorities.csv", newline="", encoding="utf-8") as file:
        register = {row["code"]: row for row in csv.DictReader(file)}
    districts = {row["name"]: row for row in register.values() if row["county_code"] == COUNTY}
    successor = {districts[name]["code"]: code for code, (_, _, names) in NEW.items() for name in names}
    assert set(successor) == {row["code"] for row in districts.values()}
    columns = [name for name in next(iter(register.values())) if name not in ("former_names", "population_mid_2020")]
    with open(OUT / "authorities.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerow(register[COUNTY] | {"active_to": DAY, "successor_codes": "|".join(NEW)})
        for code, new in successor.items():
            table.writerow(register[code] | {"active_to": DAY, "successor_codes": new})
        for code, (slug, name, _) in NEW.items():
            table.writerow({"code": code, "slug": slug, "name": name, "official_name": f"{name} Council", "kind": "unitary",
                            "region": "South East", "active_from": DAY})
    features = json.loads((ROOT / "assets" / "boundaries.geojson").read_text())["features"]
    shapes = {one["properties"]["code"]: one["geometry"] for one in features}
    merged = [{"type": "Feature", "properties": {"code": new, "valid_from": DAY},
               "geometry": union([shapes[code] for code, of in successor.items() if of == new])} for new in NEW]
    (OUT / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": merged}, separators=(",", ":")) + "\n")
    with open(ROOT / "tests" / "fixtures" / "postcodes-sample.csv", newline="", encoding="utf-8") as file:
        sample = list(csv.DictReader(file))
    with open(OUT / "postcodes.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["pcds", "lad27cd"])
        for new in NEW:
            of_new = [row["postcode"] for row in sample if successor.get(row["lad_code"]) == new]
            table.writerows([postcode, new] for postcode in of_new[:POSTCODES])
            print(new, len(of_new), "postcodes in the sample")
    with open(ROOT / "data" / "population-census-2021.csv", newline="", encoding="utf-8") as file:
        residents = {row["authority"]: int(row["population"]) for row in csv.DictReader(file)}
    with open(OUT / "population.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["authority", "year", "population"])
        table.writerows([new, 2021, sum(residents[code] for code, of in successor.items() if of == new)] for new in NEW)


def union(geometries: list[dict]) -> dict:
    """One outline around areas that share edges exactly."""
    rings = [ring for one in geometries for polygon in ([one["coordinates"]] if one["type"] == "Polygon" else one["coordinates"]) for ring in polygon]
    edges: dict[tuple, list] = {}
    left = {(tuple(a), tuple(b)) for ring in rings for a, b in zip(ring, ring[1:])}
    for a, b in sorted(left):
        if (b, a) not in left:
            edges.setdefault(a, []).append(b)
    polygons = []
    while edges:
        start = min(edges)
        ring = [start]
        while (ends := edges.get(ring[-1])):
            ring.append(ends.pop())
            if not edges[ring[-2]]:
                del edges[ring[-2]]
            if ring[-1] == start:
                break
        polygons.append(ring)
    outer = [ring for ring in polygons if area(ring) > 0]
    assert all(area(ring) > 0 for ring in polygons), "a hole: give it to the ring around it"
    coordinates = [[ring] for ring in sorted(outer, key=area, reverse=True)]
    return {"type": "Polygon", "coordinates": coordinates[0]} if len(coordinates) == 1 else {"type": "MultiPolygon", "coordinates": coordinates}


def area(ring: list[tuple]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


if __name__ == "__main__":
    main()
