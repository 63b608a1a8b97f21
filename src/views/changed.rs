//! Which councils changed since the year before by more than chance explains.

use maud::{Markup, html};

use super::links;
use crate::db::figures::SourcedFigure;
use crate::domain::compare::Verdict;
use crate::domain::format;
use crate::domain::measure::{Unit, round_half_up};
use crate::domain::year::ReportingYear;
use crate::read::changed::{ChangedCouncil, ChangedMeasure};
use crate::read::rankings::RankingQuery;
use crate::read::standing::{Key, Order};

/// Councils named for each measure before the rest is left to the list of all.
const NAMED: usize = 6;

/// The section of the national page.
pub fn section(changed: &[ChangedMeasure], year: ReportingYear) -> Markup {
    let tested: usize = changed.iter().map(|one| one.tested).sum();
    let surely: usize = changed.iter().map(|one| one.councils.len()).sum();
    html! {
        section {
            h2 #changed { "Which councils changed most" }
            @if tested == 0 { p { (nothing_tested(year)) } }
            @else {
                p {
                    "Since " (year.previous()) ", by more than chance explains: the exact test of two years, beyond its 99.8% limit. Of " (count(tested)) " figures tested, "
                    (count(surely)) " changed so; had nothing changed, chance alone would mark " (about(changed.iter().map(|one| one.by_chance.clear).sum())) ". "
                    "A council that moved with all of its kind is named too, and the last column says so. "
                    a href="/about/statistics" { "How changes are tested" }
                }
                @for one in changed.iter().filter(|one| !one.councils.is_empty()) { (measure(one, year)) }
                (quiet(changed))
            }
        }
    }
}

fn nothing_tested(year: ReportingYear) -> String {
    if year.starts_a_new_series() {
        return format!("{year} counts other cases than the years before, so no change is worked out.");
    }
    format!("No council has counts of both {} and {year} here, so no change is worked out.", year.previous())
}

fn count(number: usize) -> String {
    format::count(u64::try_from(number).unwrap_or(0))
}

/// A number that chance would make.
fn about(number: f64) -> String {
    if number < 0.5 { "hardly any".to_owned() } else { format!("about {}", round_half_up(number)) }
}

fn measure(one: &ChangedMeasure, year: ReportingYear) -> Markup {
    let title = one.measure.term();
    let order = |turned| {
        let order = Order { key: Key::Change, turned };
        links::rankings(&RankingQuery { measure: one.measure, year: Some(year), order, ..RankingQuery::default() })
    };
    html! {
        h3.years { (title) ": " (format::counted(u64::try_from(one.councils.len()).unwrap_or(0), "council", "councils")) }
        div.scroll role="region" aria-label={ (title) ": changed most" } tabindex="0" {
            table {
                caption {
                    @if one.councils.len() > NAMED { "The " (NAMED) " that moved furthest, of " (count(one.tested)) " councils tested" } @else { "Of " (count(one.tested)) " councils tested" }
                    "; by chance " (about(one.by_chance.clear))
                }
                thead { tr {
                    th scope="col" { "Council" } th.n scope="col" { (year.previous()) } th.n scope="col" { (year) } th scope="col" { "Change" }
                } }
                tbody { @for one in one.councils.iter().take(NAMED) { (line(one)) } }
            }
        }
        p.ways {
            a href=(order(false)) { "All councils, risen first" span.vh { ": " (title) } } " · "
            a href=(order(true)) { "fallen first" span.vh { ": " (title) } }
        }
    }
}

fn line(one: &ChangedCouncil) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href=(links::council_in(&one.council.slug, one.now.year)) { (one.council.name) }
                " " small.sub2 { (format::capital(one.council.kind.as_str())) }
            }
            td.n { (value(&one.before)) }
            td.n { (value(&one.now)) }
            td { (if one.change.verdict == Verdict::Higher { "Rose" } else { "Fell" }) ", " (beside(one.change.verdict, one.change.against_group)) }
        }
    }
}

fn value(one: &SourcedFigure) -> Markup {
    let figure = &one.figure;
    let counts = match figure.measure.unit() {
        Unit::Percent => format::counts(figure),
        Unit::PerHundredThousand => figure.numerator.map(|number| format!("{} in all", format::count(number))),
    };
    html! { b { (format::value(figure)) } @if let Some(counts) = counts { " " small { (counts) } } }
}

/// Whether the rest of its kind moved alike. `change` is the council's own.
fn beside(change: Verdict, against_group: Verdict) -> &'static str {
    let rose = change == Verdict::Higher;
    match (against_group, rose) {
        (Verdict::Higher, true) | (Verdict::Lower, false) => "further than the rest of its kind",
        (Verdict::PossiblyHigher, true) | (Verdict::PossiblyLower, false) => {
            "possibly further than the rest of its kind"
        }
        (Verdict::Higher | Verdict::PossiblyHigher, false) | (Verdict::Lower | Verdict::PossiblyLower, true) => {
            "the rest of its kind further"
        }
        (Verdict::Within, _) => "as the rest of its kind did",
        (Verdict::TooFew | Verdict::NoRate | Verdict::NotCompared, _) => "the rest of its kind is not known",
    }
}

/// The measures in which nobody surely changed.
fn quiet(changed: &[ChangedMeasure]) -> Markup {
    let with = |tested: fn(&ChangedMeasure) -> bool| {
        let none = changed.iter().filter(|one| one.councils.is_empty() && tested(one));
        none.map(|one| format::uncapital(one.measure.term())).collect::<Vec<_>>()
    };
    let (nobody, unknown) = (with(|one| one.tested > 0), with(|one| one.tested == 0));
    html! {
        @if !nobody.is_empty() { p { "No council surely changed in: " (nobody.join("; ")) "." } }
        @if !unknown.is_empty() { p { "Not tested, because no council has counts of both years: " (unknown.join("; ")) "." } }
    }
}
