//! The catalogue of downloads: each table's columns in words. It feeds the CSV headers, the data package,
//! the CSVW description, and the page of sources and licences, so these cannot disagree.

mod column;
mod statistics;

use self::column::ColumnKind::{Address, Day, Integer, Moment, Number, Text};
use self::column::{
    AUTHORITY, AUTHORITY_NAME, CATEGORY, CODE, FILE, Fixed, REFERENCE, RELEASE, ROW, SHEET, SLUG, SOURCE_URL,
    SUBCATEGORY, SYNTHETIC, YEAR, column,
};
pub use self::column::{Column, ColumnKind};

/// A table that can be downloaded whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dataset {
    /// The register.
    Councils,
    /// The yearly statistics as imported, one row for each council, year and source.
    Statistics,
    /// The same, one row for each value with its place in the source.
    Cells,
    /// The national series.
    National,
    /// Decisions and reports.
    Decisions,
    /// Service improvements.
    Improvements,
    /// Annual review letters.
    Letters,
    /// Replies of councils.
    Replies,
    /// Releases.
    Releases,
    /// The log of changes.
    Changes,
}

const COUNCILS: &[Fixed] = &[
    column("code", Text, "Current or last GSS code."),
    column("former_codes", Text, "Codes it had before, parted by |."),
    column("slug", Text, "Its place in addresses, as in /councils/SLUG."),
    column("name", Text, "Short name."),
    column("official_name", Text, "Official name."),
    column("kind", Text, "county, district, unitary, metropolitan or london."),
    column("region", Text, "Region of England."),
    column("county_code", Text, "Code of the county council over a district."),
    column("active_from", Day, "First day, where it began after 2009."),
    column("active_to", Day, "First day after its end."),
    column("successor_codes", Text, "Codes of the councils that took over, parted by |."),
    column("population_mid_2020", Integer, "Residents in mid-2020."),
    SYNTHETIC,
];
const CELLS: &[Fixed] = &[
    AUTHORITY,
    AUTHORITY_NAME,
    CODE,
    SLUG,
    YEAR,
    column("field", Text, "The column of the yearly statistics."),
    column("value", Number, "The value as imported."),
    RELEASE,
    FILE,
    SHEET,
    ROW,
    SOURCE_URL,
    SYNTHETIC,
];
const DECISIONS: &[Fixed] = &[
    REFERENCE,
    column("authority", Text, "The council's place in addresses, or the name of another body."),
    column("authority_name", Text, "Official name of the council or other body."),
    CODE,
    SLUG,
    column("type", Text, "statement or report."),
    column("outcome", Text, "upheld, not-upheld or closed."),
    CATEGORY,
    SUBCATEGORY,
    column("decision_date", Day, "Day of the decision."),
    column("summary", Text, "Summary; empty where only an index is known."),
    column("sections", Text, "Parts of the text as JSON: a list of objects with heading and text."),
    column("url", Address, "The original."),
    column("document", Address, "The document of a public report."),
    SYNTHETIC,
];
const IMPROVEMENTS: &[Fixed] = &[
    REFERENCE,
    AUTHORITY,
    AUTHORITY_NAME,
    CODE,
    SLUG,
    CATEGORY,
    SUBCATEGORY,
    column("summary", Text, "What was agreed, in public words."),
    column("agreed_on", Day, "When it was agreed."),
    column("due_on", Day, "Until when it was to be done."),
    column("achieved_on", Day, "When it was done."),
    SYNTHETIC,
];
const LETTERS: &[Fixed] = &[
    AUTHORITY,
    AUTHORITY_NAME,
    CODE,
    SLUG,
    YEAR,
    column("letter_date", Day, "The day on the letter."),
    column("text", Text, "Its text as Markdown, where it could be read and no document is given."),
    column("document", Text, "Path of the document beside this file, in an export."),
    column("url", Address, "Where the letter was published."),
    SYNTHETIC,
];
const REPLIES: &[Fixed] = &[
    AUTHORITY,
    AUTHORITY_NAME,
    CODE,
    SLUG,
    YEAR,
    column("measure", Text, "The measure it is about; empty for the year as a whole."),
    column("replied_on", Day, "Day of the reply."),
    column("author", Text, "The office that signed it."),
    column("text", Text, "What the council says: plain text, paragraphs parted by blank lines."),
    column("url", Address, "Where the council published it."),
    SYNTHETIC,
];
const RELEASES: &[Fixed] = &[
    column("release", Text, "Permanent name of the release."),
    column("kind", Text, "What it holds."),
    column("title", Text, "Title."),
    column("source", Text, "Who made the figures."),
    column("source_url", Address, "Where they came from."),
    column("licence", Text, "Licence of the content."),
    column("sha256", Text, "SHA-256 of the files together."),
    column("retrieved_at", Moment, "When the files were taken in."),
    column("published_at", Moment, "Since when it may be seen here."),
    SYNTHETIC,
];
/// Columns of the log of changes.
pub const CHANGES: &[Fixed] = &[
    column("release", Text, "The release that made the change."),
    column("published_at", Moment, "Since when the change may be seen."),
    column("action", Text, "added, changed or removed."),
    column("noun", Text, "What kind of thing: figure, decision, letter, reply."),
    CODE,
    SLUG,
    column("council", Text, "Official name of the council."),
    YEAR,
    column("what", Text, "Which one: a column, a reference; or how many were added."),
    column("old", Text, "The value before."),
    column("new", Text, "The value since; empty when it was removed."),
    SYNTHETIC,
];

impl Dataset {
    /// All tables, in the order of lists.
    pub const ALL: [Self; 10] = [
        Self::Councils,
        Self::Statistics,
        Self::Cells,
        Self::National,
        Self::Decisions,
        Self::Improvements,
        Self::Letters,
        Self::Replies,
        Self::Releases,
        Self::Changes,
    ];

    /// The name in addresses and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Councils => "councils",
            Self::Statistics => "statistics",
            Self::Cells => "cells",
            Self::National => "national",
            Self::Decisions => "decisions",
            Self::Improvements => "improvements",
            Self::Letters => "letters",
            Self::Replies => "replies",
            Self::Releases => "releases",
            Self::Changes => "changes",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dataset| dataset.as_str() == text)
    }

    /// Title for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Councils => "Councils",
            Self::Statistics => "Yearly statistics of councils",
            Self::Cells => "Yearly statistics, value by value",
            Self::National => "National figures",
            Self::Decisions => "Decisions and public reports",
            Self::Improvements => "Service improvements",
            Self::Letters => "Annual review letters",
            Self::Replies => "Replies of councils",
            Self::Releases => "Releases",
            Self::Changes => "Log of changes",
        }
    }

    /// What it holds, in a sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Councils => "The dated register of England's councils: codes, names, kinds, successors.",
            Self::Statistics => {
                "The yearly figures as imported, one row for each council, year and source; import takes it again."
            }
            Self::Cells => "The same figures, one row for each value, with the file, sheet and row it came from.",
            Self::National => "The figures of England by year.",
            Self::Decisions => "Every decision and public report: reference, body, subject, outcome, date, text.",
            Self::Improvements => "What councils agreed to improve: when, until when, whether done.",
            Self::Letters => "The Ombudsman's yearly letters to councils, with their text.",
            Self::Replies => "What councils replied to their figures, in their own words.",
            Self::Releases => "What was imported together: source, licence, hash, dates.",
            Self::Changes => "What each release added, changed and withdrew, with old and new values.",
        }
    }

    /// The columns that together name a row; none where rows may repeat.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Self::Councils => &["slug"],
            Self::Cells => &["authority", "year", "field"],
            Self::Decisions => &["reference"],
            Self::Letters => &["authority", "year"],
            Self::Releases => &["release"],
            // The measure of a reply may be empty, which no part of a key may be.
            Self::Statistics | Self::National | Self::Improvements | Self::Replies | Self::Changes => &[],
        }
    }

    /// Its columns in order. `fields` are the columns that councils have values for: statistics have one
    /// column for each, and those that no file has brought are left out beyond the fixed ones.
    pub fn columns(self, fields: &[String]) -> Vec<Column> {
        let fixed = match self {
            Self::Councils => COUNCILS,
            Self::Statistics => return statistics::columns(fields),
            Self::Cells => CELLS,
            Self::National => return statistics::national(),
            Self::Decisions => DECISIONS,
            Self::Improvements => IMPROVEMENTS,
            Self::Letters => LETTERS,
            Self::Replies => REPLIES,
            Self::Releases => RELEASES,
            Self::Changes => CHANGES,
        };
        fixed.iter().map(Column::from).collect()
    }
}
