//! One council's overview: its figures of a year, its history, and what stands behind them.

use jiff::civil::Date;

use super::areas::{self, Area};
use super::atlas::Atlas;
use super::council_parts::PartCounts;
use super::error::ReadError;
use super::signs::Signs;
use crate::db::decisions::ListedDecision;
use crate::db::figures::SourcedFigure;
use crate::db::improvements::ListedImprovement;
use crate::db::letters::ListedLetter;
use crate::db::replies::SourcedReply;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::history;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;

/// How many decisions of the year the overview lists.
const LISTED: u32 = 6;

/// A figure with what is drawn around it.
#[derive(Clone, Debug)]
pub struct FigureBlock {
    /// Which measure.
    pub measure: Measure,
    /// The figure; none when nothing is loaded.
    pub figure: Option<SourcedFigure>,
    /// The rates of the group's councils with counts, for the strip.
    pub group: Vec<f64>,
    /// The published rate of England.
    pub national: Option<f64>,
    /// Figures of measures that have a line in this block.
    pub beside: Vec<SourcedFigure>,
    /// What its years up to the one shown say together, in sentences.
    pub history: Vec<String>,
}

impl FigureBlock {
    /// Whether the figure is invented.
    pub fn is_invented(&self) -> bool {
        self.figure.as_ref().and_then(|one| one.source.as_ref()).is_some_and(|source| source.synthetic)
    }
}

/// Everything that the overview of a council shows.
#[derive(Clone, Debug)]
pub struct CouncilPage {
    /// The council.
    pub council: Council,
    /// The county over a district.
    pub county: Option<Council>,
    /// The districts under a county, in the year shown.
    pub districts: Vec<Council>,
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
        let mut years: Vec<ReportingYear> =
            atlas.years.iter().rev().copied().filter(|year| council.active_in(*year)).collect();
        if !years.contains(&year) {
            years.insert(0, year);
        }
        let mut replies = db::replies::of_council(conn, council.id)?;
        replies.retain(|one| one.reply.year == year);
        Ok(Self {
            county: council.county.and_then(|id| atlas.register.get(id)).cloned(),
            districts: districts(atlas, council, year),
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
            improvements: db::improvements::of_council(conn, council.id)?,
            letters: db::letters::of_council(conn, council.id)?,
            replies,
            history,
            today,
            synthetic: atlas.synthetic,
            council: council.clone(),
        })
    }

    /// How many improvements are in a state today.
    pub fn improvements_in(&self, state: ImprovementState) -> usize {
        self.improvements
            .iter()
            .filter(|one| ImprovementState::on(self.today, one.due_on, one.achieved_on) == state)
            .count()
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
    let newest = || history.last().map(|one| one.year);
    asked.or_else(newest).unwrap_or_else(|| last_year(council, atlas.default_year(today)))
}

/// The last reporting year in which a council existed, not after the newest one with figures.
fn last_year(council: &Council, newest: ReportingYear) -> ReportingYear {
    match council.active_to {
        Some(end) => ReportingYear::containing(end).previous().min(newest),
        None => newest,
    }
}

fn districts(atlas: &Atlas, council: &Council, year: ReportingYear) -> Vec<Council> {
    if council.kind != CouncilKind::County {
        return Vec::new();
    }
    atlas.councils_in(year).filter(|one| one.county == Some(council.id)).cloned().collect()
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
    let group = db::figures::of_year(conn, measure, year)?
        .into_iter()
        .filter(|one| one.figure.similar.group == council.kind && one.figure.council != council.id)
        .filter_map(|one| match (one.figure.value, one.figure.denominator) {
            (crate::domain::figure::FigureValue::Rate(value), Some(_)) => Some(value),
            _ => None,
        })
        .collect();
    let of_year = || history.iter().filter(|one| one.year == year);
    let beside = of_year().filter(|one| one.figure.measure.stands_beside() == Some(measure));
    let figure = of_year().find(|one| one.figure.measure == measure);
    let years = history.iter().filter(|one| one.figure.measure == measure && one.year <= year);
    let years: Vec<_> = years.map(|one| (one.year, &one.figure)).collect();
    Ok(FigureBlock {
        measure,
        beside: beside.cloned().collect(),
        group,
        history: if figure.is_some() { history::sentences(&years) } else { Vec::new() },
        figure: figure.cloned(),
        national: measure.rate_field().and_then(|field| atlas.national.get(&year)?.get(field)).copied(),
    })
}
