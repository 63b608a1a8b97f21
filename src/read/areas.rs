//! Areas that several councils share: regions, the areas of county councils, combined authorities.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::atlas::Atlas;
use crate::domain::council::{Council, CouncilId, CouncilKind, Slug};
use crate::domain::year::ReportingYear;

/// The combined authorities and combined county authorities of England, each with its constituent councils and the law that
/// established it.
static COMBINED: LazyLock<Vec<CombinedAuthority>> =
    LazyLock::new(|| parse(include_bytes!("../../data/combined-authorities.csv")));

/// A combined authority as its file has it.
#[derive(Clone, Debug)]
struct CombinedAuthority {
    slug: Slug,
    name: String,
    established_by: String,
    members: Vec<Slug>,
}

fn parse(bytes: &[u8]) -> Vec<CombinedAuthority> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.records().filter_map(Result::ok);
    let row = |row: csv::StringRecord| {
        Some(CombinedAuthority {
            slug: Slug::parse(row.get(0)?).ok()?,
            name: row.get(1)?.to_owned(),
            established_by: row.get(2)?.to_owned(),
            members: row.get(3)?.split(';').filter_map(|slug| Slug::parse(slug).ok()).collect(),
        })
    };
    rows.filter_map(row).collect()
}

/// What an area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaKind {
    /// A region of England.
    Region,
    /// A combined authority.
    Combined,
    /// A county council and the districts in its area.
    County,
}

impl AreaKind {
    /// All kinds, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Region, Self::Combined, Self::County];

    /// The word in files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Combined => "combined-authority",
            Self::County => "county",
        }
    }

    /// The title over a list of them.
    pub fn title_of_all(self) -> &'static str {
        match self {
            Self::Region => "Regions",
            Self::Combined => "Combined authorities",
            Self::County => "Counties and the districts in their area",
        }
    }
}

/// Which councils an area has.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Extent {
    Region(String),
    Members(Vec<CouncilId>),
    County(CouncilId),
}

/// An area that several councils share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What it is.
    pub kind: AreaKind,
    /// Its place in addresses, unique among regions and among other areas.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The law that established a combined authority.
    pub established_by: Option<&'static str>,
    extent: Extent,
}

impl Area {
    /// Its name as one says it among others: a region may be called as a combined authority is.
    pub fn described(&self) -> String {
        match self.kind {
            AreaKind::Region => format!("the region {}", self.name),
            AreaKind::Combined => self.name.clone(),
            AreaKind::County => format!("{} with its districts", self.name),
        }
    }

    /// Its councils in a year, county councils first, then by name. Before the councils of a combined authority there were
    /// others, whose work passed to them.
    pub fn councils<'a>(&self, atlas: &'a Atlas, year: ReportingYear) -> Vec<&'a Council> {
        let mut councils: Vec<&Council> = atlas.councils_in(year).filter(|council| self.has(atlas, council)).collect();
        councils.sort_by_key(|council| council.kind != CouncilKind::County);
        councils
    }

    /// Whether a council belongs to it, or did.
    pub fn has(&self, atlas: &Atlas, council: &Council) -> bool {
        match &self.extent {
            Extent::Region(region) => council.region == *region,
            Extent::County(county) => council.id == *county || council.county == Some(*county),
            Extent::Members(members) => led_to(atlas, council, members),
        }
    }

    /// The years in which it has councils with figures to look for, newest first.
    pub fn years(&self, atlas: &Atlas) -> Vec<ReportingYear> {
        let years = atlas.years.iter().rev().copied();
        years.filter(|year| atlas.councils_in(*year).any(|council| self.has(atlas, council))).collect()
    }

    /// The name of the region, where it is one.
    pub fn region(&self) -> Option<&str> {
        match &self.extent {
            Extent::Region(region) => Some(region),
            Extent::Members(_) | Extent::County(_) => None,
        }
    }

    /// The county council, where it is the area of one.
    pub fn county<'a>(&self, atlas: &'a Atlas) -> Option<&'a Council> {
        match &self.extent {
            Extent::County(county) => atlas.register.get(*county),
            Extent::Members(_) | Extent::Region(_) => None,
        }
    }
}

/// Whether a council is a member, or all that took over from it are.
fn led_to(atlas: &Atlas, council: &Council, members: &[CouncilId]) -> bool {
    if members.contains(&council.id) {
        return true;
    }
    let successors: Vec<&Council> = council.successors.iter().filter_map(|id| atlas.register.get(*id)).collect();
    !successors.is_empty() && successors.into_iter().all(|one| led_to(atlas, one, members))
}

/// All areas: regions, combined authorities, counties, each by name.
pub fn all(atlas: &Atlas) -> Vec<Area> {
    let councils = atlas.register.councils();
    let regions: BTreeSet<&str> = councils.iter().map(|council| council.region.as_str()).collect();
    let regions = regions.into_iter().filter_map(|region| {
        Some(Area {
            kind: AreaKind::Region,
            slug: Slug::from_name(region)?,
            name: region.to_owned(),
            established_by: None,
            extent: Extent::Region(region.to_owned()),
        })
    });
    let mut combined: Vec<Area> = COMBINED
        .iter()
        .map(|one| Area {
            kind: AreaKind::Combined,
            slug: one.slug.clone(),
            name: one.name.clone(),
            established_by: Some(&one.established_by),
            extent: Extent::Members(
                one.members.iter().filter_map(|slug| atlas.register.by_slug(slug)).map(|council| council.id).collect(),
            ),
        })
        .collect();
    combined.sort_by(|a, b| a.name.cmp(&b.name));
    let counties = councils.iter().filter(|council| council.kind == CouncilKind::County).filter_map(|council| {
        Some(Area {
            kind: AreaKind::County,
            slug: Slug::from_name(&council.name)?,
            name: council.name.clone(),
            established_by: None,
            extent: Extent::County(council.id),
        })
    });
    regions.chain(combined).chain(counties).collect()
}

/// The area at an address: a region, or another area.
pub fn named(atlas: &Atlas, is_region: bool, slug: &str) -> Option<Area> {
    all(atlas).into_iter().find(|area| (area.kind == AreaKind::Region) == is_region && area.slug.as_str() == slug)
}

/// Everything that the list of areas shows.
#[derive(Clone, Debug)]
pub struct AreasPage {
    /// All areas, each with how many councils it has today; in the order of `all`. Those of former county councils have none.
    pub areas: Vec<(Area, usize)>,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl AreasPage {
    /// Makes the list.
    pub fn read(atlas: &Atlas, today: Date) -> Self {
        let councils = |area: &Area| atlas.register.current(today).filter(|council| area.has(atlas, council)).count();
        let areas = all(atlas).into_iter().map(|area| (area.clone(), councils(&area))).collect();
        Self { areas, synthetic: atlas.synthetic }
    }
}

/// The areas that a council belongs to.
pub fn of(atlas: &Atlas, council: &Council) -> Vec<Area> {
    all(atlas).into_iter().filter(|area| area.has(atlas, council)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_combined_authority_reads_whole_and_its_members_are_councils_of_today() {
        let text = include_str!("../../data/combined-authorities.csv");
        assert_eq!(COMBINED.len() + 1, text.lines().count());
        let mut register = csv::Reader::from_reader(&include_bytes!("../../data/authorities.csv")[..]);
        let ended: BTreeMap<String, bool> =
            register.records().map(|row| row.unwrap()).map(|row| (row[2].to_owned(), !row[9].is_empty())).collect();
        let mut members: Vec<&str> = Vec::new();
        for one in COMBINED.iter() {
            assert!(one.members.len() > 1 && one.established_by.starts_with("The "), "{}", one.name);
            for slug in &one.members {
                assert_eq!(ended.get(slug.as_str()), Some(&false), "{slug}");
            }
            members.extend(one.members.iter().map(Slug::as_str));
        }
        let count = members.len();
        members.sort_unstable();
        members.dedup();
        assert_eq!(members.len(), count, "no council belongs to two");
    }
}
