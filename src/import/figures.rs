//! The figures that the files of one import give.

use std::collections::BTreeMap;

use super::problems::Findings;
use crate::domain::council::CouncilId;
use crate::domain::location::Location;
use crate::domain::year::ReportingYear;

/// The figures of the files by council and year, with the place of each: what the checks look at.
#[derive(Debug, Default)]
pub(super) struct Figures {
    by_council: BTreeMap<(CouncilId, ReportingYear), BTreeMap<String, (f64, Location)>>,
}

impl Figures {
    /// Adds a figure. Two files of one import may repeat a figure, as the Ombudsman's tables do, when they
    /// agree; one file may not.
    pub(super) fn add(
        &mut self,
        (council, year): (CouncilId, ReportingYear),
        field: &str,
        value: f64,
        location: &Location,
        findings: &mut Findings,
    ) {
        let fields = self.by_council.entry((council, year)).or_default();
        match fields.get(field) {
            None => {
                fields.insert(field.to_owned(), (value, location.clone()));
            }
            Some((same, first))
                if same.to_bits() == value.to_bits()
                    && (&first.file, &first.sheet) != (&location.file, &location.sheet) => {}
            Some((other, first)) => findings.problem(
                location.clone(),
                format!("{field} stands twice for this council and {year}: {value} here, {other} at {first}"),
                "one row for each council and year",
            ),
        }
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (CouncilId, ReportingYear, &BTreeMap<String, (f64, Location)>)> {
        self.by_council.iter().map(|((council, year), fields)| (*council, *year, fields))
    }
}
