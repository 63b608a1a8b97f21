//! Sets of councils that are ready to be compared: around one council, or a whole group.

use thiserror::Error;

use super::council::{Council, CouncilKind};
use super::names;

/// More councils than this do not fit side by side; they stand in one table with one measure.
pub const MOST: usize = 8;

/// How the councils of a set belong to the one in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The nearest of its kind.
    Kind,
    /// Those that share a border with it.
    Neighbours,
    /// The districts of its county, or of the county that it is.
    County,
    /// All councils of its region.
    Region,
    /// Those that an imported list names as like it.
    Statistical,
    /// Those of its kind with nearly as many residents.
    Population,
}

impl Relation {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Kind, Self::Neighbours, Self::County, Self::Region, Self::Statistical, Self::Population];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Neighbours => "neighbours",
            Self::County => "county",
            Self::Region => "region",
            Self::Statistical => "statistical",
            Self::Population => "population",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// The six counties of the Local Government Act 1972 whose councils were abolished in 1986. Their boroughs still
/// work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetropolitanCounty {
    /// Around Manchester.
    GreaterManchester,
    /// Around Liverpool.
    Merseyside,
    /// Around Sheffield.
    SouthYorkshire,
    /// Around Newcastle and Sunderland.
    TyneAndWear,
    /// Around Birmingham.
    WestMidlands,
    /// Around Leeds.
    WestYorkshire,
}

impl MetropolitanCounty {
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::GreaterManchester,
        Self::Merseyside,
        Self::SouthYorkshire,
        Self::TyneAndWear,
        Self::WestMidlands,
        Self::WestYorkshire,
    ];

    /// Its name. That of the West Midlands is also the name of a region.
    pub fn name(self) -> &'static str {
        match self {
            Self::GreaterManchester => "Greater Manchester",
            Self::Merseyside => "Merseyside",
            Self::SouthYorkshire => "South Yorkshire",
            Self::TyneAndWear => "Tyne and Wear",
            Self::WestMidlands => "West Midlands county",
            Self::WestYorkshire => "West Yorkshire",
        }
    }

    /// The numbers in the codes of its boroughs (`E08000001`), as they were first given: county after county.
    fn numbers(self) -> std::ops::RangeInclusive<u32> {
        match self {
            Self::GreaterManchester => 1..=10,
            Self::Merseyside => 11..=15,
            Self::SouthYorkshire => 16..=19,
            Self::TyneAndWear => 20..=24,
            Self::WestMidlands => 25..=31,
            Self::WestYorkshire => 32..=36,
        }
    }

    /// Whether a council is one of its boroughs.
    pub fn holds(self, council: &Council) -> bool {
        let codes = std::iter::once(&council.code).chain(&council.former_codes);
        let numbers = codes.filter_map(|code| code.as_str().strip_prefix("E08")?.parse().ok());
        numbers.into_iter().any(|number: u32| self.numbers().contains(&number))
    }
}

/// A group of councils with a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// All of a kind.
    Kind(CouncilKind),
    /// The boroughs of a metropolitan county.
    MetropolitanCounty(MetropolitanCounty),
    /// All of a region, by the name that the register gives it.
    Region(String),
}

impl Group {
    /// All groups, given the regions of the register. London is a kind, so its region is none of them.
    pub fn all(regions: &[String]) -> Vec<Self> {
        let kinds = CouncilKind::ALL.into_iter().map(Self::Kind);
        let counties = MetropolitanCounty::ALL.into_iter().map(Self::MetropolitanCounty);
        let regions = regions.iter().filter(|region| *region != "London").cloned().map(Self::Region);
        kinds.chain(regions).chain(counties).collect()
    }

    /// The word in addresses.
    pub fn word(&self) -> String {
        match self {
            Self::Kind(kind) => kind.as_str().to_owned(),
            Self::MetropolitanCounty(_) | Self::Region(_) => names::plain_words(&self.title()).join("-"),
        }
    }

    /// As one names it: "London boroughs", "Greater Manchester".
    pub fn title(&self) -> String {
        match self {
            Self::Kind(kind) => kind.group().to_owned(),
            Self::MetropolitanCounty(county) => county.name().to_owned(),
            Self::Region(region) => region.clone(),
        }
    }

    /// Its councils in a sentence, behind their number: "London boroughs", "councils in the South West".
    pub fn councils(&self) -> String {
        match self {
            Self::Kind(kind) => kind.group().to_owned(),
            Self::MetropolitanCounty(MetropolitanCounty::WestMidlands) => {
                "metropolitan boroughs of the county of West Midlands".to_owned()
            }
            Self::MetropolitanCounty(county) => format!("metropolitan boroughs of {}", county.name()),
            Self::Region(region) => format!("councils in {}", region_in_a_sentence(region)),
        }
    }

    /// Whether a council is one of it.
    pub fn holds(&self, council: &Council) -> bool {
        match self {
            Self::Kind(kind) => council.kind == *kind,
            Self::MetropolitanCounty(county) => county.holds(council),
            Self::Region(region) => council.region == *region,
        }
    }

    /// The group that a person names, in any case: "London boroughs", "all districts", "the South West".
    pub fn named(text: &str, regions: &[String]) -> Option<Self> {
        let folded = names::fold(text);
        let name = folded.strip_prefix("all ").unwrap_or(&folded);
        let name = name.strip_prefix("the ").unwrap_or(name);
        Self::all(regions).into_iter().find(|group| {
            names::fold(&group.title()) == name || names::fold(&group.councils()) == name || group.is_called(name)
        })
    }

    /// Short names of kinds; those of one word would else be part of the names of councils.
    fn is_called(&self, name: &str) -> bool {
        let Self::Kind(kind) = self else { return false };
        let names: &[&str] = match kind {
            CouncilKind::County => &["counties", "county councils"],
            CouncilKind::District => &["districts", "shire districts"],
            CouncilKind::Unitary => &["unitaries", "unitary authorities"],
            CouncilKind::Metropolitan => &["metropolitan districts", "metropolitan councils"],
            CouncilKind::London => &["london", "london councils", "greater london"],
        };
        names.contains(&name)
    }
}

/// A region with its article: "the South West", but "Yorkshire and the Humber".
pub fn region_in_a_sentence(region: &str) -> String {
    let bare = ["London", "Yorkshire and the Humber"].contains(&region);
    if bare { region.to_owned() } else { format!("the {region}") }
}

/// A set of councils ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CouncilSet {
    /// Around one council.
    Around(Relation, Box<Council>),
    /// A whole group.
    Whole(Group),
}

/// Why a word and some councils are no set.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NotASet {
    /// The word is none of the list.
    #[error("“{word}” is not a set of councils; expected {expected}")]
    Unknown {
        /// As it was given.
        word: String,
        /// The words there are.
        expected: String,
    },
    /// The set is around a council, and none is given.
    #[error("the set “{0}” is around one council; name it with “c”, as in ?set={0}&c=derby-city-council")]
    NeedsACouncil(&'static str),
    /// More than one council is given.
    #[error("the set “{word}” is around one council, but “c” names {count}; name one, or leave “set” out")]
    TooManyCouncils {
        /// The set.
        word: String,
        /// How many are given.
        count: usize,
    },
    /// The set is a whole group, and a council is given.
    #[error("the set “{0}” is a whole group and takes no council; leave “c” out")]
    TakesNoCouncil(String),
}

impl CouncilSet {
    /// The set of a word and the councils beside it, given the regions of the register. `county` alone means the county
    /// councils; beside a council it means the districts of its county.
    ///
    /// # Errors
    /// The word is not known, or stands with too many councils or too few.
    pub fn new(word: &str, councils: &[Council], regions: &[String]) -> Result<Self, NotASet> {
        let group = Group::all(regions).into_iter().find(|group| group.word() == word);
        match (Relation::parse(word), group, councils) {
            (Some(relation), _, [council]) => Ok(Self::Around(relation, Box::new(council.clone()))),
            (Some(_), _, [_, ..]) => Err(NotASet::TooManyCouncils { word: word.to_owned(), count: councils.len() }),
            (_, Some(group), []) => Ok(Self::Whole(group)),
            (Some(relation), None, []) => Err(NotASet::NeedsACouncil(relation.as_str())),
            (None, Some(_), _) => Err(NotASet::TakesNoCouncil(word.to_owned())),
            (None, None, _) => Err(NotASet::Unknown {
                word: word.chars().take(40).collect(),
                expected: Self::words(regions).join(", "),
            }),
        }
    }

    /// All words, each once.
    pub fn words(regions: &[String]) -> Vec<String> {
        let mut words: Vec<String> = Relation::ALL.map(|one| one.as_str().to_owned()).to_vec();
        for word in Group::all(regions).iter().map(Group::word) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// The word in addresses.
    pub fn word(&self) -> String {
        match self {
            Self::Around(relation, _) => relation.as_str().to_owned(),
            Self::Whole(group) => group.word(),
        }
    }

    /// The council in the middle, where there is one.
    pub fn around(&self) -> Option<&Council> {
        match self {
            Self::Around(_, council) => Some(council),
            Self::Whole(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::council::{CouncilId, GssCode, Slug};

    fn regions() -> Vec<String> {
        ["East of England", "London", "West Midlands", "Yorkshire and the Humber"].map(str::to_owned).to_vec()
    }

    fn council(code: &str, former: &[&str]) -> Council {
        Council {
            id: CouncilId(1),
            code: GssCode::parse(code).unwrap(),
            former_codes: former.iter().map(|code| GssCode::parse(code).unwrap()).collect(),
            slug: Slug::parse("somewhere-council").unwrap(),
            name: "Somewhere".to_owned(),
            official_name: "Somewhere Council".to_owned(),
            kind: CouncilKind::Metropolitan,
            region: "West Midlands".to_owned(),
            county: None,
            active_from: None,
            active_to: None,
            successors: Vec::new(),
            predecessors: Vec::new(),
            residents: Vec::new(),
        }
    }

    #[test]
    fn a_set_around_a_council_needs_exactly_one() {
        let one = council("E08000025", &[]);
        let set = |word: &str, councils: &[Council]| CouncilSet::new(word, councils, &regions());
        assert!(matches!(
            set("neighbours", std::slice::from_ref(&one)),
            Ok(CouncilSet::Around(Relation::Neighbours, _))
        ));
        assert_eq!(set("neighbours", &[]), Err(NotASet::NeedsACouncil("neighbours")));
        let two = [one.clone(), one.clone()];
        assert_eq!(set("kind", &two), Err(NotASet::TooManyCouncils { word: "kind".to_owned(), count: 2 }));
        assert_eq!(set("london", &[one]), Err(NotASet::TakesNoCouncil("london".to_owned())));
        let unknown = set("wessex", &[]).unwrap_err().to_string();
        assert!(unknown.contains("“wessex”") && unknown.contains("greater-manchester"), "{unknown}");
    }

    #[test]
    fn county_alone_means_the_county_councils_and_beside_a_council_its_districts() {
        let alone = CouncilSet::new("county", &[], &regions());
        assert_eq!(alone, Ok(CouncilSet::Whole(Group::Kind(CouncilKind::County))));
        let beside = CouncilSet::new("county", &[council("E10000007", &[])], &regions());
        assert!(matches!(beside, Ok(CouncilSet::Around(Relation::County, _))));
    }

    #[test]
    fn every_group_has_a_word_of_its_own_that_leads_back_to_it() {
        for group in Group::all(&regions()) {
            assert_eq!(CouncilSet::new(&group.word(), &[], &regions()), Ok(CouncilSet::Whole(group.clone())));
            assert_eq!(Group::named(&group.title(), &regions()), Some(group));
        }
    }

    #[test]
    fn groups_are_found_by_the_names_that_people_use() {
        let word = |text: &str| Group::named(text, &regions()).map(|group| group.word());
        assert_eq!(word("London Boroughs").as_deref(), Some("london"));
        assert_eq!(word("greater manchester").as_deref(), Some("greater-manchester"));
        assert_eq!(word("the East of England").as_deref(), Some("east-of-england"));
        assert_eq!(word("all districts").as_deref(), Some("district"));
        assert_eq!(word("West Midlands").as_deref(), Some("west-midlands"), "the region");
        assert_eq!(word("Derby"), None);
    }

    #[test]
    fn a_borough_whose_code_has_changed_stays_in_its_county() {
        let county = MetropolitanCounty::SouthYorkshire;
        assert!(county.holds(&council("E08000039", &["E08000019"])) && !county.holds(&council("E08000039", &[])));
    }
}
