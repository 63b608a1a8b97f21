"""Cuts the typefaces of the PDF and of pictures down to the letters that English text needs.

Writes assets/fonts/*.ttf: the same outlines and spacing, fewer glyphs, no hints (print and large pictures ignore
them). A character that is left out is for the program to show as U+FFFD, which every file keeps.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

REPOSITORY = Path(__file__).resolve().parent.parent
OUTPUT = REPOSITORY / "assets" / "fonts"
# Each file as published, so that another version does not slip in.
FONTS = {
    "OpenSans-Regular.ttf": "e64e508b2aa2880f907e470c4550980ec4c0694d103a43f36150ac3f93189bee",
    "OpenSans-Semibold.ttf": "aa3b0ef53db12e3d45094030cac0e69d384e44cc5978643dd4390041cad546e2",
    "Caladea-Bold.ttf": "74eda4fc5ffba0d8dc4aa76d41499f5ab76168d9ed6141c6417064c6244db9b6",
}
# Latin letters of Western and Central Europe and of Welsh, punctuation, and signs that stand in figures.
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *range(0x1E80, 0x1E86),
    0x1EF2,
    0x1EF3,
    *range(0x2010, 0x2016),
    *range(0x2018, 0x201F),
    *range(0x2020, 0x2023),
    0x2026,
    0x2030,
    0x2032,
    0x2033,
    0x2039,
    0x203A,
    0x2044,
    0x20AC,
    0x2122,
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0xFFFD,
]


def cut(source: Path, digest: str) -> None:
    found = hashlib.sha256(source.read_bytes()).hexdigest()
    if found != digest:
        sys.exit(f"{source} has SHA-256 {found}, not {digest}: another version?")
    options = Options()
    options.layout_features = ["kern", "ccmp", "locl", "mark", "mkmk"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "FFTM", "gasp", "kern"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    target = OUTPUT / source.name
    font.save(target)
    missing = sorted(set(CHARACTERS) - set(font.getBestCmap()))
    print(f"{target.relative_to(REPOSITORY)}: {target.stat().st_size} bytes, without", *(f"U+{one:04X}" for one in missing))


def main() -> None:
    if len(sys.argv) != 1 + len(FONTS):
        sys.exit(f"usage: build_fonts.py {' '.join(FONTS)}  (the published files, as tools/README.md says)")
    for source in map(Path, sys.argv[1:]):
        if source.name not in FONTS:
            sys.exit(f"{source} is none of {', '.join(FONTS)}")
        cut(source, FONTS[source.name])


if __name__ == "__main__":
    main()
