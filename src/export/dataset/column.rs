//! Columns of tables, and those that several tables have.

use self::ColumnKind::{Address, Flag, Integer, Text};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day, ISO 8601.
    Day,
    /// A moment, RFC 3339 in UTC.
    Moment,
    /// `true` or `false`.
    Flag,
    /// An address.
    Address,
}

/// A column that is always there.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// What it means.
    pub description: &'static str,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// What it means.
    pub description: String,
}

pub(super) const fn column(name: &'static str, kind: ColumnKind, description: &'static str) -> Fixed {
    Fixed { name, kind, description }
}

impl From<&Fixed> for Column {
    fn from(fixed: &Fixed) -> Self {
        Self { name: fixed.name.to_owned(), kind: fixed.kind, description: fixed.description.to_owned() }
    }
}

pub(super) const SYNTHETIC: Fixed = column("synthetic", Flag, "Whether the row is invented for demonstration.");
pub(super) const AUTHORITY: Fixed =
    column("authority", Text, "The council as an import names it: its place in addresses.");
pub(super) const AUTHORITY_NAME: Fixed = column("authority_name", Text, "The council's official name.");
/// What joins any two tables: of a row about a body that is no council it is empty, as is the next.
pub(super) const CODE: Fixed = column("code", Text, "The council's current or last GSS code; empty for other bodies.");
pub(super) const SLUG: Fixed =
    column("slug", Text, "The council's place in addresses, as in /councils/SLUG; empty for other bodies.");
pub(super) const YEAR: Fixed = column("year", Text, "Reporting year, 1 April to 31 March, as 2019-20.");
pub(super) const SOURCE_URL: Fixed = column("source_url", Address, "Where this row was published.");
pub(super) const RELEASE: Fixed =
    column("release", Text, "The release that the row belongs to, as in /changes#RELEASE.");
pub(super) const FILE: Fixed = column("file", Text, "The file it was read from.");
pub(super) const SHEET: Fixed = column("sheet", Text, "The sheet of the file.");
pub(super) const ROW: Fixed = column("row", Integer, "The row in the file, the header being row 1.");
pub(super) const CATEGORY: Fixed = column("category", Text, "The Ombudsman's category of complaint.");
pub(super) const SUBCATEGORY: Fixed = column("subcategory", Text, "The subcategory, under its category.");
pub(super) const REFERENCE: Fixed = column("reference", Text, "The case reference, as 19 012 345.");
