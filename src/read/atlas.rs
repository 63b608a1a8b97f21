//! The frame of one edition, kept in memory: register, years, boundaries, hexagons, postcodes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::{Date, date};

use super::carried;
use super::case_index::CaseIndex;
use super::case_words::CaseWords;
use super::error::ReadError;
use crate::db::councils::Register;
use crate::db::national::NationalSeries;
use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilId, CouncilKind, GssCode, Tier};
use crate::domain::digest;
use crate::domain::field::Field;
use crate::domain::figure::whole;
use crate::domain::interval::float;
use crate::domain::measure::{Measure, Unit};
use crate::domain::postcode::Postcode;
use crate::domain::year::ReportingYear;
use crate::geo::hexagons::Hexagons;
use crate::geo::layer::{Detail, Drawing, Shape, ViewBox};
use crate::geo::locate::Locator;
use crate::geo::postcodes::{PostcodeAnswer, PostcodeTable};
use crate::geo::{AreaRef, Boundary};

/// What one area of the map stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Land {
    /// A council's own area.
    Council(CouncilId),
    /// The area of a successor, drawn where the boundaries of its predecessors are not at hand.
    StandIn {
        /// The successor.
        successor: CouncilId,
        /// The councils that had the area.
        councils: Vec<CouncilId>,
    },
}

/// One tier of one year, drawn.
#[derive(Clone, Debug)]
pub struct TierMap {
    /// Areas with what they stand for.
    pub areas: Vec<(Land, Shape)>,
    /// Counties over their districts, on the lines of these; empty for the county tier.
    pub counties: Vec<(CouncilId, Shape)>,
    /// The coast, and the borders of England.
    pub coast: String,
    /// A frame around London.
    pub london: Option<ViewBox>,
    /// The same for two maps where the same councils have the same lines.
    pub key: String,
    /// Councils that share a border, each pair once in either order; stand-ins are left out.
    pub borders: Vec<(CouncilId, CouncilId)>,
}

impl TierMap {
    /// Whether a council has an area of its own here, or a line around its districts.
    pub fn draws(&self, council: CouncilId) -> bool {
        self.areas.iter().any(|(land, _)| *land == Land::Council(council))
            || self.counties.iter().any(|(id, _)| *id == council)
    }
}

/// Everything of an edition that fits in memory and every page needs.
pub struct Atlas {
    /// All councils.
    pub register: Register,
    /// Years with any figure, oldest first.
    pub years: Vec<ReportingYear>,
    /// Councils with the years for which figures of them were printed after their end.
    pub after_the_end: BTreeSet<(CouncilId, ReportingYear)>,
    /// The national series.
    pub national: NationalSeries,
    /// Every decision in a few bytes.
    pub cases: CaseIndex,
    /// Which of them hold a common word.
    pub words: CaseWords,
    /// Whether the content is invented.
    pub synthetic: bool,
    /// Postcodes to councils.
    pub postcodes: Arc<PostcodeTable>,
    /// Equal-area layout.
    pub hexagons: Hexagons,
    /// The council before, of postcodes that came to another one.
    former_postcodes: Option<PostcodeTable>,
    boundaries: Vec<Boundary>,
    locator: Locator,
    maps: Mutex<HashMap<(Tier, ReportingYear, bool), Arc<TierMap>>>,
    england: OnceLock<Option<Shape>>,
}

/// A rate of England as it is shown: a share is worked out from its counts where they are known, since the published one is
/// rounded and would not say "nearly all"; else it stands as published.
pub(super) fn shown(measure: Measure, counts: Option<(u64, u64)>, published: Option<f64>) -> Option<f64> {
    let counts = counts.filter(|(_, bottom)| measure.unit() == Unit::Percent && *bottom > 0);
    counts.map(|(top, bottom)| float(top) / float(bottom) * Unit::Percent.factor()).or(published)
}

impl Atlas {
    /// The published counts behind a rate of England in a year.
    pub fn counts_of_england(&self, measure: Measure, year: ReportingYear) -> Option<(u64, u64)> {
        let (top, bottom) = measure.rate_field().and_then(Field::named)?.rate_of?;
        let cells = self.national.get(&year)?;
        let count = |field| cells.get(field).copied().and_then(whole);
        count(top).zip(count(bottom))
    }

    /// A rate of England in a year as it is shown everywhere.
    pub fn rate_of_england(&self, measure: Measure, year: ReportingYear) -> Option<f64> {
        let published = self.national.get(&year).and_then(|cells| cells.get(measure.rate_field()?)).copied();
        shown(measure, self.counts_of_england(measure, year), published)
    }

    /// Reads the frame of an edition.
    pub fn load(conn: &Connection) -> Result<Self, ReadError> {
        let boundaries = carried::boundaries(conn)?;
        let (postcodes, former_postcodes) = carried::postcodes(conn)?;
        let register = Register::load(conn)?;
        let hexagons = carried::hexagons(&register)?;
        Ok(Self {
            cases: CaseIndex::load(conn, &register)?,
            words: CaseWords::default(),
            register,
            years: db::figures::years(conn)?,
            after_the_end: db::figures::after_the_end(conn)?,
            national: db::national::series(conn)?,
            synthetic: db::releases::synthetic(conn)?,
            postcodes,
            former_postcodes,
            hexagons,
            locator: Locator::new(&boundaries),
            boundaries,
            maps: Mutex::new(HashMap::new()),
            england: OnceLock::new(),
        })
    }

    /// The year shown when none is asked for: the newest with figures, else the one before this day's.
    pub fn default_year(&self, today: Date) -> ReportingYear {
        self.years.last().copied().unwrap_or_else(|| ReportingYear::containing(today).previous())
    }

    /// The years for which a council can have figures, oldest first: those in which it existed, and those for which it
    /// was printed after its end.
    pub fn years_of(&self, council: &Council) -> BTreeSet<ReportingYear> {
        let existed = self.years.iter().copied().filter(|year| council.active_in(*year));
        let after = self.after_the_end.iter().filter(|(id, _)| *id == council.id).map(|(_, year)| *year);
        existed.chain(after).collect()
    }

    /// Councils of a year, by name.
    pub fn councils_in(&self, year: ReportingYear) -> impl Iterator<Item = &Council> {
        self.register.councils().iter().filter(move |council| council.active_in(year))
    }

    /// The councils that share a border with a council on a map of a year, by name. On the lower map districts stand
    /// beside single-tier councils, on the upper one counties do; nobody is a neighbour of its own county.
    pub fn neighbours(&self, council: &Council, year: ReportingYear) -> Vec<&Council> {
        let mut found: BTreeSet<CouncilId> = BTreeSet::new();
        for tier in council.kind.tiers() {
            let map = self.map(*tier, year, Detail::Overview);
            found.extend(map.borders.iter().filter_map(|(left, right)| match council.id {
                id if id == *left => Some(*right),
                id if id == *right => Some(*left),
                _ => None,
            }));
        }
        self.register.councils().iter().filter(|one| found.contains(&one.id)).collect()
    }

    /// The regions of all councils, by name.
    pub fn regions(&self) -> Vec<String> {
        let mut regions: Vec<String> = self.register.councils().iter().map(|council| council.region.clone()).collect();
        regions.sort();
        regions.dedup();
        regions
    }

    /// Codes of the areas that contain a point on a day.
    pub fn at(&self, lon: f64, lat: f64, day: Date) -> Vec<&Council> {
        let mut found: Vec<&Council> = self
            .locator
            .locate(lon, lat, day)
            .into_iter()
            .filter_map(|code| self.register.by_code(code))
            .filter(|council| council.active_on(day))
            .collect();
        found.sort_by_key(|council| council.kind == CouncilKind::County);
        found
    }

    /// The council that a postcode had before the one it has now, where it came to another.
    pub fn council_before(&self, postcode: Postcode) -> Option<&Council> {
        match self.former_postcodes.as_ref()?.lookup(postcode) {
            PostcodeAnswer::Council(code) => self.register.by_code(code),
            PostcodeAnswer::Elsewhere(_) | PostcodeAnswer::Unknown => None,
        }
    }

    /// The polygons of a council on a day, for the map layer as data.
    pub fn boundary(&self, council: &Council, day: Date) -> Option<&Boundary> {
        let codes = std::iter::once(&council.code).chain(&council.former_codes);
        codes.into_iter().find_map(|code| self.boundaries.iter().find(|one| one.code == *code && one.in_force(day)))
    }

    /// The drawn map of a tier and year; made when first asked for, then kept.
    pub fn map(&self, tier: Tier, year: ReportingYear, detail: Detail) -> Arc<TierMap> {
        let key = (tier, year, detail == Detail::Full);
        if let Some(map) = self.maps.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(map);
        }
        let map = Arc::new(self.draw(tier, year, detail));
        self.maps.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&map));
        map
    }

    /// England for a small map, in the units of the large one; drawn when first asked for. It does not depend on the day:
    /// councils come and go, the land stays. Nothing where the boundaries hold nobody.
    pub fn england(&self, day: Date) -> Option<&Shape> {
        let draw = || {
            let lower = self.register.current(day).filter(|council| council.kind.tiers().contains(&Tier::District));
            let areas: Vec<AreaRef<'_>> =
                lower.filter_map(|council| self.boundary(council, day)).map(AreaRef::from).collect();
            let any = areas.first()?.code;
            Drawing::small(&areas).around(any, |_| true)
        };
        self.england.get_or_init(draw).as_ref()
    }

    fn draw(&self, tier: Tier, year: ReportingYear, detail: Detail) -> TierMap {
        // Councils begin and end on 1 April, so any summer day shows the councils of the year.
        let day = summer(year);
        let mut lands: Vec<(Land, &Boundary)> = Vec::new();
        let mut stand_ins: BTreeMap<CouncilId, Vec<CouncilId>> = BTreeMap::new();
        for council in self.register.current(day).filter(|council| council.kind.tiers().contains(&tier)) {
            if let Some(boundary) = self.boundary(council, day) {
                lands.push((Land::Council(council.id), boundary));
            } else if let Some(successor) = council.successors.first() {
                stand_ins.entry(*successor).or_default().push(council.id);
            }
        }
        for (successor, councils) in stand_ins {
            let council = self.register.get(successor);
            let start = council.and_then(|council| council.active_from).unwrap_or(day);
            if let Some(boundary) = council.and_then(|council| self.boundary(council, start)) {
                lands.push((Land::StandIn { successor, councils }, boundary));
            }
        }
        self.drawn(&lands, tier, detail)
    }

    fn drawn(&self, lands: &[(Land, &Boundary)], tier: Tier, detail: Detail) -> TierMap {
        let areas: Vec<AreaRef<'_>> = lands.iter().map(|(_, boundary)| AreaRef::from(*boundary)).collect();
        let drawing = Drawing::new(&areas, detail);
        let layer = drawing.layer();
        let council_of = |code: GssCode| self.register.by_code(code);
        let london: Vec<GssCode> = areas
            .iter()
            .map(|area| area.code)
            .filter(|code| council_of(*code).is_some_and(|council| council.kind == CouncilKind::London))
            .collect();
        let london = layer.inset(&london);
        let by_code: HashMap<GssCode, &Land> = lands.iter().map(|(land, boundary)| (boundary.code, land)).collect();
        let counties = match tier {
            Tier::District => self.counties(&drawing, &by_code),
            Tier::County => Vec::new(),
        };
        let own = |code: &GssCode| match by_code.get(code) {
            Some(Land::Council(id)) => Some(*id),
            _ => None,
        };
        let borders = drawing.borders().iter().filter_map(|(left, right)| own(left).zip(own(right))).collect();
        let areas: Vec<(Land, Shape)> = layer
            .shapes
            .into_iter()
            .filter_map(|shape| by_code.get(&shape.code).map(|land| ((*land).clone(), shape)))
            .collect();
        let coast = areas.first().and_then(|(_, any)| drawing.around(any.code, |_| true));
        let coast = coast.map(|shape| shape.path).unwrap_or_default();
        let key = key(&areas, &counties);
        TierMap { areas, counties, coast, london, key, borders }
    }

    /// The counties whose districts are drawn. Stand-ins count for the county whose districts they stand for.
    fn counties(&self, drawing: &Drawing, lands: &HashMap<GssCode, &Land>) -> Vec<(CouncilId, Shape)> {
        let county_of = |id: CouncilId| self.register.get(id).and_then(|council| council.county);
        let over = |land: &Land| match land {
            Land::Council(id) => county_of(*id),
            Land::StandIn { councils, .. } => {
                let first = councils.first().and_then(|id| county_of(*id));
                first.filter(|county| councils.iter().all(|id| county_of(*id) == Some(*county)))
            }
        };
        let found: BTreeSet<CouncilId> = lands.values().filter_map(|land| over(land)).collect();
        let drawn = found.into_iter().filter_map(|id| {
            let county = self.register.get(id)?;
            let member = |code: GssCode| lands.get(&code).is_some_and(|land| over(land) == Some(id));
            Some((id, drawing.around(county.code, member)?))
        });
        drawn.collect()
    }
}

/// A few letters that stand for what is drawn, and for which council.
fn key(areas: &[(Land, Shape)], counties: &[(CouncilId, Shape)]) -> String {
    let mut text = String::new();
    for (land, shape) in areas {
        text.push_str(&format!("{land:?} {}\n", shape.path));
    }
    for (id, shape) in counties {
        text.push_str(&format!("{id:?} {}\n", shape.path));
    }
    digest::sha256(text.as_bytes()).chars().take(8).collect()
}

/// 1 June of a reporting year: the day for which the register's counts are published.
pub fn summer(year: ReportingYear) -> Date {
    date(year.start_year(), 6, 1)
}
