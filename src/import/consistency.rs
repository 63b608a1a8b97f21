//! Whether the figures of a council and year can stand together, those already loaded included.

use std::collections::BTreeMap;

use super::Context;
use super::problems::Findings;
use super::statistics::Figures;
use crate::db::figures;
use crate::domain::council::CouncilId;
use crate::domain::field::words;
use crate::domain::location::Location;
use crate::domain::measure::round_half_up;
use crate::domain::year::ReportingYear;

/// Part and whole: the first is never more than the second.
const PARTS: [(&str, &str); 9] = [
    ("upheld", "investigated"),
    ("investigated", "decided"),
    ("complied", "compliance_outcomes"),
    ("complied_late", "complied"),
    ("complied_late", "compliance_outcomes"),
    ("satisfactory_remedies", "upheld"),
    ("decided_upheld", "decided"),
    ("decided_not_upheld", "decided"),
    ("decided_upheld", "investigated"),
];
/// Names of one and the same figure.
const SAME: [(&str, &str); 1] = [("upheld", "decided_upheld")];
/// A rate and the counts it is made of.
const RATES: [(&str, &str, &str); 3] = [
    ("uphold_rate", "upheld", "investigated"),
    ("compliance_rate", "complied", "compliance_outcomes"),
    ("satisfactory_remedy_rate", "satisfactory_remedies", "upheld"),
];
/// How many points a published rate may differ from its counts: the letters round, and round halves both ways.
const MOST_POINTS: f64 = 1.0;

/// Checks every council and year of the files.
pub(super) fn check(figures: &Figures, context: Context<'_>, findings: &mut Findings) {
    for (council, year, fields) in figures.iter() {
        let known = loaded(council, year, context);
        let value = |field: &str| fields.get(field).map(|(value, _)| *value).or_else(|| known.get(field).copied());
        let place = |field: &str| fields.get(field).map(|(_, location)| location.clone());
        let origin = |field: &str| if fields.contains_key(field) { "" } else { " (already loaded)" };
        for (part, whole) in PARTS {
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
        for (one, other) in SAME {
            let (Some(a), Some(b)) = (value(one), value(other)) else { continue };
            let Some(location) = place(other).or_else(|| place(one)) else { continue };
            if a.to_bits() != b.to_bits() {
                let found = format!("{one} is {a}{}, but {other} is {b}{}", origin(one), origin(other));
                findings.problem(location, found, "the same number in both");
            }
        }
        check_rates(value, place, findings);
    }
}

/// Checks rates where each field of a row has a place.
pub(super) fn rates_match(
    value: impl Fn(&str) -> Option<f64>,
    place: impl Fn(&str) -> Location,
    findings: &mut Findings,
) {
    check_rates(&value, |field: &str| value(field).map(|_| place(field)), findings);
    if let (Some(upheld), Some(investigated)) = (value("upheld"), value("investigated"))
        && upheld > investigated
    {
        let found = format!("upheld is {upheld}, but investigated is {investigated}");
        findings.problem(place("upheld"), found, "upheld not above investigated");
    }
}

fn check_rates(value: impl Fn(&str) -> Option<f64>, place: impl Fn(&str) -> Option<Location>, findings: &mut Findings) {
    for (rate, part, whole) in RATES {
        let (Some(stated), Some(top), Some(bottom)) = (value(rate), value(part), value(whole)) else { continue };
        let Some(location) = place(rate).or_else(|| place(part)).or_else(|| place(whole)) else { continue };
        if bottom == 0.0 {
            if stated > 0.0 {
                findings.problem(location, format!("{rate} is {stated}, but {whole} is 0"), "no rate of nothing");
            }
            continue;
        }
        let computed = top / bottom * 100.0;
        let whole_points = (round_half_up(computed) - stated).abs();
        let expected = format!("{computed:.1}, which is {top} of {bottom}");
        if whole_points > MOST_POINTS {
            findings.problem(location, format!("{rate} is {stated}"), expected);
        } else if (computed - stated).abs() > 0.5 + 1e-9 {
            findings.remark(location, format!("{rate} is {stated}"), expected);
        }
    }
}

/// What is loaded for a council and year; a failure to read leaves the checks to what the files say.
fn loaded(council: CouncilId, year: ReportingYear, context: Context<'_>) -> BTreeMap<String, f64> {
    figures::cells(context.conn, council)
        .unwrap_or_default()
        .into_iter()
        .filter(|(of, ..)| *of == year)
        .map(|(_, field, value)| (field, value))
        .collect()
}
