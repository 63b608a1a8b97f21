//! What England looked like in each year (docs/domain.md, "England as a whole"): the targets of the invention.

use crate::domain::year::ReportingYear;

/// What is aimed at in one year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Detailed investigations.
    pub(super) investigated: f64,
    /// Share of them upheld.
    pub(super) upheld: f64,
    /// Share of recommendations carried out.
    pub(super) complied: f64,
    /// Share of those carried out late.
    pub(super) late: f64,
    /// Share of upheld cases that the council had already put right.
    pub(super) satisfactory: f64,
    /// Complaints decided for each investigation: fewer are investigated as the years go on.
    pub(super) decided: f64,
}

/// The years of the demonstration with their targets. 2018-19, 2020-21 and 2021-22 have no published
/// number of investigations; those here lie between their neighbours, less the Covid pause.
const TARGETS: [(i16, [f64; 6]); 7] = [
    (2018, [4250.0, 0.58, 0.994, 0.14, 0.11, 3.9]),
    (2019, [4215.0, 0.61, 0.994, 0.15, 0.13, 3.9]),
    (2020, [3080.0, 0.67, 0.995, 0.20, 0.11, 3.7]),
    (2021, [3950.0, 0.66, 0.997, 0.18, 0.12, 3.9]),
    (2022, [4301.0, 0.74, 0.994, 0.18, 0.13, 3.6]),
    (2023, [4003.0, 0.80, 0.995, 0.18, 0.12, 4.3]),
    (2024, [4441.0, 0.83, 0.997, 0.18, 0.13, 4.4]),
];

/// The years of the demonstration with their targets.
pub(super) fn targets() -> impl Iterator<Item = (ReportingYear, Target)> {
    TARGETS.into_iter().filter_map(|(start, [investigated, upheld, complied, late, satisfactory, decided])| {
        let target = Target { investigated, upheld, complied, late, satisfactory, decided };
        Some((ReportingYear::starting_in(start)?, target))
    })
}
