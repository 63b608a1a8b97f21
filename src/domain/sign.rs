//! Early signs: what a reader of a council's figures would look into first. Each is a rule over published figures, reports and
//! promises, with its evidence in a sentence. Signs are never added up: three of them are not worse than one.

mod facts;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use thiserror::Error;

pub use self::facts::{Counted, Facts, Lists, comparable_years};
use super::measure::Measure;

/// A sign, in the order of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// A rate beyond the 99.8% limit.
    OutsideLimits,
    /// Beyond the 95% limit on the same side in two of three years.
    OutsideAgain,
    /// Something agreed was not done.
    NotCarriedOut,
    /// Late more often than its group.
    LateMoreOften,
    /// A public report.
    PublicReport,
    /// Far more complaints about one service than elsewhere.
    OneService,
    /// A promise is overdue.
    Overdue,
    /// Far fewer complaints than expected.
    FewReceived,
}

/// Why a text is not a sign.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a sign; expected one of {words}", words = Sign::ALL.map(Sign::as_str).join(", "))]
pub struct NotASign(pub String);

/// What is said of a council that has figures and no sign.
pub const NOTHING: &str = "Nothing stands out clearly";

impl Sign {
    /// All signs.
    pub const ALL: [Self; 8] = [
        Self::OutsideLimits,
        Self::OutsideAgain,
        Self::NotCarriedOut,
        Self::LateMoreOften,
        Self::PublicReport,
        Self::OneService,
        Self::Overdue,
        Self::FewReceived,
    ];

    /// The word in addresses and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OutsideLimits => "outside-limits",
            Self::OutsideAgain => "outside-again",
            Self::NotCarriedOut => "not-carried-out",
            Self::LateMoreOften => "late",
            Self::PublicReport => "public-report",
            Self::OneService => "one-service",
            Self::Overdue => "overdue",
            Self::FewReceived => "few-received",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// No sign has the word.
    pub fn parse(text: &str) -> Result<Self, NotASign> {
        Self::ALL
            .into_iter()
            .find(|sign| sign.as_str() == text)
            .ok_or_else(|| NotASign(text.chars().take(40).collect()))
    }

    /// The title on pages.
    pub fn title(self) -> &'static str {
        match self {
            Self::OutsideLimits => "Outside the range that chance explains",
            Self::OutsideAgain => "Outside the range again",
            Self::NotCarriedOut => "Did not do all that it agreed",
            Self::LateMoreOften => "Late more often than others",
            Self::PublicReport => "A public report",
            Self::OneService => "Far more complaints about one service",
            Self::Overdue => "A promise is overdue",
            Self::FewReceived => "Far fewer complaints than expected",
        }
    }

    /// The rule in plain words.
    pub fn rule(self) -> &'static str {
        match self {
            Self::OutsideLimits => {
                "A rate that the Ombudsman’s letters print, or the share of remedies that were late, lies beyond the 99.8% limit for councils of its kind with as many cases. Of rates that may be judged only the worse side counts."
            }
            Self::OutsideAgain => {
                "One of these rates lay beyond the 95% limit on the same side in at least two of the last three years that count the same things. Of rates that may be judged only the worse side counts."
            }
            Self::NotCarriedOut => {
                "In at least one case of the year the council had not done what it had agreed with the Ombudsman: compliance under 100%."
            }
            Self::LateMoreOften => {
                "Of what the council did do as agreed, more came late than is expected of its kind: beyond the 95% limit."
            }
            Self::PublicReport => {
                "The Ombudsman published a report about the council in the year, as it does where the matter is of public interest."
            }
            Self::OneService => {
                "Complaints received about one service, for the number of residents, lie beyond the upper 99.8% limit for councils of its kind."
            }
            Self::Overdue => {
                "A service improvement that the council agreed was due and not reported as done: on the day of reading for the newest year, on 31 March for an earlier one."
            }
            Self::FewReceived => {
                "Complaints received, for the number of residents, lie beyond the lower 99.8% limit for councils of its kind. That may be good work, or people may not get through to the Ombudsman."
            }
        }
    }

    /// Whether it comes of a comparison, which chance alone can raise.
    pub fn compares(self) -> bool {
        matches!(
            self,
            Self::OutsideLimits | Self::OutsideAgain | Self::LateMoreOften | Self::OneService | Self::FewReceived
        )
    }
}

/// Where the evidence of a sign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A measure among the council's statistics.
    Statistics(Measure),
    /// The public reports of the year.
    Reports,
    /// The promises that are overdue.
    Improvements,
}

/// A sign of a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub sign: Sign,
    /// Its evidence: one sentence with numbers and years.
    pub evidence: String,
    /// Where that stands.
    pub stands: Evidence,
    /// The day it tells of, where that is not the whole year: of the newest report, on which the longest overdue promise was due.
    pub day: Option<Date>,
}
