//! How words, codes and numbers of the domain stand in the database: each type is read from its column and written to
//! it as itself. `domain` knows no SQL, so the bridge stands here; a crate may implement a foreign trait for its own
//! types in any of its modules, so no wrappers are needed. Days are covered by rusqlite itself (feature `jiff`).

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilId, CouncilKind, GssCode, Slug};
use crate::domain::decision::{Category, DecisionType, Outcome, Reference};
use crate::domain::improvement::ImprovementState;
use crate::domain::letter::DocumentKind;
use crate::domain::measure::Measure;
use crate::domain::release::ImportKind;
use crate::domain::year::ReportingYear;

/// A stored word that its type does not know.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a word of this column")]
struct UnknownWord(String);

/// Text columns: how a type is read from the text, and how it is written.
macro_rules! text_columns {
    ($($type:ty: $read:expr, $write:expr;)+) => {$(
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                $read(value.as_str()?).map_err(FromSqlError::other)
            }
        }

        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from($write(self)))
            }
        }
    )+};
}

text_columns! {
    Measure: Measure::parse, |one: &Measure| one.as_str();
    Verdict: |text: &str| Verdict::parse(text).ok_or_else(|| UnknownWord(text.to_owned())), |one: &Verdict| one.as_str();
    CouncilKind: CouncilKind::parse, |one: &CouncilKind| one.as_str();
    ReportingYear: ReportingYear::parse, ReportingYear::to_string;
    GssCode: GssCode::parse, GssCode::to_string;
    Slug: Slug::parse, Slug::to_string;
    Reference: Reference::parse, Reference::address;
    Category: Category::parse, |one: &Category| one.as_str();
    DecisionType: DecisionType::parse, |one: &DecisionType| one.as_str();
    ImprovementState: |text: &str| ImprovementState::parse(text).ok_or_else(|| UnknownWord(text.to_owned())), |one: &ImprovementState| one.as_str();
    DocumentKind: |text: &str| DocumentKind::parse(text).ok_or_else(|| UnknownWord(text.to_owned())), |one: &DocumentKind| one.as_str();
    ImportKind: ImportKind::parse, |one: &ImportKind| one.as_str();
    Outcome: Outcome::parse, |one: &Outcome| one.as_str();
}

impl FromSql for CouncilId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

impl ToSql for CouncilId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// Makes a struct whose fields are the columns of a query, each beside its SQL: the list of columns and the reading of
/// a row come from the same lines, so that no column is counted by hand. Looking columns up by name at run time would
/// cost a comparison with every column for each value.
macro_rules! row {
    ($(#[$attribute:meta])* $vis:vis struct $name:ident {
        $(#[$first_attribute:meta])* $first:ident: $first_type:ty = $first_sql:literal
        $(, $(#[$field_attribute:meta])* $field:ident: $type:ty = $sql:literal)* $(,)?
    }) => {
        $(#[$attribute])*
        $vis struct $name {
            $(#[$first_attribute])* $vis $first: $first_type,
            $($(#[$field_attribute])* $vis $field: $type,)*
        }

        #[allow(dead_code, reason = "a row that stands last in its query needs no width")]
        impl $name {
            /// The columns as they stand behind SELECT.
            pub(in crate::db) const COLUMNS: &'static str = concat!($first_sql $(, ", ", $sql)*);
            /// How many they are.
            pub(in crate::db) const WIDTH: usize = [$first_sql $(, $sql)*].len();

            /// Reads the columns that begin at a place of a row.
            pub(in crate::db) fn read(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Self> {
                let mut place = at..;
                let mut next = || place.next().unwrap_or(usize::MAX);
                Ok(Self { $first: row.get(next())?, $($field: row.get(next())?,)* })
            }
        }
    };
    // The same for a struct of the domain.
    ($(#[$attribute:meta])* $vis:vis struct $name:ident reads $target:ident {
        $first:ident = $first_sql:literal $(, $field:ident = $sql:literal)* $(,)?
    }) => {
        $(#[$attribute])*
        $vis struct $name;

        #[allow(dead_code, reason = "a row that stands last in its query needs no width")]
        impl $name {
            /// The columns as they stand behind SELECT.
            pub(in crate::db) const COLUMNS: &'static str = concat!($first_sql $(, ", ", $sql)*);
            /// How many they are.
            pub(in crate::db) const WIDTH: usize = [$first_sql $(, $sql)*].len();

            /// Reads the columns that begin at a place of a row.
            pub(in crate::db) fn read(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<$target> {
                let mut place = at..;
                let mut next = || place.next().unwrap_or(usize::MAX);
                Ok($target { $first: row.get(next())?, $($field: row.get(next())?,)* })
            }
        }
    };
}

pub(super) use row;
