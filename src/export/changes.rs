//! The log of changes as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use crate::domain::release::{Release, WithdrawnRelease};
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
        "withdrawn": page.withdrawn.iter().map(|one| json!({
            "release": one.key,
            "kind": one.kind.word(),
            "published_at": one.published_at.to_string(),
            "withdrawn_at": one.withdrawn_at.to_string(),
        })).collect::<Vec<_>>(),
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
        .chain(page.withdrawn.iter().map(taken_back))
        .collect();
    let header = super::dataset::CHANGES.iter().map(|column| column.name).collect();
    Table { header, rows }
}

/// A release that was taken back, in the columns of the log.
fn taken_back(one: &WithdrawnRelease) -> Vec<Cell> {
    vec![
        Cell::text(&one.key),
        Cell::text(one.published_at.to_string()),
        Cell::text("removed"),
        Cell::text("release"),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::text(format!("withdrawn at {}", one.withdrawn_at)),
        Cell::Empty,
        Cell::Empty,
        // A demonstration is made whole: nothing is withdrawn from it.
        Cell::text("false"),
    ]
}
