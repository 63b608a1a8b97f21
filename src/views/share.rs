//! One figure of a council as a picture to share: sentence, verdict, strip, caveat and source in one, since it is seen where
//! nothing else of the site is. No text in it is under 24 pixels.

use maud::{Markup, html};

use super::chart::{average, points, r, rate};
use super::layout::Frame;
use super::strip::{label, scale_end, spread};
use super::table::swatch;
use super::typeface::{Typeface, lines, width};
use super::{map, raw, sentences};
use crate::domain::chance::{self, Compared};
use crate::domain::compare::Verdict;
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::Judgement;
use crate::read::share::SharePage;
use crate::read::standing::Band;

/// Width and height, as sites that show a link as a card ask for.
const SIZE: (u16, u16) = (1200, 630);

const LEFT: f64 = 60.0;
const RIGHT: f64 = 1140.0;
const WIDE: f64 = RIGHT - LEFT;
/// Where the sentence may stand: from under the name of the site to over the verdict.
const SENTENCE: (f64, f64) = (96.0, 272.0);
/// Sizes of the sentence, the largest first, with the step from line to line; picture.css has a class for each.
const SIZES: [(f64, f64); 4] = [(52.0, 60.0), (46.0, 54.0), (40.0, 46.0), (34.0, 40.0)];
const TEXT: f64 = 25.0;
const VERDICT: f64 = 316.0;
/// Top and bottom of the range expected.
const BAND: (f64, f64) = (366.0, 414.0);
const MIDDLE: f64 = 390.0;
const AXIS: f64 = 426.0;
const NUMBERS: f64 = 456.0;
/// Between two texts on a line.
const APART: f64 = 24.0;
const RULE: f64 = 478.0;
/// The first line of the caveat, and the step to the next.
const CAVEAT: (f64, f64) = (512.0, 32.0);

/// The drawing.
pub fn card(frame: &Frame, page: &SharePage) -> String {
    let one = &page.figure;
    let figure = one.block.figure.as_ref().map(|one| &one.figure);
    let (wide, high) = SIZE;
    html! {
        svg.card xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (wide) " " (high) } width=(wide) height=(high) {
            title { (one.council.official_name) ": " (one.block.measure.term()) ", " (one.year) }
            @if figure.is_some() { desc { (label(&one.block, &one.council.name)) } }
            style { (raw::picture_style()) }
            (map::patterns())
            rect.sheet width="100%" height="100%" {}
            text.name x=(r(LEFT)) y="72" { "Council Map" }
            text x=(r(RIGHT)) y="72" text-anchor="end" { (if frame.synthetic { "Invented figures, " } else { "Ombudsman figures, " }) (one.year) }
            (sentence(&said(page, figure)))
            (verdict(page, figure))
            @if let Some(figure) = figure { (strip(page, figure)) }
            path.axis d={ "M" (r(LEFT)) " " (r(RULE)) "H" (r(RIGHT)) } {}
            (foot(frame, page, figure))
        }
    }
    .into_string()
}

/// The council and its figure in one sentence.
fn said(page: &SharePage, figure: Option<&Figure>) -> String {
    let one = &page.figure;
    let name = &one.council.official_name;
    match figure {
        Some(figure) => format!("{name}: {}", format::uncapital(&sentences::what(figure))),
        None => format!(
            "{name}, {}: no figure is loaded. That is not a zero.",
            format::uncapital(one.block.measure.title())
        ),
    }
}

fn sentence(text: &str) -> Markup {
    let (top, bottom) = SENTENCE;
    let fitting = SIZES.into_iter().map(|(size, step)| (size, step, lines(Typeface::Serif, size, WIDE, text)));
    let tall = |lines: &[String], step: f64| lines.iter().map(|_| step).sum::<f64>();
    let fits = |(_, step, lines): &(f64, f64, Vec<String>)| tall(lines, *step) <= bottom - top;
    let smallest = |(size, step): (f64, f64)| (size, step, lines(Typeface::Serif, size, WIDE, text));
    let [.., last] = SIZES;
    let (size, step, lines) = fitting.into_iter().find(fits).unwrap_or_else(|| smallest(last));
    // In the middle of its room, the first line by its height under the top.
    let first = f64::midpoint(top, bottom) - tall(&lines, step) / 2.0 + size * 0.86;
    let places = std::iter::successors(Some(first), |y| Some(y + step));
    html! {
        @for (line, y) in lines.iter().zip(places) {
            text class={ "sentence s" (size) } x=(r(LEFT)) y=(r(y)) { (line) }
        }
    }
}

/// The swatch and the words of the verdict, with the group where it says higher or lower than that.
fn verdict(page: &SharePage, figure: Option<&Figure>) -> Markup {
    let band = figure.map_or(Band::NoFigure, |figure| Band::Verdict(figure.verdict));
    let compared = figure.filter(|figure| chance::range(figure).is_some());
    html! {
        svg x=(r(LEFT)) y=(r(VERDICT - 28.0)) width="34" height="34" { (swatch(band)) }
        text.verdict x=(r(LEFT + 50.0)) y=(r(VERDICT)) {
            (band.title(page.figure.block.measure.judgement()))
            @if let Some(figure) = compared { " for " (figure.similar.group.group()) }
        }
    }
}

/// The range expected, the other councils of the kind, its average, and the council with its interval.
fn strip(page: &SharePage, figure: &Figure) -> Markup {
    let block = &page.figure.block;
    let Some(value) = rate(figure) else { return html! {} };
    let unit = figure.measure.unit();
    let range = chance::range(figure);
    let high = range.map_or(value, |range| range.high.max(value)).max(figure.interval.map_or(value, |one| one.high));
    let top = scale_end(unit, &block.group, high);
    let x = |value: f64| LEFT + 10.0 + (value / top).clamp(0.0, 1.0) * (WIDE - 20.0);
    let (zero, end) = (unit.show(0.0), unit.show(top));
    let mean =
        average(figure).map(|value| (x(value), format!("{} {}", figure.similar.group.group(), unit.show(value))));
    // Its words stand clear of the numbers at both ends.
    let room = |number: &str| width(Typeface::Sans, TEXT, number) + APART;
    let between = (LEFT + room(&zero), RIGHT - room(&end));
    html! {
        @if let Some(range) = range {
            rect.range x=(r(x(range.low))) y=(r(BAND.0)) width=(r(x(range.high) - x(range.low))) height=(r(BAND.1 - BAND.0)) rx="2" {}
            text x=(r(within(f64::midpoint(x(range.low), x(range.high)), "range expected", (LEFT, RIGHT)))) y=(r(BAND.0 - 12.0)) text-anchor="middle" { "range expected" }
        }
        path.axis d={ "M" (r(x(0.0))) " " (r(AXIS - 8.0)) "V" (r(AXIS)) "H" (r(x(top))) "V" (r(AXIS - 8.0)) } {}
        path.others d=(points(spread(&block.group, BAND.0 + 8.0, BAND.1 - BAND.0 - 16.0).map(|(value, y)| (x(value), y)))) {}
        @if let Some((at, words)) = &mean {
            line.mean x1=(r(*at)) x2=(r(*at)) y1=(r(BAND.0 - 6.0)) y2=(r(AXIS)) {}
            text x=(r(within(*at, words, between))) y=(r(NUMBERS)) text-anchor="middle" { (words) }
        }
        text x=(r(LEFT)) y=(r(NUMBERS)) { (zero) }
        text x=(r(RIGHT)) y=(r(NUMBERS)) text-anchor="end" { (end) }
        @if let Some(interval) = figure.interval {
            line.interval x1=(r(x(interval.low))) x2=(r(x(interval.high))) y1=(r(MIDDLE)) y2=(r(MIDDLE)) {}
        }
        // A hollow dot: too few cases to say anything.
        circle.own.few[figure.verdict == Verdict::TooFew] cx=(r(x(value))) cy=(r(MIDDLE)) r="13" {}
    }
}

/// The middle of words that stand as near to a place as the edges allow.
fn within(at: f64, words: &str, (left, right): (f64, f64)) -> f64 {
    let half = width(Typeface::Sans, TEXT, words) / 2.0;
    at.max(left + half).min(right - half)
}

/// What the figure cannot say, with how many chance alone would mark; and where it comes from.
fn foot(frame: &Frame, page: &SharePage, figure: Option<&Figure>) -> Markup {
    let caveat = match page.figure.block.measure.judgement() {
        Judgement::Neutral => {
            "High is not plainly bad, nor low good: it depends on which complaints are made and investigated."
        }
        Judgement::HigherIsBetter | Judgement::HigherIsWorse => {
            "Dot: this council, with its 95% interval. Of few cases, chance alone moves a rate far."
        }
    };
    let compared = figure.filter(|figure| chance::range(figure).is_some() && page.compared.councils > 0).map(|_| {
        let Compared { councils, by_chance } = page.compared;
        let marked = if by_chance < 0.5 { "hardly any".to_owned() } else { format!("about {by_chance:.0}") };
        format!(" One of {councils} councils compared; chance alone would mark {marked}.")
    });
    let text = format!("{caveat}{}", compared.unwrap_or_default());
    let invented = "Demonstration: invented figures";
    let preview = "Preview: not published";
    let (first, step) = CAVEAT;
    let mark = if frame.preview.is_some() { Some(preview) } else { frame.synthetic.then_some(invented) };
    let said = lines(Typeface::Sans, TEXT, WIDE, &text);
    let places = std::iter::successors(Some(first), |y| Some(y + step));
    let last = first + 2.0 * step + 22.0;
    html! {
        @for (line, y) in said.iter().zip(places) { text x=(r(LEFT)) y=(r(y)) { (line) } }
        text x=(r(LEFT)) y=(r(last)) { (if frame.synthetic { "Invented data as of " } else { "Ombudsman data as of " }) (frame.published_on) }
        @if let Some(mark) = mark { text.mark x=(r(RIGHT)) y=(r(last)) text-anchor="end" { (mark) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_sentence_stays_in_its_room() {
        let text = "Bournemouth, Christchurch and Poole Council: 1,234 complaints about education and children’s services were received, 123.4 for every 100,000 residents.";
        let drawn = sentence(text).into_string();
        assert!(drawn.matches("<text").count() <= 4, "{drawn}");
    }
}
