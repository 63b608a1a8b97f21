//! One area: its councils with their verdicts, its pooled rates, the complaints received there.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::areas::Area;
use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::area::{AreaCounts, MemberCounts};
use crate::domain::chance::Marks;
use crate::domain::compare::Verdict;
use crate::domain::council::{Council, CouncilId};
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::measure::{Family, Measure};
use crate::domain::year::ReportingYear;

/// A council of the area with its figures.
#[derive(Clone, Debug)]
pub struct AreaCouncil {
    /// The council.
    pub council: Council,
    /// Its figures of the measures shown.
    pub figures: BTreeMap<Measure, SourcedFigure>,
}

/// A measure of the whole area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AreaRate {
    /// Which measure.
    pub measure: Measure,
    /// The counts of its councils.
    pub now: AreaCounts,
    /// The same of the year before.
    pub before: AreaCounts,
    /// The same of all councils of England.
    pub england: AreaCounts,
}

impl AreaRate {
    /// The pooled rate.
    pub fn value(&self) -> Option<f64> {
        self.now.rate(self.measure.unit())
    }

    /// The pooled rate of the year before.
    pub fn value_before(&self) -> Option<f64> {
        self.before.rate(self.measure.unit())
    }

    /// The pooled rate of England.
    pub fn of_england(&self) -> Option<f64> {
        self.england.rate(self.measure.unit())
    }

    /// The count of this year and of the year before, where every council of both years has it.
    pub fn counts(&self) -> (Option<u64>, Option<u64>) {
        (self.now.whole(), self.before.whole())
    }
}

/// Everything that the page of an area shows.
#[derive(Clone, Debug)]
pub struct AreaPage {
    /// The area.
    pub area: Area,
    /// The county council, where it is the area of one.
    pub county: Option<Council>,
    /// The day on which the county council ended, where it is no more, and those that took over from it.
    pub ended: Option<(Date, Vec<Council>)>,
    /// The year that was asked for, when one was.
    pub asked: Option<ReportingYear>,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Its councils: county councils first, then by name.
    pub councils: Vec<AreaCouncil>,
    /// The measures of the letters.
    pub rates: Vec<AreaRate>,
    /// Complaints received, in all and by service area.
    pub received: Vec<AreaRate>,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// The measures shown for each council: those of the letters and the complaints received.
pub fn measures_of_councils() -> impl Iterator<Item = Measure> {
    Measure::of_the_letters().chain([Measure::ReceivedPer100k])
}

impl AreaPage {
    /// Reads the page of an area.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        area: Area,
        asked: Option<ReportingYear>,
        year: ReportingYear,
        today: Date,
    ) -> Result<Self, ReadError> {
        let mut figures: HashMap<CouncilId, BTreeMap<Measure, SourcedFigure>> = HashMap::new();
        for measure in measures_of_councils() {
            for one in db::figures::of_year(conn, measure, year)? {
                figures.entry(one.figure.council).or_default().insert(measure, one);
            }
        }
        let own = area.councils(atlas, year);
        let councils = own.iter().map(|council| AreaCouncil {
            figures: figures.remove(&council.id).unwrap_or_default(),
            council: (*council).clone(),
        });
        let councils: Vec<AreaCouncil> = councils.collect();
        let (now, before) = (YearCounts::read(conn, year)?, YearCounts::read(conn, year.previous())?);
        let earlier = area.councils(atlas, year.previous());
        let england: Vec<&Council> = atlas.councils_in(year).collect();
        let rate = |measure: Measure| AreaRate {
            measure,
            now: now.of(measure, &own),
            before: before.of(measure, &earlier),
            england: now.of(measure, &england),
        };
        let county = area.county(atlas);
        let ended = county.and_then(|county| {
            let successors = county.successors.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect();
            Some((county.ended_by(today)?, successors))
        });
        Ok(Self {
            county: county.cloned(),
            ended,
            asked,
            year,
            years: area.years(atlas),
            rates: Measure::of_the_letters().map(rate).collect(),
            received: Measure::of_family(Family::Received).map(rate).collect(),
            councils,
            files: db::sources::files_of_year(conn, year)?,
            synthetic: atlas.synthetic,
            area,
        })
    }

    /// Councils with a figure of any measure shown.
    pub fn with_figures(&self) -> usize {
        self.councils.iter().filter(|one| !one.figures.is_empty()).count()
    }

    /// The figures clearly out of the range expected, council by council.
    pub fn standing_out(&self) -> Vec<(&Council, &SourcedFigure)> {
        let clear = |one: &&SourcedFigure| matches!(one.figure.verdict, Verdict::Higher | Verdict::Lower);
        let of = |one: &'_ AreaCouncil| one.figures.values().filter(clear).count();
        let councils = self.councils.iter().filter(|one| of(one) > 0);
        councils.flat_map(|one| one.figures.values().filter(clear).map(move |figure| (&one.council, figure))).collect()
    }

    /// How many figures of its councils are compared, how many are marked, and what chance alone would mark.
    pub fn marks(&self) -> Marks {
        let figures: Vec<&Figure> =
            self.councils.iter().flat_map(|one| one.figures.values()).map(|one| &one.figure).collect();
        Marks::of(&figures)
    }

    /// What the figures of the area say, in a sentence.
    pub fn finding(&self) -> String {
        let (known, all) = (self.with_figures(), self.councils.len());
        if known == 0 {
            return format!("No figures of {} are loaded for its {}.", self.year, council_count(all));
        }
        let here = if known < all {
            format!("Of its {}, {known} {} figures here. ", council_count(all), if known == 1 { "has" } else { "have" })
        } else {
            String::new()
        };
        let upheld = self.rates.iter().find(|rate| rate.measure == Measure::Upheld);
        let unit = Measure::Upheld.unit();
        let sentence = match upheld.and_then(|rate| Some((rate, rate.value()?))) {
            Some((rate, value)) => {
                let england =
                    rate.of_england().map(|value| format!("; in England {}", unit.show(value))).unwrap_or_default();
                format!(
                    "In {} the Ombudsman found fault in {} of the cases it investigated here ({} of {}){england}.",
                    self.year,
                    unit.show(value),
                    format::count(rate.now.rate_numerator),
                    format::count(rate.now.denominator),
                )
            }
            None => format!("Too few have counts to add up to an uphold rate of the whole area in {}.", self.year),
        };
        format!("{here}{sentence}")
    }
}

fn council_count(number: usize) -> String {
    format::counted_of(u64::try_from(number).unwrap_or(0), "councils")
}

/// The counts of every council and measure of a year.
pub(super) struct YearCounts(HashMap<(CouncilId, Measure), (u64, Option<u64>)>);

impl YearCounts {
    /// Reads them.
    pub(super) fn read(conn: &Connection, year: ReportingYear) -> Result<Self, ReadError> {
        let rows = db::figures::counts_of_year(conn, year)?;
        Ok(Self(rows.into_iter().map(|(council, measure, top, bottom)| ((council, measure), (top, bottom))).collect()))
    }

    /// Those of some councils added up.
    pub(super) fn of(&self, measure: Measure, councils: &[&Council]) -> AreaCounts {
        let members: Vec<MemberCounts> = councils
            .iter()
            .map(|council| MemberCounts {
                council: council.id,
                kind: council.kind,
                county: council.county,
                counts: self.0.get(&(council.id, measure)).copied(),
            })
            .collect();
        AreaCounts::of(measure.unit(), &members)
    }
}
