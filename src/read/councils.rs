//! The list of councils, A to Z, with filters.

use jiff::civil::Date;

use super::atlas::Atlas;
use crate::domain::council::{Council, CouncilKind};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CouncilFilter {
    /// Only this kind.
    pub kind: Option<CouncilKind>,
    /// Only this region.
    pub region: Option<String>,
    /// Former councils too.
    pub former: bool,
}

/// Everything that the list shows.
#[derive(Clone, Debug)]
pub struct CouncilsPage {
    /// What was asked for.
    pub filter: CouncilFilter,
    /// Councils by name.
    pub councils: Vec<Council>,
    /// Regions to choose from.
    pub regions: Vec<String>,
    /// The day for which "current" is meant.
    pub today: Date,
    /// Whether the content is invented.
    pub synthetic: bool,
}

impl CouncilsPage {
    /// Makes the list.
    pub fn read(atlas: &Atlas, filter: CouncilFilter, today: Date) -> Self {
        let councils = atlas
            .register
            .councils()
            .iter()
            .filter(|council| filter.former || council.active_on(today))
            .filter(|council| filter.kind.is_none_or(|kind| council.kind == kind))
            .filter(|council| filter.region.as_ref().is_none_or(|region| council.region == *region))
            .cloned()
            .collect();
        Self { filter, councils, regions: atlas.regions(), today, synthetic: atlas.synthetic }
    }
}
