//! Cells of a workbook that are no plain texts or numbers, and what that means for a figure.

use std::collections::BTreeMap;

use super::problems::{Findings, clip};
use crate::domain::field::CellKind;
use crate::domain::location::Location;

/// What a cell is, where it is neither a text nor a number that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OddCell {
    /// A day; spreadsheet programs make one of "3/2" without asking.
    Date(String),
    /// A time of the day or a span of time.
    Time(String),
    /// TRUE or FALSE.
    Truth(String),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula without a result: the file was made by a program that does not calculate.
    NeverCalculated(String),
    /// A number shown as a per cent by the format of its cell.
    Percent(String),
    /// A look-up whose result is 0, which is also what it says where it found nothing.
    LookedUpZero(String),
}

/// The odd cells of a sheet by row, counted from 1, and column, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OddCells(BTreeMap<(u32, usize), OddCell>);

/// Errors that say in a column of rates that there is nothing to divide, or that there is no figure.
const NO_RATE: [&str; 2] = ["#DIV/0!", "#N/A"];
/// What to do about most of them.
const TYPED: &str = "a number; type it into the cell as a number, or leave the cell blank";

impl OddCells {
    pub(super) fn insert(&mut self, row: u32, column: usize, cell: OddCell) {
        self.0.insert((row, column), cell);
    }

    pub(super) fn get(&self, row: u32, column: usize) -> Option<&OddCell> {
        self.0.get(&(row, column))
    }
}

impl OddCell {
    /// The error that a text writes out, as files saved from a spreadsheet program do.
    pub(super) fn written(text: &str) -> Option<Self> {
        let error = text.trim();
        let known = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!", "#SPILL!", "#CALC!"];
        known.iter().find(|one| one.eq_ignore_ascii_case(error)).map(|one| Self::Error((*one).to_owned()))
    }

    /// Reports the cell where a figure is expected. Returns whether its text is to be read all the same.
    pub(super) fn report(&self, kind: CellKind, location: &Location, findings: &mut Findings) -> bool {
        let (found, expected) = match self {
            Self::Error(error) if kind != CellKind::Count && NO_RATE.contains(&error.as_str()) => return false,
            Self::LookedUpZero(formula) => {
                let found = format!("the 0 is the result of the look-up ={}", clip(formula));
                findings.remark(
                    location.clone(),
                    found,
                    "0 only where it was counted; a look-up that finds nothing says 0 too",
                );
                return true;
            }
            Self::Percent(_) if kind == CellKind::Percent => return true,
            Self::Percent(shown) => (format!("the per cent {shown} by the number format of the cell"), TYPED),
            Self::Date(day) => (format!("a date, {day}"), TYPED),
            Self::Time(time) => (format!("a time, {time}"), TYPED),
            Self::Truth(truth) => (format!("the logical value {truth}"), TYPED),
            Self::Error(error) => (format!("the error {error}"), TYPED),
            Self::NeverCalculated(formula) => (
                format!("the formula ={} has no result in the file", clip(formula)),
                "a number; open the file in a spreadsheet program and save it, so that it is calculated",
            ),
        };
        findings.problem(location.clone(), found, expected);
        false
    }
}
