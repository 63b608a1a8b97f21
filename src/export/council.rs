//! A council as JSON, CSV and XLSX.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use super::xlsx::Workbook;
use super::{figure, provenance};
use crate::domain::council::Council;
use crate::domain::year::ReportingYear;
use crate::read::council::CouncilPage;
use crate::read::provenance::Provenance;
use crate::read::statistics::StatisticsPage;

/// The overview of a council.
pub fn json(page: &CouncilPage) -> Value {
    let council = &page.council;
    let slugs = |councils: &[Council]| councils.iter().map(|one| one.slug.to_string()).collect::<Vec<_>>();
    json!({
        "council": {
            "code": council.code.as_str(),
            "former_codes": council.former_codes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "slug": council.slug.as_str(),
            "name": council.name,
            "official_name": council.official_name,
            "kind": council.kind.word(),
            "region": council.region,
            "county": page.county.as_ref().map(|county| county.slug.to_string()),
            "active_from": council.active_from.map(|day| day.to_string()),
            "active_to": council.active_to.map(|day| day.to_string()),
            "predecessors": slugs(&page.predecessors),
            "successors": slugs(&page.successors),
            "population_mid_2020": council.residents_of(2020),
            "residents": council.residents.iter().map(|one| json!({"year": one.year, "count": one.count})).collect::<Vec<_>>(),
        },
        "year": page.year.to_string(),
        "period": { "from": page.year.first_day().to_string(), "to": page.year.last_day().to_string() },
        "statistics": page
            .history
            .iter()
            .filter(|one| one.year == page.year)
            .map(|one| figure::json(one, page.synthetic))
            .collect::<Vec<_>>(),
        "replies": super::replies::json(&page.replies, page.synthetic),
        "decisions": { "year": page.decision_counts.0, "all": page.parts.decisions },
        "reports": { "year": page.decision_counts.1, "all": page.parts.reports },
        "improvements": page.improvements.len(),
        "letters": page.letters.iter().map(|letter| json!({
            "year": letter.year.to_string(),
            "letter_date": letter.letter_date.to_string(),
            "url": letter.url,
        })).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

/// All figures of a council and its counts of all years.
pub fn xlsx(page: &CouncilPage, statistics: &StatisticsPage, from: &Provenance) -> Workbook {
    let council = page.council.official_name.as_str();
    let years: BTreeSet<ReportingYear> = page.history.iter().map(|one| one.year).collect();
    let mut sheets = vec![("Figures", csv(page))];
    sheets.extend(super::statistics::sheets(statistics));
    let years: Vec<ReportingYear> = years.into_iter().collect();
    provenance::workbook(format!("{council}: complaints"), &[council], &years, from, page.synthetic, sheets)
}

/// All figures of a council, every year.
pub fn csv(page: &CouncilPage) -> Table {
    let council = &page.council;
    let mut header = vec!["code", "council"];
    header.extend(figure::COLUMNS);
    let rows = page
        .history
        .iter()
        .map(|one| {
            let mut row = vec![Cell::text(council.code.as_str()), Cell::text(&council.official_name)];
            row.extend(figure::cells(one, page.synthetic));
            row
        })
        .collect();
    Table { header, rows }
}
