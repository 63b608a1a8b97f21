//! What is measured: the three statistics of an annual review letter, and the rate per 100,000 residents.

use thiserror::Error;

/// A statistic shown for every council and year (docs/domain.md, "What is counted").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Uphold rate: upheld of detailed investigations.
    #[default]
    Upheld,
    /// Compliance rate: recommendations carried out of compliance outcomes, late ones included.
    Compliance,
    /// Satisfactory remedy rate: upheld cases where the council had already offered enough.
    SatisfactoryRemedies,
    /// Upheld complaints per 100,000 residents.
    UpheldPer100k,
}

/// What a rate is a rate of: it decides interval, comparison and how the value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A proportion, shown as a whole per cent.
    Percent,
    /// A rate per 100,000 residents, shown with one decimal.
    PerHundredThousand,
}

/// Why a text is not a measure.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a measure; expected upheld, compliance, satisfactory-remedies or upheld-per-100k")]
pub struct NotAMeasure(pub String);

impl Measure {
    /// All measures in the order of the letter.
    pub const ALL: [Self; 4] = [Self::Upheld, Self::Compliance, Self::SatisfactoryRemedies, Self::UpheldPer100k];

    /// Reads the word used in addresses and JSON.
    pub fn parse(text: &str) -> Result<Self, NotAMeasure> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.word() == text)
            .ok_or_else(|| NotAMeasure(text.chars().take(40).collect()))
    }

    /// The word used in addresses and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Compliance => "compliance",
            Self::SatisfactoryRemedies => "satisfactory-remedies",
            Self::UpheldPer100k => "upheld-per-100k",
        }
    }

    /// The plain title over a figure.
    pub fn title(self) -> &'static str {
        match self {
            Self::Upheld => "Complaints upheld",
            Self::Compliance => "Did what it agreed",
            Self::SatisfactoryRemedies => "Put it right before being asked",
            Self::UpheldPer100k => "Upheld per 100,000 residents",
        }
    }

    /// The field's own term, for tables and downloads.
    pub fn term(self) -> &'static str {
        match self {
            Self::Upheld => "Uphold rate",
            Self::Compliance => "Compliance rate",
            Self::SatisfactoryRemedies => "Satisfactory remedy rate",
            Self::UpheldPer100k => "Upheld complaints per 100,000 residents",
        }
    }

    /// What the top of the fraction counts.
    pub fn numerator(self) -> &'static str {
        match self {
            Self::Upheld | Self::UpheldPer100k => "upheld complaints",
            Self::Compliance => "recommendations carried out",
            Self::SatisfactoryRemedies => "satisfactory remedies",
        }
    }

    /// What the bottom of the fraction counts.
    pub fn denominator(self) -> &'static str {
        match self {
            Self::Upheld => "detailed investigations",
            Self::Compliance => "compliance outcomes",
            Self::SatisfactoryRemedies => "upheld complaints",
            Self::UpheldPer100k => "residents",
        }
    }

    /// How the value is written.
    pub fn unit(self) -> Unit {
        match self {
            Self::UpheldPer100k => Unit::PerHundredThousand,
            _ => Unit::Percent,
        }
    }

    /// Whether a high value may be called better. An uphold rate may not: it depends on which complaints
    /// are investigated (docs/domain.md, "What is counted").
    pub fn may_be_judged(self) -> bool {
        matches!(self, Self::Compliance)
    }
}

impl Unit {
    /// The factor from a ratio of counts to the value.
    pub fn factor(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::PerHundredThousand => 100_000.0,
        }
    }

    /// The one way a value is written: whole per cents, one decimal per 100,000, halves away from zero as
    /// the Ombudsman's letters round them. Where rounding would make "all" of "nearly all" (3,173 of 3,177), or
    /// "none" of "hardly any", one decimal says so, as the Ombudsman writes 99.7% for England.
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Percent if (99.5..100.0).contains(&value) => format!("{:.1}%", value.min(99.9)),
            Self::Percent if value > 0.0 && value < 0.5 => format!("{:.1}%", value.max(0.1)),
            Self::Percent => format!("{}%", round_half_up(value)),
            Self::PerHundredThousand => format!("{:.1}", (value * 10.0 + 1e-9).round() / 10.0),
        }
    }
}

/// Rounds to the nearest whole number, halves upward; a hair is added so that 0.5 held as 0.49999… rounds
/// as a person would.
pub fn round_half_up(value: f64) -> f64 {
    let rounded = (value + 1e-9).round();
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_as_the_letters_write_them() {
        assert_eq!(Unit::Percent.show(7.0 / 13.0 * 100.0), "54%");
        assert_eq!(Unit::Percent.show(2.0 / 7.0 * 100.0), "29%");
        assert_eq!(Unit::Percent.show(12.5), "13%");
        assert_eq!(Unit::PerHundredThousand.show(8.801), "8.8");
    }

    #[test]
    fn rounding_never_makes_all_of_nearly_all_nor_none_of_hardly_any() {
        assert_eq!(Unit::Percent.show(3173.0 / 3177.0 * 100.0), "99.9%");
        assert_eq!(Unit::Percent.show(99.99), "99.9%");
        assert_eq!(Unit::Percent.show(99.4), "99%");
        assert_eq!((Unit::Percent.show(100.0), Unit::Percent.show(0.0)), ("100%".to_owned(), "0%".to_owned()));
        assert_eq!(Unit::Percent.show(0.04), "0.1%");
    }
}
