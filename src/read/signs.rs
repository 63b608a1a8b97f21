//! Early signs: of one council, and of all councils of a year.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use crate::db::figures::SourcedFigure;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilId, CouncilKind};
use crate::domain::format;
use crate::domain::sign::{Counted, Facts, Found, Lists, NOTHING, Sign, comparable_years};
use crate::domain::year::ReportingYear;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SignsFilter {
    /// Which year; the newest with figures when not given.
    pub year: Option<ReportingYear>,
    /// Only this kind of council.
    pub kind: Option<CouncilKind>,
    /// Only this region.
    pub region: Option<String>,
    /// Only councils with this sign.
    pub sign: Option<Sign>,
}

/// The signs of one council in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signs {
    /// The year.
    pub year: ReportingYear,
    /// In the order of lists.
    pub found: Vec<Found>,
    /// The rules that could find nothing, for want of figures or of cases.
    pub unseen: Vec<Sign>,
}

/// A council with its signs.
#[derive(Clone, Debug)]
pub struct CouncilSigns {
    /// The council.
    pub council: Council,
    /// Its signs; where one sign is asked for, only those.
    pub signs: Vec<Found>,
}

/// How many councils show a sign, and how many would if councils differed by chance alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SignCount {
    /// Councils.
    pub councils: usize,
    /// Signs; a council can have one of a kind for several measures.
    pub signs: usize,
    /// Councils for which the rule could find anything.
    pub looked: usize,
    /// Signs that chance alone would raise; 0 for those that compare nothing.
    pub by_chance: f64,
}

/// Councils of a year by early sign.
#[derive(Clone, Debug)]
pub struct SignsPage {
    /// What was asked for.
    pub filter: SignsFilter,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// Councils with at least one sign, by name.
    pub councils: Vec<CouncilSigns>,
    /// How many councils of the year fit kind and region.
    pub all: usize,
    /// Of them those without any figure of the year.
    pub unknown: usize,
    /// Of them those with figures and without a sign.
    pub quiet: usize,
    /// Each sign, whichever is asked for.
    pub counts: BTreeMap<Sign, SignCount>,
    /// The day for which promises are looked at.
    pub day: Date,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// The day for which promises are looked at: today for the newest year, the last day of an earlier one.
pub(super) fn day_of(atlas: &Atlas, year: ReportingYear, today: Date) -> Date {
    if year < atlas.default_year(today) { year.last_day().min(today) } else { today }
}

impl Signs {
    /// The signs of one council, whose figures of all years are at hand.
    pub fn of_council(
        conn: &Connection,
        atlas: &Atlas,
        council: CouncilId,
        year: ReportingYear,
        history: &[SourcedFigure],
        today: Date,
    ) -> Result<Self, ReadError> {
        let day = day_of(atlas, year, today);
        let counted = |(_, count, day): (CouncilId, u64, Date)| Counted { count, day };
        let reports = db::decisions::reports_by_council(conn, Some(council), year.first_day(), year.last_day())?;
        let facts = Facts {
            year,
            figures: history.iter().map(|one| (one.year, &one.figure)).collect(),
            reports: reports.into_iter().map(counted).next(),
            overdue: db::improvements::overdue(conn, Some(council), day)?.into_iter().map(counted).next(),
            lists: lists(conn, year, day)?,
            day,
        };
        Ok(Self { year, found: facts.signs(), unseen: unseen(&facts) })
    }

    /// Signs that rest on the same evidence, told once: lateness beyond the limits is also more than elsewhere.
    pub fn told(&self) -> Vec<(String, &Found)> {
        let mut told: Vec<(String, &Found)> = Vec::new();
        for one in &self.found {
            match told.iter_mut().find(|(_, before)| before.evidence == one.evidence) {
                Some((titles, _)) => {
                    titles.push_str(". ");
                    titles.push_str(one.sign.title());
                }
                None => told.push((one.sign.title().to_owned(), one)),
            }
        }
        told
    }

    /// What is said where there is no sign: what stands first, and the rest.
    pub fn nothing(&self) -> (Option<String>, String) {
        if is_blind(&self.unseen) {
            return (
                None,
                format!(
                    "No figure of {} is known here that rests on enough cases, so nothing can be said to stand out, or not to.",
                    self.year
                ),
            );
        }
        let unseen: Vec<String> = self.unseen.iter().map(|sign| format!("“{}”", sign.title())).collect();
        let rest = match unseen.len() {
            0 => "None of the rules for early signs applies.".to_owned(),
            _ => format!(
                "None of the other rules for early signs applies; nothing, or too little, is known for {}.",
                format::listed(&unseen)
            ),
        };
        (Some(format!("{NOTHING} in {}.", self.year)), rest)
    }
}

impl SignsPage {
    /// Reads the signs of all councils of a year.
    pub fn read(conn: &Connection, atlas: &Atlas, filter: SignsFilter, today: Date) -> Result<Self, ReadError> {
        let year = filter.year.unwrap_or_else(|| atlas.default_year(today));
        let day = day_of(atlas, year, today);
        let mut figures: HashMap<CouncilId, Vec<SourcedFigure>> = HashMap::new();
        for year in comparable_years(year) {
            for one in db::figures::all_of_year(conn, year)? {
                figures.entry(one.figure.council).or_default().push(one);
            }
        }
        let reports = by_council(db::decisions::reports_by_council(conn, None, year.first_day(), year.last_day())?);
        let overdue = by_council(db::improvements::overdue(conn, None, day)?);
        let lists = lists(conn, year, day)?;
        let mut page = Self {
            year,
            years: atlas.years.iter().rev().copied().collect(),
            regions: atlas.regions(),
            councils: Vec::new(),
            all: 0,
            unknown: 0,
            quiet: 0,
            counts: Sign::ALL.into_iter().map(|sign| (sign, SignCount::default())).collect(),
            day,
            synthetic: atlas.synthetic,
            filter,
        };
        let (wanted, none) = (page.filter.clone(), Vec::new());
        for council in atlas.councils_in(year).filter(|council| wanted.fits(council)) {
            let history = figures.get(&council.id).unwrap_or(&none);
            page.add(
                council,
                &Facts {
                    year,
                    figures: history.iter().map(|one| (one.year, &one.figure)).collect(),
                    reports: reports.get(&council.id).copied(),
                    overdue: overdue.get(&council.id).copied(),
                    lists,
                    day,
                },
            );
        }
        Ok(page)
    }

    /// Adds a council with what is known of it.
    fn add(&mut self, council: &Council, facts: &Facts) {
        let mut signs = facts.signs();
        self.all += 1;
        match (signs.is_empty(), is_blind(&unseen(facts))) {
            (true, false) => self.quiet += 1,
            (true, true) => self.unknown += 1,
            (false, _) => {}
        }
        for (sign, count) in &mut self.counts {
            let own = signs.iter().filter(|one| one.sign == *sign).count();
            count.signs += own;
            count.councils += usize::from(own > 0);
            count.by_chance += facts.by_chance(*sign);
            count.looked += usize::from(facts.can_look_for(*sign));
        }
        signs.retain(|one| self.filter.sign.is_none_or(|sign| one.sign == sign));
        if !signs.is_empty() {
            self.councils.push(CouncilSigns { council: council.clone(), signs });
        }
    }

    /// A title that names every filter.
    pub fn title(&self) -> String {
        let sign = self.filter.sign.map_or_else(|| "Early signs".to_owned(), |sign| sign.title().to_owned());
        let kind = self.filter.kind.map(|kind| format!(", {}", kind.group())).unwrap_or_default();
        let region = self.filter.region.as_ref().map(|region| format!(", {region}")).unwrap_or_default();
        format!("{sign}, {}{kind}{region}", self.year)
    }

    /// The counts of a sign.
    pub fn count(&self, sign: Sign) -> SignCount {
        self.counts.get(&sign).copied().unwrap_or_default()
    }

    /// The councils with a sign, each with its evidence.
    pub fn with(&self, sign: Sign) -> impl Iterator<Item = (&Council, Vec<&Found>)> {
        self.councils.iter().filter_map(move |one| {
            let found: Vec<&Found> = one.signs.iter().filter(|found| found.sign == sign).collect();
            (!found.is_empty()).then_some((&one.council, found))
        })
    }
}

impl SignsFilter {
    fn fits(&self, council: &Council) -> bool {
        self.kind.is_none_or(|kind| council.kind == kind)
            && self.region.as_ref().is_none_or(|region| council.region == *region)
    }
}

/// Which of the lists have anything.
fn lists(conn: &Connection, year: ReportingYear, day: Date) -> Result<Lists, ReadError> {
    Ok(Lists {
        reports: db::decisions::has_reports(conn, year.first_day(), year.last_day())?,
        promises: db::improvements::has_any(conn, day)?,
    })
}

/// The rules that could find nothing in what is known.
fn unseen(facts: &Facts) -> Vec<Sign> {
    Sign::ALL.into_iter().filter(|sign| !facts.can_look_for(*sign)).collect()
}

/// Whether no rule that compares figures of the year could find anything: one case that was carried out, or figures of the years
/// before, are too little to say that nothing stands out.
fn is_blind(unseen: &[Sign]) -> bool {
    let of_the_year = |sign: &Sign| sign.compares() && *sign != Sign::OutsideAgain;
    Sign::ALL.into_iter().filter(of_the_year).all(|sign| unseen.contains(&sign))
}

fn by_council(rows: Vec<(CouncilId, u64, Date)>) -> HashMap<CouncilId, Counted> {
    rows.into_iter().map(|(council, count, day)| (council, Counted { count, day })).collect()
}
