//! Full-text search over decisions, and the compact rows that lists are filtered and counted from.
//!
//! What people type is never passed on as it is: a bound value of MATCH is itself a query language, in
//! which `Council's` or `housing-repairs` are errors. Every word is quoted.

use jiff::civil::Date;
use rusqlite::Connection;

use super::error::{DbError, parsed};
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::search::{Phrase, SearchText};

/// Begins and ends a hit: private-use characters, which no text holds and which views turn into elements.
pub const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// Ranking with BM25 reads every row that holds a word, and again every row that is found. Measured with
/// 2,000,000 decisions: 60 ms for a word that stands in half of them. So it is used where no word stands
/// in more rows than this; beyond it, decisions with all words in summary or subject come first.
const RANKED: usize = 20_000;

/// Summary and subject weigh more than the body's name, and all of these more than the full text.
const WEIGHTS: &str = "10.0, 6.0, 4.0, 1.0";

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

/// Hands over every decision in the order of the file, which is the quickest to read: 0.1 s for 200,000.
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

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Row numbers; the best first when `ranked`.
    pub ids: Vec<i64>,
    /// Where ids stop that have all words in summary or subject, when not ranked.
    pub close: Option<Vec<i64>>,
    /// The expression that found them, for marking.
    pub expression: String,
}

/// Finds decisions that hold all words and phrases. `best` asks for the best first.
pub fn find(conn: &Connection, search: &SearchText, best: bool) -> Result<Hits, DbError> {
    let whole = expression(search.phrases(), false);
    let mut hits = Hits { ids: matches(conn, &whole, None)?, close: None, expression: whole };
    if hits.ids.is_empty() && search.is_unfinished() {
        // Words are matched by their stems, so a word that is not finished yet is looked for only where
        // nothing holds it as it stands.
        hits.expression = expression(search.phrases(), true);
        hits.ids = matches(conn, &hits.expression, None)?;
    }
    if best && hits.ids.len() > 1 {
        if hits.ids.len() <= RANKED && all_rare(conn, search)? {
            hits.ids = ranked(conn, &hits.expression)?;
        } else {
            let close = format!("{{summary subject}} : ({})", hits.expression);
            hits.close = Some(matches(conn, &close, None)?);
        }
    }
    Ok(hits)
}

/// The words as an expression that holds nothing but quoted words.
fn expression(phrases: &[Phrase], goes_on: bool) -> String {
    let last = phrases.len().saturating_sub(1);
    let parts: Vec<String> = phrases
        .iter()
        .enumerate()
        .map(|(place, phrase)| {
            format!("\"{}\"{}", phrase.words.join(" "), if goes_on && place == last { " *" } else { "" })
        })
        .collect();
    parts.join(" AND ")
}

fn matches(conn: &Connection, expression: &str, most: Option<usize>) -> Result<Vec<i64>, DbError> {
    let limit = most.and_then(|most| i64::try_from(most).ok()).unwrap_or(-1);
    let mut statement =
        conn.prepare_cached("SELECT rowid FROM decision_search WHERE decision_search MATCH ?1 LIMIT ?2")?;
    let mut rows = statement.query(rusqlite::params![expression, limit])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        ids.push(row.get(0)?);
    }
    Ok(ids)
}

fn all_rare(conn: &Connection, search: &SearchText) -> Result<bool, DbError> {
    for phrase in search.phrases() {
        let one = expression(std::slice::from_ref(phrase), false);
        if matches(conn, &one, Some(RANKED + 1))?.len() > RANKED {
            return Ok(false);
        }
    }
    Ok(true)
}

fn ranked(conn: &Connection, expression: &str) -> Result<Vec<i64>, DbError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT rowid FROM decision_search WHERE decision_search MATCH ?1 ORDER BY bm25(decision_search, {WEIGHTS}), rowid DESC"
    ))?;
    let mut rows = statement.query([expression])?;
    let mut ids = Vec::new();
    while let Some(row) = rows.next()? {
        ids.push(row.get(0)?);
    }
    Ok(ids)
}

/// A summary and, where the hit is in the full text, the words around it; hits stand between `MARKS`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The whole summary.
    pub summary: String,
    /// A piece of the full text, where words of the search stand there.
    pub excerpt: Option<String>,
}

/// Marks the words of a search in texts, summary and full text each. The index holds no texts, so the few
/// of one page are indexed once more, in memory, by the same tokenizer: 1 ms for 25.
pub fn mark(texts: &[(String, String)], search: &SearchText, expression: &str) -> Result<Vec<Marked>, DbError> {
    let any = expression.replace(" AND ", " OR ");
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(
        "CREATE VIRTUAL TABLE page USING fts5 (summary, sections, tokenize = \"porter unicode61 remove_diacritics 2\")",
    )?;
    let mut marked = Vec::with_capacity(texts.len());
    {
        let mut insert = conn.prepare("INSERT INTO page (rowid, summary, sections) VALUES (?1, ?2, ?3)")?;
        for (place, (summary, sections)) in (0_i64..).zip(texts) {
            // A text that holds our markers could pass for a hit.
            insert.execute(rusqlite::params![place, summary.replace(MARKS, ""), sections.replace(MARKS, "")])?;
            marked.push(Marked { summary: summary.clone(), excerpt: None });
        }
    }
    if search.is_empty() {
        return Ok(marked);
    }
    let [open, close] = MARKS.map(String::from);
    let mut statement = conn.prepare(
        "SELECT rowid, highlight(page, 0, ?2, ?3), snippet(page, 1, ?2, ?3, ' … ', 28) FROM page WHERE page MATCH ?1",
    )?;
    let mut rows = statement.query([&any, &open, &close])?;
    while let Some(row) = rows.next()? {
        let Some(one) = usize::try_from(row.get::<_, i64>(0)?).ok().and_then(|place| marked.get_mut(place)) else {
            continue;
        };
        one.summary = row.get(1)?;
        one.excerpt = row.get::<_, Option<String>>(2)?.filter(|text| text.contains(MARKS));
    }
    Ok(marked)
}
