//! The columns of the yearly statistics, which grow with the files that were imported.

use super::column::ColumnKind::{Integer, Number};
use super::column::{AUTHORITY, AUTHORITY_NAME, CODE, Column, Fixed, SLUG, SOURCE_URL, SYNTHETIC, YEAR};
use crate::domain::field::{CellKind, Field, description, fixed, kind_of};

/// A column for each that councils have values for; of the fixed ones all.
pub(super) fn columns(fields: &[String]) -> Vec<Column> {
    let further = fields.iter().map(String::as_str).filter(|name| !Field::named(name).is_some_and(Field::is_fixed));
    let start = [AUTHORITY, AUTHORITY_NAME, CODE, SLUG, YEAR];
    described(&start, fixed().map(|field| field.name).chain(further))
}

/// The columns of the national series.
pub(super) fn national() -> Vec<Column> {
    described(&[YEAR], fixed().filter(|field| field.is_national()).map(|field| field.name))
}

fn described<'a>(start: &[Fixed], fields: impl Iterator<Item = &'a str>) -> Vec<Column> {
    let field = |name: &str| {
        let kind = if kind_of(name) == Some(CellKind::Count) { Integer } else { Number };
        Column { name: name.to_owned(), kind, description: description(name) }
    };
    let end = [SOURCE_URL, SYNTHETIC];
    start.iter().map(Column::from).chain(fields.map(field)).chain(end.iter().map(Column::from)).collect()
}
