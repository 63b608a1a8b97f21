//! Lists of decisions and one decision, as JSON and CSV.

use std::borrow::Cow;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::csv::{Cell, Table};
use super::figure::{self, SourceJson};
use super::word::Word;
use crate::db::decisions::ListedDecision;
use crate::db::improvements::ListedImprovement;
use crate::domain::decision::{DecisionType, Outcome, Section};
use crate::read::Atlas;
use crate::read::decision::DecisionPage;
use crate::read::decisions::DecisionsPage;

/// A decision in a list.
#[derive(Serialize, JsonSchema)]
pub struct DecisionBrief<'a> {
    /// As 19 012 345.
    reference: String,
    /// The address name of a council; null for other bodies.
    council: Option<&'a str>,
    /// The name of the council or other body.
    body: &'a str,
    r#type: Word<DecisionType>,
    outcome: Word<Outcome>,
    category: &'static str,
    subcategory: Option<&'a str>,
    decision_date: Date,
    summary: &'a str,
    url: Option<&'a str>,
    document: Option<&'a str>,
}

/// A page of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Decisions")]
pub struct DecisionsJson<'a> {
    total: usize,
    page: usize,
    pages: usize,
    query: &'a str,
    /// Words that were not looked for, since more were given than a search takes.
    ignored: &'a [String],
    sort: &'static str,
    corrected: Option<Corrected<'a>>,
    decisions: Vec<DecisionBrief<'a>>,
    facets: Facets<'a>,
    synthetic: bool,
}

/// A name that was mistyped, and the council it was taken for.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Corrected<'a> {
    typed: &'a str,
    council: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Facets<'a> {
    category: Facet<'a>,
    subcategory: Facet<'a>,
    outcome: Facet<'a>,
    r#type: Facet<'a>,
    year: Facet<'a>,
    kind: Facet<'a>,
    region: Facet<'a>,
    council: Facet<'a>,
}

/// How many of the decisions found have each value.
#[derive(Serialize, JsonSchema)]
struct Facet<'a>(Vec<Counted<'a>>);

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Counted<'a> {
    value: Cow<'a, str>,
    count: u64,
}

/// A decision in a list.
pub fn brief(one: &ListedDecision) -> DecisionBrief<'_> {
    let decision = &one.decision;
    DecisionBrief {
        reference: decision.reference.to_string(),
        council: one.council.map(|_| one.body_slug.as_str()),
        body: &one.body,
        r#type: Word(decision.kind),
        outcome: Word(decision.outcome),
        category: decision.category.as_str(),
        subcategory: decision.subcategory.as_deref(),
        decision_date: decision.decision_date,
        summary: &decision.summary,
        url: one.url.as_deref(),
        document: one.document.as_deref(),
    }
}

/// A page of a list.
pub fn json(page: &DecisionsPage) -> DecisionsJson<'_> {
    let facets = &page.facets;
    let corrected = page.corrected.as_ref();
    DecisionsJson {
        total: page.total,
        page: page.page,
        pages: page.pages,
        query: page.query.search.text(),
        ignored: page.query.search.ignored(),
        sort: page.query.order().as_str(),
        corrected: corrected.map(|one| Corrected { typed: &one.typed, council: one.council.slug.as_str() }),
        decisions: page.decisions.iter().map(|one| brief(&one.listed)).collect(),
        facets: Facets {
            category: counts(&facets.categories, |one| one.as_str().into()),
            subcategory: counts(&facets.subcategories, |one| one.into()),
            outcome: counts(&facets.outcomes, |one| one.as_str().into()),
            r#type: counts(&facets.kinds, |one| one.as_str().into()),
            year: counts(&facets.years, |one| one.to_string().into()),
            kind: counts(&facets.council_kinds, |one| one.as_str().into()),
            region: counts(&facets.regions, |one| one.into()),
            council: counts(&facets.bodies, |one| one.slug.as_str().into()),
        },
        synthetic: page.synthetic,
    }
}

fn counts<T>(counts: &[(T, u64)], word: impl Fn(&T) -> Cow<'_, str>) -> Facet<'_> {
    Facet(counts.iter().map(|(one, count)| Counted { value: word(one), count: *count }).collect())
}

const COLUMNS: [&str; 13] = [
    "reference",
    "code",
    "slug",
    "body",
    "type",
    "outcome",
    "category",
    "subcategory",
    "decision_date",
    "summary",
    "url",
    "document",
    "synthetic",
];

fn cells(atlas: &Atlas, one: &ListedDecision, synthetic: bool) -> Vec<Cell> {
    let decision = &one.decision;
    let council = one.council.and_then(|id| atlas.register.get(id));
    vec![
        Cell::text(decision.reference.to_string()),
        Cell::maybe(council.map(|council| council.code.as_str())),
        Cell::maybe(council.map(|council| council.slug.as_str())),
        Cell::text(&one.body),
        Cell::text(decision.kind.as_str()),
        Cell::text(decision.outcome.as_str()),
        Cell::text(decision.category.as_str()),
        Cell::maybe(decision.subcategory.as_ref()),
        Cell::text(decision.decision_date.to_string()),
        Cell::text(&decision.summary),
        Cell::maybe(one.url.as_ref()),
        Cell::maybe(one.document.as_ref()),
        Cell::flag(synthetic),
    ]
}

/// The whole result.
pub fn csv(page: &DecisionsPage, atlas: &Atlas) -> Table {
    let rows = page.decisions.iter().map(|one| cells(atlas, &one.listed, page.synthetic)).collect();
    Table { header: COLUMNS.to_vec(), rows }
}

/// One decision.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Decision")]
pub struct DecisionJson<'a> {
    decision: WithText<'a>,
    improvements: Vec<Improvement<'a>>,
    joint: Vec<DecisionBrief<'a>>,
    similar: Vec<Similar<'a>>,
    source: Option<SourceJson<'a>>,
    synthetic: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct WithText<'a> {
    #[serde(flatten)]
    brief: DecisionBrief<'a>,
    sections: Vec<SectionJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct SectionJson<'a> {
    heading: &'a str,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Similar<'a> {
    #[serde(flatten)]
    brief: DecisionBrief<'a>,
    improvements: Vec<Improvement<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Improvement<'a> {
    summary: &'a str,
    agreed_on: Date,
    due_on: Option<Date>,
    achieved_on: Option<Date>,
}

/// One decision.
pub fn one_json(page: &DecisionPage) -> DecisionJson<'_> {
    let similar = page.similar.iter().map(|one| Similar {
        brief: brief(&one.listed),
        improvements: one.improvements.iter().map(improvement).collect(),
    });
    DecisionJson {
        decision: WithText { brief: brief(&page.listed), sections: page.sections.iter().map(section).collect() },
        improvements: page.improvements.iter().map(improvement).collect(),
        joint: page.siblings.iter().map(brief).collect(),
        similar: similar.collect(),
        source: page.source.as_ref().map(figure::source),
        synthetic: page.synthetic,
    }
}

fn section(part: &Section) -> SectionJson<'_> {
    SectionJson { heading: &part.heading, text: &part.text }
}

fn improvement(one: &ListedImprovement) -> Improvement<'_> {
    Improvement { summary: &one.summary, agreed_on: one.agreed_on, due_on: one.due_on, achieved_on: one.achieved_on }
}

/// One decision, as a table of one row with its whole text.
pub fn one_csv(page: &DecisionPage, atlas: &Atlas) -> Table {
    let mut header = COLUMNS.to_vec();
    header.push("text");
    let mut row = cells(atlas, &page.listed, page.synthetic);
    let parts: Vec<String> = page.sections.iter().map(|part| format!("{}\n{}", part.heading, part.text)).collect();
    row.push(if parts.is_empty() { Cell::Empty } else { Cell::text(parts.join("\n\n")) });
    Table { header, rows: vec![row] }
}
