//! The national review as CSV: one row for each number.

use super::csv::{Cell, Table};
use super::figure;
use super::figure::tenth;
use crate::domain::area::AreaCounts;
use crate::read::area::AreaRate;
use crate::read::national::NationalPage;

/// The columns of the table.
const COLUMNS: [&str; 18] = [
    "year",
    "table",
    "group",
    "key",
    "label",
    "value",
    "year_before",
    "numerator",
    "denominator",
    "numerator_year_before",
    "denominator_year_before",
    "councils",
    "councils_with_counts",
    "councils_with_rates",
    "rate_numerator",
    "change",
    "change_against_group",
    "synthetic",
];

/// A number of the table; what it does not have is left empty.
#[derive(Default)]
struct Line<'a> {
    table: &'a str,
    group: &'a str,
    key: &'a str,
    label: &'a str,
    values: [Option<String>; 2],
    counts: (Option<u64>, Option<u64>),
    counts_before: (Option<u64>, Option<u64>),
    councils: Option<(u64, u64)>,
    rated: Option<(u64, u64)>,
    change: Option<(&'static str, &'static str)>,
}

impl Line<'_> {
    fn cells(self, page: &NationalPage) -> Vec<Cell> {
        let mut cells = vec![
            Cell::text(page.year.to_string()),
            Cell::text(self.table),
            Cell::text(self.group),
            Cell::text(self.key),
            Cell::text(self.label),
        ];
        cells.extend(self.values.map(Cell::number));
        for (one, other) in [self.counts, self.counts_before, self.councils.unzip(), self.rated.unzip()] {
            cells.extend([Cell::number(one), Cell::number(other)]);
        }
        let (change, against_group) = self.change.unzip();
        cells.extend([Cell::maybe(change), Cell::maybe(against_group), Cell::flag(page.synthetic)]);
        cells
    }
}

/// One row for each number.
pub fn csv(page: &NationalPage) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |line: Line<'_>| rows.push(line.cells(page));
    let text = |number: Option<u64>| number.map(|number| number.to_string());
    let number = |value: Option<f64>| value.map(|value| tenth(value).to_string());
    for one in &page.totals {
        let values = [text(one.now), text(one.before)];
        add(Line { table: "totals", group: "England", key: one.field, label: one.title, values, ..Line::default() });
    }
    for rate in &page.rates {
        let values = [rate.now, rate.before].map(|value| value.map(|value| value.to_string()));
        let (key, label) = (rate.measure.as_str(), rate.measure.term());
        add(Line {
            table: "rates",
            group: "England",
            key,
            label,
            values,
            counts: rate.counts.unzip(),
            ..Line::default()
        });
    }
    for kind in &page.kinds {
        for rate in &kind.rates {
            let (key, label) = (rate.measure.as_str(), rate.measure.term());
            let values = [number(rate.now), number(rate.before)];
            let group = kind.kind.as_str();
            add(Line { table: "kinds", group, key, label, values, ..sums(rate.counts) });
        }
    }
    let regions = page.residents.regions.iter().map(|(area, rates)| (area.name.as_str(), rates));
    for (group, rates) in regions.chain([("England", &page.residents.england)]) {
        for rate in rates {
            add(per_100k(group, rate));
        }
    }
    for (table, list) in [("received", &page.areas), ("decided", &page.outcomes)] {
        for one in list {
            let values = [Some(one.now.to_string()), text(one.before)];
            add(Line { table, group: "England", key: &one.key, label: &one.label, values, ..Line::default() });
        }
    }
    for one in page.changed.iter().flat_map(|one| &one.councils) {
        let (now, before) = (&one.now.figure, &one.before.figure);
        add(Line {
            table: "changed",
            group: one.council.code.as_str(),
            key: now.measure.as_str(),
            label: &one.council.official_name,
            values: [now, before].map(|one| figure::value(one).map(|value| value.to_string())),
            counts: (now.numerator, now.denominator),
            counts_before: (before.numerator, before.denominator),
            change: Some((one.change.verdict.as_str(), one.change.against_group.as_str())),
            ..Line::default()
        });
    }
    for one in &page.reports {
        let key = one.decision.reference.to_string();
        add(Line {
            table: "reports",
            group: one.decision.category.as_str(),
            key: &key,
            label: &one.body,
            ..Line::default()
        });
    }
    for (category, subcategory, count) in &page.faults {
        let (group, label) = (category.as_str(), category.title());
        let key = subcategory.as_deref().unwrap_or_default();
        let values = [Some(count.to_string()), None];
        add(Line { table: "faults", group, key, label, values, ..Line::default() });
    }
    Table { header: COLUMNS.to_vec(), rows }
}

fn per_100k<'a>(group: &'a str, rate: &AreaRate) -> Line<'a> {
    Line {
        table: "per_100k",
        group,
        key: rate.measure.as_str(),
        label: rate.measure.term(),
        values: [rate.value(), rate.value_before()].map(|value| value.map(|value| tenth(value).to_string())),
        counts_before: sums(rate.before).counts,
        ..sums(rate.now)
    }
}

/// The numbers of counts added up: the sum over all councils that have the count, and what the rate is worked out from.
fn sums<'a>(counts: AreaCounts) -> Line<'a> {
    Line {
        counts: (
            (counts.with_counts > 0).then_some(counts.numerator),
            (counts.with_rates > 0).then_some(counts.denominator),
        ),
        councils: Some((counts.councils, counts.with_counts)),
        rated: Some((counts.with_rates, counts.rate_numerator)),
        ..Line::default()
    }
}
