//! Answers to a search for councils as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::councils::{self, CouncilBrief};
use crate::read::find::{FindAnswer, FindPage};

/// What was found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Found")]
pub struct FoundJson<'a> {
    query: String,
    answer: &'static str,
    message: Option<String>,
    case: Option<String>,
    councils: Vec<CouncilBrief<'a>>,
    synthetic: bool,
}

/// The answer: lower tier first.
pub fn json(page: &FindPage) -> FoundJson<'_> {
    let (answer, message) = match &page.answer {
        FindAnswer::Empty => ("empty", None),
        FindAnswer::Postcode(..) => ("postcode", None),
        FindAnswer::Outcode(..) => ("outcode", None),
        FindAnswer::Elsewhere(place, nation) => ("elsewhere", Some(format!("{place} is in {nation}, not in England"))),
        FindAnswer::UnknownPostcode(postcode) => {
            ("unknown-postcode", Some(format!("{postcode} is not a known postcode")))
        }
        FindAnswer::Place(_) => ("place", None),
        FindAnswer::NoPlace => ("no-place", Some("no English council covers this place".to_owned())),
        FindAnswer::Code(_) => ("code", None),
        FindAnswer::Case(_) => ("case", None),
        FindAnswer::Names(_) => ("names", None),
        FindAnswer::Near(_) => ("near", Some("no council has this name; these are near".to_owned())),
        FindAnswer::Nothing => ("nothing", Some("nothing found".to_owned())),
    };
    let case = match &page.answer {
        FindAnswer::Case(reference) => Some(reference.address()),
        _ => None,
    };
    FoundJson {
        query: page.words(),
        answer,
        message,
        case,
        councils: page.councils().iter().map(councils::brief).collect(),
        synthetic: page.synthetic,
    }
}
