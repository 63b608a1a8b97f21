//! Where values came from, year by year, as JSON.

use serde_json::{Value, json};

use super::figure;
use crate::db::sources::Source;
use crate::domain::year::ReportingYear;

/// A source with the year of its values.
pub(super) fn of_year(year: ReportingYear, source: &Source) -> Value {
    let mut value = figure::source(source);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("year".to_owned(), json!(year.to_string()));
    }
    value
}
