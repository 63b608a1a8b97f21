//! Councils of a year with one measure: filtered, sorted, with what stands out first.

use maud::{Markup, html};

use super::council_table::{self, Shown, order_title, short_title};
use super::layout::{Frame, Head, breadcrumbs, page as layout};
use super::table::swatch;
use super::{links, measure_menu, sources, under};
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::format;
use crate::read::rankings::{RankingPage, RankingQuery};
use crate::read::standing::{Band, Order};

/// The page.
pub fn page(frame: &Frame, page: &RankingPage) -> Markup {
    let title = title(page);
    let head = Head {
        title: title.clone(),
        description: format!("{title}. {} Each with its counts, its interval and its place as a range.", finding(page)),
        year: Some(page.year),
        ..Head::default()
    };
    let order = |order| links::rankings(&RankingQuery { order, ..page.query.clone() });
    let shown = Shown { measure: page.query.measure, year: page.year, order: (page.query.order, &order) };
    layout(
        frame,
        &head,
        &html! {
            (super::map::patterns())
            (breadcrumbs(&[("England", "/".to_owned())], "Table"))
            h1 { (page.query.measure.term()) ", " span.nb { (page.year) ":" } " " (councils(page)) }
            p.lede { (finding(page)) " " (chance(page)) }
            (filters(page))
            (chips(page))
            @if !page.rows.is_empty() { p.meta { (under::download(page.rows.len(), &links::rankings(&page.query))) } }
            @if page.rows.is_empty() {
                p { "No council fits. " a href=(links::rankings(&RankingQuery { measure: page.query.measure, year: page.query.year, ..RankingQuery::default() })) { "Show all councils" } }
            } @else {
                div.scroll role="region" aria-label=(page.query.measure.term()) tabindex="0" { (council_table::table(&page.rows, &shown)) }
                (key())
            }
            (sources::list(page.files.iter().map(|file| (page.year, file))))
        },
    )
}

/// A title that names every filter.
fn title(page: &RankingPage) -> String {
    format!("{}, {}: {}", page.query.measure.term(), page.year, councils(page))
}

/// Which councils are listed, and in which order where it is not the usual one.
fn councils(page: &RankingPage) -> String {
    let query = &page.query;
    let councils = query.kind.map_or("councils", CouncilKind::group);
    let region = query.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let text = query.text.as_ref().map(|text| format!(" named “{text}”")).unwrap_or_default();
    let band = query
        .band
        .map(|band| format!(", {}", format::uncapital(band.title(query.measure.judgement()))))
        .unwrap_or_default();
    let order =
        if query.order == Order::default() { String::new() } else { format!(", by {}", order_title(query.order)) };
    format!("{} {councils}{region}{text}{band}{order}", page.rows.len())
}

/// How many stand out, whichever verdict is asked for.
fn finding(page: &RankingPage) -> String {
    let of = |verdict| page.count(Band::Verdict(verdict));
    let clearly = of(Verdict::Higher) + of(Verdict::Lower);
    let possibly = of(Verdict::PossiblyHigher) + of(Verdict::PossiblyLower);
    let known = page.all() - page.count(Band::NoFigure);
    let here = match known {
        0 => "No figure of these councils is loaded here. That is not a zero. ".to_owned(),
        1 if page.all() > 1 => format!("Of these {} councils, 1 has a figure here. ", page.all()),
        known if known < page.all() => format!("Of these {} councils, {known} have a figure here. ", page.all()),
        _ => String::new(),
    };
    match page.compared {
        0 => format!("{here}None of them can be compared."),
        1 if clearly + possibly == 0 => format!("{here}The one that can be compared does not stand out."),
        compared => format!(
            "{here}Of the {compared} that can be compared, {clearly} stand out clearly and {possibly} possibly; in the rest the order may be chance, so a place is a range."
        ),
    }
}

/// How many marks chance alone would make.
fn chance(page: &RankingPage) -> String {
    match page.by_chance {
        _ if page.compared == 0 => String::new(),
        few if few < 0.5 => "Were all like their kind, chance alone would mark hardly any.".to_owned(),
        more => format!("Were all like their kind, chance alone would mark about {more:.0}."),
    }
}

fn filters(page: &RankingPage) -> Markup {
    let query = &page.query;
    html! {
        form.controls method="get" action="/rankings" {
            label { "Measure " select name="measure" { (measure_menu::options(Some(query.measure))) } }
            label { "Year " select name="year" {
                @for year in &page.years { option value=(year) selected[*year == page.year] { (year) } }
                @if page.years.is_empty() { option value="" { "none loaded" } }
            } }
            label { "Councils " select name="kind" {
                option value="" { "all kinds" }
                @for kind in CouncilKind::ALL { option value=(kind.as_str()) selected[query.kind == Some(kind)] { (kind.group()) } }
            } }
            label { "Region " select name="region" {
                option value="" { "all of England" }
                @for region in &page.regions { option value=(region) selected[query.region.as_ref() == Some(region)] { (region) } }
            } }
            label { "Name " input type="text" name="q" value=[query.text.as_deref()] size="12"; }
            label.onphone { "Order " select name="sort" {
                @for order in Order::all() { option value=(order.word()) selected[order == query.order] { (order_title(order)) } }
            } }
            @if let Some(band) = query.band { input type="hidden" name="verdict" value=(band.as_str()); }
            button type="submit" { "Show" }
        }
    }
}

/// The verdicts with their counts: they are the key of the table, and they filter it.
fn chips(page: &RankingPage) -> Markup {
    let to = |band| links::rankings(&RankingQuery { band, ..page.query.clone() });
    let chosen = page.query.band;
    html! {
        nav.chips aria-label="Verdict" {
            a href=(to(None)) aria-current=[chosen.is_none().then_some("true")] { "All " b { (page.all()) } }
            @for band in Band::all().filter(|band| page.count(*band) > 0 || chosen == Some(*band)) {
                a href=(to(Some(band))) aria-current=[(chosen == Some(band)).then_some("true")] {
                    (swatch(band)) (short_title(band, page.query.measure.judgement())) " " b { (page.count(band)) }
                }
            }
        }
    }
}

/// What the drawing in a row means, and the numbers beside it.
fn key() -> Markup {
    html! {
        p.note.barkey {
            svg.rowbar viewBox="0 0 60 20" aria-hidden="true" {
                rect.rng x="8" y="3" width="30" height="14" {}
                line.kind x1="22" x2="22" y1="3" y2="17" {}
                line.ci x1="28" x2="56" y1="10" y2="10" {}
                circle.me cx="44" cy="10" r="4" {}
            }
            " Dot and line: the rate and its 95% interval. Band: the range that chance allows a council of its kind with as many cases; a dot outside it is what the verdict says. Dashes: the average of its kind. "
            "Rank: the places among councils of its kind that the counts allow, 1 being the highest rate, which is neither good nor bad by itself. It comes of adjusted rates, which draw small numbers towards the average of their kind. "
            "Change: since the year before, where chance does not explain it. "
            a href="/about/statistics" { "How this works" }
        }
    }
}
