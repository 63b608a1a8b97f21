//! The promise tracker as JSON and CSV.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::councils;
use super::csv::{Cell, Table};
use super::word::Word;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Category;
use crate::domain::improvement::ImprovementState;
use crate::read::improvements::{ImprovementRow, ImprovementsPage, StateCounts};

/// The improvements shown, with the counts beside them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Improvements")]
pub struct ImprovementsJson<'a> {
    council: Option<&'a str>,
    kind: Option<&'static str>,
    category: Option<&'static str>,
    state: Option<&'static str>,
    /// The day of which the states are true.
    today: Date,
    total: u64,
    page: u32,
    pages: u32,
    states: States,
    improvements: Vec<Improvement<'a>>,
    categories: Vec<OfCategory>,
    councils: Vec<OfCouncil<'a>>,
    synthetic: bool,
}

/// How many improvements are in each state.
#[derive(Serialize, JsonSchema)]
#[schemars(extend("required" = ImprovementState::ALL.map(ImprovementState::as_str)))]
struct States(BTreeMap<&'static str, u64>);

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct OfCategory {
    category: &'static str,
    states: States,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct OfCouncil<'a> {
    council: &'a str,
    name: &'a str,
    states: States,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct Improvement<'a> {
    reference: String,
    council: &'a str,
    council_name: &'a str,
    state: Word<ImprovementState>,
    category: &'static str,
    subcategory: Option<&'a str>,
    summary: &'a str,
    agreed_on: Date,
    due_on: Option<Date>,
    achieved_on: Option<Date>,
    decision_published: bool,
}

/// The improvements shown, with the counts beside them.
pub fn json(page: &ImprovementsPage) -> ImprovementsJson<'_> {
    let query = &page.filter.query;
    let categories =
        page.categories.iter().map(|(category, one)| OfCategory { category: category.as_str(), states: states(*one) });
    let councils = page.councils.iter().map(|(council, one)| OfCouncil {
        council: council.slug.as_str(),
        name: &council.name,
        states: states(*one),
    });
    ImprovementsJson {
        council: page.filter.council.as_ref().map(|council| council.slug.as_str()),
        kind: query.kind.map(CouncilKind::as_str),
        category: query.category.map(Category::as_str),
        state: query.state.map(ImprovementState::as_str),
        today: page.today,
        total: page.total,
        page: page.filter.page.max(1),
        pages: page.pages,
        states: states(page.states),
        improvements: page.rows.iter().map(row).collect(),
        categories: categories.collect(),
        councils: councils.collect(),
        synthetic: page.synthetic,
    }
}

fn states(counts: StateCounts) -> States {
    States(ImprovementState::ALL.into_iter().map(|state| (state.as_str(), counts.of(state))).collect())
}

/// One of them.
pub(super) fn row(row: &ImprovementRow) -> Improvement<'_> {
    let one = &row.improvement;
    Improvement {
        reference: one.reference.to_string(),
        council: row.council.slug.as_str(),
        council_name: &row.council.official_name,
        state: Word(row.state),
        category: one.category.as_str(),
        subcategory: one.subcategory.as_deref(),
        summary: &one.summary,
        agreed_on: one.agreed_on,
        due_on: one.due_on,
        achieved_on: one.achieved_on,
        decision_published: row.published,
    }
}

/// The improvements shown.
pub fn csv(page: &ImprovementsPage) -> Table {
    let header = vec![
        "reference",
        "code",
        "slug",
        "council",
        "state",
        "category",
        "subcategory",
        "summary",
        "agreed_on",
        "due_on",
        "achieved_on",
        "state_on",
        "synthetic",
    ];
    let rows = page
        .rows
        .iter()
        .map(|row| {
            let one = &row.improvement;
            let mut cells = vec![Cell::text(one.reference.to_string())];
            cells.extend(councils::cells(&row.council));
            cells.extend([
                Cell::text(row.state.as_str()),
                Cell::text(one.category.as_str()),
                Cell::maybe(one.subcategory.clone()),
                Cell::text(&one.summary),
                Cell::text(one.agreed_on.to_string()),
                Cell::maybe(one.due_on.map(|day| day.to_string())),
                Cell::maybe(one.achieved_on.map(|day| day.to_string())),
                Cell::text(page.today.to_string()),
                Cell::flag(page.synthetic),
            ]);
            cells
        })
        .collect();
    Table { header, rows }
}
