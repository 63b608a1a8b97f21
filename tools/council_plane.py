"""The plane divided among labelled points ("marching triangles").

1. Delaunay-triangulate all points. 2. An edge whose ends carry different labels is crossed by the border once, half-way
to begin with; in a triangle with two labels the border joins its two crossings, with three labels three lines meet in
a node. Each line stays in its own triangle, so the lines are planar and complete by construction, and no point ever
lies on the wrong side. 3. Slide each crossing along its edge towards the mean of its neighbours, which takes the
zigzag out.
"""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import Delaunay, cKDTree

# Many postcodes sit on a 100 m grid, where Delaunay's triangles are not unique.
JITTER_METRES = 0.01
ROUNDS, PULL_TO_MIDDLE, MARGIN_METRES = 40, 0.15, 5.0


def border_graph(points: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """-> the ends of each crossed edge, lines as pairs of vertices, and each node's three crossings."""
    triangles = Delaunay(points).simplices.astype(np.int64)
    label = labels[triangles]
    mixed = (label[:, 0] != label[:, 1]) | (label[:, 1] != label[:, 2])
    triangles, label, count = triangles[mixed], label[mixed], len(points)
    sides = []
    for i, j in ((0, 1), (1, 2), (2, 0)):
        low, high = np.minimum(triangles[:, i], triangles[:, j]), np.maximum(triangles[:, i], triangles[:, j])
        sides.append(np.where(label[:, i] != label[:, j], low * count + high, -1))
    key = np.stack(sides, 1)
    edges = np.unique(key[key >= 0])
    crossing = np.where(key >= 0, np.searchsorted(edges, key), -1)
    three = (crossing >= 0).all(1)
    nodes = crossing[three]
    node = len(edges) + np.arange(len(nodes))
    through = np.sort(crossing[~three], 1)[:, 1:]
    lines = np.vstack([through, np.stack([nodes.ravel(), np.repeat(node, 3)], 1)])
    return edges // count, edges % count, lines, nodes


def relaxed(points: np.ndarray, a: np.ndarray, b: np.ndarray, lines: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Vertices after sliding, never nearer to a postcode than the margin or 5% of the edge."""
    edges, count = len(a), len(a) + len(nodes)
    along = points[b] - points[a]
    length = np.hypot(*along.T)
    least = np.clip(np.maximum(0.05, MARGIN_METRES / length), 0, 0.5)
    degree = np.bincount(lines.ravel(), minlength=count)[:, None]
    share = np.full(edges, 0.5)
    at = np.empty((count, 2))
    for turn in range(ROUNDS + 1):
        at[:edges] = points[a] + share[:, None] * along
        at[edges:] = at[nodes].mean(1)
        if turn == ROUNDS:
            break
        around = [
            np.bincount(lines[:, 0], at[lines[:, 1], axis], count) + np.bincount(lines[:, 1], at[lines[:, 0], axis], count)
            for axis in (0, 1)
        ]
        mean = np.stack(around, 1) / np.maximum(degree, 1)
        want = ((mean[:edges] - points[a]) * along).sum(1) / length**2
        want = np.where(degree[:edges, 0] == 2, (1 - PULL_TO_MIDDLE) * want + PULL_TO_MIDDLE * 0.5, share)
        share = np.clip(want, least, 1 - least)
    return at


def plane(points: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """-> polygons covering the plane, and their labels."""
    # A ring of ghosts out at sea takes the nearest point's label, so that borders run out beyond the coast.
    hull = shapely.buffer(shapely.convex_hull(shapely.multipoints(points[::50])), 40000).exterior
    ghosts = shapely.get_coordinates(shapely.line_interpolate_point(hull, np.arange(0, hull.length, 4000)))
    every = np.vstack([points, ghosts])
    label = np.r_[labels, labels[cKDTree(points).query(ghosts)[1]]]
    every = every + np.random.default_rng(1).uniform(-JITTER_METRES, JITTER_METRES, every.shape)
    a, b, lines, nodes = border_graph(every, label)
    at = relaxed(every, a, b, lines, nodes)
    middle = every.mean(0)
    loose = np.flatnonzero(np.bincount(lines.ravel(), minlength=len(at)) == 1)
    rays = [shapely.LineString([at[end], middle + (at[end] - middle) * 30]) for end in loose]
    far = shapely.union_all([shapely.Point(*middle).buffer(1.2e6).exterior, *rays])
    faces = shapely.get_parts(shapely.polygonize([*shapely.linestrings(at[lines]), *shapely.get_parts(far)]))
    face_label = np.full(len(faces), -1)
    near = np.unique(np.r_[a, b])
    point, face = shapely.STRtree(faces).query(shapely.points(every[near]), predicate="within")
    face_label[face] = label[near[point]]
    empty = np.flatnonzero(face_label < 0)
    if len(empty):
        inner = shapely.get_coordinates(shapely.point_on_surface(faces[empty]))
        face_label[empty] = label[cKDTree(every).query(inner)[1]]
    return faces, face_label
