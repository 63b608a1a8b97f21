//! The national review as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use crate::read::national::{CountRow, NationalPage};

/// The review.
pub fn json(page: &NationalPage) -> Value {
    json!({
        "year": page.year.to_string(),
        "break": page.year.break_before(),
        "comparable_with_year_before": !page.year.starts_a_new_series(),
        "totals": page.totals.iter().map(|one| json!({
            "key": one.field, "title": one.title, "value": one.now, "year_before": one.before,
        })).collect::<Vec<_>>(),
        "rates": page.rates.iter().map(|rate| json!({
            "measure": rate.measure.word(),
            "published": rate.now,
            "published_year_before": rate.before,
            "numerator": rate.counts.map(|(top, _)| top),
            "denominator": rate.counts.map(|(_, bottom)| bottom),
        })).collect::<Vec<_>>(),
        "kinds": page.kinds.iter().map(|row| json!({
            "kind": row.kind.word(),
            "councils": row.councils,
            "rates": row.rates.iter().map(|rate| json!({
                "measure": rate.measure.word(),
                "with_counts": rate.with_counts,
                "numerator": rate.counts.map(|(top, _)| top),
                "denominator": rate.counts.map(|(_, bottom)| bottom),
                "pooled": rate.now.map(tenth),
                "pooled_year_before": rate.before.map(tenth),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "received": counts(&page.areas),
        "decided": counts(&page.outcomes),
        "councils_with_counts_by_area": page.coverage.0,
        "councils": page.coverage.1,
        "reports": page.reports.iter().map(|one| json!({
            "reference": one.decision.reference.to_string(),
            "body": one.body,
            "category": one.decision.category.word(),
            "subcategory": one.decision.subcategory,
            "decision_date": one.decision.decision_date.to_string(),
        })).collect::<Vec<_>>(),
        "faults": page.faults.iter().map(|(category, subcategory, count)| json!({
            "category": category.word(), "subcategory": subcategory, "upheld": count,
        })).collect::<Vec<_>>(),
        "sources": page.sources.iter().map(|(year, source)| super::sources::of_year(*year, source)).collect::<Vec<_>>(),
        "files_of_councils": page.files.iter().map(super::figure::source).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

fn counts(rows: &[CountRow]) -> Vec<Value> {
    rows.iter()
        .map(|row| json!({"key": row.key, "label": row.label, "count": row.now, "year_before": row.before}))
        .collect()
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// One row for each number.
pub fn csv(page: &NationalPage) -> Table {
    let mut rows = Vec::new();
    let mut row = |table: &str, group: &str, key: &str, label: &str, values: [Option<String>; 4]| {
        let mut cells = vec![
            Cell::text(page.year.to_string()),
            Cell::text(table),
            Cell::text(group),
            Cell::text(key),
            Cell::text(label),
        ];
        cells.extend(values.map(Cell::number));
        cells.push(Cell::flag(page.synthetic));
        rows.push(cells);
    };
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    for one in &page.totals {
        row("totals", "England", one.field, one.title, [text(one.now), text(one.before), None, None]);
    }
    for rate in &page.rates {
        let (top, bottom) = rate.counts.unzip();
        let values = [
            rate.now.map(|value| value.to_string()),
            rate.before.map(|value| value.to_string()),
            text(top),
            text(bottom),
        ];
        row("rates", "England", rate.measure.word(), rate.measure.term(), values);
    }
    for kind in &page.kinds {
        for rate in &kind.rates {
            let (top, bottom) = rate.counts.unzip();
            let value = |value: Option<f64>| value.map(|value| tenth(value).to_string());
            let values = [value(rate.now), value(rate.before), text(top), text(bottom)];
            row("kinds", kind.kind.word(), rate.measure.word(), rate.measure.term(), values);
        }
    }
    for (name, list) in [("received", &page.areas), ("decided", &page.outcomes)] {
        for one in list {
            row(name, "England", &one.key, &one.label, [Some(one.now.to_string()), text(one.before), None, None]);
        }
    }
    for (category, subcategory, count) in &page.faults {
        let label = subcategory.as_deref().unwrap_or_default();
        row("faults", category.word(), label, category.title(), [Some(count.to_string()), None, None, None]);
    }
    let header =
        vec!["year", "table", "group", "key", "label", "value", "year_before", "numerator", "denominator", "synthetic"];
    Table { header, rows }
}
