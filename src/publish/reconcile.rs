//! A year's figures against each other and against the year before: what a person should look at before
//! publishing. Nothing here stops an import.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::councils::Register;
use crate::db::figures::{self, SourcedFigure};
use crate::db::{Connection, DbError};
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::location::{Location, Problem};
use crate::domain::measure::{Measure, Unit};
use crate::domain::record::StatisticsRecord;
use crate::domain::year::ReportingYear;

/// From so many councils on, a file is the table of a year, in which every council should stand.
const WHOLE_TABLE: usize = 100;
/// A published average may differ by this from the one of the counts: both are rounded.
const MOST_POINTS: f64 = 1.0;
/// Smaller counts double and halve by chance.
const SMALL_COUNT: f64 = 20.0;

/// Remarks on the records of an import, read from a draft that holds them and their figures.
pub(super) fn statistics(
    conn: &Connection,
    register: &Register,
    records: &[StatisticsRecord],
) -> Result<Vec<Problem>, DbError> {
    let mut remarks = Vec::new();
    let years: BTreeSet<ReportingYear> = records.iter().map(|record| record.year).collect();
    for year in years {
        let of_year: Vec<&StatisticsRecord> = records.iter().filter(|record| record.year == year).collect();
        remarks.extend(missing(register, year, &of_year));
        let now = figures::all_of_year(conn, year)?;
        remarks.extend(averages(year, &now, &of_year, register));
        if !year.starts_a_new_series() {
            let before = figures::all_of_year(conn, year.previous())?;
            remarks.extend(rates_that_jumped(year, &before, &now, &of_year, register));
        }
        remarks.extend(counts_that_jumped(conn, year, &of_year, register)?);
    }
    Ok(remarks)
}

/// Councils that existed in the year and have no row.
fn missing(register: &Register, year: ReportingYear, records: &[&StatisticsRecord]) -> Option<Problem> {
    let present: BTreeSet<CouncilId> = records.iter().map(|record| record.council).collect();
    let first = records.first().filter(|_| present.len() >= WHOLE_TABLE)?;
    let absent: Vec<&str> = register
        .councils()
        .iter()
        .filter(|council| council.active_in(year) && !present.contains(&council.id))
        .map(|council| council.official_name.as_str())
        .collect();
    (!absent.is_empty()).then(|| {
        Problem::new(
            Location::file(&first.location.file),
            format!("{} councils have no row for {year}: {}", absent.len(), absent.join(", ")),
            "a row for every council of the year",
        )
    })
}

/// The cell of a record in a column, for councils that the condition picks.
fn place(records: &[&StatisticsRecord], field: &str, wanted: impl Fn(CouncilId) -> bool) -> Option<Location> {
    records
        .iter()
        .find(|record| wanted(record.council) && record.cells.iter().any(|(name, _)| name == field))
        .map(|record| record.location.at_column(field))
}

/// Published averages of a group against each other and against the pooled counts.
fn averages(
    year: ReportingYear,
    now: &[SourcedFigure],
    records: &[&StatisticsRecord],
    register: &Register,
) -> Vec<Problem> {
    let mut published: BTreeMap<(Measure, CouncilKind), BTreeMap<String, u64>> = BTreeMap::new();
    let mut computed: BTreeMap<(Measure, CouncilKind), f64> = BTreeMap::new();
    let mut values: BTreeMap<(Measure, CouncilKind), f64> = BTreeMap::new();
    for figure in now.iter().map(|one| &one.figure) {
        let key = (figure.measure, figure.similar.group);
        if let Some(average) = figure.similar.published {
            *published.entry(key).or_default().entry(average.to_string()).or_default() += 1;
            values.insert(key, average);
        }
        if let Some(average) = figure.similar.computed {
            computed.insert(key, average);
        }
    }
    let mut remarks = Vec::new();
    for ((measure, kind), variants) in published {
        let Some(field) = measure.similar_field() else { continue };
        let of_kind = |id: CouncilId| register.get(id).is_some_and(|council| council.kind == kind);
        let Some(location) = place(records, field, of_kind) else { continue };
        let group = kind.group();
        if variants.len() > 1 {
            let listed: Vec<String> =
                variants.iter().map(|(value, times)| format!("{value} ({times} times)")).collect();
            remarks.push(Problem::new(
                location,
                format!("{group} have several averages in {field} for {year}: {}", listed.join(", ")),
                "one average for each group",
            ));
        } else if let (Some(stated), Some(pooled)) = (values.get(&(measure, kind)), computed.get(&(measure, kind)))
            && measure.unit() == Unit::Percent
            && (stated - pooled).abs() > MOST_POINTS
        {
            remarks.push(Problem::new(
                location,
                format!("{field} of {group} is {stated} for {year}"),
                format!("{pooled:.1}, which the counts of the group give together"),
            ));
        }
    }
    remarks
}

/// Rates whose 95% intervals of the two years do not meet.
fn rates_that_jumped(
    year: ReportingYear,
    before: &[SourcedFigure],
    now: &[SourcedFigure],
    records: &[&StatisticsRecord],
    register: &Register,
) -> Vec<Problem> {
    let earlier: BTreeMap<(CouncilId, Measure), &SourcedFigure> =
        before.iter().map(|one| ((one.figure.council, one.figure.measure), one)).collect();
    let mut remarks = Vec::new();
    for figure in now.iter().map(|one| &one.figure) {
        let then = earlier.get(&(figure.council, figure.measure)).map(|one| &one.figure);
        let Some((old, new)) = then.and_then(|then| then.interval).zip(figure.interval) else { continue };
        if old.low <= new.high && new.low <= old.high {
            continue;
        }
        // Of what no letter prints, the counts that jumped are named.
        let Some(field) = figure.measure.rate_field() else { continue };
        let location = [field, "upheld", "decided_upheld", "complied", "satisfactory_remedies"]
            .into_iter()
            .find_map(|field| place(records, field, |id| id == figure.council));
        let Some(location) = location else { continue };
        let name = register.get(figure.council).map(|council| council.official_name.as_str()).unwrap_or_default();
        let span = |interval: crate::domain::interval::Interval| format!("{:.0} to {:.0}", interval.low, interval.high);
        remarks.push(Problem::new(
            location,
            format!("{} of {name} jumped: the interval of {year} is {}", figure.measure.term(), span(new)),
            format!("something nearer to {} of {}", span(old), year.previous()),
        ));
    }
    remarks
}

/// Counts that more than doubled or halved.
fn counts_that_jumped(
    conn: &Connection,
    year: ReportingYear,
    records: &[&StatisticsRecord],
    register: &Register,
) -> Result<Vec<Problem>, DbError> {
    let mut remarks = Vec::new();
    for record in records {
        let known = figures::cells(conn, record.council)?;
        for (field, value) in record.cells.iter().filter(|(field, _)| field == "received" || field == "decided") {
            let before = known.iter().find(|(of, name, _)| *of == year.previous() && name == field);
            let Some((.., old)) = before else { continue };
            if old.max(*value) >= SMALL_COUNT && (*value > old * 2.0 || *value < old / 2.0) {
                let name =
                    register.get(record.council).map(|council| council.official_name.as_str()).unwrap_or_default();
                remarks.push(Problem::new(
                    record.location.at_column(field),
                    format!("{field} of {name} is {value}"),
                    format!("something nearer to the {old} of {}", year.previous()),
                ));
            }
        }
    }
    Ok(remarks)
}
