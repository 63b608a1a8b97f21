"""Britain's coast from GSHHG 2.3.7 (Debian package gmt-gshhg-full, LGPL-3 or later), in British National Grid metres."""

from __future__ import annotations

from pathlib import Path

import netCDF4
import numpy as np
import pyproj
import shapely
from scipy.optimize import minimize
from scipy.spatial import cKDTree

TO_GRID = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)
# One-degree bins, rows from 89-90N down, columns from 0-1E eastwards.
ROWS = range(90 - 62, 90 - 48)
COLUMNS = [*range(350, 360), *range(0, 4)]
SEA_SHORE = 1
BRITAIN = (-7, 49.5, 2.2, 56.2)
# Farther than this from every British postcode, land is Ireland, France or Man.
FOREIGN_METRES = 6000
# South of the Tay: farther north lies no coast that matters for England.
FIT_SOUTH_OF_METRES = 665_000


def shore_lines(file: Path) -> list[np.ndarray]:
    """Pieces of shore line in degrees; a bin's points are 16-bit fractions of it."""
    data = netCDF4.Dataset(file)

    def read(name: str) -> np.ndarray:
        return np.asarray(data.variables[name][...])

    first, count = read("Id_of_first_segment_in_a_bin"), read("N_segments_in_a_bin")
    info, start = read("Embedded_npts_levels_exit_entry_for_a_segment"), read("Id_of_first_point_in_a_segment")
    lon = read("Relative_longitude_from_SW_corner_of_bin").view(np.uint16)
    lat = read("Relative_latitude_from_SW_corner_of_bin").view(np.uint16)
    lines = []
    for row in ROWS:
        for column in COLUMNS:
            cell = row * 360 + column
            west, south = column if column < 180 else column - 360, 90 - row - 1
            for segment in range(first[cell], first[cell] + count[cell]):
                if (info[segment] >> 6) & 7 == SEA_SHORE:
                    points = slice(start[segment], start[segment] + (info[segment] >> 9))
                    lines.append(np.round(np.c_[west + lon[points] / 65535.0, south + lat[points] / 65535.0], 7))
    return lines


def land(file: Path) -> list[shapely.Polygon]:
    lines = [shapely.LineString(line) for line in shore_lines(file)]
    rings = [shapely.get_coordinates(p.exterior) for p in shapely.get_parts(shapely.polygonize(lines))]
    west, south, east, north = BRITAIN
    found = []
    for ring in rings:
        (x0, y0), (x1, y1) = ring.min(0), ring.max(0)
        if x1 > west and x0 < east and y1 > south and y0 < north:
            found.append(shapely.Polygon(np.c_[TO_GRID.transform(ring[:, 0], ring[:, 1])]))
    whole = shapely.make_valid(shapely.union_all(shapely.make_valid(np.array(found))))
    return [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]


def british(coast: list[shapely.Polygon], points: np.ndarray) -> list[shapely.Polygon]:
    """Without this Scilly's label would swallow Ireland."""
    tree = cKDTree(points)
    return [p for p in coast if tree.query(shapely.get_coordinates(p)[::5])[0].min() < FOREIGN_METRES]


def sample_near_shore(points: np.ndarray, tree: cKDTree) -> np.ndarray:
    """Postcodes within 500 m of the shore, at most five to a square kilometre, so that towns do not outvote the rest."""
    near = points[np.isfinite(tree.query(points, distance_upper_bound=500)[0])]
    near = near[np.random.default_rng(0).permutation(len(near))]
    cell = (near // 1000).astype(np.int64)
    key = cell[:, 0] * 10000 + cell[:, 1]
    order = np.argsort(key, kind="stable")
    rank = np.arange(len(order)) - np.searchsorted(key[order], key[order])
    return near[order][rank < 5]


def registered(coast: list[shapely.Polygon], points: np.ndarray) -> list[shapely.Polygon]:
    """GSHHG lies 100 to 200 m south-west of the British grid. The affine shift that leaves the fewest coastal
    postcodes in the sea puts it right."""
    shore = shapely.get_coordinates(shapely.segmentize(shapely.boundary(np.array(coast)), 100.0))
    tree = cKDTree(shore[shore[:, 1] < FIT_SOUTH_OF_METRES])
    sample = sample_near_shore(points, tree)
    whole = shapely.multipolygons(coast)
    shapely.prepare(whole)

    def shift(at: np.ndarray, c: np.ndarray) -> np.ndarray:
        east, north = (at[:, 0] - 4e5) / 2e5, (at[:, 1] - 3e5) / 2e5
        return np.stack([c[0] + c[1] * east + c[2] * north, c[3] + c[4] * east + c[5] * north], 1)

    def cost(c: np.ndarray) -> float:
        moved = sample - shift(sample, c)
        wet = ~shapely.contains_xy(whole, moved[:, 0], moved[:, 1])
        return np.minimum(tree.query(moved[wet])[0], 300).sum() / len(sample) + 1e-5 * (c**2).sum()

    start = np.array([50, 0, 0, 130, 0, 0.0])
    simplex = np.vstack([start, start + 50 * np.eye(6)])
    best = minimize(cost, start, method="Nelder-Mead", options=dict(maxfev=220, initial_simplex=simplex)).x
    print("shore moved by", best.round().tolist())
    return [shapely.transform(polygon, lambda at: at + shift(at, best)) for polygon in coast]
