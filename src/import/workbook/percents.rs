//! Numbers that a workbook shows as per cents: 0.61 under the format `0%` is 61%.

use std::collections::BTreeMap;

use crate::domain::measure::round_half_up;
use crate::import::odd_cell::{OddCell, OddCells};
use crate::import::scale;
use crate::import::sheet::Line;

/// Writes such cells as they are shown. A column that has ratios without a format as well is left as it is: all of its numbers
/// are ratios, whatever some of them look like.
pub(super) fn show(percents: &BTreeMap<(u32, usize), Option<usize>>, lines: &mut [Line], odd: &mut OddCells) {
    let mut of_ratios: BTreeMap<usize, bool> = BTreeMap::new();
    for (_, column) in percents.keys() {
        of_ratios.entry(*column).or_insert_with(|| has_plain_ratios(*column, percents, lines));
    }
    for ((row, column), places) in percents.iter().filter(|((_, column), _)| of_ratios.get(column) == Some(&false)) {
        let line = lines.binary_search_by_key(row, |line| line.number).ok().and_then(|at| lines.get_mut(at));
        let cell = line.and_then(|line| line.cells.get_mut(*column));
        if let Some((cell, number)) = cell.and_then(|cell| cell.parse().ok().map(|number| (cell, number))) {
            *cell = shown(number, *places);
            if odd.get(*row, *column).is_none() {
                odd.insert(*row, *column, OddCell::Percent(cell.clone()));
            }
        }
    }
}

/// Whether the numbers of a column without a format are ratios: none above 1, and not all 0.
fn has_plain_ratios(column: usize, percents: &BTreeMap<(u32, usize), Option<usize>>, lines: &[Line]) -> bool {
    let plain = lines.iter().filter(|line| !percents.contains_key(&(line.number, column)));
    let numbers: Vec<f64> = plain.filter_map(|line| line.cells.get(column)?.trim().parse().ok()).collect();
    numbers.iter().all(|number| *number <= 1.0) && numbers.iter().any(|number| *number > 0.0)
}

/// A number as its cell shows it as a per cent: to the whole or to the tenth, as the Ombudsman prints rates.
fn shown(number: f64, places: Option<usize>) -> String {
    let percent = number * 100.0;
    let shown = match places {
        Some(0) => round_half_up(percent),
        Some(_) => round_half_up(percent * 10.0) / 10.0,
        None => scale::published(percent),
    };
    format!("{shown}%")
}
