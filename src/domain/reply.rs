//! What a council replies to its figures.

use jiff::civil::Date;

use super::council::CouncilId;
use super::measure::Measure;
use super::year::ReportingYear;

/// A reply, as it was imported and as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who replies.
    pub council: CouncilId,
    /// About which year.
    pub year: ReportingYear,
    /// About which measure; none where the year as a whole is meant.
    pub measure: Option<Measure>,
    /// Day of the reply.
    pub replied_on: Date,
    /// The office that signed it.
    pub author: Option<String>,
    /// Plain text, paragraphs parted by blank lines; never markup.
    pub text: String,
    /// Where the council published it.
    pub url: Option<String>,
}
