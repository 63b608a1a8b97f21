//! One figure of a council, for a picture that stands alone: with how many councils were compared, and what chance marks.

use jiff::civil::Date;

use super::atlas::Atlas;
use super::embed::EmbedPage;
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::chance::Compared;
use crate::domain::council::Council;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// What the picture shows.
#[derive(Clone, Debug)]
pub struct SharePage {
    /// The figure, as a frame shows it.
    pub figure: EmbedPage,
    /// How many councils of the year were compared, and how many marks chance alone would make.
    pub compared: Compared,
}

impl SharePage {
    /// Reads the figure of a year; the newest with figures of the council where none is given.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        council: &Council,
        measure: Measure,
        year: Option<ReportingYear>,
        today: Date,
    ) -> Result<Self, ReadError> {
        let figure = EmbedPage::read(conn, atlas, council, measure, year, today)?;
        let all = db::figures::of_year(conn, measure, figure.year)?;
        Ok(Self { compared: Compared::of(all.iter().map(|one| &one.figure)), figure })
    }
}
