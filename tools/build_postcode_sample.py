"""Writes tests/fixtures/postcodes-sample.csv: 2,000 English postcodes with their council and position in WGS84."""

from __future__ import annotations

import csv
import random

from pyproj import Transformer

from postcode_directory import REPOSITORY, rows

SEED = 20_260_101
SIZE = 2_000
OUTPUT = REPOSITORY / "tests" / "fixtures" / "postcodes-sample.csv"


def main() -> None:
    english = sorted(
        (row.postcode, row.council, row.easting, row.northing)
        for row in rows()
        if row.council is not None and row.council.startswith("E") and row.easting is not None
    )
    sample = sorted(random.Random(SEED).sample(english, SIZE))
    to_wgs84 = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    with open(OUTPUT, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["postcode", "lad_code", "latitude", "longitude"])
        for postcode, council, easting, northing in sample:
            longitude, latitude = to_wgs84.transform(easting, northing)
            writer.writerow([postcode, council, f"{latitude:.6f}", f"{longitude:.6f}"])
    print(f"{OUTPUT.relative_to(REPOSITORY)}: {SIZE:,} of {len(english):,} English postcodes")


if __name__ == "__main__":
    main()
