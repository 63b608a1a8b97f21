//! Councils: who they are, apart from the polygon they cover.
//!
//! A GSS code names a polygon and changes when a boundary moves by a field; a council lives on. So a
//! council has an identity of its own, and codes hang off it (docs/adr/0002-council-and-boundary.md).

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::year::ReportingYear;

/// A row number of the council in one published database. Never shown, never in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CouncilId(pub i64);

/// A GSS code of England's register, such as `E06000015`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GssCode([u8; 9]);

/// Why a text is not a GSS code.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a GSS code; expected a letter and eight digits, like E06000015")]
pub struct NotACode(pub String);

impl GssCode {
    /// What a code looks like, as a regular expression.
    pub const PATTERN: &str = "^[A-Z][0-9]{8}$";

    /// Reads a code in any case, with spaces around it.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let upper = text.trim().to_ascii_uppercase();
        let bytes: [u8; 9] = upper.as_bytes().try_into().map_err(|_| NotACode(text.chars().take(40).collect()))?;
        let [letter, digits @ ..] = bytes;
        if letter.is_ascii_uppercase() && digits.iter().all(u8::is_ascii_digit) {
            Ok(Self(bytes))
        } else {
            Err(NotACode(text.chars().take(40).collect()))
        }
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for GssCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for GssCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The part of an address that names a council: lower-case letters, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// Why a text is not a slug.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not an address name; expected lower-case words joined by hyphens, like derby-city-council")]
pub struct NotASlug(pub String);

impl Slug {
    /// Reads a slug exactly: no folding, so that each page has one address.
    pub fn parse(text: &str) -> Result<Self, NotASlug> {
        let fine = (1..=80).contains(&text.len())
            && text
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        fine.then(|| Self(text.to_owned())).ok_or_else(|| NotASlug(text.chars().take(80).collect()))
    }

    /// Makes a slug of a name: words of letters and digits joined by hyphens; `None` when nothing is left.
    pub fn from_name(name: &str) -> Option<Self> {
        let folded = super::names::plain_words(name).join("-");
        let cut: String = folded.chars().take(80).collect();
        Self::parse(cut.trim_end_matches('-')).ok()
    }

    /// The text as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The five kinds of council, which are also the groups that averages are made of (docs/domain.md, "Councils").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CouncilKind {
    /// County council: schools, social care, roads; shares its area with districts.
    County,
    /// District, borough or city council inside a county.
    District,
    /// Unitary council: all services.
    Unitary,
    /// Metropolitan borough: all services.
    Metropolitan,
    /// London borough, with the City: all services.
    London,
}

/// Why a text is not a kind of council.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a kind of council; expected county, district, unitary, metropolitan or london")]
pub struct NotAKind(pub String);

impl CouncilKind {
    /// All kinds, in the order of the Ombudsman's letters.
    pub const ALL: [Self; 5] = [Self::County, Self::District, Self::Unitary, Self::Metropolitan, Self::London];

    /// Reads the word used in files and addresses.
    pub fn parse(text: &str) -> Result<Self, NotAKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| NotAKind(text.chars().take(40).collect()))
    }

    /// The word used in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::District => "district",
            Self::Unitary => "unitary",
            Self::Metropolitan => "metropolitan",
            Self::London => "london",
        }
    }

    /// As one writes a single council: "Unitary council".
    pub fn title(self) -> &'static str {
        match self {
            Self::County => "County council",
            Self::District => "District council",
            Self::Unitary => "Unitary council",
            Self::Metropolitan => "Metropolitan borough",
            Self::London => "London borough",
        }
    }

    /// As one writes the group: "unitary councils".
    pub fn group(self) -> &'static str {
        match self {
            Self::County => "county councils",
            Self::District => "district councils",
            Self::Unitary => "unitary councils",
            Self::Metropolitan => "metropolitan boroughs",
            Self::London => "London boroughs",
        }
    }

    /// The group in a word that fits beside a line of a chart.
    pub fn short_group(self) -> &'static str {
        match self {
            Self::County => "Counties",
            Self::District => "Districts",
            Self::Unitary => "Unitaries",
            Self::Metropolitan => "Boroughs",
            Self::London => "London",
        }
    }

    /// The services it runs, for residents who do not know the tiers.
    pub fn services(self) -> String {
        self.services_that("runs", "run")
    }

    /// The same of a council that is no more: the services it ran.
    pub fn former_services(self) -> String {
        self.services_that("ran", "ran")
    }

    /// The services with the verb for one council and for several.
    fn services_that(self, runs: &str, run: &str) -> String {
        match self {
            Self::County => {
                format!("It {runs} schools, social care, roads and transport. District councils {run} the rest.")
            }
            Self::District => format!(
                "It {runs} housing, planning, bins, council tax and benefits. The county council {runs} schools, social care and roads."
            ),
            Self::Unitary | Self::Metropolitan | Self::London => format!("It {runs} all local services here."),
        }
    }

    /// What a council of the kind runs, for the end of a sentence.
    pub fn runs(self) -> &'static str {
        match self {
            Self::County => {
                "schools and special educational needs, care for adults and children, roads and pavements, buses and libraries"
            }
            Self::District => {
                "bins and recycling, housing and homelessness, planning, council tax, benefits, parks and noise"
            }
            _ => {
                "everything that councils do: schools, social care, roads, bins, housing, planning, council tax, benefits and libraries"
            }
        }
    }

    /// Which of the two maps the kind stands on; single-tier kinds stand on both.
    pub fn tiers(self) -> &'static [Tier] {
        match self {
            Self::County => &[Tier::County],
            Self::District => &[Tier::District],
            _ => &[Tier::District, Tier::County],
        }
    }

    /// The word for `tier` in answers about a place: `county`, `district` or `single`.
    pub fn tier_word(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::District => "district",
            _ => "single",
        }
    }
}

/// The two maps: each tiles England exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Districts and single-tier councils.
    #[default]
    District,
    /// Counties and single-tier councils.
    County,
}

impl Tier {
    /// Both tiers, lower first.
    pub const ALL: [Self; 2] = [Self::District, Self::County];

    /// Reads the word used in addresses.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == text)
    }

    /// The word used in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::County => "county",
        }
    }

    /// As one offers it to a reader.
    pub fn title(self) -> &'static str {
        match self {
            Self::District => "Bins, housing, planning",
            Self::County => "Schools, care, roads",
        }
    }

    /// Which councils run these services.
    pub fn services(self) -> &'static str {
        match self {
            Self::District => "District and single-tier councils",
            Self::County => "County and single-tier councils",
        }
    }
}

/// One council of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Council {
    /// Its row in this database.
    pub id: CouncilId,
    /// Its current, or last, GSS code.
    pub code: GssCode,
    /// Codes it had before a boundary moved.
    pub former_codes: Vec<GssCode>,
    /// Its place in addresses; permanent.
    pub slug: Slug,
    /// Short name: "Derby".
    pub name: String,
    /// Full name: "Derby City Council".
    pub official_name: String,
    /// Its kind.
    pub kind: CouncilKind,
    /// Region of England.
    pub region: String,
    /// The county council over a district.
    pub county: Option<CouncilId>,
    /// First day, where it is younger than the register (2018).
    pub active_from: Option<Date>,
    /// First day on which it no longer was, where abolished.
    pub active_to: Option<Date>,
    /// Who took over.
    pub successors: Vec<CouncilId>,
    /// Who it took over from.
    pub predecessors: Vec<CouncilId>,
    /// Its residents by every estimate at hand, oldest first.
    pub residents: Vec<Residents>,
}

/// How many people live in a council's area, by the estimate of a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residents {
    /// The calendar year: estimates are for its middle, a census is taken in its spring.
    pub year: i16,
    /// People.
    pub count: u64,
}

/// Code of the City of London Corporation: the one council that is of none of the five kinds. The Ombudsman's averages count it
/// with the London boroughs.
const CITY_OF_LONDON: &str = "E09000001";

impl Council {
    /// What it is called, alone: its kind, but for the City of London.
    pub fn kind_title(&self) -> &'static str {
        if self.code.as_str() == CITY_OF_LONDON { "City corporation" } else { self.kind.title() }
    }

    /// The estimate nearest to the summer of a reporting year; of two as near the earlier one.
    pub fn residents_in(&self, year: ReportingYear) -> Option<Residents> {
        self.residents.iter().copied().min_by_key(|one| (i32::from(one.year) - i32::from(year.start_year())).abs())
    }

    /// The estimate of a calendar year.
    pub fn residents_of(&self, year: i16) -> Option<u64> {
        self.residents.iter().find(|one| one.year == year).map(|one| one.count)
    }

    /// The day on which it ended, where that lies on or before a day: from then on it is a former council.
    pub fn ended_by(&self, day: Date) -> Option<Date> {
        self.active_to.filter(|end| *end <= day)
    }

    /// Whether it existed on a day.
    pub fn active_on(&self, day: Date) -> bool {
        self.active_from.is_none_or(|from| from <= day) && self.active_to.is_none_or(|to| day < to)
    }

    /// Its first day, where that came after a reporting year: it can have no figures of that year.
    pub fn begins_after(&self, year: ReportingYear) -> Option<Date> {
        self.active_from.filter(|from| *from > year.last_day())
    }

    /// Whether it existed on any day of a reporting year.
    pub fn active_in(&self, year: ReportingYear) -> bool {
        self.active_from.is_none_or(|from| from <= year.last_day())
            && self.active_to.is_none_or(|to| to > year.first_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case_and_nothing_else_passes() {
        assert_eq!(GssCode::parse(" e06000015 ").unwrap().as_str(), "E06000015");
        for text in ["", "E0600001", "E060000155", "606000015", "E0600001x", "É6000015"] {
            assert!(GssCode::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_nearest_estimate_of_residents_is_used() {
        let residents = [(2018, 10), (2020, 20), (2021, 30)].map(|(year, count)| Residents { year, count });
        let council = Council {
            id: CouncilId(1),
            code: GssCode::parse("E06000015").unwrap(),
            former_codes: Vec::new(),
            slug: Slug::parse("derby-city-council").unwrap(),
            name: "Derby".to_owned(),
            official_name: "Derby City Council".to_owned(),
            kind: CouncilKind::Unitary,
            region: "East Midlands".to_owned(),
            county: None,
            active_from: None,
            active_to: None,
            successors: Vec::new(),
            predecessors: Vec::new(),
            residents: residents.to_vec(),
        };
        let used = |year| council.residents_in(ReportingYear::parse(year).unwrap()).map(|one| one.year);
        assert_eq!(
            [used("2010-11"), used("2019-20"), used("2020-21"), used("2024-25")],
            [Some(2018), Some(2018), Some(2020), Some(2021)]
        );
    }

    #[test]
    fn slugs_are_exact() {
        assert!(Slug::parse("derby-city-council").is_ok());
        for text in ["", "Derby", "derby--city", "-derby", "derby-", "derby/x", "derby council"] {
            assert!(Slug::parse(text).is_err(), "{text}");
        }
        assert_eq!(Slug::from_name("Brighton & Hove City Council").unwrap().as_str(), "brighton-and-hove-city-council");
    }
}
