"""Packs the ONS Postcode Directory into assets/postcodes.bin: which council or nation each postcode lies in.

Membership is exact: a postcode that the directory does not place is not in the file, even when all around it are.
All numbers are little-endian:

    8 bytes   "UKPCODE1"
    u16, n    length and UTF-8 text of the edition
    u16       places; each 9 bytes: a GSS code, of an English council or of another nation
    u32       sectors, in ascending order; each 61 bytes:
                5 bytes   outward code padded with spaces to 4, then the digit ("DE1 2", "SW1A1")
                56 bytes  which units exist: bit 21 * first + second of the two letters' places in UNIT_LETTERS
    u32       runs over all units of all sectors in order; each 4 bytes: u16 place, u16 length
"""

from __future__ import annotations

import struct
import sys
from collections import Counter
from itertools import groupby

from postcode_directory import EDITION, REPOSITORY, current_councils, rows

MAGIC = b"UKPCODE1"
# Royal Mail leaves C, I, K, M, O and V out of the last two letters; a few old postcodes have a V.
UNIT_LETTERS = "ABDEFGHJLNPQRSTUVWXYZ"
BITMAP_BYTES = 56
LONGEST_RUN = 65_535
# The country codes that the ONS itself uses; the Channel Islands and the Isle of Man have pseudo codes.
NATIONS = {"W": "W92000004", "S": "S92000003", "N": "N92000002", "L": "L93000001", "M": "M83000003"}
OUTPUT = REPOSITORY / "assets" / "postcodes.bin"


def placed_units() -> list[tuple[str, int, str]]:
    """(sector, unit number, place) of every placed postcode, sorted."""
    councils = current_councils()
    units: list[tuple[str, int, str]] = []
    unplaced = 0
    for row in rows():
        if row.council is None:
            unplaced += 1
            continue
        place = row.council if row.council.startswith("E") else NATIONS[row.council[0]]
        if place.startswith("E") and place not in councils:
            sys.exit(f"{row.postcode}: {place} is not a current council of data/authorities.csv")
        first, second = (UNIT_LETTERS.index(letter) for letter in row.unit)
        units.append((f"{row.outward:<4}{row.digit}", first * len(UNIT_LETTERS) + second, place))
    units.sort()
    for before, after in zip(units, units[1:]):
        if before[:2] == after[:2]:
            sys.exit(f"the directory holds a postcode of sector {after[0]} twice")
    print(f"{len(units):,} postcodes placed, {unplaced:,} without a place left out")
    return units


def pack(units: list[tuple[str, int, str]]) -> bytes:
    places = sorted({place for _, _, place in units})
    number = {place: index for index, place in enumerate(places)}

    sectors = []
    for sector, members in groupby(units, key=lambda unit: unit[0]):
        bits = sum(1 << unit for _, unit, _ in members)
        sectors.append(sector.encode("ascii") + bits.to_bytes(BITMAP_BYTES, "little"))

    runs = []
    for place, members in groupby(units, key=lambda unit: unit[2]):
        left = sum(1 for _ in members)
        while left:
            length = min(left, LONGEST_RUN)
            runs.append(struct.pack("<HH", number[place], length))
            left -= length

    edition = EDITION.encode("utf-8")
    print(f"{len(places)} places, {len(sectors):,} sectors, {len(runs):,} runs")
    return b"".join([
        MAGIC,
        struct.pack("<H", len(edition)), edition,
        struct.pack("<H", len(places)), *(place.encode("ascii") for place in places),
        struct.pack("<I", len(sectors)), *sectors,
        struct.pack("<I", len(runs)), *runs,
    ])


def main() -> None:
    units = placed_units()
    packed = pack(units)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_bytes(packed)
    print(f"{OUTPUT.relative_to(REPOSITORY)}: {len(packed):,} bytes")
    counts = Counter("England" if place.startswith("E") else place for _, _, place in units)
    print(", ".join(f"{place} {count:,}" for place, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
