//! Councils of a year with one measure, filtered and in an order: what stands out first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use thiserror::Error;

use super::atlas::Atlas;
use super::error::ReadError;
use super::map::{Band, MapRow};
use crate::db::figures::SourcedFigure;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::interval::float;
use crate::domain::measure::{Measure, Unit};
use crate::domain::names::plain_words;
use crate::domain::year::ReportingYear;

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

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RankingQuery {
    /// Which measure.
    pub measure: Measure,
    /// Which year; the newest with figures when not given.
    pub year: Option<ReportingYear>,
    /// Only this kind of council.
    pub kind: Option<CouncilKind>,
    /// Only this region.
    pub region: Option<String>,
    /// Only this verdict.
    pub band: Option<Band>,
    /// Only councils whose names hold these words.
    pub text: Option<String>,
    /// In which order.
    pub order: Order,
}

impl RankingQuery {
    /// Whether a council fits all but the verdict.
    fn fits(&self, council: &Council, words: &[String]) -> bool {
        let name = || plain_words(&format!("{} {}", council.name, council.official_name)).join(" ");
        self.kind.is_none_or(|kind| council.kind == kind)
            && self.region.as_ref().is_none_or(|region| council.region == *region)
            && (words.is_empty() || {
                let name = name();
                words.iter().all(|word| name.contains(word.as_str()))
            })
    }
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct RankingPage {
    /// What was asked for.
    pub query: RankingQuery,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// The councils, in the order asked for.
    pub rows: Vec<MapRow>,
    /// How many councils each verdict has, whichever is asked for.
    pub counts: BTreeMap<Band, usize>,
    /// How many of them chance alone would mark as outside the range, if all were like their kind.
    pub by_chance: f64,
    /// How many councils it could mark.
    pub compared: usize,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl RankingPage {
    /// Reads the rows.
    pub fn read(conn: &Connection, atlas: &Atlas, query: RankingQuery, today: Date) -> Result<Self, ReadError> {
        let year = query.year.unwrap_or_else(|| atlas.default_year(today));
        let mut figures: HashMap<CouncilId, SourcedFigure> =
            db::figures::of_year(conn, query.measure, year)?.into_iter().map(|one| (one.figure.council, one)).collect();
        let words = plain_words(query.text.as_deref().unwrap_or_default());
        let mut rows: Vec<MapRow> = atlas
            .councils_in(year)
            .filter(|council| query.fits(council, &words))
            .map(|council| MapRow { council: council.clone(), figure: figures.remove(&council.id) })
            .collect();
        let mut counts = BTreeMap::new();
        for row in &rows {
            *counts.entry(row.band()).or_insert(0) += 1;
        }
        let chances: Vec<f64> = rows.iter().filter_map(|row| row.figure.as_ref()?.figure.chance_of_mark).collect();
        rows.retain(|row| query.band.is_none_or(|band| row.band() == band));
        rows.sort_by(|a, b| query.order.compare(a, b));
        Ok(Self {
            year,
            years: atlas.years.iter().rev().copied().collect(),
            regions: atlas.regions(),
            rows,
            counts,
            by_chance: chances.iter().sum(),
            compared: chances.len(),
            files: db::sources::files_of_year(conn, year)?,
            synthetic: atlas.synthetic,
            query,
        })
    }

    /// How many councils have a verdict.
    pub fn count(&self, band: Band) -> usize {
        self.counts.get(&band).copied().unwrap_or(0)
    }

    /// How many councils fit, whatever their verdict.
    pub fn all(&self) -> usize {
        self.counts.values().sum()
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
