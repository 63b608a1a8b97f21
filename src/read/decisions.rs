//! Lists of decisions and of public reports: searched, filtered, counted, paged.

use super::atlas::Atlas;
use super::case_facets::Facets;
use super::case_filter::CaseFilter;
use super::case_order::Sort;
use super::case_search::{Corrected, Found, corrections};
use super::case_words::Hits;
use super::council_parts::PartCounts;
use super::error::ReadError;
use super::report;
use crate::db::decisions::ListedDecision;
use crate::db::search::Marked;
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::decision::DecisionType;
use crate::domain::search::SearchText;

/// Decisions on a page.
pub const PAGE: usize = 25;
/// Decisions in one CSV: more than any council has, and a file that a spreadsheet still opens.
pub const CSV_MOST: usize = 50_000;

/// Which list: of all bodies or of one council, of all decisions or of public reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The council whose pages the list belongs to.
    pub council: Option<Council>,
    /// Public reports only.
    pub reports: bool,
}

/// What is asked of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionQuery {
    /// Words looked for.
    pub search: SearchText,
    /// What the list is narrowed down to, the listing's own council and type left out.
    pub filter: CaseFilter,
    /// The order; none for the list's own.
    pub sort: Option<Sort>,
    /// Page from 1.
    pub page: usize,
}

impl DecisionQuery {
    /// The order in force.
    pub fn order(&self) -> Sort {
        match self.sort {
            Some(Sort::Best) | None if self.search.is_empty() => Sort::Newest,
            None => Sort::Best,
            Some(sort) => sort,
        }
    }
}

/// How much of the result is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The page asked for, with everything that the page shows.
    Page,
    /// The whole result up to `CSV_MOST`, plain.
    Whole,
}

/// A decision of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCase {
    /// The decision.
    pub listed: ListedDecision,
    /// Summary and excerpt with marks, when words were looked for.
    pub marked: Option<Marked>,
    /// Why it matters, for reports that say so.
    pub why: Option<String>,
    /// What was agreed, for reports whose text was imported.
    pub agreed: Option<String>,
    /// Other decisions and reports of the same case, for reports.
    pub further: Vec<ListedDecision>,
}

/// Everything that a list shows.
#[derive(Clone, Debug)]
pub struct DecisionsPage {
    /// Which list.
    pub listing: Listing,
    /// What was asked for.
    pub query: DecisionQuery,
    /// How many decisions fit.
    pub total: usize,
    /// The page shown, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// The decisions of the page.
    pub decisions: Vec<ListedCase>,
    /// Further choices with counts.
    pub facets: Facets,
    /// Name of the chosen body.
    pub body: Option<String>,
    /// A mistyped council name that was put right.
    pub corrected: Option<Corrected>,
    /// What else the council has, for a council's own list.
    pub parts: Option<PartCounts>,
    /// Whether the decisions were found by their words and the best match stands first.
    pub ranked: bool,
    /// Whether anything is listed at all, whatever was asked for.
    pub any: bool,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl DecisionsPage {
    /// Reads a list.
    pub fn read(
        conn: &Connection,
        atlas: &Atlas,
        listing: &Listing,
        query: &DecisionQuery,
        extent: Extent,
    ) -> Result<Self, ReadError> {
        let filter = narrowed(listing, &query.filter);
        let mut search = query.search.clone();
        let mut found = Found::read(conn, atlas, &filter, &search, query.order())?;
        let mut corrected = None;
        if found.places.is_empty() && found.hits.as_ref().is_some_and(|hits| hits.places.is_empty()) {
            for (changed, correction) in corrections(atlas, &search) {
                let again = Found::read(conn, atlas, &filter, &changed, query.order())?;
                if !again.places.is_empty() {
                    (found, search, corrected) = (again, changed, Some(correction));
                    break;
                }
            }
        }
        let total = found.places.len();
        let pages = total.div_ceil(PAGE).max(1);
        let page = query.page.clamp(1, pages);
        let (skip, take) = match extent {
            Extent::Page => ((page - 1) * PAGE, PAGE),
            Extent::Whole => (0, CSV_MOST),
        };
        let ids: Vec<i64> =
            found.places.iter().skip(skip).take(take).filter_map(|place| atlas.cases.id(*place)).collect();
        let listed = db::decisions::by_ids(conn, &ids)?;
        let decisions = match extent {
            Extent::Page => highlighted(conn, listed, &search, found.hits.as_ref(), listing.reports)?,
            Extent::Whole => listed.into_iter().map(plain).collect(),
        };
        let body = query.filter.body.as_ref().and_then(|slug| atlas.cases.body(slug)).map(|(name, _)| name.to_owned());
        Ok(Self {
            parts: listing.council.as_ref().map(|council| PartCounts::read(conn, council.id)).transpose()?,
            ranked: found.hits.is_some() && query.order() == Sort::Best,
            any: !atlas.cases.is_empty(),
            listing: listing.clone(),
            query: query.clone(),
            total,
            page,
            pages,
            decisions,
            facets: found.facets,
            body,
            corrected,
            synthetic: atlas.synthetic,
        })
    }
}

/// The filter with what the listing itself fixes.
fn narrowed(listing: &Listing, filter: &CaseFilter) -> CaseFilter {
    let mut filter = filter.clone();
    if let Some(council) = &listing.council {
        filter.body = Some(council.slug.to_string());
    }
    if listing.reports {
        filter.kind = Some(DecisionType::Report);
    }
    filter
}

fn plain(listed: ListedDecision) -> ListedCase {
    ListedCase { listed, marked: None, why: None, agreed: None, further: Vec::new() }
}

/// The decisions of a page with marks and, for reports, what was agreed and what followed.
fn highlighted(
    conn: &Connection,
    listed: Vec<ListedDecision>,
    search: &SearchText,
    hits: Option<&Hits>,
    reports: bool,
) -> Result<Vec<ListedCase>, ReadError> {
    let mut cases: Vec<ListedCase> = listed.into_iter().map(plain).collect();
    if reports {
        for case in &mut cases {
            let sections = db::decisions::sections(conn, case.listed.id)?;
            let decision = &case.listed.decision;
            case.why = report::why_it_matters(decision.kind, &decision.summary, &sections);
            case.agreed = report::agreed(&sections).map(str::to_owned);
            case.further = others_of_case(conn, &case.listed)?;
        }
    }
    let Some(hits) = hits.filter(|_| !cases.is_empty()) else { return Ok(cases) };
    let texts = cases
        .iter()
        .map(|case| {
            let sections = db::decisions::sections(conn, case.listed.id)?;
            let whole: Vec<String> = sections.into_iter().map(|section| section.text).collect();
            Ok((case.listed.decision.summary.clone(), whole.join("\n")))
        })
        .collect::<Result<Vec<_>, ReadError>>()?;
    let marked = db::search::mark(&texts, search, &hits.expression)?;
    for (case, marked) in cases.iter_mut().zip(marked) {
        case.marked = Some(marked);
    }
    Ok(cases)
}

/// Other decisions of the same case.
pub(super) fn others_of_case(conn: &Connection, one: &ListedDecision) -> Result<Vec<ListedDecision>, ReadError> {
    let mut others = db::decisions::of_case(conn, &one.decision.reference.case())?;
    others.retain(|other| other.id != one.id);
    Ok(others)
}
