//! What readers know besides their files.

use jiff::civil::Date;

use super::taught::Taught;
use crate::db::Connection;
use crate::db::councils::Register;
use crate::domain::progress::Progress;
use crate::domain::year::ReportingYear;

/// What a reader needs to know besides the files.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The register that the records will join.
    pub register: &'a Register,
    /// The database that they will join, for checks against what is loaded.
    pub conn: &'a Connection,
    /// The day on which the files came in: nothing in them may have happened later.
    pub today: Date,
    /// The day on which they will be seen; letters are dated up to it.
    pub visible_from: Date,
    /// The year that the whole file is about, where the file does not say.
    pub year: Option<ReportingYear>,
    /// What the data directory teaches of headings.
    pub taught: &'a Taught,
    /// Who is told how far the reading is.
    pub progress: &'a dyn Progress,
}
