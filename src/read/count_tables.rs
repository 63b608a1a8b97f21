//! Counts by label and year, with their totals checked: complaints received by area, decided by outcome.

use std::collections::BTreeMap;

use super::sources::{YearSource, by_year};
use crate::db::sources::SourcedCell;
use crate::domain::field::{Field, part_title, parts};
use crate::domain::figure::whole;
use crate::domain::year::ReportingYear;

/// Counts by label for a run of years that share their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountTable {
    /// Years, oldest first.
    pub years: Vec<ReportingYear>,
    /// A row for each label.
    pub rows: Vec<CountRow>,
    /// The totals of each year.
    pub totals: Vec<Total>,
    /// Where its values came from.
    pub sources: Vec<YearSource>,
}

/// The counts under one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// The key in files.
    pub key: String,
    /// The label in these years.
    pub label: String,
    /// A count for each year of the table; `None` is not known, which is not zero.
    pub counts: Vec<Option<u64>>,
}

/// A year's total: as stated, and as the sum of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// As the source states it.
    pub stated: Option<u64>,
    /// The sum of the parts that are known.
    pub sum: Option<u64>,
    /// Whether every part is known.
    pub complete: bool,
}

/// What comparing a total with its parts shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The parts add up to the total.
    Agrees,
    /// They do not.
    Differs,
    /// Parts are missing, so nothing can be said.
    Incomplete,
    /// There is no total or no part.
    NotPossible,
}

impl Total {
    /// Compares the total with its parts.
    pub fn check(self) -> Check {
        match (self.stated, self.sum) {
            (Some(stated), Some(sum)) if stated == sum && self.complete => Check::Agrees,
            (Some(stated), Some(sum)) if self.complete || sum > stated => Check::Differs,
            (Some(_), Some(_)) => Check::Incomplete,
            _ => Check::NotPossible,
        }
    }

    /// The total to show: stated, else the sum of all parts.
    pub fn shown(self) -> Option<u64> {
        self.stated.or(self.sum.filter(|_| self.complete))
    }
}

impl Check {
    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Incomplete => "incomplete",
            Self::NotPossible => "not-possible",
        }
    }
}

/// The cells of one year: the stated total and the parts by key.
#[derive(Default)]
struct YearCells {
    total: Option<u64>,
    parts: BTreeMap<String, u64>,
}

/// The one of the four totals of 2024-25 that is a column of all years.
const INVESTIGATED: &str = "investigated";

/// Tables of the parts of a total, a new one wherever the labels change.
pub(super) fn count_tables(cells: &[(ReportingYear, String, f64)], total: &str) -> Vec<CountTable> {
    let mut years: BTreeMap<ReportingYear, YearCells> = BTreeMap::new();
    let mut investigated: BTreeMap<ReportingYear, u64> = BTreeMap::new();
    for (year, field, value) in cells {
        let Some(count) = whole(*value) else { continue };
        if field == INVESTIGATED {
            investigated.insert(*year, count);
        }
        if field == total {
            years.entry(*year).or_default().total = Some(count);
        } else if let Some(key) = field.strip_prefix(total).and_then(|rest| rest.strip_prefix('_')) {
            years.entry(*year).or_default().parts.insert(key.to_owned(), count);
        }
    }
    let mut runs: Vec<(BTreeMap<String, String>, Vec<(ReportingYear, YearCells)>)> = Vec::new();
    for (year, mut cells) in years {
        settle_totals(&mut cells.parts, total, investigated.get(&year).copied());
        let labels: BTreeMap<String, String> =
            cells.parts.keys().map(|key| (key.clone(), part_title(total, key, year).into_owned())).collect();
        match runs.last_mut().filter(|(known, _)| same_labels(known, &labels)) {
            Some((known, run)) => {
                known.extend(labels);
                run.push((year, cells));
            }
            None => runs.push((labels, vec![(year, cells)])),
        }
    }
    runs.into_iter().map(|(labels, run)| table(&labels, &run, total)).collect()
}

/// Makes each complaint count once. A year may have outcomes, or the four totals of 2024-25 in their place: a total
/// whose outcomes are there repeats them, and to totals without them belongs what was investigated.
fn settle_totals(counts: &mut BTreeMap<String, u64>, whole: &str, investigated: Option<u64>) {
    let has_part_of = |counts: &BTreeMap<String, u64>, field: &Field| {
        field.sum_of.iter().filter_map(|part| Field::named(part)).any(|part| counts.contains_key(part.key()))
    };
    let mut stands_alone = false;
    for field in parts(whole).filter(|field| !field.sum_of.is_empty()) {
        if has_part_of(counts, field) {
            counts.remove(field.key());
        }
        stands_alone |= counts.contains_key(field.key());
    }
    let named = Field::named(INVESTIGATED).filter(|field| stands_alone && !has_part_of(counts, field));
    if let (Some(field), Some(count)) = (named, investigated) {
        counts.insert(field.name.to_owned(), count);
    }
}

/// The tables with the places that their values came from.
pub(super) fn sourced(mut tables: Vec<CountTable>, total: &str, places: &[SourcedCell]) -> Vec<CountTable> {
    for table in &mut tables {
        let years = &table.years;
        table.sources = by_year(places, |year, field| {
            let part = field.strip_prefix(total).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            part && years.contains(&year)
        });
    }
    tables
}

/// Whether two years' labels say the same: shared keys have the same label, and one year may only leave
/// out what the other has.
fn same_labels(known: &BTreeMap<String, String>, more: &BTreeMap<String, String>) -> bool {
    let shared = more.iter().filter(|(key, label)| known.get(*key) == Some(label)).count();
    shared == known.len().min(more.len())
}

fn table(labels: &BTreeMap<String, String>, run: &[(ReportingYear, YearCells)], total: &str) -> CountTable {
    let mut keys: Vec<&String> = labels.keys().collect();
    keys.sort_by_key(|key| parts(total).position(|field| field.key() == *key).unwrap_or(usize::MAX));
    let rows: Vec<CountRow> = keys
        .into_iter()
        .map(|key| CountRow {
            key: key.clone(),
            label: labels.get(key).cloned().unwrap_or_default(),
            counts: run.iter().map(|(_, cells)| cells.parts.get(key).copied()).collect(),
        })
        .collect();
    let totals = run
        .iter()
        .map(|(_, cells)| Total {
            stated: cells.total,
            sum: (!cells.parts.is_empty()).then(|| cells.parts.values().sum()),
            complete: !cells.parts.is_empty() && cells.parts.len() == labels.len(),
        })
        .collect();
    CountTable { years: run.iter().map(|(year, _)| *year).collect(), rows, totals, sources: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> ReportingYear {
        ReportingYear::parse(text).unwrap()
    }

    fn decided(cells: &[(&str, &str, f64)]) -> Vec<CountTable> {
        let cells: Vec<_> = cells.iter().map(|(at, field, value)| (year(at), (*field).to_owned(), *value)).collect();
        count_tables(&cells, "decided")
    }

    #[test]
    fn years_with_other_labels_stand_in_a_table_of_their_own() {
        let tables = decided(&[
            ("2022-23", "decided_upheld", 3.0),
            ("2022-23", "decided_not_upheld", 1.0),
            ("2023-24", "decided_upheld", 0.0),
            ("2024-25", "decided_upheld", 5.0),
        ]);
        let labels: Vec<&str> = tables.iter().flat_map(|table| &table.rows).map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Not upheld", "Upheld", "Investigated: upheld"]);
        assert_eq!(tables[0].rows[1].counts, [Some(3), Some(0)]);
        assert_eq!(tables[0].rows[0].counts, [Some(1), None], "not known is not zero");
    }

    #[test]
    fn the_four_totals_of_a_year_stand_for_its_outcomes() {
        let cells = [
            ("2024-25", "decided", 227.0),
            ("2024-25", "decided_not_for_us", 63.0),
            ("2024-25", "decided_assessed_and_closed", 96.0),
            ("2024-25", "investigated", 68.0),
        ];
        let tables = decided(&cells);
        let labels: Vec<&str> = tables[0].rows.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Not for us", "Assessed and closed", "Investigated"]);
        assert_eq!(tables[0].totals[0].check(), Check::Agrees);
        let both = decided(&[&cells[..], &[("2024-25", "decided_closed_after_initial_enquiries", 96.0)]].concat());
        let keys: Vec<&str> = both[0].rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["closed_after_initial_enquiries", "not_for_us", "investigated"]);
    }

    #[test]
    fn a_total_is_checked_against_its_parts() {
        let check = |total: f64, upheld: f64| {
            decided(&[
                ("2019-20", "decided", total),
                ("2019-20", "decided_upheld", upheld),
                ("2019-20", "decided_not_upheld", 6.0),
            ])[0]
                .totals[0]
                .check()
        };
        assert_eq!(check(13.0, 7.0), Check::Agrees);
        assert_eq!(check(14.0, 7.0), Check::Differs);
        let alone = decided(&[("2019-20", "decided", 4.0)]);
        assert_eq!((alone[0].totals[0].check(), alone[0].totals[0].shown()), (Check::NotPossible, Some(4)));
    }

    #[test]
    fn missing_parts_leave_a_total_unchecked() {
        let tables = decided(&[
            ("2018-19", "decided_upheld", 1.0),
            ("2018-19", "decided_not_upheld", 1.0),
            ("2019-20", "decided", 9.0),
            ("2019-20", "decided_upheld", 4.0),
        ]);
        assert_eq!(tables[0].totals[1].check(), Check::Incomplete);
        assert_eq!(tables[0].totals[0].shown(), Some(2));
    }
}
