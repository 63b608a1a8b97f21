//! One subject: complaints received about it by council, and what is published about it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::atlas::Atlas;
use super::error::ReadError;
use super::improvements::{ImprovementRow, with_councils};
use super::map::{MapPage, Selection};
use super::standing::{Band, MapRow, Order};
use super::subject_counts::{self, Published};
use super::subject_words::{FaultWords, Wanted};
use super::subject_years::{SubjectYear, by_year};
use crate::db::figures::SourcedFigure;
use crate::db::improvements::SubjectImprovements;
use crate::db::sources::Source;
use crate::db::{self, Connection};
use crate::domain::chance::Marks;
use crate::domain::compare::Verdict;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::figure::Figure;
use crate::domain::interval::float;
use crate::domain::subject::{ServiceArea, Subject};
use crate::domain::year::ReportingYear;

/// Improvements that a page lists before the rest is left to the list of all.
const MOST_PROMISES: u32 = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SubjectQuery {
    /// The subject.
    pub subject: Subject,
    /// Which year; the newest when not given.
    pub year: Option<ReportingYear>,
    /// Only this kind of council.
    pub kind: Option<CouncilKind>,
    /// Only this region.
    pub region: Option<String>,
}

/// A council with what is known of the subject in the year.
#[derive(Clone, Debug)]
pub struct SubjectCouncil {
    /// The council with complaints received about the service area per 100,000 residents.
    pub row: MapRow,
    /// What is published about the subject.
    pub published: Published,
}

impl SubjectCouncil {
    /// The verdict, or that no figure is loaded.
    pub fn band(&self) -> Band {
        self.row.band()
    }

    /// How many complaints were to be expected at the rate that the verdict compares with.
    pub fn expected(&self) -> Option<f64> {
        self.row.figure.as_ref().and_then(|one| expected(&one.figure))
    }
}

fn expected(figure: &Figure) -> Option<f64> {
    let rate = figure.similar.computed.or(figure.similar.published)?;
    Some(rate / figure.measure.unit().factor() * float(figure.denominator?))
}

/// Everything that the page of a subject shows.
#[derive(Clone, Debug)]
pub struct SubjectPage {
    /// What was asked for.
    pub query: SubjectQuery,
    /// The area in which complaints received about it are counted.
    pub area: Option<ServiceArea>,
    /// The year shown.
    pub year: ReportingYear,
    /// Years to choose from, newest first.
    pub years: Vec<ReportingYear>,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// Every council of the year, kind and region: what stands out first.
    pub councils: Vec<SubjectCouncil>,
    /// What is published about bodies that are no councils; nothing where the councils are narrowed down.
    pub other_bodies: Published,
    /// What is published about all these together.
    pub published: Published,
    /// The subcategories with what is published about each, most upheld first; of a category only.
    pub subcategories: Vec<(String, Published)>,
    /// England year by year, newest first.
    pub by_year: Vec<SubjectYear>,
    /// The verdicts on the map; none where nothing can be compared.
    pub map: Option<MapPage>,
    /// The most common words of the decisions with fault.
    pub words: FaultWords,
    /// The newest improvements agreed in the year.
    pub promises: Vec<ImprovementRow>,
    /// The day for which their states are meant.
    pub today: Date,
    /// The files that the figures of the year came from.
    pub files: Vec<Source>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

/// Years with figures or with anything published, newest first.
pub fn years(atlas: &Atlas) -> Vec<ReportingYear> {
    let decided = atlas.cases.years();
    let years: BTreeSet<ReportingYear> = atlas.years.iter().copied().chain(decided).collect();
    years.into_iter().rev().collect()
}

/// The year shown when none is asked for: the newest with figures; for a subcategory, which has none, the newest with
/// decisions where that year has none.
fn default_year(atlas: &Atlas, subject: &Subject, today: Date) -> ReportingYear {
    let newest = atlas.default_year(today);
    if subject.subcategory.is_none() {
        return newest;
    }
    let decided = atlas.cases.years_of(subject);
    if decided.contains(&newest) { newest } else { decided.last().copied().unwrap_or(newest) }
}

impl SubjectPage {
    /// Reads the page of a subject.
    pub fn read(conn: &Connection, atlas: &Atlas, query: SubjectQuery, today: Date) -> Result<Self, ReadError> {
        let area = query.subject.category.service_area();
        let year = query.year.unwrap_or_else(|| default_year(atlas, &query.subject, today));
        let mut tally = Tally::default();
        subject_counts::each(conn, atlas, |one| {
            if one.category != query.subject.category {
                return;
            }
            if let Some(slug) = one.subcategory.filter(|_| one.year == year && query.subject.subcategory.is_none()) {
                tally.add_subcategory(slug, one.council, one.published);
            }
            if query.subject.subcategory.as_deref().is_none_or(|wanted| one.subcategory == Some(wanted)) {
                *tally.by_year.entry(one.year).or_default() += one.published;
                if one.year == year {
                    *tally.by_body.entry(one.council).or_default() += one.published;
                }
            }
        })?;
        let mut figures: HashMap<CouncilId, SourcedFigure> = match area {
            Some(area) => db::figures::of_year(conn, area.measure, year)?,
            None => Vec::new(),
        }
        .into_iter()
        .map(|one| (one.figure.council, one))
        .collect();
        let mut councils: Vec<SubjectCouncil> = Vec::new();
        for council in atlas.register.councils() {
            let fits = query.kind.is_none_or(|kind| council.kind == kind)
                && query.region.as_ref().is_none_or(|region| council.region == *region);
            let published = tally.by_body.get(&Some(council.id)).copied().unwrap_or_default();
            // Decisions about a council come years after it ended.
            if fits && (council.active_in(year) || !published.is_empty()) {
                let row = MapRow { figure: figures.remove(&council.id), council: council.clone() };
                councils.push(SubjectCouncil { row, published });
            }
        }
        councils.sort_by(|a, b| Order::default().compare(&a.row, &b.row));
        let narrowed = query.kind.is_some() || query.region.is_some();
        let shown: BTreeSet<Option<CouncilId>> =
            councils.iter().map(|one| Some(one.row.council.id)).chain((!narrowed).then_some(None)).collect();
        let other_bodies =
            if narrowed { Published::default() } else { tally.by_body.get(&None).copied().unwrap_or_default() };
        let mut published = other_bodies;
        for one in &councils {
            published += one.published;
        }
        let wanted = Wanted { subject: &query.subject, year, kind: query.kind, region: query.region.as_deref() };
        let map = area.map(|area| map_of(atlas, area, &query, year, &councils));
        Ok(Self {
            map: map.filter(|map| map.rows.iter().any(|row| row.band().is_compared())),
            words: FaultWords::read(conn, atlas, wanted)?,
            promises: promises(conn, atlas, &query, year, today)?,
            today,
            area,
            year,
            years: years(atlas),
            regions: atlas.regions(),
            other_bodies,
            published,
            subcategories: tally.subcategories(&shown),
            by_year: by_year(conn, atlas, area, &tally.by_year)?,
            files: db::sources::files_of_year(conn, year)?,
            synthetic: atlas.synthetic,
            councils,
            query,
        })
    }

    /// Whether anything is known of the subject here, in any year.
    pub fn is_known(&self) -> bool {
        self.query.subject.subcategory.is_none() || self.by_year.iter().any(|one| !one.published.is_empty())
    }

    /// Councils with a verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &SubjectCouncil> {
        self.councils.iter().filter(move |one| one.band() == Band::Verdict(verdict))
    }

    /// Councils clearly out of the range expected one way, those furthest from what was expected first.
    pub fn standing_out(&self, verdict: Verdict) -> Vec<&SubjectCouncil> {
        let mut found: Vec<&SubjectCouncil> = self.with(verdict).collect();
        let distance = |one: &SubjectCouncil| {
            let received = one.row.figure.as_ref().and_then(|one| one.figure.numerator).map(float);
            received.zip(one.expected()).map_or(0.0, |(received, expected)| (received - expected).abs())
        };
        found.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
        found
    }

    /// How many councils have a figure here.
    pub fn with_figures(&self) -> usize {
        self.councils.iter().filter(|one| one.row.figure.is_some()).count()
    }

    /// How many councils there are of the year, kind and region.
    pub fn of_year(&self) -> usize {
        self.councils.iter().filter(|one| one.row.council.active_in(self.year)).count()
    }

    /// How many are compared, how many are marked, and what chance alone would mark, were every council like its kind.
    pub fn marks(&self) -> Marks {
        let figures: Vec<&Figure> =
            self.councils.iter().filter_map(|one| one.row.figure.as_ref()).map(|one| &one.figure).collect();
        Marks::of(&figures)
    }

    /// How many can be compared: chance alone marks some of these.
    pub fn compared(&self) -> usize {
        self.councils.iter().filter(|one| one.row.band().is_compared()).count()
    }

    /// Councils with anything published, those with most upheld first.
    pub fn most_published(&self) -> Vec<&SubjectCouncil> {
        let mut found: Vec<&SubjectCouncil> = self.councils.iter().filter(|one| !one.published.is_empty()).collect();
        found.sort_by(|a, b| {
            let key =
                |one: &SubjectCouncil| (one.published.upheld, one.published.decisions(), one.published.improvements);
            key(b).cmp(&key(a)).then_with(|| a.row.council.name.cmp(&b.row.council.name))
        });
        found
    }
}

/// What is published, by the groups that the page shows.
#[derive(Default)]
struct Tally {
    by_year: BTreeMap<ReportingYear, Published>,
    by_body: BTreeMap<Option<CouncilId>, Published>,
    by_subcategory: BTreeMap<String, BTreeMap<Option<CouncilId>, Published>>,
}

impl Tally {
    fn add_subcategory(&mut self, slug: &str, council: Option<CouncilId>, published: Published) {
        if !self.by_subcategory.contains_key(slug) {
            self.by_subcategory.insert(slug.to_owned(), BTreeMap::new());
        }
        if let Some(bodies) = self.by_subcategory.get_mut(slug) {
            *bodies.entry(council).or_default() += published;
        }
    }

    /// The subcategories over the bodies shown, most upheld first.
    fn subcategories(&self, shown: &BTreeSet<Option<CouncilId>>) -> Vec<(String, Published)> {
        let mut found = Vec::new();
        for (slug, bodies) in &self.by_subcategory {
            let mut sum = Published::default();
            for (_, one) in bodies.iter().filter(|(body, _)| shown.contains(body)) {
                sum += *one;
            }
            if !sum.is_empty() {
                found.push((slug.clone(), sum));
            }
        }
        found.sort_by_key(|(_, one)| std::cmp::Reverse((one.upheld, one.decisions(), one.improvements)));
        found
    }
}

/// The map of the tier that runs most of the service, with the councils shown.
fn map_of(
    atlas: &Atlas,
    area: ServiceArea,
    query: &SubjectQuery,
    year: ReportingYear,
    councils: &[SubjectCouncil],
) -> MapPage {
    let tier = query.kind.map_or(area.tier, |kind| kind.tiers().first().copied().unwrap_or_default());
    let selection =
        Selection { tier, measure: area.measure, year: query.year, kind: query.kind, ..Selection::default() };
    let rows = councils.iter().map(|one| &one.row).filter(|row| row.council.active_in(year)).cloned();
    MapPage::of_rows(atlas, selection, year, rows.collect(), Vec::new())
}

fn promises(
    conn: &Connection,
    atlas: &Atlas,
    query: &SubjectQuery,
    year: ReportingYear,
    today: Date,
) -> Result<Vec<ImprovementRow>, ReadError> {
    let wanted = SubjectImprovements {
        category: query.subject.category,
        subcategory: query.subject.subcategory.as_deref(),
        kind: query.kind,
        region: query.region.as_deref(),
        from: year.first_day(),
        to: year.last_day(),
    };
    Ok(with_councils(atlas, db::improvements::about_subject(conn, &wanted, today, MOST_PROMISES)?))
}
