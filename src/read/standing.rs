//! How a council stands with one measure of one year: a row of every table of councils, and the orders of such rows.

use std::cmp::Ordering;

use thiserror::Error;

use crate::db::figures::SourcedFigure;
use crate::domain::compare::Verdict;
use crate::domain::council::Council;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::interval::float;
use crate::domain::measure::{Judgement, Unit};

/// How a council is filled: its verdict, or that nothing is loaded for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A figure with this verdict.
    Verdict(Verdict),
    /// No figure has been loaded.
    NoFigure,
}

impl Band {
    /// Every band in the order of the legend.
    pub fn all() -> impl Iterator<Item = Self> {
        Verdict::ALL.into_iter().map(Self::Verdict).chain([Self::NoFigure])
    }

    /// Whether it stands for councils that were compared.
    pub fn is_compared(self) -> bool {
        matches!(self, Self::Verdict(verdict) if verdict.is_compared())
    }

    /// The word in addresses and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.as_str(),
            Self::NoFigure => "no-figure",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|band| band.as_str() == text)
    }

    /// Whether it lies beyond the 99.8% limits.
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Verdict(Verdict::Higher | Verdict::Lower))
    }

    /// In words.
    pub fn title(self, judgement: Judgement) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.title(judgement),
            Self::NoFigure => "No figure loaded",
        }
    }

    /// The small print of the legend.
    pub fn note(self) -> &'static str {
        match self {
            Self::Verdict(verdict) => verdict.note(),
            Self::NoFigure => "nothing is known here for this year",
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct MapRow {
    /// The council.
    pub council: Council,
    /// Its figure, when one is loaded.
    pub figure: Option<SourcedFigure>,
}

impl MapRow {
    /// How it is filled.
    pub fn band(&self) -> Band {
        self.figure.as_ref().map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict))
    }
}

/// What rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Key {
    /// What stands out first, then the shrunken rate.
    #[default]
    Verdict,
    /// The council's name.
    Name,
    /// The rate drawn towards the group's.
    Shrunken,
    /// The rate as it is.
    Rate,
    /// How many cases.
    Cases,
    /// Whether it changed since the year before.
    Change,
}

impl Key {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Verdict, Self::Name, Self::Shrunken, Self::Rate, Self::Cases, Self::Change];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Name => "name",
            Self::Shrunken => "shrunken",
            Self::Rate => "rate",
            Self::Cases => "cases",
            Self::Change => "change",
        }
    }

    /// The title in a menu.
    pub fn title(self) -> &'static str {
        match self {
            Self::Verdict => "what stands out",
            Self::Name => "name",
            Self::Shrunken => "adjusted rate",
            Self::Rate => "rate",
            Self::Cases => "cases",
            Self::Change => "change",
        }
    }
}

/// An order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// What decides.
    pub key: Key,
    /// The other way round: low before high, Z before A.
    pub turned: bool,
}

/// Why a text is not an order.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not an order; expected one of {words}, with - before it to turn it", words = Key::ALL.map(Key::as_str).join(", "))]
pub struct NotAnOrder(pub String);

impl Order {
    /// Every order.
    pub fn all() -> impl Iterator<Item = Self> {
        Key::ALL.into_iter().flat_map(|key| [false, true].map(|turned| Self { key, turned }))
    }

    /// The word in addresses: `rate`, `-rate`.
    pub fn word(self) -> String {
        format!("{}{}", if self.turned { "-" } else { "" }, self.key.as_str())
    }

    /// Reads the word.
    ///
    /// # Errors
    /// No order has it.
    pub fn parse(text: &str) -> Result<Self, NotAnOrder> {
        Self::all().find(|one| one.word() == text).ok_or_else(|| NotAnOrder(text.chars().take(40).collect()))
    }

    /// The order of two rows: by name where nothing else decides; rows that have nothing to be sorted by stand last,
    /// whichever way the others stand.
    pub fn compare(self, a: &MapRow, b: &MapRow) -> Ordering {
        let names = || a.council.name.cmp(&b.council.name);
        let by_number = |number: fn(&Figure) -> Option<f64>| {
            let of = |row: &MapRow| row.figure.as_ref().and_then(|one| number(&one.figure));
            self.numbers(of(a), of(b))
        };
        match self.key {
            Key::Name if self.turned => names().reverse(),
            Key::Name => Ordering::Equal,
            Key::Verdict => {
                let place = |row: &MapRow| self.place(row.band());
                place(a).cmp(&place(b)).then_with(|| by_number(adjusted))
            }
            Key::Shrunken => by_number(adjusted),
            Key::Rate => by_number(rate),
            Key::Cases => by_number(cases),
            Key::Change => by_number(change),
        }
        .then_with(names)
    }

    fn numbers(self, a: Option<f64>, b: Option<f64>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.turned => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// Where a verdict stands: what is outside the range, then what is inside, then what cannot be said.
    fn place(self, band: Band) -> u8 {
        let (high, low) = if self.turned { (2, 0) } else { (0, 2) };
        match band {
            Band::Verdict(Verdict::Higher) => high,
            Band::Verdict(Verdict::PossiblyHigher) => high + 1,
            Band::Verdict(Verdict::Lower) => low,
            Band::Verdict(Verdict::PossiblyLower) => low + 1,
            Band::Verdict(Verdict::Within) => 4,
            Band::Verdict(Verdict::TooFew) => 5,
            Band::Verdict(Verdict::NotCompared) => 6,
            Band::Verdict(Verdict::NoRate) => 7,
            Band::NoFigure => 8,
        }
    }
}

fn rate(figure: &Figure) -> Option<f64> {
    match figure.value {
        FigureValue::Rate(value) => Some(value),
        FigureValue::NothingDue | FigureValue::NotKnown => None,
    }
}

/// The shrunken rate; where there is none, none: bare rates of small councils would come first.
fn adjusted(figure: &Figure) -> Option<f64> {
    figure.shrunken
}

/// Cases that a rate rests on: the bottom of a share, the complaints of a rate per residents.
fn cases(figure: &Figure) -> Option<f64> {
    match figure.measure.unit() {
        Unit::Percent => figure.denominator,
        Unit::PerHundredThousand => figure.numerator,
    }
    .map(float)
}

/// A change as a number: the surer and the higher, the larger.
fn change(figure: &Figure) -> Option<f64> {
    match figure.change?.verdict {
        Verdict::Higher => Some(2.0),
        Verdict::PossiblyHigher => Some(1.0),
        Verdict::Within => Some(0.0),
        Verdict::PossiblyLower => Some(-1.0),
        Verdict::Lower => Some(-2.0),
        Verdict::TooFew | Verdict::NoRate | Verdict::NotCompared => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_reads_back_and_another_word_is_refused_with_those_there_are() {
        for order in Order::all() {
            assert_eq!(Order::parse(&order.word()), Ok(order));
        }
        let message = Order::parse("best").unwrap_err().to_string();
        assert!(message.contains("“best”") && message.contains("shrunken"), "{message}");
    }

    #[test]
    fn what_has_no_number_stands_last_whichever_way_the_others_stand() {
        for turned in [false, true] {
            let order = Order { key: Key::Rate, turned };
            assert_eq!(order.numbers(Some(1.0), None), Ordering::Less);
            assert_eq!(order.numbers(None, Some(1.0)), Ordering::Greater);
        }
        assert_eq!(Order { key: Key::Rate, turned: false }.numbers(Some(1.0), Some(2.0)), Ordering::Greater);
        assert_eq!(Order { key: Key::Rate, turned: true }.numbers(Some(1.0), Some(2.0)), Ordering::Less);
    }

    #[test]
    fn what_stands_out_comes_before_what_does_not_either_way() {
        for turned in [false, true] {
            let order = Order { key: Key::Verdict, turned };
            let outside = [Verdict::Higher, Verdict::PossiblyHigher, Verdict::PossiblyLower, Verdict::Lower];
            let within = order.place(Band::Verdict(Verdict::Within));
            assert!(outside.into_iter().all(|verdict| order.place(Band::Verdict(verdict)) < within));
            assert!(within < order.place(Band::NoFigure));
        }
    }
}
