"""Checks assets/boundaries.geojson, alone and against an official file.

    python tools/check_boundaries.py [--boundaries FILE] [--official FILE --on 2022-06-01]

Alone: RFC 7946 (members, closed rings, outer rings anticlockwise), rings that cross themselves, one boundary for each
code and day, and for each tier and each day on which something changes: overlaps, gaps, and edges that do not match.
Against an official file (GeoJSON in degrees): councils that either file lacks, and intersection over union of the
rest. Fails when the file itself is unsound; how close it comes to the official lines is only reported.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np
import pyproj
import shapely
from shapely.geometry import shape

ASSET = Path(__file__).resolve().parent.parent / "assets" / "boundaries.geojson"
CODE = re.compile(r"code|areacd|lad\d\dcd|ctyua\d\dcd", re.IGNORECASE)
MEMBERS = {"type", "id", "properties", "geometry", "bbox"}
TIERS = {"district services": "E10", "county services": "E07"}
# Rounding to 4 decimals moves a point by up to 8 m; anything smaller than this is no area.
SLIVER_SQUARE_METRES = 100.0
TO_GRID = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)


def read(file: Path) -> list[dict]:
    collection = json.loads(file.read_text(encoding="utf-8-sig"))
    if collection.get("type") != "FeatureCollection":
        sys.exit(f"{file.name} is no FeatureCollection")
    return collection["features"]


def code_of(feature: dict) -> str:
    return next((value for key, value in feature["properties"].items() if CODE.fullmatch(key)), "")


def in_force(feature: dict, day: str) -> bool:
    properties = feature["properties"]
    return (properties.get("valid_from") or "") <= day < (properties.get("valid_to") or "9999")


def in_metres(feature: dict) -> shapely.Geometry:
    return shapely.transform(shape(feature["geometry"]), lambda at: np.c_[TO_GRID.transform(at[:, 0], at[:, 1])])


def rings(feature: dict) -> list[tuple[bool, list]]:
    """(is it a hole?, positions)"""
    coordinates = feature["geometry"]["coordinates"]
    polygons = [coordinates] if feature["geometry"]["type"] == "Polygon" else coordinates
    return [(number > 0, ring) for polygon in polygons for number, ring in enumerate(polygon)]


def form_problems(features: list[dict]) -> list[str]:
    found = []
    for feature in features:
        code = code_of(feature)
        if not re.fullmatch(r"E\d{8}", code):
            found.append(f"a feature has the code {code!r}")
        if feature.get("type") != "Feature" or set(feature) - MEMBERS:
            found.append(f"{code}: members {sorted(feature)}")
        for hole, ring in rings(feature):
            if len(ring) < 4 or ring[0] != ring[-1]:
                found.append(f"{code}: a ring of {len(ring)} points that is not closed")
            elif shapely.is_ccw(shapely.LinearRing(ring)) == hole:
                found.append(f"{code}: a {'hole' if hole else 'ring'} runs the wrong way")
        area = shape(feature["geometry"])
        if not area.is_valid:
            found.append(f"{code}: {shapely.is_valid_reason(area)}")
    return found


def tier_problems(features: list[dict], tier: str, day: str) -> list[str]:
    other = TIERS[tier]
    chosen = [f for f in features if in_force(f, day) and not code_of(f).startswith(other)]
    codes = [code_of(f) for f in chosen]
    found = [f"{code} has two boundaries" for code in sorted({c for c in codes if codes.count(c) > 1})]
    areas = np.array([shape(f["geometry"]) for f in chosen])
    metres = np.array([in_metres(f) for f in chosen])
    i, j = shapely.STRtree(metres).query(metres, predicate="intersects")
    i, j = i[i < j], j[i < j]
    common = shapely.area(shapely.intersection(metres[i], metres[j]))
    found += [
        f"{codes[a]} and {codes[b]} overlap by {size:.0f} square metres"
        for a, b, size in zip(i, j, common)
        if size > SLIVER_SQUARE_METRES
    ]
    edges = shapely.coverage_invalid_edges(areas)
    found += [f"{code}: edges do not match its neighbours'" for code, edge in zip(codes, edges) if not edge.is_empty]
    union = shapely.union_all(metres)
    holes = [shapely.Polygon(hole) for part in shapely.get_parts(union) for hole in part.interiors]
    print(
        f"{tier} on {day}: {len(chosen)} councils, {union.area / 1e6:,.0f} km², gaps: {len(holes)} "
        f"({sum(hole.area for hole in holes) / 1e6:,.0f} km² of enclosed water or of councils without a boundary)"
    )
    return [f"{tier} on {day}: {problem}" for problem in found]


def compare(features: list[dict], official: list[dict], day: str) -> None:
    ours = {code_of(f): in_metres(f) for f in features if in_force(f, day)}
    theirs = {code_of(f): shapely.make_valid(in_metres(f)) for f in official if code_of(f).startswith("E")}
    tiers = {code[:3] for code in theirs}
    print("missing here:", ", ".join(sorted(theirs.keys() - ours.keys())) or "none")
    print("missing there:", ", ".join(sorted(c for c in ours.keys() - theirs.keys() if c[:3] in tiers)) or "none")
    both = sorted(ours.keys() & theirs.keys())
    share = {c: ours[c].intersection(theirs[c]).area / ours[c].union(theirs[c]).area for c in both}
    values = np.array(list(share.values()))
    print(f"intersection over union of {len(both)}: median {np.median(values):.3f}, lowest 5% {np.quantile(values, 0.05):.3f}")
    print("lowest:", ", ".join(f"{c} {share[c]:.3f}" for c in sorted(share, key=share.__getitem__)[:5]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boundaries", type=Path, default=ASSET)
    parser.add_argument("--official", type=Path, help="an official file in degrees; stays outside the project")
    parser.add_argument("--on", default="2025-06-01", help="the day to compare for")
    arguments = parser.parse_args()

    features = read(arguments.boundaries)
    problems = form_problems(features)
    changes = {f["properties"][key] for f in features for key in ("valid_from", "valid_to") if f["properties"].get(key)}
    for tier in TIERS:
        for day in sorted(changes | {arguments.on}):
            problems += tier_problems(features, tier, day)
    if arguments.official:
        compare(features, read(arguments.official), arguments.on)
    print("\n".join(problems) or f"{len(features)} features, no problem")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
