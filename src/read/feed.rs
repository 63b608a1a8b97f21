//! Feeds: what is new about a council, a subject, a county, a region, a kind of council or a search.

use jiff::Timestamp;
use jiff::civil::Date;

use super::atlas::Atlas;
use super::case_filter::CaseFilter;
use super::case_order::Sort;
use super::decisions::{DecisionQuery, DecisionsPage, Extent, Listing};
use super::error::ReadError;
use crate::db::decisions::ListedDecision;
use crate::db::letters::ListedLetter;
use crate::db::replies::SourcedReply;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::decision::Category;
use crate::domain::london;
use crate::domain::reply::Reply;
use crate::domain::search::SearchText;

/// Entries of a feed.
const MOST: usize = 25;

/// What a feed is about. All parts that are given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedQuery {
    /// One council, with its letters and replies.
    pub council: Option<Council>,
    /// A county council and the districts in its area.
    pub county: Option<Council>,
    /// What it is narrowed down to.
    pub filter: CaseFilter,
    /// The name of the body that the filter asks for.
    pub body: Option<String>,
    /// Words.
    pub search: SearchText,
}

impl FeedQuery {
    /// Decisions about all bodies that a filter lets through.
    pub fn of(filter: CaseFilter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The title, which no other feed has: "Council Map: housing, county councils, East Midlands, “mould”".
    pub fn title(&self) -> String {
        let whose = [
            self.council.as_ref().map(|council| council.official_name.clone()),
            self.county.as_ref().map(|county| format!("{} and the districts in its area", county.official_name)),
        ];
        let words = (!self.search.is_empty()).then(|| format!("“{}”", self.search.text()));
        let filters = self.filter.in_words(self.body.as_deref());
        let parts: Vec<String> = whose.into_iter().flatten().chain(filters).chain(words).collect();
        if parts.is_empty() {
            "Council Map: all decisions".to_owned()
        } else {
            format!("Council Map: {}", parts.join(", "))
        }
    }
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A decision or public report.
    Decision(Box<ListedDecision>),
    /// An annual review letter.
    Letter(Box<(Council, ListedLetter)>),
    /// What a council replied to its figures.
    Reply(Box<(Council, Reply)>),
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its own day: of the decision, of the letter, of the reply.
    pub day: Date,
    /// Since when it can be read here as it is now.
    pub updated: Timestamp,
}

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What it is about.
    pub query: FeedQuery,
    /// Entries, newest day first.
    pub entries: Vec<Entry>,
    /// The newest change in it; for an empty feed, the day of the data.
    pub updated: Timestamp,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl Feed {
    /// Reads a feed. `published_at` is when the newest release of the data was published.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        query: FeedQuery,
        published_at: Timestamp,
    ) -> Result<Self, ReadError> {
        let mut decisions: Vec<ListedDecision> = Vec::new();
        for body in bodies(atlas, &query) {
            decisions.extend(newest(conn, atlas, &query, body)?);
        }
        let mut entries = Vec::new();
        for one in decisions {
            let since = db::decisions::source(conn, one.id)?.and_then(|source| source.published_on.parse().ok());
            let day = one.decision.decision_date;
            entries.push(Entry {
                updated: since.unwrap_or_else(|| start_of(day)),
                kind: EntryKind::Decision(Box::new(one)),
                day,
            });
        }
        if let Some(council) = &query.council {
            for letter in db::letters::of_council(conn, council.id)? {
                let day = letter.letter_date;
                let kind = EntryKind::Letter(Box::new((council.clone(), letter)));
                entries.push(Entry { updated: start_of(day), kind, day });
            }
            for SourcedReply { reply, source } in db::replies::of_council(conn, council.id)? {
                let since = source.and_then(|source| source.published_on.parse().ok());
                let day = reply.replied_on;
                let kind = EntryKind::Reply(Box::new((council.clone(), reply)));
                entries.push(Entry { updated: since.unwrap_or_else(|| start_of(day)), kind, day });
            }
        }
        entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| name(a).cmp(&name(b))));
        entries.truncate(MOST);
        let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(published_at);
        Ok(Self { query, entries, updated, synthetic: atlas.synthetic })
    }
}

/// The first moment of a day in London.
pub(super) fn start_of(day: Date) -> Timestamp {
    day.to_zoned(london::zone()).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}

fn name(entry: &Entry) -> String {
    match &entry.kind {
        EntryKind::Decision(one) => one.decision.reference.address(),
        EntryKind::Letter(one) => one.1.year.to_string(),
        EntryKind::Reply(one) => format!("{} {:?}", one.1.year, one.1.measure),
    }
}

/// The bodies to look at one by one: none named means all of them at once.
fn bodies(atlas: &Atlas, query: &FeedQuery) -> Vec<Option<String>> {
    match (&query.council, &query.county) {
        (Some(council), _) => vec![Some(council.slug.to_string())],
        (None, Some(county)) => atlas
            .register
            .councils()
            .iter()
            .filter(|one| one.id == county.id || one.county == Some(county.id))
            .map(|one| Some(one.slug.to_string()))
            .collect(),
        (None, None) => vec![None],
    }
}

fn newest(
    conn: &Connection,
    atlas: &Atlas,
    query: &FeedQuery,
    body: Option<String>,
) -> Result<Vec<ListedDecision>, ReadError> {
    let wanted = DecisionQuery {
        search: query.search.clone(),
        filter: CaseFilter { body: body.or_else(|| query.filter.body.clone()), ..query.filter.clone() },
        sort: Some(Sort::Newest),
        page: 1,
    };
    let page = DecisionsPage::read(conn, atlas, &Listing::default(), &wanted, Extent::Page)?;
    Ok(page.decisions.into_iter().map(|one| one.listed).collect())
}

/// A named feed of the list of all feeds.
#[derive(Clone, Debug)]
pub struct FeedGroup {
    /// Title of the group.
    pub title: &'static str,
    /// Its feeds.
    pub feeds: Vec<FeedQuery>,
}

/// All feeds that are worth offering: each council of the day, each category, kind, county and region.
pub fn all(atlas: &Atlas, today: Date) -> Vec<FeedGroup> {
    let councils = || atlas.register.current(today);
    let mut regions: Vec<String> = councils().map(|council| council.region.clone()).collect();
    regions.sort();
    regions.dedup();
    vec![
        FeedGroup { title: "Everything", feeds: vec![FeedQuery::default()] },
        FeedGroup {
            title: "Areas of service",
            feeds: Category::ALL
                .iter()
                .map(|one| FeedQuery::of(CaseFilter { category: Some(*one), ..CaseFilter::default() }))
                .collect(),
        },
        FeedGroup {
            title: "Kinds of council",
            feeds: CouncilKind::ALL
                .iter()
                .map(|one| FeedQuery::of(CaseFilter { council_kind: Some(*one), ..CaseFilter::default() }))
                .collect(),
        },
        FeedGroup {
            title: "Regions",
            feeds: regions
                .into_iter()
                .map(|one| FeedQuery::of(CaseFilter { region: Some(one), ..CaseFilter::default() }))
                .collect(),
        },
        FeedGroup {
            title: "Counties",
            feeds: councils()
                .filter(|council| council.kind == CouncilKind::County)
                .map(|one| FeedQuery { county: Some(one.clone()), ..FeedQuery::default() })
                .collect(),
        },
        FeedGroup {
            title: "Councils",
            feeds: councils().map(|one| FeedQuery { council: Some(one.clone()), ..FeedQuery::default() }).collect(),
        },
    ]
}
