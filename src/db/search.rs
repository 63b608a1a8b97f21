//! Full-text search over decisions, and the compact rows that lists are filtered and counted from.
//!
//! What people type is never passed on as it is: a bound value of MATCH is itself a query language, in
//! which `Council's` or `housing-repairs` are errors. Every word is quoted.

use std::cell::Cell;

use jiff::civil::Date;
use rusqlite::Connection;

use super::error::{DbError, parsed};
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::search::{Phrase, SearchText};

/// Begins and ends a hit: private-use characters, which no text holds and which views turn into elements.
pub const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// What lists need to filter, order and count by, of one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Row number of the decision.
    pub id: i64,
    /// Row number of its body.
    pub body: i64,
    /// Statement or report.
    pub kind: DecisionType,
    /// How it ended.
    pub outcome: Outcome,
    /// Category.
    pub category: Category,
    /// Subcategory slug.
    pub subcategory: Option<String>,
    /// Day of the decision.
    pub day: Date,
}

/// Hands over every decision in the order of the file, which is the quickest to read.
pub fn each_case(conn: &Connection, mut take: impl FnMut(CaseRow)) -> Result<(), DbError> {
    let mut statement = conn.prepare(
        "SELECT id, body_id, type, outcome, category, subcategory, decision_date FROM decisions ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(CaseRow {
            id: row.get(0)?,
            body: row.get(1)?,
            kind: parsed(DecisionType::parse(row.get_ref(2)?.as_str().unwrap_or_default()))?,
            outcome: parsed(Outcome::parse(row.get_ref(3)?.as_str().unwrap_or_default()))?,
            category: parsed(Category::parse(row.get_ref(4)?.as_str().unwrap_or_default()))?,
            subcategory: row.get(5)?,
            day: parsed(row.get_ref(6)?.as_str().unwrap_or_default().parse::<Date>())?,
        });
    }
    Ok(())
}

/// One expression for each word or phrase, holding nothing but quoted words. `goes_on`: the last word may
/// be the beginning of one.
pub fn expressions(search: &SearchText, goes_on: bool) -> Vec<String> {
    let last = search.phrases().len().saturating_sub(1);
    let one = |(place, phrase): (usize, &Phrase)| {
        format!("\"{}\"{}", phrase.words.join(" "), if goes_on && place == last { " *" } else { "" })
    };
    search.phrases().iter().enumerate().map(one).collect()
}

/// The same expression, holding only for what a list shows of a decision: summary, subject and the body's name.
pub fn listed_only(expression: &str) -> String {
    format!("{{summary subject body}} : ({expression})")
}

/// Hands over the row number of every decision that an expression finds.
pub fn each_match(conn: &Connection, expression: &str, mut take: impl FnMut(i64)) -> Result<(), DbError> {
    let mut statement = conn.prepare_cached("SELECT rowid FROM decision_search WHERE decision_search MATCH ?1")?;
    let mut rows = statement.query([expression])?;
    while let Some(row) = rows.next()? {
        take(row.get(0)?);
    }
    Ok(())
}

/// Hands over up to `most` texts of decisions, spread over the file: what its common words can be told from.
pub fn sample(conn: &Connection, most: u32, mut take: impl FnMut(&str)) -> Result<(), DbError> {
    let newest: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM decisions", [], |row| row.get(0))?;
    let step = (newest / i64::from(most.max(1))).max(1);
    let mut statement = conn.prepare(
        "SELECT summary || ' ' || coalesce((SELECT group_concat(text, ' ') FROM decision_sections WHERE decision_id = decisions.id), '')
         FROM decisions WHERE id = ?1",
    )?;
    let mut id = 1;
    while id <= newest {
        let mut rows = statement.query([id])?;
        if let Some(row) = rows.next()? {
            take(row.get_ref(0)?.as_str().unwrap_or_default());
        }
        id += step;
    }
    Ok(())
}

/// A summary and, where the hit is in the full text, the words around it; hits stand between `MARKS`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The whole summary.
    pub summary: String,
    /// A piece of the full text, where words of the search stand there.
    pub excerpt: Option<String>,
}

thread_local! {
    /// The index of the texts of one page. To make it took as long as to fill it, so each thread keeps one, empty.
    static PAGE: Cell<Option<Connection>> = const { Cell::new(None) };
}

/// Marks the words of a search in texts, summary and full text each. The few texts of a page are indexed once more, in
/// memory, by the same tokenizer: the index of all decisions would be searched from its beginning for each of them.
pub fn mark(texts: &[(String, String)], search: &SearchText, expression: &str) -> Result<Vec<Marked>, DbError> {
    let plain = |(summary, _): &(String, String)| Marked { summary: summary.clone(), excerpt: None };
    let mut marked: Vec<Marked> = texts.iter().map(plain).collect();
    if search.is_empty() {
        return Ok(marked);
    }
    let mut conn = match PAGE.take() {
        Some(conn) => conn,
        None => page_index()?,
    };
    // Never committed: what was filled in is gone with the end.
    let filled = conn.transaction()?;
    for (place, (summary, sections)) in (0_i64..).zip(texts) {
        // A text that holds our markers could pass for a hit.
        filled.prepare_cached("INSERT INTO page (rowid, summary, sections) VALUES (?1, ?2, ?3)")?.execute((
            place,
            summary.replace(MARKS, ""),
            sections.replace(MARKS, ""),
        ))?;
    }
    mark_filled(&filled, expression, &mut marked)?;
    filled.rollback()?;
    PAGE.set(Some(conn));
    Ok(marked)
}

fn page_index() -> Result<Connection, DbError> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(
        "CREATE VIRTUAL TABLE page USING fts5 (summary, sections, tokenize = \"porter unicode61 remove_diacritics 2\")",
    )?;
    Ok(conn)
}

fn mark_filled(page: &Connection, expression: &str, marked: &mut [Marked]) -> Result<(), DbError> {
    let any = expression.replace(" AND ", " OR ");
    let [open, close] = MARKS.map(String::from);
    let mut statement = page.prepare_cached(
        "SELECT rowid, highlight(page, 0, ?2, ?3), snippet(page, 1, ?2, ?3, ' … ', 28) FROM page WHERE page MATCH ?1",
    )?;
    let mut rows = statement.query((any, open, close))?;
    while let Some(row) = rows.next()? {
        let Some(one) = usize::try_from(row.get::<_, i64>(0)?).ok().and_then(|place| marked.get_mut(place)) else {
            continue;
        };
        one.summary = row.get(1)?;
        one.excerpt = row.get::<_, Option<String>>(2)?.filter(|text| text.contains(MARKS));
    }
    Ok(())
}
