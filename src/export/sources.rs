//! Where values came from, year by year, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{self, SourceJson};
use crate::db::sources::Source;
use crate::domain::year::ReportingYear;

/// A source with the year of its values.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct SourceOfYear<'a> {
    #[serde(flatten)]
    source: SourceJson<'a>,
    year: String,
}

/// A source with the year of its values.
pub(super) fn of_year(year: ReportingYear, source: &Source) -> SourceOfYear<'_> {
    SourceOfYear { source: figure::source(source), year: year.to_string() }
}
