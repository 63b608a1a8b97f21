//! The register of councils.

use std::collections::{BTreeMap, BTreeSet};

use super::problems::{Findings, quoted};
use super::table::{Cell, Columns, Fields, Row, Table};
use super::{Context, InputFile, cells};
use crate::domain::council::{CouncilKind, GssCode, Slug};
use crate::domain::location::Location;
use crate::domain::record::AuthorityRecord;

const COLUMNS: Columns = Columns {
    required: &["code", "slug", "name", "official_name", "kind", "region"],
    optional: &[
        "former_codes",
        "county_code",
        "active_from",
        "active_to",
        "successor_codes",
        "population_mid_2020",
        "former_names",
    ],
    fields: Fields::None,
};

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<AuthorityRecord> {
    let mut records = Vec::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        records.extend(table.rows().filter_map(|row| one(&row, findings)));
    }
    unique(&records, findings);
    linked(&records, context, findings);
    records
}

fn one(row: &Row<'_>, findings: &mut Findings) -> Option<AuthorityRecord> {
    let code = row.need("code", "a GSS code", findings).and_then(|cell| one_code(&cell, cell.text, findings));
    let slug = row.need("slug", "an address name", findings).and_then(|cell| {
        let slug = Slug::parse(cell.text).ok();
        if slug.is_none() {
            findings.problem(
                cell.location,
                quoted(cell.text),
                "lower-case words joined by hyphens, like derby-city-council",
            );
        }
        slug
    });
    let kind = row.need("kind", "a kind of council", findings).and_then(|cell| {
        let kind = CouncilKind::parse(cell.text).ok();
        if kind.is_none() {
            findings.problem(
                cell.location,
                format!("unknown kind {}", quoted(cell.text)),
                "county, district, unitary, metropolitan or london",
            );
        }
        kind
    });
    let mut text = |column: &str| {
        row.need(column, "a text", findings)
            .and_then(|cell| cells::text(&cell, 200, findings))
            .map(|text| squeezed(&text))
    };
    let (name, official_name, region) = (text("name"), text("official_name"), text("region"));
    let active_from = cells::optional_day(row, "active_from", None, findings);
    let active_to = cells::optional_day(row, "active_to", None, findings);
    if let (Some(from), Some(to)) = (active_from, active_to)
        && to <= from
    {
        findings.problem(row.at("active_to"), format!("{to} is not after {from}"), "a day after the first");
    }
    Some(AuthorityRecord {
        code: code?,
        former_codes: codes(row, "former_codes", findings),
        slug: slug?,
        name: name?,
        official_name: official_name?,
        kind: kind?,
        region: region?,
        county_code: codes(row, "county_code", findings).first().copied(),
        active_from,
        active_to,
        successor_codes: codes(row, "successor_codes", findings),
        former_names: row
            .get("former_names")
            .map(|cell| cell.text.split('|').map(squeezed).filter(|name| !name.is_empty()).collect())
            .unwrap_or_default(),
        population_mid_2020: row.get("population_mid_2020").and_then(|cell| cells::count(&cell, findings)),
        location: row.location(),
    })
}

/// A text with one space between its words: lists that were typed have two here and there.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_code(cell: &Cell<'_>, text: &str, findings: &mut Findings) -> Option<GssCode> {
    let code = GssCode::parse(text).ok();
    if code.is_none() {
        findings.problem(cell.location.clone(), quoted(text), "a letter and eight digits, like E06000015");
    }
    code
}

/// Codes parted by `|`.
fn codes(row: &Row<'_>, column: &str, findings: &mut Findings) -> Vec<GssCode> {
    let Some(cell) = row.get(column) else { return Vec::new() };
    cell.text.split('|').filter_map(|text| one_code(&cell, text, findings)).collect()
}

fn unique(records: &[AuthorityRecord], findings: &mut Findings) {
    let mut seen: BTreeMap<String, &Location> = BTreeMap::new();
    for record in records {
        let keys = std::iter::once(&record.code)
            .chain(&record.former_codes)
            .map(|code| ("code", code.to_string()))
            .chain([("slug", record.slug.to_string())]);
        for (column, key) in keys {
            if let Some(first) = seen.insert(key.clone(), &record.location) {
                findings.problem(
                    record.location.at_column(column),
                    format!("{key} stands twice, first at {first}"),
                    "each code and each slug once",
                );
            }
        }
    }
}

/// Counties and successors must be in the file or in the register.
fn linked(records: &[AuthorityRecord], context: Context<'_>, findings: &mut Findings) {
    let here: BTreeSet<GssCode> = records
        .iter()
        .flat_map(|record| std::iter::once(record.code).chain(record.former_codes.iter().copied()))
        .collect();
    for record in records {
        let links = record.county_code.iter().map(|code| ("county_code", code));
        let links = links.chain(record.successor_codes.iter().map(|code| ("successor_codes", code)));
        for (column, code) in links {
            if !here.contains(code) && context.register.by_code(*code).is_none() {
                findings.problem(
                    record.location.at_column(column),
                    format!("no council has the code {code}"),
                    "a code of this file or of the register",
                );
            }
        }
    }
}
