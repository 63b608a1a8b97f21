//! All figures of a council, every year, as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use super::figure;
use crate::db::sources::Source;
use crate::domain::year::ReportingYear;
use crate::read::count_tables::{CountRow, CountTable};
use crate::read::statistics::{Funnel, MeasureHistory, StatisticsPage};

/// Rates, counts and the funnels behind the charts.
pub fn json(page: &StatisticsPage) -> Value {
    json!({
        "council": super::councils::brief(&page.council),
        "measures": page.measures.iter().map(|one| measure(one, page.synthetic)).collect::<Vec<_>>(),
        "received": page.received.iter().flat_map(|table| years(table, "areas")).collect::<Vec<_>>(),
        "decided": page.decided.iter().flat_map(|table| years(table, "outcomes")).collect::<Vec<_>>(),
        "replies": super::replies::json(&page.replies, page.synthetic),
        "synthetic": page.synthetic,
    })
}

fn measure(history: &MeasureHistory, synthetic: bool) -> Value {
    json!({
        "measure": history.measure.word(),
        "term": history.measure.term(),
        "years": history.years.iter().map(|(year, one)| match one {
            Some(one) => figure::json(one, synthetic),
            None => json!({"measure": history.measure.word(), "year": year.to_string(), "state": "not-known"}),
        }).collect::<Vec<_>>(),
        "breaks": history.years.iter().filter_map(|(year, _)| {
            year.break_before().map(|words| json!({"before": year.to_string(), "what": words}))
        }).collect::<Vec<_>>(),
        "funnel": history.funnel.as_ref().map(funnel),
    })
}

fn funnel(funnel: &Funnel) -> Value {
    let thousandth = |share: f64| (share * 100_000.0).round() / 1000.0;
    json!({
        "year": funnel.year.to_string(),
        "expected": thousandth(funnel.expected),
        "limits": funnel.limits.iter().map(|one| json!({
            "cases": one.cases,
            "limits_95": [thousandth(one.inner.0), thousandth(one.inner.1)],
            "limits_99_8": [thousandth(one.outer.0), thousandth(one.outer.1)],
        })).collect::<Vec<_>>(),
    })
}

fn years<'a>(table: &'a CountTable, parts: &'a str) -> impl Iterator<Item = Value> + 'a {
    table.years.iter().zip(&table.totals).enumerate().map(move |(place, (year, total))| {
        let rows: Vec<Value> = table
            .rows
            .iter()
            .map(|row| json!({"key": row.key, "label": row.label, "count": row.counts.get(place).copied().flatten()}))
            .collect();
        json!({
            "year": year.to_string(),
            parts: rows,
            "total": total.stated,
            "sum_of_known_parts": total.sum,
            "check": total.check().word(),
            "sources": table.sources.iter().filter(|(of, _)| of == year).map(|(_, source)| figure::source(source)).collect::<Vec<_>>(),
        })
    })
}

/// The source of a year's counts; of several none is named, since each count has its own in `cells.csv`.
fn only_source(table: &CountTable, year: ReportingYear) -> Option<&Source> {
    let mut found = table.sources.iter().filter(|(of, _)| *of == year).map(|(_, source)| source);
    found.next().filter(|_| found.next().is_none())
}

/// One row for each rate and each count of each year.
pub fn csv(page: &StatisticsPage) -> Table {
    let mut header = vec!["code", "council", "table", "key", "label", "count"];
    header.extend(figure::COLUMNS);
    let council = &page.council;
    let start = |table: &str, key: &str, label: &str, count: Option<u64>| {
        vec![
            Cell::text(council.code.as_str()),
            Cell::text(&council.official_name),
            Cell::text(table),
            Cell::text(key),
            Cell::text(label),
            Cell::number(count),
        ]
    };
    let mut rows = Vec::new();
    for history in &page.measures {
        for (year, one) in &history.years {
            let mut row = start("rates", history.measure.word(), history.measure.term(), None);
            row.extend(match one {
                Some(one) => figure::cells(one, page.synthetic),
                None => figure::no_cells(year.to_string(), history.measure.word(), page.synthetic),
            });
            rows.push(row);
        }
    }
    for (name, tables) in [("received", &page.received), ("decided", &page.decided)] {
        for one in counts(tables) {
            let mut row = start(name, one.key, one.label, one.count);
            row.extend(figure::count_cells(one.year.to_string(), one.count, one.source, page.synthetic));
            rows.push(row);
        }
    }
    Table { header, rows }
}

/// The sheets of complaints received by area and decided by outcome, where there are any.
pub fn sheets(page: &StatisticsPage) -> Vec<(&'static str, Table)> {
    let tables = [("Received by area", &page.received), ("Decided by outcome", &page.decided)];
    let filled = tables.into_iter().filter(|(_, tables)| !tables.is_empty());
    filled.map(|(name, tables)| (name, count_sheet(tables, page.synthetic))).collect()
}

fn count_sheet(tables: &[CountTable], synthetic: bool) -> Table {
    let rows = counts(tables)
        .map(|one| {
            vec![
                Cell::text(one.year.to_string()),
                Cell::text(one.key),
                Cell::text(one.label),
                Cell::number(one.count),
                Cell::text(figure::count_state(one.count)),
                Cell::flag(synthetic),
            ]
        })
        .collect();
    Table { header: vec!["year", "key", "label", "count", "state", "synthetic"], rows }
}

/// The count of a label in a year.
struct Counted<'a> {
    year: ReportingYear,
    key: &'a str,
    label: &'a str,
    count: Option<u64>,
    source: Option<&'a Source>,
}

/// Every count, the stated total of each year after its parts.
fn counts(tables: &[CountTable]) -> impl Iterator<Item = Counted<'_>> {
    tables.iter().flat_map(|table| {
        table.years.iter().zip(&table.totals).enumerate().flat_map(|(place, (year, total))| {
            let source = only_source(table, *year);
            let count = move |row: &CountRow| row.counts.get(place).copied().flatten();
            let parts = table.rows.iter().map(move |row| Counted {
                year: *year,
                key: &row.key,
                label: &row.label,
                count: count(row),
                source,
            });
            parts.chain([Counted { year: *year, key: "total", label: "Total", count: total.stated, source }])
        })
    })
}
