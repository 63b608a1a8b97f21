//! One figure of a council, for a picture that stands alone: with how many councils were compared, and what chance marks.

use super::embed::EmbedPage;
use super::error::ReadError;
use crate::db::{self, Connection};
use crate::domain::chance::Compared;

/// What the picture shows.
#[derive(Clone, Debug)]
pub struct SharePage {
    /// The figure, as a frame shows it.
    pub figure: EmbedPage,
    /// How many councils of the year were compared, and how many marks chance alone would make.
    pub compared: Compared,
}

impl SharePage {
    /// Reads what stands beside a figure.
    pub fn of(conn: &Connection, figure: EmbedPage) -> Result<Self, ReadError> {
        let all = db::figures::of_year(conn, figure.block.measure, figure.year)?;
        Ok(Self { compared: Compared::of(all.iter().map(|one| &one.figure)), figure })
    }
}
