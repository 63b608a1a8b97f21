//! Letters as JSON and CSV.

use serde_json::{Value, json};

use super::csv::{Cell, Table};
use super::figure;
use crate::db::letters::ListedLetter;
use crate::domain::council::Council;
use crate::read::letters::{LetterPage, LettersPage};
use crate::views::links;

fn brief(council: &Council, letter: &ListedLetter) -> Value {
    json!({
        "council": council.slug.as_str(),
        "council_name": council.official_name,
        "year": letter.year.to_string(),
        "letter_date": letter.letter_date.to_string(),
        "page": (letter.has_text || letter.has_document).then(|| links::letter(&council.slug, letter.year)),
        "url": letter.url,
    })
}

/// All letters of the list, predecessors' included.
pub fn list_json(page: &LettersPage) -> Value {
    json!({
        "council": super::councils::brief(&page.council),
        "letters": page.all().map(|(council, letter)| brief(council, letter)).collect::<Vec<_>>(),
        "synthetic": page.synthetic,
    })
}

/// All letters of the list, predecessors' included.
pub fn list_csv(page: &LettersPage) -> Table {
    let rows = page
        .all()
        .map(|(council, letter)| {
            vec![
                Cell::text(council.code.as_str()),
                Cell::text(&council.official_name),
                Cell::text(letter.year.to_string()),
                Cell::text(letter.letter_date.to_string()),
                Cell::maybe(letter.url.clone()),
                Cell::flag(page.synthetic),
            ]
        })
        .collect();
    Table { header: vec!["code", "council", "year", "letter_date", "url", "synthetic"], rows }
}

/// One letter with the figures of its year.
pub fn one_json(page: &LetterPage) -> Value {
    let mut value = brief(&page.council, &page.letter.listed);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("text".to_owned(), json!(page.letter.text));
        fields
            .insert("document".to_owned(), json!(page.letter.document.map(crate::domain::letter::DocumentKind::word)));
        let figures: Vec<Value> = page.figures.iter().map(|one| figure::json(one, page.synthetic)).collect();
        fields.insert("statistics".to_owned(), json!(figures));
        fields.insert("source".to_owned(), json!(page.letter.source.as_ref().map(figure::source)));
        fields.insert("synthetic".to_owned(), json!(page.synthetic));
    }
    value
}

/// The figures of a letter's year.
pub fn one_csv(page: &LetterPage) -> Table {
    let mut header = vec!["code", "council"];
    header.extend(figure::COLUMNS);
    let rows = page
        .figures
        .iter()
        .map(|one| {
            let mut row = vec![Cell::text(page.council.code.as_str()), Cell::text(&page.council.official_name)];
            row.extend(figure::cells(one, page.synthetic));
            row
        })
        .collect();
    Table { header, rows }
}
