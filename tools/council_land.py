"""The plane cut off at the coast, cleaned of fragments, simplified and rounded, as one coverage without gap or overlap."""

from __future__ import annotations

import numpy as np
import pyproj
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from council_plane import plane

TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
TOLERANCE_METRES = 80.0
SMALLEST_PART, SMALLEST_ISLAND = 0.5e6, 0.15e6
DECIMALS = 4


def shared_lengths(faces: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of faces with a common segment, and its metres."""
    at, owner = shapely.get_coordinates(shapely.boundary(faces), return_index=True)
    a, b, face = at[:-1], at[1:], owner[:-1]
    real = (owner[:-1] == owner[1:]) & (a != b).any(1)
    a, b, face = a[real], b[real], face[real]
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a, b = np.where(turned[:, None], b, a), np.where(turned[:, None], a, b)
    order = np.lexsort((b[:, 1], b[:, 0], a[:, 1], a[:, 0]))
    a, b, face = a[order], b[order], face[order]
    same = (a[1:] == a[:-1]).all(1) & (b[1:] == b[:-1]).all(1)
    i, j = face[:-1][same], face[1:][same]
    return np.minimum(i, j), np.maximum(i, j), np.hypot(*(a[1:] - b[1:]).T)[same]


def longest_neighbour(i: np.ndarray, j: np.ndarray, metres: np.ndarray, count: int) -> np.ndarray:
    """For each part the other part with which it shares most border, or -1."""
    first, second = np.r_[i, j], np.r_[j, i]
    key, place = np.unique(first * count + second, return_inverse=True)
    total = np.bincount(place, np.r_[metres, metres])
    order = np.argsort(total)
    best = np.full(count, -1)
    best[key[order] // count] = key[order] % count
    return best


def without_fragments(faces: np.ndarray, label: np.ndarray, points: np.ndarray, own: np.ndarray) -> tuple:
    """A detached part that is tiny, or holds none of its council's postcodes (a bank that the nearest-postcode rule
    gave to the council across the water), joins the neighbour with the longest common border; tiny islands go.
    Each council keeps its largest part."""
    point, point_face = shapely.STRtree(faces).query(shapely.points(points), predicate="within")
    point_label = own[point]
    alive = np.arange(len(faces))
    for _ in range(6):
        i, j, metres = shared_lengths(faces)
        same, count = label[i] == label[j], len(faces)
        _, part = connected_components(coo_matrix((np.ones(same.sum()), (i[same], j[same])), (count, count)), directed=False)
        area = np.bincount(part, shapely.area(faces))
        part_label = np.zeros(len(area), int)
        part_label[part] = label
        largest = np.zeros(len(area), bool)
        order = np.lexsort((-area, part_label))
        largest[order[np.unique(part_label[order], return_index=True)[1]]] = True
        where = np.full(alive.max() + 1, -1)
        where[alive] = part
        point_part = np.where(point_face < len(where), where[np.minimum(point_face, len(where) - 1)], -1)
        hit = (point_part >= 0) & (part_label[point_part] == point_label)
        empty = np.bincount(point_part[hit], minlength=len(area)) == 0
        border = ~same & (part[i] != part[j])
        best = longest_neighbour(part[i[border]], part[j[border]], metres[border], len(area))
        small = ~largest & ((area < SMALLEST_PART) | empty) & (best >= 0)
        gone = ~largest & (best < 0) & (area < SMALLEST_ISLAND)
        joins = small & ~small[best]
        target = np.where(joins, part_label[best], part_label)
        stay = ~gone[part]
        faces, label, alive = faces[stay], target[part][stay], alive[stay]
        if not joins.any() and not gone.any():
            break
    return faces, label


def districts(points: np.ndarray, labels: np.ndarray, codes: np.ndarray, coast: list) -> dict[str, shapely.Geometry]:
    """-> polygons of the English districts by code, in metres, before rounding."""
    faces, face_label = plane(points, labels)
    faces = shapely.coverage_simplify(faces, TOLERANCE_METRES * 0.4)
    land = shapely.coverage_simplify(np.array([p for p in coast if p.area > SMALLEST_ISLAND]), TOLERANCE_METRES * 0.4)
    lines = shapely.union_all(np.r_[shapely.boundary(faces), shapely.boundary(land)], grid_size=0.5)
    parts = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    inner = shapely.point_on_surface(parts)
    on_land = np.zeros(len(parts), bool)
    on_land[shapely.STRtree(land).query(inner, predicate="within")[0]] = True
    part, face = shapely.STRtree(faces).query(inner, predicate="within")
    label = np.full(len(parts), -1)
    label[part] = face_label[face]
    keep = on_land & (label >= 0)
    parts, label = without_fragments(parts[keep], label[keep], points, labels)
    used = np.unique(label)
    whole = np.array([shapely.coverage_union_all(parts[label == i]) for i in used])
    # Wales and Scotland are still in, so that borders with them are simplified once.
    whole = shapely.coverage_simplify(whole, TOLERANCE_METRES)
    return {str(codes[i]): area for i, area in zip(used, whole) if codes[i].startswith("E")}


def rounded(areas: np.ndarray) -> np.ndarray:
    """In degrees. All border lines are snap-rounded together and the polygons rebuilt: rounding each polygon alone
    can make a ring touch or cross itself."""
    areas = shapely.transform(areas, lambda at: np.stack(TO_DEGREES.transform(at[:, 0], at[:, 1]), 1))
    lines = shapely.union_all(shapely.boundary(areas), grid_size=10.0**-DECIMALS)
    faces = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines))))
    faces = shapely.transform(faces, lambda at: np.round(at, DECIMALS))
    owner = np.full(len(faces), -1)
    face, area = shapely.STRtree(areas).query(shapely.point_on_surface(faces), predicate="within")
    owner[face] = area
    # A union of several parts comes as a GeometryCollection, which no later union takes.
    unions = [shapely.get_parts(shapely.coverage_union_all(faces[owner == i])) for i in range(len(areas))]
    return np.array([parts[0] if len(parts) == 1 else shapely.multipolygons(parts) for parts in unions])
