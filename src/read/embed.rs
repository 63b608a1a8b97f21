//! One figure of a council, for a frame of another site.

use jiff::civil::Date;

use super::atlas::Atlas;
use super::council::{self, FigureBlock};
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// What the frame shows.
#[derive(Clone, Debug)]
pub struct EmbedPage {
    /// The council.
    pub council: Council,
    /// The year.
    pub year: ReportingYear,
    /// The figure, with its group.
    pub block: FigureBlock,
}

impl EmbedPage {
    /// Reads the figure of a year; the newest with figures of the council where none is given.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        council: &Council,
        measure: Measure,
        year: Option<ReportingYear>,
        today: Date,
    ) -> Result<Self, ReadError> {
        let history = db::figures::of_council(conn, council.id)?;
        let year = council::year_shown(atlas, council, year, &history, today);
        let block = council::block(conn, atlas, council, measure, year, &history)?;
        Ok(Self { council: council.clone(), year, block })
    }
}
