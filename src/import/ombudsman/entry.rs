//! One row of a table, before it is checked.

use std::collections::BTreeMap;

use super::cells::Read;
use super::rows::RowKind;
use crate::domain::field::{CellKind, Field, kind_of};
use crate::domain::location::Location;
use crate::domain::record::BodyName;
use crate::domain::year::ReportingYear;
use crate::import::cells;
use crate::import::odd_cell::OddCell;
use crate::import::problems::{Findings, quoted};

/// A row as read: who, and what stands in each field.
pub(super) struct Entry {
    pub(super) name: String,
    /// Whether it is of one body, or of several and how.
    pub(super) kind: RowKind,
    /// The year; none for a row of totals over several.
    pub(super) year: Option<ReportingYear>,
    pub(super) body: Option<BodyName>,
    pub(super) values: BTreeMap<&'static str, Value>,
    pub(super) location: Location,
}

/// What stands in one field of a row.
pub(super) struct Value {
    pub(super) read: Read,
    /// What the cell is, where it is neither text nor number.
    pub(super) odd: Option<OddCell>,
    pub(super) location: Location,
}

impl Entry {
    /// The per cent that the counts of the row give for a rate, where it has them.
    pub(super) fn rate_of_counts(&self, rate: &str) -> Option<f64> {
        let (part, whole) = Field::named(rate)?.rate_of?;
        let whole = self.count(whole)?;
        (whole > 0.0).then_some(self.count(part)? / whole * 100.0)
    }

    /// A count by its own column or by those that the tables have for it.
    fn count(&self, field: &str) -> Option<f64> {
        self.number(field).or_else(|| match field {
            "upheld" => self.number("decided_upheld").or_else(|| self.number("~upheld")),
            "investigated" => Some(self.number("decided_upheld")? + self.number("decided_not_upheld")?),
            "complied" => Some(self.number("~on_time")? + self.number("complied_late").unwrap_or(0.0)),
            _ => None,
        })
    }

    /// The number in a field.
    pub(super) fn number(&self, field: &str) -> Option<f64> {
        self.values.get(field).and_then(|value| value.read.number())
    }
}

impl Value {
    /// Reports what is no figure, after which it is none.
    pub(super) fn settle(&mut self, kind: CellKind, findings: &mut Findings) {
        match (&self.odd, &self.read) {
            (Some(odd), _) => {
                let is_read = odd.report(kind, &self.location, findings);
                if !is_read {
                    self.read = Read::Nothing;
                }
            }
            (None, Read::Percent(rate)) if kind == CellKind::PerHundredThousand => {
                cells::stray_percent(&self.location, &format!("{rate}%"), findings);
            }
            (None, Read::Wrong(text)) => {
                findings.problem(self.location.clone(), quoted(text), "a number, or a dash for no value");
            }
            _ => {}
        }
    }
}

/// Whether a field holds per cents.
pub(super) fn is_rate(field: &str) -> bool {
    kind_of(field) == Some(CellKind::Percent)
}
