//! The log of changes as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use crate::domain::release::Release;
use crate::read::changes::{ChangeLine, ChangesPage};

/// A release.
pub fn release(release: &Release) -> Value {
    json!({
        "release": release.key,
        "kind": release.kind.word(),
        "title": release.title,
        "source": release.source,
        "source_url": release.source_url,
        "licence": release.licence,
        "sha256": release.sha256,
        "retrieved_at": release.retrieved_at.to_string(),
        "published_at": release.published_at.to_string(),
        "synthetic": release.synthetic,
    })
}

/// All releases with their lines.
pub fn json(page: &ChangesPage) -> Value {
    json!({
        "releases": page.releases.iter().map(|one| {
            let mut value = release(&one.release);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("total".to_owned(), json!(one.total));
                fields.insert("changes".to_owned(), one.lines.iter().map(line).collect());
            }
            value
        }).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

fn line(line: &ChangeLine) -> Value {
    let change = &line.change;
    json!({
        "action": change.action,
        "noun": change.noun,
        "council": line.council.as_ref().map(|council| council.slug.as_str()),
        "year": change.year,
        "what": change.what,
        "old": change.old,
        "new": change.new,
    })
}

/// One row for each line, in the order of `dataset::Dataset::Changes`.
pub fn csv(page: &ChangesPage) -> Table {
    let rows = page
        .releases
        .iter()
        .flat_map(|one| one.lines.iter().map(|line| (&one.release, line)))
        .map(|(release, line)| {
            let change = &line.change;
            vec![
                Cell::text(&release.key),
                Cell::text(release.published_at.to_string()),
                Cell::text(&change.action),
                Cell::text(&change.noun),
                Cell::maybe(line.council.as_ref().map(|council| council.code.to_string())),
                Cell::maybe(line.council.as_ref().map(|council| council.official_name.clone())),
                Cell::maybe(change.year.clone()),
                Cell::text(&change.what),
                Cell::maybe(change.old.clone()),
                Cell::maybe(change.new.clone()),
                Cell::flag(release.synthetic),
            ]
        })
        .collect();
    let header = super::dataset::CHANGES.iter().map(|column| column.name).collect();
    Table { header, rows }
}
