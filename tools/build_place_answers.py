"""Writes tests/fixtures/places-sample.csv: 500 places of data/places.csv, spread over England, with the councils that shapely
finds there today in assets/boundaries.geojson."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from shapely.geometry import Point, shape
from shapely.strtree import STRtree

REPOSITORY = Path(__file__).resolve().parent.parent
SIZE = 500
OUTPUT = REPOSITORY / "tests" / "fixtures" / "places-sample.csv"


def main() -> None:
    with open(REPOSITORY / "data" / "authorities.csv", encoding="utf-8", newline="") as file:
        slugs = {row["code"]: row["slug"] for row in csv.DictReader(file)}
    with open(REPOSITORY / "assets" / "boundaries.geojson", encoding="utf-8") as file:
        features = [one for one in json.load(file)["features"] if one["properties"].get("valid_to") is None]
    codes = [one["properties"]["code"] for one in features]
    areas = [shape(one["geometry"]) for one in features]
    tree = STRtree(areas)

    def councils(row: dict[str, str]) -> list[str]:
        point = Point(float(row["longitude"]), float(row["latitude"]))
        found = [codes[index] for index in tree.query(point, predicate="within")]
        # Districts (E07) before counties (E10): the order of their codes.
        return [slugs[code] for code in sorted(found)]

    with open(REPOSITORY / "data" / "places.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # From south to north, then each so-and-so-many-th: no part of England is left out.
    rows.sort(key=lambda row: (float(row["latitude"]), float(row["longitude"])))
    sample = [rows[index * len(rows) // SIZE] for index in range(SIZE)]
    with open(OUTPUT, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "latitude", "longitude", "councils"])
        for row in sorted(sample, key=lambda row: (row["name"], row["latitude"])):
            writer.writerow([row["name"], row["latitude"], row["longitude"], "|".join(councils(row))])
    print(f"{OUTPUT.relative_to(REPOSITORY)}: {SIZE} of {len(rows):,} places")


if __name__ == "__main__":
    main()
