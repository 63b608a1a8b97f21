//! One council's overview: its figures of a year, its history, and what stands behind them.

use jiff::civil::Date;

use super::areas::{self, Area};
use super::atlas::Atlas;
use super::compare_set;
use super::council_parts::PartCounts;
use super::error::ReadError;
use super::improvements::StateCounts;
use super::received::ReceivedRow;
use super::signs::Signs;
use super::standing::Band;
use crate::db::decisions::ListedDecision;
use crate::db::figures::SourcedFigure;
use crate::db::improvements::ListedImprovement;
use crate::db::letters::ListedLetter;
use crate::db::replies::SourcedReply;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::history;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// How many decisions of the year the overview lists.
const LISTED: u32 = 6;
/// How many councils of its kind are shown around it.
const NEAREST: usize = 5;
/// The measure by which councils nearby are shown.
pub const ALIKE_BY: Measure = Measure::Upheld;

/// A figure with what is drawn around it.
#[derive(Clone, Debug)]
pub struct FigureBlock {
    /// Which measure.
    pub measure: Measure,
    /// The figure; none when nothing is loaded.
    pub figure: Option<SourcedFigure>,
    /// The rates of the group's councils with counts, for the strip.
    pub group: Vec<f64>,
    /// The rate of England, as it is shown everywhere.
    pub national: Option<f64>,
    /// Figures of measures that have a line in this block.
    pub beside: Vec<Beside>,
    /// What its years up to the one shown say together, in sentences.
    pub history: Vec<String>,
}

impl FigureBlock {
    /// The figure beside it that tells more than its own drawing would: where all was done, how much of it came late.
    pub fn tells_more(&self) -> Option<&Beside> {
        let all = |figure: &Figure| figure.counts().is_some_and(|counts| counts.base > 0 && counts.hits == counts.base);
        let own = self.figure.as_ref().filter(|one| all(&one.figure))?;
        let later = |one: &&Beside| one.figure.figure.counts().is_some_and(|counts| counts.hits > 0);
        self.beside.iter().filter(|one| one.figure.year == own.year).find(later)
    }
}

/// A figure that has a line in the block of another.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The figure.
    pub figure: SourcedFigure,
    /// The rates of the group's councils with counts.
    pub group: Vec<f64>,
    /// What its years up to the one shown say together, in sentences.
    pub history: Vec<String>,
}

/// A council of the place or like it, with its years of one measure.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The council.
    pub council: Council,
    /// Its figures of the measure, oldest first.
    pub history: Vec<SourcedFigure>,
}

impl Alike {
    /// How it stands in a year.
    pub fn band(&self, year: ReportingYear) -> Band {
        let figure = self.history.iter().find(|one| one.year == year);
        figure.map_or(Band::NoFigure, |one| Band::Verdict(one.figure.verdict))
    }
}

/// Everything that the overview of a council shows.
#[derive(Clone, Debug)]
pub struct CouncilPage {
    /// The council.
    pub council: Council,
    /// The county over a district.
    pub county: Option<Council>,
    /// The districts under a county, in the year shown, with how each stands in it.
    pub districts: Vec<(Council, Band)>,
    /// The region, combined authority and county that it belongs to.
    pub areas: Vec<Area>,
    /// Councils before.
    pub predecessors: Vec<Council>,
    /// Councils after.
    pub successors: Vec<Council>,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// The measures that the letters print, in their order.
    pub blocks: Vec<FigureBlock>,
    /// All figures of all years, oldest first.
    pub history: Vec<SourcedFigure>,
    /// Decisions of the year: reports first.
    pub decisions: Vec<ListedDecision>,
    /// How many decisions and how many reports the year has.
    pub decision_counts: (u64, u64),
    /// How much stands on the other parts, over all years.
    pub parts: PartCounts,
    /// Early signs of the year.
    pub signs: Signs,
    /// Complaints received in the year, in all and by service area.
    pub received: Vec<ReceivedRow>,
    /// The council and the nearest of its kind, with their years of `ALIKE_BY`; none where there are no others.
    pub alike: Vec<Alike>,
    /// All improvements.
    pub improvements: Vec<ListedImprovement>,
    /// All letters, newest first.
    pub letters: Vec<ListedLetter>,
    /// What it replied to the figures of the year.
    pub replies: Vec<SourcedReply>,
    /// The day for which states are meant.
    pub today: Date,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl CouncilPage {
    /// Measures with sentences about their years.
    pub fn histories(&self) -> impl Iterator<Item = (Measure, &[String])> {
        self.blocks
            .iter()
            .flat_map(|block| {
                let beside = block.beside.iter().map(|one| (one.figure.figure.measure, one.history.as_slice()));
                std::iter::once((block.measure, block.history.as_slice())).chain(beside)
            })
            .filter(|(_, sentences)| !sentences.is_empty())
    }

    /// Reads the overview.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        council: &Council,
        year: Option<ReportingYear>,
        today: Date,
    ) -> Result<Self, ReadError> {
        let history = db::figures::of_council(conn, council.id)?;
        let year = year_shown(atlas, council, year, &history, today);
        let blocks = Measure::of_the_letters()
            .map(|measure| block(conn, atlas, council, measure, year, &history))
            .collect::<Result<Vec<_>, ReadError>>()?;
        let (first, last) = (year.first_day(), year.last_day());
        let named = |ids: &[crate::domain::council::CouncilId]| {
            ids.iter().filter_map(|id| atlas.register.get(*id)).cloned().collect::<Vec<_>>()
        };
        let mut years: Vec<ReportingYear> = atlas.years_of(council).into_iter().rev().collect();
        if !years.contains(&year) {
            years.insert(0, year);
        }
        let mut replies = db::replies::of_council(conn, council.id)?;
        replies.retain(|one| one.reply.year == year);
        Ok(Self {
            county: council.county.and_then(|id| atlas.register.get(id)).cloned(),
            districts: districts(conn, atlas, council, year)?,
            areas: areas::of(atlas, council),
            predecessors: named(&council.predecessors),
            successors: named(&council.successors),
            year,
            years,
            blocks,
            decisions: db::decisions::of_council(conn, council.id, first, last, LISTED)?,
            decision_counts: db::decisions::count_of_council(conn, council.id, first, last)?,
            parts: PartCounts::read(conn, council.id)?,
            signs: Signs::of_council(conn, atlas, council.id, year, &history, today)?,
            received: ReceivedRow::of_year(&history, year),
            alike: alike(conn, atlas, council, year, &history, today)?,
            improvements: db::improvements::of_council(conn, council.id)?,
            letters: db::letters::of_council(conn, council.id)?,
            replies,
            history,
            today,
            synthetic: atlas.synthetic,
            council: council.clone(),
        })
    }

    /// How many improvements are in each state today.
    pub fn states(&self) -> StateCounts {
        let mut states = StateCounts::default();
        for one in &self.improvements {
            states.add(self.state(one), 1);
        }
        states
    }

    /// Where an improvement stands today.
    pub fn state(&self, one: &ListedImprovement) -> ImprovementState {
        ImprovementState::on(self.today, one.due_on, one.achieved_on)
    }

    /// The improvements in a state, the first to fall due leading.
    pub fn improvements_in(&self, state: ImprovementState) -> Vec<&ListedImprovement> {
        let mut found: Vec<&ListedImprovement> =
            self.improvements.iter().filter(|one| self.state(one) == state).collect();
        found.sort_by_key(|one| (one.due_on.is_none(), one.due_on));
        found
    }

    /// The day on which the council ended, of one that is no more.
    pub fn ended(&self) -> Option<Date> {
        self.council.ended_by(self.today)
    }

    /// The letter of the year shown.
    pub fn letter(&self) -> Option<&ListedLetter> {
        self.letters.iter().find(|letter| letter.year == self.year)
    }
}

/// The year asked for, else the newest with figures of the council, else the last in which it could have had some.
pub(super) fn year_shown(
    atlas: &Atlas,
    council: &Council,
    asked: Option<ReportingYear>,
    history: &[SourcedFigure],
    today: Date,
) -> ReportingYear {
    let existed = || history.iter().rev().map(|one| one.year).find(|year| council.active_in(*year));
    let newest = || existed().or_else(|| history.last().map(|one| one.year));
    asked.or_else(newest).unwrap_or_else(|| last_year(council, atlas.default_year(today)))
}

/// The last reporting year in which a council existed, not after the newest one with figures.
fn last_year(council: &Council, newest: ReportingYear) -> ReportingYear {
    match council.active_to {
        Some(end) => ReportingYear::containing(end).previous().min(newest),
        None => newest,
    }
}

fn districts(
    conn: &Connection,
    atlas: &Atlas,
    council: &Council,
    year: ReportingYear,
) -> Result<Vec<(Council, Band)>, ReadError> {
    if council.kind != CouncilKind::County {
        return Ok(Vec::new());
    }
    let figures = db::figures::of_year(conn, ALIKE_BY, year)?;
    let band = |one: &Council| {
        let figure = figures.iter().find(|figure| figure.figure.council == one.id);
        figure.map_or(Band::NoFigure, |figure| Band::Verdict(figure.figure.verdict))
    };
    let here = atlas.councils_in(year).filter(|one| one.county == Some(council.id));
    Ok(here.map(|one| (one.clone(), band(one))).collect())
}

/// The council and the nearest of its kind, each with its years up to the one shown.
fn alike(
    conn: &Connection,
    atlas: &Atlas,
    council: &Council,
    year: ReportingYear,
    history: &[SourcedFigure],
    today: Date,
) -> Result<Vec<Alike>, ReadError> {
    let shown = |one: &SourcedFigure| one.figure.measure == ALIKE_BY && one.year <= year;
    let others = compare_set::nearest(atlas, council, year, today, NEAREST);
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let own = history.iter().filter(|one| shown(one)).cloned().collect();
    let mut alike = vec![Alike { council: council.clone(), history: own }];
    for other in others {
        let mut history = db::figures::of_council_and_measure(conn, other.id, ALIKE_BY)?;
        history.retain(shown);
        alike.push(Alike { council: other, history });
    }
    Ok(alike)
}

/// The figure of a measure and year with what is drawn around it.
pub(super) fn block(
    conn: &Connection,
    atlas: &Atlas,
    council: &Council,
    measure: Measure,
    year: ReportingYear,
    history: &[SourcedFigure],
) -> Result<FigureBlock, ReadError> {
    let of_year = || history.iter().filter(|one| one.year == year);
    let mut beside = Vec::new();
    for one in of_year().filter(|one| one.figure.measure.stands_beside() == Some(measure)) {
        let measure = one.figure.measure;
        beside.push(Beside {
            figure: one.clone(),
            group: group(conn, council, measure, year)?,
            history: told(history, measure, year),
        });
    }
    let figure = of_year().find(|one| one.figure.measure == measure);
    Ok(FigureBlock {
        measure,
        beside,
        group: group(conn, council, measure, year)?,
        history: if figure.is_some() { told(history, measure, year) } else { Vec::new() },
        figure: figure.cloned(),
        national: atlas.rate_of_england(measure, year),
    })
}

/// What the years of a measure up to one say together.
fn told(history: &[SourcedFigure], measure: Measure, year: ReportingYear) -> Vec<String> {
    let years = history.iter().filter(|one| one.figure.measure == measure && one.year <= year);
    history::sentences(&years.map(|one| (one.year, &one.figure)).collect::<Vec<_>>())
}

/// The rates of the other councils of its kind that have counts.
fn group(conn: &Connection, council: &Council, measure: Measure, year: ReportingYear) -> Result<Vec<f64>, ReadError> {
    let others = db::figures::of_year(conn, measure, year)?
        .into_iter()
        .filter(|one| one.figure.similar.group == council.kind && one.figure.council != council.id);
    let rate = |one: SourcedFigure| match (one.figure.value, one.figure.denominator) {
        (FigureValue::Rate(value), Some(_)) => Some(value),
        _ => None,
    };
    Ok(others.filter_map(rate).collect())
}
