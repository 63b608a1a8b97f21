//! The year of each row of a table: its column, or what title, sheet, file and command line agree on.

use std::collections::BTreeSet;

use super::cells::read;
use super::headings::Header;
use crate::domain::field::YearlyTable;
use crate::domain::location::Location;
use crate::domain::year::ReportingYear;
use crate::import::problems::Findings;
use crate::import::sheet::{Line, Sheet};
use crate::import::table::Cell;
use crate::import::year_claims::{self, Claim};
use crate::import::{Context, cells};

/// Where the rows of a table have their year from.
pub(super) enum Years {
    /// All from one year.
    One(ReportingYear),
    /// Each from a cell of its own: the column, counted from 0, and its heading.
    Column(usize, String),
}

impl Years {
    /// The year of a row; none, with a problem, where its cell holds none.
    pub(super) fn of_row(
        &self,
        line: &Line,
        location: &Location,
        context: Context<'_>,
        findings: &mut Findings,
    ) -> Option<ReportingYear> {
        match self {
            Self::One(year) => Some(*year),
            Self::Column(at, heading) => {
                let location = location.at_column(heading);
                let text = line.cells.get(*at).map(|text| text.trim()).filter(|text| !text.is_empty());
                let Some(text) = text else {
                    findings.problem(location, "the row has figures and no year", "a year like 2019-20");
                    return None;
                };
                cells::year(&Cell { text, location }, context.today, findings)
            }
        }
    }

    /// The year that a row states, without a word where it states none: for rows of totals.
    pub(super) fn stated(&self, line: &Line) -> Option<ReportingYear> {
        match self {
            Self::One(year) => Some(*year),
            Self::Column(at, _) => line.cells.get(*at).and_then(|text| ReportingYear::parse(text).ok()),
        }
    }
}

/// Finds out from where a table has its years. None, with a problem, when what says so disagrees or nothing does.
pub(super) fn of_table(
    sheet: &Sheet,
    header: &Header,
    context: Context<'_>,
    without_year: &mut Vec<(Location, YearlyTable)>,
    findings: &mut Findings,
) -> Option<Years> {
    let here = sheet.place.at_row(header.row);
    let mut claims =
        year_claims::around(&sheet.place, sheet.lines.get(..header.above).unwrap_or_default(), context.year);
    let headings: Vec<_> = header
        .headings
        .values()
        .filter(|heading| heading.field.is_some_and(|field| !field.starts_with('~')))
        .flat_map(|heading| year_claims::named_in(&heading.text))
        .collect();
    claims.extend(Claim::new(format!("a heading in row {}", header.row), headings));
    let rows =
        || sheet.lines.iter().skip(header.lines).filter(|line| line.cells.iter().any(|text| read(text).is_value()));
    let column = header.headings.iter().find(|(at, heading)| {
        heading.field == Some("~year")
            && rows().any(|line| line.cells.get(**at).is_some_and(|text| !text.trim().is_empty()))
    });
    let mut own = Vec::new();
    let years: BTreeSet<ReportingYear> = if let Some((at, heading)) = column {
        let mut seen = BTreeSet::new();
        for line in rows() {
            let year = line.cells.get(*at).and_then(|text| ReportingYear::parse(text).ok());
            let Some(year) = year.filter(|year| seen.insert(*year)) else { continue };
            own.extend(Claim::new(format!("the column {} in row {}", heading.text, line.number), [year]));
        }
        seen
    } else {
        let Some(year) = year_claims::chosen(&claims, context.year) else {
            without_year.push((here, header.table));
            return None;
        };
        BTreeSet::from([year])
    };
    if !year_claims::agree(&claims, &years) {
        claims.extend(own);
        findings.problem(
            here,
            year_claims::listed(&claims),
            "the same year everywhere; correct what is wrong, and leave --year out where the table has a column of years",
        );
        return None;
    }
    Some(match column {
        Some((at, heading)) => Years::Column(*at, heading.text.clone()),
        None => Years::One(*years.first()?),
    })
}
