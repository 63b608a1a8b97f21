//! The home page's table as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use super::figure;
use crate::read::map::{Band, MapPage};

/// All rows with their figures.
pub fn json(page: &MapPage) -> Value {
    let counts: serde_json::Map<String, Value> = Band::all()
        .map(|band| {
            let word = match band {
                Band::Verdict(verdict) => verdict.word(),
                Band::NoFigure => "no-figure",
            };
            (word.to_owned(), json!(page.count(band)))
        })
        .collect();
    json!({
        "measure": page.selection.measure.word(),
        "year": page.year.to_string(),
        "tier": page.selection.tier.word(),
        "finding": page.finding(),
        "counts": counts,
        "councils": page.rows.iter().map(|row| {
            let mut council = super::councils::brief(&row.council);
            if let Some(fields) = council.as_object_mut() {
                fields.insert("figure".to_owned(), row.figure.as_ref().map_or(Value::Null, |one| figure::json(one, page.synthetic)));
            }
            council
        }).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

/// All rows with their figures.
pub fn csv(page: &MapPage) -> Table {
    let mut header = vec!["code", "council", "kind", "region"];
    header.extend(figure::COLUMNS);
    let rows = page
        .rows
        .iter()
        .map(|row| {
            let council = &row.council;
            let mut cells = vec![
                Cell::text(council.code.as_str()),
                Cell::text(&council.official_name),
                Cell::text(council.kind.word()),
                Cell::text(&council.region),
            ];
            cells.extend(match &row.figure {
                Some(one) => figure::cells(one, page.synthetic),
                None => figure::no_cells(page.year.to_string(), page.selection.measure.word(), page.synthetic),
            });
            cells
        })
        .collect();
    Table { header, rows }
}
