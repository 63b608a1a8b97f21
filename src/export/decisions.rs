//! Lists of decisions and one decision, as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use super::figure;
use crate::db::decisions::ListedDecision;
use crate::read::Atlas;
use crate::read::decision::DecisionPage;
use crate::read::decisions::DecisionsPage;

/// A decision in a list. `council` is the address name of a council, null for other bodies; `body` is the
/// name of whichever it is.
pub fn brief(one: &ListedDecision) -> Value {
    let decision = &one.decision;
    json!({
        "reference": decision.reference.to_string(),
        "council": one.council.map(|_| one.body_slug.to_string()),
        "body": one.body,
        "type": decision.kind.word(),
        "outcome": decision.outcome.word(),
        "category": decision.category.word(),
        "subcategory": decision.subcategory,
        "decision_date": decision.decision_date.to_string(),
        "summary": decision.summary,
        "url": one.url,
        "document": one.document,
    })
}

/// A page of a list.
pub fn json(page: &DecisionsPage) -> Value {
    let facets = &page.facets;
    json!({
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "query": page.query.search.text(),
        "ignored": page.query.search.ignored(),
        "sort": page.query.order().word(),
        "corrected": page.corrected.as_ref().map(|one| json!({"typed": one.typed, "council": one.council.slug.as_str()})),
        "decisions": page.decisions.iter().map(|one| brief(&one.listed)).collect::<Vec<_>>(),
        "facets": {
            "category": counts(&facets.categories, |one| one.word().to_owned()),
            "subcategory": counts(&facets.subcategories, Clone::clone),
            "outcome": counts(&facets.outcomes, |one| one.word().to_owned()),
            "type": counts(&facets.kinds, |one| one.word().to_owned()),
            "year": counts(&facets.years, ToString::to_string),
            "kind": counts(&facets.council_kinds, |one| one.word().to_owned()),
            "region": counts(&facets.regions, Clone::clone),
            "council": counts(&facets.bodies, |one| one.slug.clone()),
        },
        "synthetic": page.synthetic,
    })
}

fn counts<T>(counts: &[(T, u64)], word: impl Fn(&T) -> String) -> Value {
    counts.iter().map(|(one, count)| json!({"value": word(one), "count": count})).collect()
}

const COLUMNS: [&str; 12] = [
    "reference",
    "code",
    "authority",
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
    let code = one.council.and_then(|id| atlas.register.get(id)).map(|council| council.code.to_string());
    vec![
        Cell::text(decision.reference.to_string()),
        Cell::maybe(code),
        Cell::text(&one.body),
        Cell::text(decision.kind.word()),
        Cell::text(decision.outcome.word()),
        Cell::text(decision.category.word()),
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
pub fn one_json(page: &DecisionPage) -> Value {
    let mut decision = brief(&page.listed);
    if let Some(fields) = decision.as_object_mut() {
        let sections = page.sections.iter().map(|part| json!({"heading": part.heading, "text": part.text}));
        fields.insert("sections".to_owned(), sections.collect());
    }
    let improvements = |all: &[crate::db::improvements::ListedImprovement]| -> Value {
        all.iter()
            .map(|one| {
                json!({
                    "summary": one.summary,
                    "agreed_on": one.agreed_on.to_string(),
                    "due_on": one.due_on.map(|day| day.to_string()),
                    "achieved_on": one.achieved_on.map(|day| day.to_string()),
                })
            })
            .collect()
    };
    json!({
        "decision": decision,
        "improvements": improvements(&page.improvements),
        "joint": page.siblings.iter().map(brief).collect::<Vec<_>>(),
        "similar": page.similar.iter().map(|one| {
            let mut similar = brief(&one.listed);
            if let Some(fields) = similar.as_object_mut() {
                fields.insert("improvements".to_owned(), improvements(&one.improvements));
            }
            similar
        }).collect::<Vec<_>>(),
        "source": page.source.as_ref().map(figure::source),
        "synthetic": page.synthetic,
    })
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
