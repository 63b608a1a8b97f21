"""Lays out England's councils as equal hexagons: assets/boundaries.geojson to assets/hexagons.json.

1. The outlines are stretched until every council has the same area (Dougenik, Chrisman and Niemeyer 1985), which
   makes room for London and keeps neighbours together.
2. A grid of hexagons of that area is laid over the stretched country; the councils are dealt to its cells by the
   assignment with the least squared distance, cells outside the country costing extra. The best of 36 positions of
   the grid is kept.
3. Councils trade cells, and move to free ones beside the country, as long as that brings true neighbours closer,
   those of the same county first (annealing with a fixed seed). Islands stay near the closest coast, one cell of sea
   between.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from pyproj import Transformer
from scipy.optimize import linear_sum_assignment

from postcode_directory import REPOSITORY, current_councils

SEED = 20_260_101
SIMPLIFY_METRES = 1_500
STRETCHES = 60
GRID_POSITIONS = 6
TRADES = 600_000
# Costs, in squared cell widths: a cell that is all sea; a step between neighbours; drifting from the stretched place; leaving
# a cell that is all land free.
OUTSIDE = 1.5
NEIGHBOUR, SAME_COUNTY, SAME_REGION = 1.0, 2.0, 0.75
DRIFT, ISLAND_DRIFT = 0.25, 1.5
HOLE = 6.0
ACROSS_THE_SEA = 1.0
SCILLY, CORNWALL = "E06000053", "E06000052"
TIERS = {"lower": 296, "county": 153}


def in_tier(kind: str, tier: str) -> bool:
    return kind != ("county" if tier == "lower" else "district")


class Tier:
    """The councils of one tier with their outlines in the British National Grid, and who borders whom."""

    def __init__(self, name: str, features: dict[str, shapely.Geometry], register: dict[str, dict[str, str]]):
        self.codes = sorted(code for code in features if in_tier(register[code]["kind"], name))
        if len(self.codes) != TIERS[name]:
            raise SystemExit(f"{name}: {len(self.codes)} councils have an outline, expected {TIERS[name]}")
        self.shapes = np.array([features[code] for code in self.codes])
        self.borders = self._borders()
        self.ferries = self._ferries()
        self.weights = {pair: self._weight(register, *pair) for pair in self.borders}

    def _borders(self) -> list[tuple[int, int]]:
        tree = shapely.STRtree(self.shapes)
        left, right = tree.query(self.shapes, predicate="intersects")
        pairs = sorted({(int(a), int(b)) for a, b in zip(left, right) if a < b})
        return [(a, b) for a, b in pairs if shapely.intersection(self.shapes[a], self.shapes[b]).length > 0]

    def _ferries(self) -> list[tuple[int, int]]:
        """Each council without a border, with the closest other."""
        bordered = {council for pair in self.borders for council in pair}
        alone = [council for council in range(len(self.codes)) if council not in bordered]
        return [
            (council, int(np.argsort(shapely.distance(self.shapes, self.shapes[council]), kind="stable")[1]))
            for council in alone
        ]

    def _weight(self, register: dict[str, dict[str, str]], a: int, b: int) -> float:
        first, second = register[self.codes[a]], register[self.codes[b]]
        weight = NEIGHBOUR
        if first["county_code"] and first["county_code"] == second["county_code"]:
            weight += SAME_COUNTY
        if first["region"] == second["region"]:
            weight += SAME_REGION
        return weight


def stretched(tier: Tier) -> np.ndarray:
    """The outlines with equal areas. One pass moves every corner away from small councils and towards large ones."""
    simple = shapely.coverage_simplify(tier.shapes, SIMPLIFY_METRES)
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in simple]
    shapes = np.array([shapely.Polygon(part.exterior) for part in largest])
    wanted = shapely.area(shapes).sum() / len(shapes)
    for _ in range(STRETCHES):
        areas = np.abs(shapely.area(shapes))
        centres = shapely.get_coordinates(shapely.centroid(shapes))
        radii = np.sqrt(areas / math.pi)
        mass = math.sqrt(wanted / math.pi) - radii
        error = np.mean(np.maximum(areas, wanted) / np.minimum(areas, wanted))
        points, index = np.unique(shapely.get_coordinates(shapes), axis=0, return_inverse=True)
        away = points[:, None, :] - centres[None, :, :]
        distance = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1.0)
        inside = distance / radii
        force = np.where(inside > 1, mass / inside, mass * inside**2 * (4 - 3 * inside))
        moved = points + ((force / distance)[..., None] * away).sum(axis=1) / (1 + error)
        shapes = shapely.set_coordinates(shapes, moved[index.ravel()])
    return shapes


def grid(shapes: np.ndarray, width: float, shift: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Cells as (q, r) in odd-r offset coordinates, r downwards, and their centres; two cells of margin all round."""
    west, south, east, north = shapely.total_bounds(shapes)
    height = width * math.sqrt(3) / 2
    columns = math.ceil((east - west) / width) + 5
    rows = math.ceil((north - south) / height) + 5
    cells = np.array([(q, r) for r in range(rows) for q in range(columns)])
    x = west + width * (cells[:, 0] + 0.5 * (cells[:, 1] % 2) - 2 + shift[0])
    y = north - height * (cells[:, 1] - 2 + shift[1])
    return cells, np.column_stack([x, y])


def cover(country: shapely.Geometry, centres: np.ndarray, width: float) -> np.ndarray:
    """The share of each hexagon that is land."""
    corner = np.array([(math.sin(math.pi / 3 * k), math.cos(math.pi / 3 * k)) for k in range(6)]) * width / math.sqrt(3)
    hexagons = shapely.polygons(centres[:, None, :] + corner[None, :, :])
    return shapely.area(shapely.intersection(hexagons, country)) / shapely.area(hexagons)


class Start(NamedTuple):
    """The best position of the grid: the country's cells and the free ones around them."""

    cells: np.ndarray
    # The cell that each council starts in.
    dealt: np.ndarray
    # Squared cell widths from each council's own place to each cell, and the price of each cell's sea.
    away: np.ndarray
    sea: np.ndarray


def deal(shapes: np.ndarray) -> Start:
    country = shapely.union_all(shapely.make_valid(shapes))
    width = math.sqrt(country.area / len(shapes) / (math.sqrt(3) / 2))
    places = shapely.get_coordinates(shapely.centroid(shapes))
    best, least = None, math.inf
    for step_x in range(GRID_POSITIONS):
        for step_y in range(GRID_POSITIONS):
            cells, centres = grid(shapes, width, (step_x / GRID_POSITIONS, 2 * step_y / GRID_POSITIONS))
            away = ((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2) / width**2
            sea = OUTSIDE * (1 - cover(country, centres, width))
            councils, chosen = linear_sum_assignment(away + sea)
            total = (away + sea)[councils, chosen].sum()
            if total < least - 1e-9:
                kept = np.flatnonzero(steps(cells)[:, chosen].min(axis=1) <= 3)
                best, least = Start(cells[kept], np.searchsorted(kept, chosen), away[:, kept], sea[kept]), total
    return best


def steps(cells: np.ndarray) -> np.ndarray:
    """Distance between each two cells, in steps from hexagon to hexagon."""
    q = cells[:, 0] - (cells[:, 1] - cells[:, 1] % 2) // 2
    r = cells[:, 1]
    dq, dr = q[:, None] - q[None, :], r[:, None] - r[None, :]
    return (np.abs(dq) + np.abs(dr) + np.abs(dq + dr)) // 2


def trade(tier: Tier, start: Start) -> np.ndarray:
    """Swaps the holders of nearby cells while it pays, at first also when it does not quite. Returns everyone's cell.

    A free cell is held by nobody's council: a number beyond the last, without borders, which is at home wherever there is sea.
    """
    apart = steps(start.cells)
    price = (np.maximum(apart - 1, 0) ** 1.5).tolist()
    crossing = np.abs(apart - 2.0).tolist()
    free = np.setdiff1d(np.arange(len(start.cells)), start.dealt)
    friends: list[list[tuple[int, float, list[list[float]]]]] = [[] for _ in start.cells]
    ties = [(pair, weight, price) for pair, weight in tier.weights.items()]
    for (a, b), weight, prices in ties + [(pair, ACROSS_THE_SEA, crossing) for pair in tier.ferries]:
        friends[a].append((b, weight, prices))
        friends[b].append((a, weight, prices))
    holes = (HOLE * (1 - start.sea / OUTSIDE) ** 4).tolist()
    # Nothing but its own place keeps an island out of the land.
    hold = np.full((len(tier.codes), 1), DRIFT)
    hold[[island for island, _ in tier.ferries]] = ISLAND_DRIFT
    home = (hold * start.away + start.sea).tolist() + [holes] * len(free)
    place = [int(cell) for cell in start.dealt] + [int(cell) for cell in free]
    holder = [0] * len(place)
    for council, cell in enumerate(place):
        holder[cell] = council
    near = [[int(other) for other in np.flatnonzero((row > 0) & (row <= 3))] for row in apart]

    def cost(council: int, other: int) -> float:
        cell = place[council]
        total = home[council][cell]
        for friend, weight, prices in friends[council]:
            # A border between the two that trade is the same before and after.
            if friend != other:
                total += weight * prices[cell][place[friend]]
        return total

    def swap(a: int, b: int) -> None:
        place[a], place[b] = place[b], place[a]
        holder[place[a]], holder[place[b]] = a, b

    chance = random.Random(SEED)
    for trial in range(TRADES):
        heat = 1.5 * (1 - trial / TRADES) ** 2 + 1e-6
        a = chance.randrange(len(tier.codes))
        b = holder[chance.choice(near[place[a]])]
        before = cost(a, b) + cost(b, a)
        swap(a, b)
        worse = cost(a, b) + cost(b, a) - before
        if worse > 0 and chance.random() >= math.exp(-worse / heat):
            swap(a, b)
    return start.cells[place[: len(tier.codes)]]


def from_origin(cells: np.ndarray) -> np.ndarray:
    """Moves the grid to begin at 0; rows by an even number, since odd rows stand half a cell to the right."""
    return cells - np.array([cells[:, 0].min(), cells[:, 1].min() // 2 * 2])


def scilly_nearer(tier: Tier, cells: np.ndarray) -> np.ndarray:
    """Moves Scilly into the blank sea north of Cornwall, as on the map: where it lies, all others would be a quarter smaller."""
    scilly, cornwall = tier.codes.index(SCILLY), tier.codes.index(CORNWALL)
    others = np.delete(cells, scilly, axis=0)
    moved = cells.copy()
    moved[scilly] = [others[:, 0].min(), cells[cornwall, 1] - 3]
    return moved


def lay_out(tier: Tier) -> np.ndarray:
    return from_origin(scilly_nearer(tier, trade(tier, deal(stretched(tier)))))


def report(name: str, tier: Tier, cells: np.ndarray) -> None:
    assert len({tuple(cell) for cell in cells.tolist()}) == len(cells), "two councils share a cell"
    apart = steps(cells)
    distances = np.array([apart[pair] for pair in tier.borders])
    kin = np.array([apart[pair] for pair in tier.borders if tier.weights[pair] > NEIGHBOUR + SAME_REGION])
    columns, rows = cells.max(axis=0) + 1
    print(
        f"{name}: {len(cells)} councils on {columns} x {rows} cells; of {len(distances)} true borders "
        f"{np.mean(distances <= 1):.1%} adjacent, {np.mean(distances <= 2):.1%} within 2, furthest {distances.max()}"
        + (f"; within a county {np.mean(kin <= 1):.1%} adjacent, {np.mean(kin <= 2):.1%} within 2" if len(kin) else "")
    )


def outlines(path: Path, register: dict[str, dict[str, str]]) -> dict[str, shapely.Geometry]:
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)

    def project(points: np.ndarray) -> np.ndarray:
        return np.column_stack(to_grid.transform(points[:, 0], points[:, 1]))

    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"]["code"]: shapely.transform(shapely.geometry.shape(feature["geometry"]), project)
        for feature in features
        if feature["properties"]["code"] in register
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--boundaries", type=Path, default=REPOSITORY / "assets" / "boundaries.geojson")
    options.add_argument("--out", type=Path, default=REPOSITORY / "assets" / "hexagons.json")
    chosen = options.parse_args()

    register = current_councils()
    features = outlines(chosen.boundaries, register)
    lines = []
    for name in TIERS:
        tier = Tier(name, features, register)
        cells = lay_out(tier)
        report(name, tier, cells)
        rows = ",\n".join(f'    "{code}": [{q}, {r}]' for code, (q, r) in zip(tier.codes, cells.tolist()))
        lines.append(f'  "{name}": {{\n{rows}\n  }}')
    chosen.out.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
