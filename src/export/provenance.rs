//! The first sheet of a workbook: what it is, where it came from, how to read it.

use jiff::Timestamp;

use super::csv::Table;
use super::xlsx::Workbook;
use crate::domain::format;
use crate::domain::year::ReportingYear;
use crate::read::provenance::Provenance;

/// How the columns are to be read, for every workbook with figures.
const READING: [(&str, &str); 6] = [
    (
        "Value",
        "Computed from numerator and denominator, in per cent or per 100,000 residents. published_value is the Ombudsman's own, in whole per cents.",
    ),
    (
        "State",
        "Four states are told apart: number, zero, nothing-due (0 of 0 is no rate, not 0%) and not-known (not loaded here, which is not zero).",
    ),
    (
        "Interval",
        "95%: Wilson score for rates in per cent, exact Poisson for rates per 100,000. With few cases it is wide, and the rate says little.",
    ),
    (
        "Similar authorities",
        "The average of councils of the same kind (similar_group): as published, and computed as the group's sum over its sum where at least 80% of them have counts. Groups have different averages.",
    ),
    (
        "Verdict",
        "The council's count against the rate of its group: higher or lower (beyond 99.8% limits), possibly-higher or possibly-lower (beyond 95%), within, too-few (fewer than 5 cases), no-rate (nothing due), not-compared. A high uphold rate is not plainly bad: it depends on which complaints are investigated.",
    ),
    ("Not the Ombudsman's", "Council Map is independent of the Local Government and Social Care Ombudsman."),
];

/// A workbook of some tables with its first sheet.
pub fn workbook(
    title: String,
    councils: &[&str],
    years: &[ReportingYear],
    from: &Provenance,
    synthetic: bool,
    sheets: Vec<(&'static str, Table)>,
) -> Workbook {
    let mut about = vec![
        pair(if councils.len() == 1 { "Council" } else { "Councils" }, format::listed(councils)),
        pair("Years", span(years)),
        pair("Invented", if synthetic { "Yes: every figure here is invented for a demonstration." } else { "No." }),
    ];
    for release in &from.releases {
        let address = release.source_url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
        about.push(pair("Source", format!("{}: {}{address}", release.title, release.source)));
        about.push(pair("Licence", release.licence.clone()));
        about.push(pair("Retrieved", moment(release.retrieved_at)));
        about.push(pair("Published here", format!("{}, release {}", moment(release.published_at), release.key)));
    }
    if from.releases.is_empty() {
        about.push(pair("Source", "No figure is loaded."));
    }
    about.push(pair("Version of the data", from.edition.clone()));
    about.extend(READING.map(|(what, text)| pair(what, text)));
    about.extend(years.iter().filter_map(|year| Some(pair(&format!("Break before {year}"), year.break_before()?))));
    Workbook { title, about, sheets, made_at: from.published_at }
}

fn pair(what: &str, text: impl Into<String>) -> (String, String) {
    (what.to_owned(), text.into())
}

fn moment(moment: Timestamp) -> String {
    moment.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

fn span(years: &[ReportingYear]) -> String {
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first == last => format!("{first}: {}", format::period(*first)),
        (Some(first), Some(last)) => format!("{first} to {last}, each from 1 April to 31 March"),
        _ => "None".to_owned(),
    }
}
