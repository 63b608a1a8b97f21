//! The figures of England in a demonstration, summed from its own councils, so that they always agree with them.

use super::row::{FILE, percent, place};
use super::statistics::CouncilYear;
use super::targets::targets;
use crate::domain::field::{CellKind, Field, fixed};
use crate::domain::interval::float;
use crate::domain::record::NationalRecord;
use crate::domain::year::ReportingYear;

/// The sums over the councils of each year, with the rates that follow from them.
pub(super) fn records(councils: &[CouncilYear]) -> Vec<NationalRecord> {
    targets()
        .zip(2..)
        .map(|((year, _), row)| NationalRecord {
            year,
            cells: cells(year, councils),
            source_url: None,
            location: place(FILE, row),
        })
        .collect()
}

fn cells(year: ReportingYear, councils: &[CouncilYear]) -> Vec<(String, f64)> {
    let of_year: Vec<&CouncilYear> = councils.iter().filter(|one| one.year == year).collect();
    let sum = |count: fn(&CouncilYear) -> u64| float(of_year.iter().map(|one| count(one)).sum());
    // A district's residents are its county's too: each person is counted once.
    let residents: u64 = of_year.iter().filter(|one| one.stands_for_residents()).map(|one| one.population).sum();
    let count = |name: &str| of_year.iter().map(|one| one.count(name)).sum::<Option<u64>>();
    let rate = |field: &Field| match (field.rate_of, field.kind) {
        (Some((top, bottom)), _) => percent(count(top)?, count(bottom)?),
        (None, CellKind::PerHundredThousand) if year.start_year() >= 2023 && residents > 0 => {
            Some((sum(CouncilYear::upheld) * 1_000_000.0 / float(residents)).round() / 10.0)
        }
        (None, _) => None,
    };
    fixed()
        .filter(|field| field.is_national())
        .filter_map(|field| {
            let value = count(field.name).map(float).or_else(|| rate(field))?;
            Some((field.name.to_owned(), value))
        })
        .collect()
}
