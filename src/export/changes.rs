//! The log of changes as JSON and CSV.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use crate::domain::release::WithdrawnRelease;
use crate::read::changes::{ChangeLine, ChangesPage, ReleaseChanges};

/// What each release changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Changes")]
pub struct ChangesJson<'a> {
    releases: Vec<ChangesOfRelease<'a>>,
    /// Releases that were seen and taken back.
    withdrawn: Vec<Withdrawn<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ChangesOfRelease<'a> {
    release: &'a str,
    kind: &'static str,
    title: &'a str,
    source: &'a str,
    source_url: Option<&'a str>,
    licence: &'a str,
    sha256: &'a str,
    retrieved_at: Timestamp,
    published_at: Timestamp,
    synthetic: bool,
    /// How many changes there are; the list may hold the first 100.
    total: u64,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Withdrawn<'a> {
    release: &'a str,
    kind: &'static str,
    published_at: Timestamp,
    withdrawn_at: Timestamp,
}

/// One line of the log.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct ChangeJson<'a> {
    #[schemars(extend("enum" = ["added", "changed", "removed"]))]
    action: &'a str,
    noun: &'a str,
    council: Option<&'a str>,
    year: Option<&'a str>,
    what: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

/// All releases with their lines.
pub fn json(page: &ChangesPage) -> ChangesJson<'_> {
    let withdrawn = page.withdrawn.iter().map(|one| Withdrawn {
        release: &one.key,
        kind: one.kind.as_str(),
        published_at: one.published_at,
        withdrawn_at: one.withdrawn_at,
    });
    ChangesJson {
        releases: page.releases.iter().map(of_release).collect(),
        withdrawn: withdrawn.collect(),
        synthetic: page.synthetic,
    }
}

fn of_release(one: &ReleaseChanges) -> ChangesOfRelease<'_> {
    let release = &one.release;
    ChangesOfRelease {
        release: &release.key,
        kind: release.kind.as_str(),
        title: &release.title,
        source: &release.source,
        source_url: release.source_url.as_deref(),
        licence: &release.licence,
        sha256: &release.sha256,
        retrieved_at: release.retrieved_at,
        published_at: release.published_at,
        synthetic: release.synthetic,
        total: one.total,
        changes: one.lines.iter().map(line).collect(),
    }
}

fn line(line: &ChangeLine) -> ChangeJson<'_> {
    let change = &line.change;
    ChangeJson {
        action: &change.action,
        noun: &change.noun,
        council: line.council.as_ref().map(|council| council.slug.as_str()),
        year: change.year.as_deref(),
        what: &change.what,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
    }
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
                Cell::maybe(line.council.as_ref().map(|council| council.code.as_str())),
                Cell::maybe(line.council.as_ref().map(|council| council.slug.as_str())),
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
        Cell::Empty,
        Cell::text(format!("withdrawn at {}", one.withdrawn_at)),
        Cell::Empty,
        Cell::Empty,
        // A demonstration is made whole: nothing is withdrawn from it.
        Cell::flag(false),
    ]
}
