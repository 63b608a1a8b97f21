//! Whether the figures of a council and year can stand together, those already loaded included.

use std::collections::BTreeMap;

use super::Context;
use super::figures::Figures;
use super::problems::Findings;
use crate::db::figures;
use crate::domain::council::CouncilId;
use crate::domain::field::{FIELDS, Field, words};
use crate::domain::location::Location;
use crate::domain::measure::round_half_up;
use crate::domain::year::ReportingYear;

/// Checks every council and year of the files.
pub(super) fn check(figures: &Figures, context: Context<'_>, findings: &mut Findings) {
    let mut rates = RatesOfTables::default();
    for (council, year, fields) in figures.iter() {
        let known = loaded(council, year, context);
        let value = |field: &str| fields.get(field).map(|(value, _)| *value).or_else(|| known.get(field).copied());
        let place = |field: &str| fields.get(field).map(|(_, location)| location.clone());
        let origin = |field: &str| if fields.contains_key(field) { "" } else { " (already loaded)" };
        for field in FIELDS {
            let part = field.name;
            for whole in field.limits() {
                let (Some(top), Some(bottom)) = (value(part), value(whole)) else { continue };
                let Some(location) = place(part).or_else(|| place(whole)) else { continue };
                if top > bottom {
                    findings.problem(
                        location,
                        format!("{part} is {top}{}, but {whole} is {bottom}{}", origin(part), origin(whole)),
                        format!("{} not above {}", words(part).to_lowercase(), words(whole).to_lowercase()),
                    );
                }
            }
            if let Some(other) = field.same_as
                && let (Some(a), Some(b)) = (value(other), value(part))
                && let Some(location) = place(part).or_else(|| place(other))
                && a.to_bits() != b.to_bits()
            {
                let found = format!("{other} is {a}{}, but {part} is {b}{}", origin(other), origin(part));
                findings.problem(location, found, "the same number in both");
            }
            check_sum(field, value, place, findings);
        }
        check_rates(value, place, &mut rates, findings);
    }
    rates.report(findings);
}

/// Checks a count that others add up to, where all of them are known.
fn check_sum(
    field: &Field,
    value: impl Fn(&str) -> Option<f64>,
    place: impl Fn(&str) -> Option<Location>,
    findings: &mut Findings,
) {
    let parts: Option<Vec<f64>> = field.sum_of.iter().map(|part| value(part)).collect();
    let (Some(parts), Some(stated)) = (parts.filter(|parts| !parts.is_empty()), value(field.name)) else { return };
    let sum: f64 = parts.iter().sum();
    let places = std::iter::once(field.name).chain(field.sum_of.iter().copied());
    if let Some(location) = places.into_iter().find_map(place)
        && (stated - sum).abs() > 1e-9
    {
        findings.problem(
            location,
            format!("{} is {stated}", field.name),
            format!("{sum}, the sum of {}", field.sum_of.join(", ")),
        );
    }
}

/// Checks rates where each field of a row has a place.
pub(super) fn rates_match(
    value: impl Fn(&str) -> Option<f64>,
    place: impl Fn(&str) -> Location,
    findings: &mut Findings,
) {
    let mut rates = RatesOfTables::default();
    check_rates(&value, |field: &str| value(field).map(|_| place(field)), &mut rates, findings);
    rates.report(findings);
    if let (Some(upheld), Some(investigated)) = (value("upheld"), value("investigated"))
        && upheld > investigated
    {
        let found = format!("upheld is {upheld}, but investigated is {investigated}");
        findings.problem(place("upheld"), found, "upheld not above investigated");
    }
}

/// How many points a rate may differ from its counts before it counts as one that differs: the letters round, and round
/// halves both ways.
const MOST_POINTS: f64 = 1.0;
/// Fewer rates that differ are oddities of what was printed, however small the table.
const FEWEST_ODDITIES: usize = 3;

/// The rates of each column of each table beside their counts.
#[derive(Debug, Default)]
struct RatesOfTables(BTreeMap<(String, Option<String>, &'static str), RatesOfColumn>);

#[derive(Debug, Default)]
struct RatesOfColumn {
    compared: usize,
    far_off: usize,
    /// Place, what is found, what the counts give.
    differing: Vec<(Location, String, String)>,
}

impl RatesOfTables {
    /// What was printed can always be loaded, and the page shows both; but a column in which most rates differ from their
    /// counts is another column than its heading says.
    fn report(self, findings: &mut Findings) {
        for ((_, _, rate), mut column) in self.0 {
            column.differing.sort_by_key(|(location, ..)| location.row);
            let exchanged = column.far_off >= FEWEST_ODDITIES && column.far_off * 2 > column.compared;
            if let Some((location, found, expected)) = column.differing.first().filter(|_| exchanged) {
                let found = format!(
                    "{found}, and {} of {} rates in {rate} differ from their counts: perhaps two columns are exchanged",
                    column.far_off, column.compared
                );
                findings.problem(location.clone(), found, expected);
            } else {
                for (location, found, expected) in column.differing {
                    findings.remark(location, found, expected);
                }
            }
        }
    }
}

fn check_rates(
    value: impl Fn(&str) -> Option<f64>,
    place: impl Fn(&str) -> Option<Location>,
    tables: &mut RatesOfTables,
    findings: &mut Findings,
) {
    let rates = FIELDS.iter().filter_map(|field| field.rate_of.map(|(part, whole)| (field.name, part, whole)));
    for (rate, part, whole) in rates {
        let (Some(stated), Some(top), Some(bottom)) = (value(rate), value(part), value(whole)) else { continue };
        let Some(location) = place(rate).or_else(|| place(part)).or_else(|| place(whole)) else { continue };
        if bottom == 0.0 {
            if stated > 0.0 {
                findings.problem(location, format!("{rate} is {stated}, but {whole} is 0"), "no rate of nothing");
            }
            continue;
        }
        let computed = top / bottom * 100.0;
        let column = tables.0.entry((location.file.clone(), location.sheet.clone(), rate)).or_default();
        column.compared += 1;
        if (round_half_up(computed) - stated).abs() > MOST_POINTS {
            column.far_off += 1;
        }
        if (computed - stated).abs() > 0.5 + 1e-9 {
            let expected = format!("{computed:.1}, which is {top} of {bottom}");
            column.differing.push((location, format!("{rate} is {stated}"), expected));
        }
    }
}

/// What is loaded for a council and year; a failure to read leaves the checks to what the files say.
fn loaded(council: CouncilId, year: ReportingYear, context: Context<'_>) -> BTreeMap<String, f64> {
    figures::cells_of_tables(context.conn, council, year).unwrap_or_default().into_iter().collect()
}
