//! Answers to a search for councils as JSON.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use super::figure::{self, FigureJson};
use super::letters::{self, LetterBrief};
use super::signs::{self, SignJson};
use crate::read::find::{Completions, FindAnswer, FindPage};
use crate::read::find_names::FoundPlace;
use crate::read::serving::Serving;
use crate::views::links;

/// What was found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Found")]
pub struct FoundJson<'a> {
    query: String,
    answer: &'static str,
    message: Option<String>,
    /// What was understood where it is not what was typed: a postcode, the name of a place.
    understood: Option<&'a str>,
    case: Option<String>,
    /// Those of today first, lower tier first.
    councils: Vec<CouncilBrief<'a>>,
    /// Councils that no longer are, which had the name or served the place.
    former: Vec<CouncilBrief<'a>>,
    /// Towns and villages to choose from.
    places: Vec<PlaceJson<'a>>,
    /// What is known of each council that serves the one place meant.
    serving: Vec<ServingJson<'a>>,
    synthetic: bool,
}

/// A town or village with the councils that serve it.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct PlaceJson<'a> {
    name: &'a str,
    latitude: f64,
    longitude: f64,
    /// Address names, lower tier first.
    councils: Vec<&'a str>,
    url: String,
}

/// A council that serves the place.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct ServingJson<'a> {
    council: &'a str,
    /// What it runs, in words.
    runs: &'static str,
    /// The newest year with figures of it.
    year: String,
    statistics: Vec<FigureJson<'a>>,
    signs: Vec<SignJson<'a>>,
    /// How many improvements it has agreed.
    improvements: usize,
    /// Those that are overdue, the longest overdue first.
    overdue: Vec<OverdueJson<'a>>,
    letter: Option<LetterBrief<'a>>,
}

/// A promise that is overdue.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct OverdueJson<'a> {
    reference: String,
    summary: &'a str,
    due_on: Option<Date>,
}

/// Names that complete what was typed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Names")]
pub struct NamesJson<'a> {
    query: &'a str,
    /// Councils of today, then former ones, then places.
    names: Vec<NameJson<'a>>,
}

/// A name to choose.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct NameJson<'a> {
    value: &'a str,
    /// `council`, `former` or `place`.
    kind: &'static str,
    /// The kind in words, to stand beside the name; empty for a council of today.
    label: String,
}

/// The answer: lower tier first.
pub fn json(page: &FindPage) -> FoundJson<'_> {
    let (answer, message) = match &page.answer {
        FindAnswer::Empty => ("empty", None),
        FindAnswer::Postcode(_) => ("postcode", None),
        FindAnswer::Outcode(_) => ("outcode", None),
        FindAnswer::Elsewhere(place, nation) => ("elsewhere", Some(format!("{place} is in {nation}, not in England"))),
        FindAnswer::UnknownPostcode(postcode) => {
            ("unknown-postcode", Some(format!("{postcode} is not a known postcode")))
        }
        FindAnswer::Place => ("place", None),
        FindAnswer::NoPlace => ("no-place", Some("no English council covers this place".to_owned())),
        FindAnswer::Town(_) => ("town", None),
        FindAnswer::Towns(_) => ("towns", Some("several places go by this name".to_owned())),
        FindAnswer::Code => ("code", None),
        FindAnswer::Case(_) => ("case", None),
        FindAnswer::Names => ("names", None),
        FindAnswer::Today(_) => ("today", Some("no council of today has this name; these serve the area".to_owned())),
        FindAnswer::Near => ("near", Some("no council or place has this name; these are near".to_owned())),
        FindAnswer::Nothing => ("nothing", Some("nothing found".to_owned())),
    };
    let case = match &page.answer {
        FindAnswer::Case(reference) => Some(reference.address()),
        _ => None,
    };
    let understood = match &page.answer {
        FindAnswer::Postcode(one)
        | FindAnswer::Outcode(one)
        | FindAnswer::Town(one)
        | FindAnswer::Elsewhere(one, _)
        | FindAnswer::UnknownPostcode(one) => Some(one.as_str()),
        _ => None,
    };
    FoundJson {
        query: page.words(),
        answer,
        message,
        understood: understood.filter(|one| *one != page.words()),
        case,
        councils: page.councils.iter().map(councils::brief).collect(),
        former: page.before.iter().map(councils::brief).collect(),
        places: page.places.iter().map(place).collect(),
        serving: page.serving.iter().map(|one| serving(one, page.synthetic)).collect(),
        synthetic: page.synthetic,
    }
}

fn place(found: &FoundPlace) -> PlaceJson<'_> {
    PlaceJson {
        name: &found.place.name,
        latitude: found.place.latitude,
        longitude: found.place.longitude,
        councils: found.councils.iter().map(|council| council.slug.as_str()).collect(),
        url: links::find(&found.words()),
    }
}

fn serving(one: &Serving, synthetic: bool) -> ServingJson<'_> {
    let overdue = one.overdue.iter().map(|promise| OverdueJson {
        reference: promise.reference.to_string(),
        summary: &promise.summary,
        due_on: promise.due_on,
    });
    ServingJson {
        council: one.council.slug.as_str(),
        runs: one.council.kind.runs(),
        year: one.year.to_string(),
        statistics: one
            .figures
            .iter()
            .filter_map(|(_, one)| one.as_ref())
            .map(|one| figure::json(one, synthetic))
            .collect(),
        signs: one.signs.found.iter().map(|found| signs::sign(&one.council, one.year, found)).collect(),
        improvements: one.improvements,
        overdue: overdue.collect(),
        letter: one.letter.as_ref().map(|letter| letters::brief(&one.council, letter)),
    }
}

/// What completes the words.
pub fn names(page: &Completions) -> NamesJson<'_> {
    let council = |one| {
        let council: &crate::domain::council::Council = one;
        let former = council.active_to.filter(|end| *end <= page.today);
        NameJson {
            value: &council.official_name,
            kind: if former.is_some() { "former" } else { "council" },
            label: former.map(|end| format!("former council, until {}", end.year())).unwrap_or_default(),
        }
    };
    let place = |one| {
        let place: &crate::geo::places::Place = one;
        NameJson { value: &place.name, kind: "place", label: "place".to_owned() }
    };
    NamesJson {
        query: &page.words,
        names: page.councils.iter().map(council).chain(page.places.iter().map(place)).collect(),
    }
}
