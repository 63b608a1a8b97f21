//! Letters as JSON and CSV.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::csv::{Cell, Table};
use super::figure::{self, FigureJson, SourceJson};
use super::word::Word;
use crate::db::letters::ListedLetter;
use crate::domain::council::Council;
use crate::domain::letter::DocumentKind;
use crate::read::letters::{LetterPage, LettersPage};
use crate::views::links;

/// A letter in a list.
#[derive(Serialize, JsonSchema)]
pub(super) struct LetterBrief<'a> {
    council: &'a str,
    council_name: &'a str,
    year: String,
    letter_date: Date,
    page: Option<String>,
    url: Option<&'a str>,
}

/// The letters to a council and to those before it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Letters")]
pub struct LettersJson<'a> {
    council: CouncilBrief<'a>,
    letters: Vec<LetterBrief<'a>>,
    synthetic: bool,
}

/// One letter with the figures of its year.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Letter")]
pub struct LetterJson<'a> {
    #[serde(flatten)]
    brief: LetterBrief<'a>,
    text: Option<&'a str>,
    document: Option<Word<DocumentKind>>,
    statistics: Vec<FigureJson<'a>>,
    source: Option<SourceJson<'a>>,
    synthetic: bool,
}

/// A letter in a list.
pub(super) fn brief<'a>(council: &'a Council, letter: &'a ListedLetter) -> LetterBrief<'a> {
    LetterBrief {
        council: council.slug.as_str(),
        council_name: &council.official_name,
        year: letter.year.to_string(),
        letter_date: letter.letter_date,
        page: (letter.has_text || letter.has_document).then(|| links::letter(&council.slug, letter.year)),
        url: letter.url.as_deref(),
    }
}

/// All letters of the list, predecessors' included.
pub fn list_json(page: &LettersPage) -> LettersJson<'_> {
    LettersJson {
        council: councils::brief(&page.council),
        letters: page.all().map(|(council, letter)| brief(council, letter)).collect(),
        synthetic: page.synthetic,
    }
}

/// All letters of the list, predecessors' included.
pub fn list_csv(page: &LettersPage) -> Table {
    let rows = page
        .all()
        .map(|(council, letter)| {
            let mut row = councils::cells(council).to_vec();
            row.extend([
                Cell::text(letter.year.to_string()),
                Cell::text(letter.letter_date.to_string()),
                Cell::maybe(letter.url.clone()),
                Cell::flag(page.synthetic),
            ]);
            row
        })
        .collect();
    let header = councils::COLUMNS.into_iter().chain(["year", "letter_date", "url", "synthetic"]).collect();
    Table { header, rows }
}

/// One letter with the figures of its year.
pub fn one_json(page: &LetterPage) -> LetterJson<'_> {
    let letter = &page.letter;
    LetterJson {
        brief: brief(&page.council, &letter.listed),
        text: letter.text.as_deref(),
        document: letter.document.map(Word),
        statistics: page.figures.iter().map(|one| figure::json(one, page.synthetic)).collect(),
        source: letter.source.as_ref().map(figure::source),
        synthetic: page.synthetic,
    }
}

/// The figures of a letter's year.
pub fn one_csv(page: &LetterPage) -> Table {
    let mut header = councils::COLUMNS.to_vec();
    header.extend(figure::COLUMNS);
    let rows = page
        .figures
        .iter()
        .map(|one| {
            let mut row = councils::cells(&page.council).to_vec();
            row.extend(figure::cells(one, page.synthetic));
            row
        })
        .collect();
    Table { header, rows }
}
