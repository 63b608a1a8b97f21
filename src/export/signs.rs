//! Early signs as JSON and CSV.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::councils;
use super::csv::{Cell, Table};
use super::word::Word;
use crate::domain::council::{Council, CouncilKind};
use crate::domain::sign::{Found, Sign};
use crate::domain::year::ReportingYear;
use crate::read::signs::{SignCount, SignsPage};
use crate::views::links;

/// Councils of a year by early sign.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Signs")]
pub struct SignsJson<'a> {
    year: String,
    /// The day for which promises are looked at.
    day: Date,
    /// Councils that fit kind and region.
    total: usize,
    /// Of them those with figures and without a sign: nothing stands out.
    without_sign: usize,
    /// Of them those without any figure of the year.
    without_figures: usize,
    counts: BTreeMap<&'static str, Count>,
    /// Councils with at least one sign, by name.
    councils: Vec<WithSigns<'a>>,
    synthetic: bool,
}

/// How many there are of a sign, whichever is asked for.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Count {
    councils: usize,
    signs: usize,
    /// Councils with figures, and enough cases, in which to look for it.
    looked: usize,
    /// Signs that chance alone would raise if all councils of a kind were alike.
    by_chance: f64,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct WithSigns<'a> {
    slug: &'a str,
    name: &'a str,
    kind: Word<CouncilKind>,
    region: &'a str,
    signs: Vec<SignJson<'a>>,
}

/// A sign with its evidence.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EarlySign")]
pub struct SignJson<'a> {
    sign: Word<Sign>,
    /// One sentence with numbers and years.
    evidence: &'a str,
    /// Where it stands on this site.
    url: String,
}

/// A sign of a council.
pub fn sign<'a>(council: &Council, year: ReportingYear, found: &'a Found) -> SignJson<'a> {
    SignJson { sign: Word(found.sign), evidence: &found.evidence, url: links::evidence(&council.slug, year, found) }
}

/// All councils with a sign.
pub fn json(page: &SignsPage) -> SignsJson<'_> {
    let councils = page.councils.iter().map(|one| WithSigns {
        slug: one.council.slug.as_str(),
        name: &one.council.name,
        kind: Word(one.council.kind),
        region: &one.council.region,
        signs: one.signs.iter().map(|found| sign(&one.council, page.year, found)).collect(),
    });
    SignsJson {
        year: page.year.to_string(),
        day: page.day,
        total: page.all,
        without_sign: page.quiet,
        without_figures: page.unknown,
        counts: page.counts.iter().map(|(sign, count)| (sign.as_str(), counted(*count))).collect(),
        councils: councils.collect(),
        synthetic: page.synthetic,
    }
}

fn counted(count: SignCount) -> Count {
    Count {
        councils: count.councils,
        signs: count.signs,
        looked: count.looked,
        by_chance: (count.by_chance * 1000.0).round() / 1000.0,
    }
}

/// One row for each sign of each council.
pub fn csv(page: &SignsPage) -> Table {
    let further = ["kind", "region", "year", "sign", "evidence", "url", "synthetic"];
    let header = councils::COLUMNS.into_iter().chain(further).collect();
    let rows = page.councils.iter().flat_map(|one| {
        one.signs.iter().map(|found| {
            let council = &one.council;
            let mut cells = councils::cells(council).to_vec();
            cells.extend([
                Cell::text(council.kind.as_str()),
                Cell::text(&council.region),
                Cell::text(page.year.to_string()),
                Cell::text(found.sign.as_str()),
                Cell::text(&found.evidence),
                Cell::text(links::evidence(&council.slug, page.year, found)),
                Cell::flag(page.synthetic),
            ]);
            cells
        })
    });
    Table { rows: rows.collect(), header }
}
