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

/// A group of councils with a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// All of a kind.
    Kind(CouncilKind),
    /// All of a region, by the name that the register gives it.
    Region(String),
    /// The constituent councils of a combined authority.
    Combined {
        /// The word in addresses.
        word: String,
        /// Its full name: "Greater Manchester Combined Authority".
        name: String,
    },
}

impl Group {
    /// The word in addresses.
    pub fn word(&self) -> String {
        match self {
            Self::Kind(kind) => kind.as_str().to_owned(),
            Self::Region(region) => names::plain_words(region).join("-"),
            Self::Combined { word, .. } => word.clone(),
        }
    }

    /// As one names it: "London boroughs", "South West", "Greater Manchester Combined Authority".
    pub fn title(&self) -> String {
        match self {
            Self::Kind(kind) => kind.group().to_owned(),
            Self::Region(name) | Self::Combined { name, .. } => name.clone(),
        }
    }

    /// The same under a heading that says what it is: "Greater Manchester".
    pub fn short_title(&self) -> String {
        short_name(&self.title()).to_owned()
    }

    /// Its councils in a sentence, behind their number: "London boroughs", "councils in the South West".
    pub fn councils(&self) -> String {
        match self {
            Self::Kind(kind) => kind.group().to_owned(),
            Self::Region(region) => format!("councils in {}", region_in_a_sentence(region)),
            Self::Combined { name, .. } => format!("councils of {}", short_name(name)),
        }
    }

    /// The group that a person names, in any case: "London boroughs", "all districts", "the South West", "Greater
    /// Manchester". The first one of that name counts.
    pub fn named(text: &str, groups: &[Self]) -> Option<Self> {
        let folded = names::fold(text);
        let name = folded.strip_prefix("all ").unwrap_or(&folded);
        let name = name.strip_prefix("the ").unwrap_or(name);
        groups.iter().find(|group| group.is_called(name)).cloned()
    }

    /// Whether a folded name is one of those that people use for it.
    fn is_called(&self, name: &str) -> bool {
        let further: &[&str] = match self {
            Self::Kind(CouncilKind::County) => &["counties"],
            Self::Kind(CouncilKind::District) => &["districts", "shire districts"],
            Self::Kind(CouncilKind::Unitary) => &["unitaries", "unitary authorities"],
            Self::Kind(CouncilKind::Metropolitan) => &["metropolitan districts", "metropolitan councils"],
            Self::Kind(CouncilKind::London) => &["london", "london councils", "greater london"],
            Self::Region(_) | Self::Combined { .. } => &[],
        };
        let title = self.title();
        [title.as_str(), self.councils().as_str(), short_name(&title)].into_iter().any(|one| names::fold(one) == name)
            || further.contains(&name)
    }
}

/// A combined authority without the words that say what it is: "Greater Manchester". Others keep their names.
fn short_name(name: &str) -> &str {
    let kinds = [" Mayoral Combined Authority", " Combined County Authority", " Combined Authority"];
    kinds.into_iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name)
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
    #[error("the set “{0}” is a whole group and takes no further council; leave “c” out")]
    TakesNoCouncil(String),
}

impl CouncilSet {
    /// The set of a word and the councils beside it, given the groups there are. `county` alone means the county
    /// councils; beside a council it means the districts of its county.
    ///
    /// # Errors
    /// The word is not known, or stands with too many councils or too few.
    pub fn new(word: &str, councils: &[Council], groups: &[Group]) -> Result<Self, NotASet> {
        let group = groups.iter().find(|group| group.word() == word).cloned();
        match (Relation::parse(word), group, councils) {
            (Some(relation), _, [council]) => Ok(Self::Around(relation, Box::new(council.clone()))),
            (Some(_), _, [_, ..]) => Err(NotASet::TooManyCouncils { word: word.to_owned(), count: councils.len() }),
            (_, Some(group), []) => Ok(Self::Whole(group)),
            (Some(relation), None, []) => Err(NotASet::NeedsACouncil(relation.as_str())),
            (None, Some(_), _) => Err(NotASet::TakesNoCouncil(word.to_owned())),
            (None, None, _) => Err(NotASet::Unknown {
                word: word.chars().take(40).collect(),
                expected: Self::words(groups).join(", "),
            }),
        }
    }

    /// All words, each once.
    pub fn words(groups: &[Group]) -> Vec<String> {
        let mut words: Vec<String> = Relation::ALL.map(|one| one.as_str().to_owned()).to_vec();
        for word in groups.iter().map(Group::word) {
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

    fn groups() -> Vec<Group> {
        let regions = ["East of England", "West Midlands", "Yorkshire and the Humber"];
        let combined = [
            ("greater-manchester", "Greater Manchester Combined Authority"),
            ("west-midlands-combined-authority", "West Midlands Combined Authority"),
        ];
        let kinds = CouncilKind::ALL.into_iter().map(Group::Kind);
        let regions = regions.into_iter().map(|region| Group::Region(region.to_owned()));
        let combined =
            combined.into_iter().map(|(word, name)| Group::Combined { word: word.to_owned(), name: name.to_owned() });
        kinds.chain(regions).chain(combined).collect()
    }

    fn council() -> Council {
        Council {
            id: CouncilId(1),
            code: GssCode::parse("E08000025").unwrap(),
            former_codes: Vec::new(),
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
        let one = council();
        let set = |word: &str, councils: &[Council]| CouncilSet::new(word, councils, &groups());
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
        let alone = CouncilSet::new("county", &[], &groups());
        assert_eq!(alone, Ok(CouncilSet::Whole(Group::Kind(CouncilKind::County))));
        let beside = CouncilSet::new("county", &[council()], &groups());
        assert!(matches!(beside, Ok(CouncilSet::Around(Relation::County, _))));
    }

    #[test]
    fn every_group_has_a_word_of_its_own_that_leads_back_to_it() {
        for group in groups() {
            assert_eq!(CouncilSet::new(&group.word(), &[], &groups()), Ok(CouncilSet::Whole(group.clone())));
            assert_eq!(Group::named(&group.title(), &groups()), Some(group));
        }
    }

    #[test]
    fn groups_are_found_by_the_names_that_people_use() {
        let word = |text: &str| Group::named(text, &groups()).map(|group| group.word());
        assert_eq!(word("London Boroughs").as_deref(), Some("london"));
        assert_eq!(word("greater manchester").as_deref(), Some("greater-manchester"));
        assert_eq!(word("the East of England").as_deref(), Some("east-of-england"));
        assert_eq!(word("all districts").as_deref(), Some("district"));
        assert_eq!(word("West Midlands").as_deref(), Some("west-midlands"), "the region");
        assert_eq!(word("Derby"), None);
    }
}
