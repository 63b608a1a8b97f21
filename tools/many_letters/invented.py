"""Invented annual review letters in the forms of five years, as web pages and as OpenDocument texts.

The sentences that print figures are in the form of each year; everything else is made up. The page of statistics is a drawing
whose pieces are drawn in an order of chance, as those of a word processor are.
"""

from __future__ import annotations

import csv
import html
import random
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
YEARS = (2018, 2019, 2022, 2023, 2024)
DAYS = {2018: 24, 2019: 22, 2022: 19, 2023: 17, 2024: 21}
# Uphold rate, compliance rate and remedy rate of each kind.
AVERAGES = {"county": (66, 100, 12), "district": (59, 100, 20), "unitary": (56, 99, 11), "metropolitan": (64, 99, 9),
            "london": (61, 99, 14)}
OPENING = ("I write to you with our yearly summary of what we decided about your organisation for the year ending 31 March {end}. "
           "We hope that it helps members and officers to see what can be learned from the complaints that reached us. ")
# Numbers that are no figures of the letter.
DECOY = ("A rate of compliance below 100% should be looked at. We found that 31% of letters are read on the day, and 2 of 7 "
         "people reply. ")
HEADINGS = ("Annual Review", "Complaint statistics", "Supporting complaint handling")
TOTALS = ("Complaints dealt with", "Not for us", "Assessed and closed", "Investigated")


@dataclass
class Letter:
    """A letter to one council about one year."""

    council: dict[str, str]
    first: int
    figures: dict[str, float] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    # Pieces of the drawing: millimetres from the left and from above, points, text with a bar where a line ends.
    drawing: list[tuple[int, int, int, str]] = field(default_factory=list)

    @property
    def year(self) -> str:
        return f"{self.first}-{(self.first + 1) % 100:02d}"

    @property
    def name(self) -> str:
        return f"{self.first}-{self.council['slug']}"


def letters(count: int, seed: int) -> list[Letter]:
    """As many of each form, each to another council of its year."""
    rng = random.Random(seed)
    with open(ROOT / "data" / "authorities.csv", newline="", encoding="utf-8") as file:
        register = list(csv.DictReader(file))
    made = []
    for first in YEARS:
        last_day = f"{first + 1}-03-31"
        there = [one for one in register if one["active_from"] <= last_day and (one["active_to"] or "9999") > last_day]
        made += [letter(rng, council, first) for council in rng.sample(there, count // len(YEARS))]
    return made


def letter(rng: random.Random, council: dict[str, str], first: int) -> Letter:
    made = Letter(council, first)
    made.figures = figures(rng, council, first)
    made.paragraphs = paragraphs(made)
    made.drawing = drawing(made)
    rng.shuffle(made.drawing)
    return made


def per_cent(part: int, whole: int) -> int:
    return int(part * 100 / whole + 0.5)


def figures(rng: random.Random, council: dict[str, str], first: int) -> dict[str, float]:
    investigated, outcomes = rng.randint(1, 90), rng.randint(0, 40)
    upheld, complied = rng.randint(0, investigated), rng.randint(max(0, outcomes - 3), outcomes)
    of_upheld, of_outcomes, of_remedies = AVERAGES[council["kind"]]
    found: dict[str, float] = {"investigated": investigated, "upheld": upheld, "uphold_rate": per_cent(upheld, investigated),
                               "uphold_rate_similar": of_upheld, "compliance_outcomes": outcomes}
    if outcomes:
        found |= {"compliance_rate": per_cent(complied, outcomes), "compliance_rate_similar": of_outcomes}
    if upheld:
        remedies = rng.randint(0, upheld)
        found |= {"satisfactory_remedies": remedies, "satisfactory_remedy_rate": per_cent(remedies, upheld),
                  "satisfactory_remedy_rate_similar": of_remedies}
    if first >= 2022:
        found |= {"upheld_per_100k": round(rng.uniform(0.2, 12), 1), "upheld_per_100k_similar": 4.5}
    if first >= 2024:
        not_for_us, closed = rng.randint(1, 80), rng.randint(1, 99)
        found |= {"decided_not_for_us": not_for_us, "decided_assessed_and_closed": closed,
                  "decided": not_for_us + closed + investigated}
    return found


def paragraphs(letter: Letter) -> list[str]:
    first, end = letter.first, letter.first + 1
    title = end if first < 2022 else f"{first}-{end % 100:02d}"
    opening = OPENING.format(end=end)
    return [f"{DAYS[first]} July {end}", "By email", f"Ms Q Sample\nChief Executive\n{letter.council['official_name']}",
            "Dear Chief Executive", f"Annual Review letter {title}", opening * 2, "Complaint statistics",
            "Complaints upheld - We uphold complaints when we find fault, also where it was accepted before we looked. " + DECOY * 2,
            "Satisfactory remedies provided by the authority - We recognise cases put right early. " + DECOY * 3,
            f"This data will be uploaded to our map on {DAYS[first] + 7} July {end}.", "Supporting complaint handling", opening * 3,
            "Yours sincerely,", "A Person", "Local Government and Social Care Ombudsman"]


def drawing(letter: Letter) -> list[tuple[int, int, int, str]]:
    first, end, known = letter.first, letter.first + 1, letter.figures
    whom, similar = ("authority", "authorities") if first < 2024 else ("organisation", "organisations")
    period = f"for the period between|1 April {first} to 31 March {end}"
    pieces = [(20, 20, 11, letter.council["official_name"]), (20, 28, 10, f"For the period ending: 31/03/{end % 100:02d}")]
    top = 40
    if first >= 2024:
        counts = ("decided", "decided_not_for_us", "decided_assessed_and_closed", "investigated")
        for place, (count, label) in enumerate(zip(counts, TOTALS)):
            pieces += [(20 + place * 44, top, 20, str(known[count])), (20 + place * 44, top + 9, 10, label)]
        top += 28

    def block(top: int, title: str, rate: str, sentence: str) -> None:
        pieces.append((20, top, 13, title))
        pieces.append((20, top + 9, 20, f"{known[rate]}%"))
        pieces.append((45, top + 10, 10, f"{sentence}|This compares to an average of {known[f'{rate}_similar']}% in similar {similar}."))

    block(top, "Complaints upheld", "uphold_rate", f"{known['uphold_rate']}% of complaints we investigated were upheld.")
    if first < 2024:
        pieces += [(150, top + 7, 20, str(known["upheld"])), (150, top + 16, 10, counted(known["upheld"], "upheld decisions"))]
        what = "detailed investigations" if first < 2023 else "investigations"
        pieces.append((20, top + 38, 8, f"Statistics are based on a total of {known['investigated']} {what} {period}"))
    else:
        complaints = counted(known["investigated"], "complaints")
        pieces.append((45, top + 38, 10, f"We investigated {known['investigated']} {complaints} and upheld {known['upheld']}"))
    if first >= 2022:
        pieces.append((45, top + 24, 10, f"Adjusted for population, this is {short(known['upheld_per_100k'])} upheld decisions per 100,000 "
                       f"residents.|The average for {similar} of this type is {short(known['upheld_per_100k_similar'])} upheld decisions per "
                       "100,000 residents."))
    top += 56
    if known["compliance_outcomes"]:
        block(top, "Compliance with Ombudsman recommendations", "compliance_rate",
              f"In {known['compliance_rate']}% of cases we were satisfied the {whom} had successfully|implemented our recommendations.")
    else:
        pieces += [(20, top, 13, "Compliance with Ombudsman recommendations"),
                   (45, top + 10, 10, "No recommendations were due for compliance in this period")]
    outcomes = counted(known["compliance_outcomes"], "compliance outcomes")
    pieces.append((20, top + 30, 8, f"Statistics are based on a total of {known['compliance_outcomes']} {outcomes} {period}"))
    top += 54
    title = f"Satisfactory remedies provided by the {whom}"
    if known["upheld"]:
        block(top, title, "satisfactory_remedy_rate", f"In {known['satisfactory_remedy_rate']}% of upheld cases we found the {whom} had "
              "provided a satisfactory remedy|before the complaint reached the Ombudsman.")
        remedies = known["satisfactory_remedies"]
        pieces += [(150, top + 28, 20, str(remedies)), (150, top + 37, 10, counted(remedies, "satisfactory remedy decisions"))]
        # Until 2022-23 the letters print the wrong base here.
        base = f"{known['investigated']} detailed investigations" if first < 2023 else f"{known['upheld']} upheld decisions"
        pieces.append((20, top + 46, 8, f"Statistics are based on a total of {base} {period}"))
    else:
        pieces += [(20, top, 13, title), (45, top + 10, 10, "There were no upheld decisions in this period")]
    return pieces


def counted(number: float, plural: str) -> str:
    return plural.removesuffix("s") if number == 1 else plural


def short(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else str(number)


def width(x: int, text: str) -> int:
    """Of a piece of the drawing, in millimetres."""
    if x >= 150:
        return 38
    return 40 if text in TOTALS else 125 if x > 40 else 170


def as_html(letter: Letter) -> str:
    """For Chromium: paragraphs, then a page of placed boxes."""
    text = "".join(f"<p>{html.escape(one).replace(chr(10), '<br>')}</p>" if not one.startswith(HEADINGS) else f"<h2>{html.escape(one)}</h2>"
                   for one in letter.paragraphs)
    boxes = "".join(f'<div style="left:{x}mm;top:{y}mm;font-size:{size}pt;width:{width(x, words)}mm">{html.escape(words).replace("|", "<br>")}</div>'
                    for x, y, size, words in letter.drawing)
    style = ('@page{size:A4;margin:0}body{margin:0;font:11pt "Liberation Sans"}main{padding:20mm}h2{font-size:12pt}'
             "section{position:relative;height:290mm;break-before:page}section div{position:absolute}")
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>{style}</style><main>{text}</main><section>{boxes}</section></html>'


def as_fodt(letter: Letter) -> str:
    """For LibreOffice: paragraphs, then a page of text boxes."""
    def paragraph(style: str, words: str) -> str:
        return f'<text:p text:style-name="{style}">{html.escape(words).replace(chr(10), "<text:line-break/>")}</text:p>'

    font = 'style:font-name="Liberation Sans" fo:font-family="Liberation Sans"'
    styles = "".join(f'<style:style style:name="S{size}" style:family="paragraph"><style:text-properties {font} fo:font-size="{size}pt"/></style:style>'
                     for size in sorted({size for _, _, size, _ in letter.drawing} | {11}))
    text = "".join(paragraph("S11", one) for one in letter.paragraphs)
    boxes = "".join(
        f'<draw:frame draw:style-name="box" draw:name="f{place}" text:anchor-type="char" svg:x="{x}mm" svg:y="{y}mm" '
        f'svg:width="{width(x, words)}mm" draw:z-index="{place}"><draw:text-box fo:min-height="4mm">'
        + "".join(paragraph(f"S{size}", line) for line in words.split("|")) + "</draw:text-box></draw:frame>"
        for place, (x, y, size, words) in enumerate(letter.drawing))
    names = "".join(f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible")))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/>'
        '</style:page-layout><style:style style:name="next" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        '</style:style><style:style style:name="box" style:family="graphic"><style:graphic-properties style:wrap="run-through" '
        'style:run-through="foreground" style:vertical-pos="from-top" style:vertical-rel="page" style:horizontal-pos="from-left" '
        'style:horizontal-rel="page" draw:stroke="none" draw:fill="none" fo:padding="0mm" fo:border="none"/></style:style>'
        f"{styles}</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles><office:body><office:text>'
        f'{text}<text:p text:style-name="next">{boxes}</text:p></office:text></office:body></office:document>')
