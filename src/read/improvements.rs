//! The promise tracker: what councils agreed to change, by when, and whether they did.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::atlas::Atlas;
use super::council_parts::PartCounts;
use super::error::ReadError;
use crate::db::improvements::{ImprovementQuery, ListedImprovement};
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilId};
use crate::domain::decision::Category;
use crate::domain::improvement::ImprovementState;

/// Improvements on a page.
pub const PAGE: u32 = 50;
/// Improvements in one CSV.
const CSV_MOST: u32 = 50_000;
/// Entries of a feed.
const FEED: u32 = 50;
/// A calendar holds at most this many deadlines.
const CALENDAR: u32 = 5_000;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImprovementFilter {
    /// Agreed by this council.
    pub council: Option<Council>,
    /// The rest of the query; its council follows from the one above.
    pub query: ImprovementQuery,
    /// Page, from 1.
    pub page: u32,
    /// Whether this is the part of one council's pages, rather than a view of all.
    pub of_council: bool,
}

/// One improvement as pages show it.
#[derive(Clone, Debug)]
pub struct ImprovementRow {
    /// What was agreed.
    pub improvement: ListedImprovement,
    /// By whom.
    pub council: Council,
    /// Where it stands today.
    pub state: ImprovementState,
    /// Whether the decision it came from is published here.
    pub published: bool,
}

/// How many improvements are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// Due and not done.
    pub overdue: u64,
    /// Not due yet.
    pub agreed: u64,
    /// Done after the day.
    pub achieved_late: u64,
    /// Done in time.
    pub achieved: u64,
}

impl StateCounts {
    /// Of one state.
    pub fn of(self, state: ImprovementState) -> u64 {
        match state {
            ImprovementState::Overdue => self.overdue,
            ImprovementState::Agreed => self.agreed,
            ImprovementState::AchievedLate => self.achieved_late,
            ImprovementState::Achieved => self.achieved,
        }
    }

    /// All of them.
    pub fn total(self) -> u64 {
        self.overdue + self.agreed + self.achieved_late + self.achieved
    }

    pub(super) fn add(&mut self, state: ImprovementState, count: u64) {
        match state {
            ImprovementState::Overdue => self.overdue += count,
            ImprovementState::Agreed => self.agreed += count,
            ImprovementState::AchievedLate => self.achieved_late += count,
            ImprovementState::Achieved => self.achieved += count,
        }
    }
}

/// Everything that the tracker shows.
#[derive(Clone, Debug)]
pub struct ImprovementsPage {
    /// What was asked for.
    pub filter: ImprovementFilter,
    /// How much stands on the other parts, on a council's own page.
    pub parts: PartCounts,
    /// Counts by state of what fits the filter, whatever its state.
    pub states: StateCounts,
    /// How many fit the filter.
    pub total: u64,
    /// How many pages they fill; at least one.
    pub pages: u32,
    /// Those of this page.
    pub rows: Vec<ImprovementRow>,
    /// Counts by category, whatever category is asked for; most overdue first.
    pub categories: Vec<(Category, StateCounts)>,
    /// Counts by council, whatever council is asked for; most overdue first.
    pub councils: Vec<(Council, StateCounts)>,
    /// The day for which states are meant.
    pub today: Date,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl ImprovementsPage {
    /// Reads the tracker.
    pub fn read(conn: &Connection, atlas: &Atlas, filter: ImprovementFilter, today: Date) -> Result<Self, ReadError> {
        let query = filter.query;
        // On a council's own page nothing of other councils is shown.
        let groups = db::improvements::tally(conn, query.council.filter(|_| filter.of_council), today)?;
        let mut states = StateCounts::default();
        let mut categories: BTreeMap<Category, StateCounts> = BTreeMap::new();
        let mut councils: BTreeMap<CouncilId, StateCounts> = BTreeMap::new();
        for (id, category, state, count) in groups {
            let kind_fits = query.kind.is_none_or(|kind| atlas.register.get(id).is_some_and(|one| one.kind == kind));
            let council_fits = query.council.is_none_or(|council| council == id);
            let category_fits = query.category.is_none_or(|one| one == category);
            if kind_fits && council_fits {
                categories.entry(category).or_default().add(state, count);
            }
            if kind_fits && category_fits {
                councils.entry(id).or_default().add(state, count);
            }
            if kind_fits && council_fits && category_fits {
                states.add(state, count);
            }
        }
        let total = query.state.map_or(states.total(), |state| states.of(state));
        let pages = u32::try_from(total.div_ceil(u64::from(PAGE))).unwrap_or(u32::MAX).max(1);
        let skip = filter.page.saturating_sub(1).saturating_mul(PAGE);
        let parts = match query.council.filter(|_| filter.of_council) {
            Some(council) => PartCounts::read(conn, council)?,
            None => PartCounts::default(),
        };
        let mut categories: Vec<_> = categories.into_iter().collect();
        categories.sort_by_key(|(category, counts)| (u64::MAX - counts.overdue, u64::MAX - counts.total(), *category));
        let mut councils: Vec<(Council, StateCounts)> = councils
            .into_iter()
            .filter_map(|(id, counts)| atlas.register.get(id).map(|council| (council.clone(), counts)))
            .collect();
        councils.sort_by(|(a, x), (b, y)| {
            y.overdue.cmp(&x.overdue).then(y.total().cmp(&x.total())).then_with(|| a.name.cmp(&b.name))
        });
        Ok(Self {
            parts,
            states,
            total,
            pages,
            rows: rows(conn, atlas, &query, today, PAGE, skip)?,
            categories,
            councils,
            today,
            synthetic: atlas.synthetic,
            filter,
        })
    }

    /// Puts all that fits in place of one page, for a CSV.
    pub fn whole(mut self, conn: &Connection, atlas: &Atlas) -> Result<Self, ReadError> {
        self.rows = rows(conn, atlas, &self.filter.query, self.today, CSV_MOST, 0)?;
        Ok(self)
    }

    /// The deadlines that fit the filter, for a calendar.
    pub fn deadlines(
        conn: &Connection,
        atlas: &Atlas,
        query: &ImprovementQuery,
        today: Date,
    ) -> Result<Vec<ImprovementRow>, ReadError> {
        let mut rows = rows(conn, atlas, query, today, CALENDAR, 0)?;
        rows.retain(|row| row.improvement.due_on.is_some());
        Ok(rows)
    }
}

/// What is new about improvements: the last to be done or agreed.
#[derive(Clone, Debug)]
pub struct ImprovementNews {
    /// What was asked for.
    pub filter: ImprovementFilter,
    /// The newest first.
    pub rows: Vec<ImprovementRow>,
    /// When the newest release was published.
    pub published_at: Timestamp,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl ImprovementNews {
    /// Reads what is new. `published_at` is when the newest release of the data was published.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        filter: ImprovementFilter,
        today: Date,
        published_at: Timestamp,
    ) -> Result<Self, ReadError> {
        let rows = with_councils(atlas, db::improvements::newest(conn, &filter.query, today, FEED)?);
        Ok(Self { filter, rows, published_at, synthetic: atlas.synthetic })
    }
}

fn rows(
    conn: &Connection,
    atlas: &Atlas,
    query: &ImprovementQuery,
    today: Date,
    most: u32,
    skip: u32,
) -> Result<Vec<ImprovementRow>, ReadError> {
    Ok(with_councils(atlas, db::improvements::page(conn, query, today, most, skip)?))
}

/// Improvements with the councils that agreed them.
pub(super) fn with_councils(
    atlas: &Atlas,
    improvements: Vec<(ListedImprovement, ImprovementState, bool)>,
) -> Vec<ImprovementRow> {
    let row = |(improvement, state, published): (ListedImprovement, ImprovementState, bool)| {
        let council = atlas.register.get(improvement.council)?.clone();
        Some(ImprovementRow { improvement, council, state, published })
    };
    improvements.into_iter().filter_map(row).collect()
}
