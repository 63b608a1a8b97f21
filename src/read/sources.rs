//! Where the values of a table came from, year by year.

use crate::db::sources::{Source, SourcedCell};
use crate::domain::year::ReportingYear;

/// A source of the values of a year.
pub type YearSource = (ReportingYear, Source);

/// The sources of the columns that are wanted, each once a year, oldest year first.
pub(super) fn by_year(cells: &[SourcedCell], wanted: impl Fn(ReportingYear, &str) -> bool) -> Vec<YearSource> {
    let mut found: Vec<YearSource> = Vec::new();
    for cell in cells.iter().filter(|cell| wanted(cell.year, &cell.field)) {
        // All cells of a row share their source, and stand together.
        let same = |(year, source): &YearSource| *year == cell.year && *source == cell.source;
        if !found.iter().any(same) {
            found.push((cell.year, cell.source.clone()));
        }
    }
    found
}
