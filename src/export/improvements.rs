//! The promise tracker as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use crate::domain::improvement::ImprovementState;
use crate::read::improvements::{ImprovementRow, ImprovementsPage, StateCounts};

/// The improvements shown, with the counts beside them.
pub fn json(page: &ImprovementsPage) -> Value {
    let query = &page.filter.query;
    json!({
        "council": page.filter.council.as_ref().map(|council| council.slug.to_string()),
        "kind": query.kind.map(crate::domain::council::CouncilKind::word),
        "category": query.category.map(crate::domain::decision::Category::word),
        "state": query.state.map(ImprovementState::word),
        "today": page.today.to_string(),
        "total": page.total,
        "page": page.filter.page.max(1),
        "pages": page.pages,
        "states": counts(page.states),
        "improvements": page.rows.iter().map(row).collect::<Vec<_>>(),
        "categories": page.categories.iter().map(|(category, one)| {
            json!({"category": category.word(), "states": counts(*one)})
        }).collect::<Vec<_>>(),
        "councils": page.councils.iter().map(|(council, one)| {
            json!({"council": council.slug.as_str(), "name": council.name, "states": counts(*one)})
        }).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

fn counts(counts: StateCounts) -> Value {
    let one = |state: ImprovementState| (state.word().to_owned(), json!(counts.of(state)));
    Value::Object(ImprovementState::ALL.into_iter().map(one).collect())
}

fn row(row: &ImprovementRow) -> Value {
    let one = &row.improvement;
    json!({
        "reference": one.reference.to_string(),
        "council": row.council.slug.as_str(),
        "council_name": row.council.official_name,
        "state": row.state.word(),
        "category": one.category.word(),
        "subcategory": one.subcategory,
        "summary": one.summary,
        "agreed_on": one.agreed_on.to_string(),
        "due_on": one.due_on.map(|day| day.to_string()),
        "achieved_on": one.achieved_on.map(|day| day.to_string()),
        "decision_published": row.published,
    })
}

/// The improvements shown.
pub fn csv(page: &ImprovementsPage) -> Table {
    let header = vec![
        "reference",
        "code",
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
            vec![
                Cell::text(one.reference.to_string()),
                Cell::text(row.council.code.as_str()),
                Cell::text(&row.council.official_name),
                Cell::text(row.state.word()),
                Cell::text(one.category.word()),
                Cell::maybe(one.subcategory.clone()),
                Cell::text(&one.summary),
                Cell::text(one.agreed_on.to_string()),
                Cell::maybe(one.due_on.map(|day| day.to_string())),
                Cell::maybe(one.achieved_on.map(|day| day.to_string())),
                Cell::text(page.today.to_string()),
                Cell::flag(page.synthetic),
            ]
        })
        .collect();
    Table { header, rows }
}
