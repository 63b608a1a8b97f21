//! Words of the domain in JSON: each is one of a closed list, which the description of the site names whole.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::domain::area::WhyNoRate;
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::decision::{DecisionType, Outcome};
use crate::domain::improvement::ImprovementState;
use crate::domain::letter::DocumentKind;
use crate::domain::measure::Measure;
use crate::domain::sign::Sign;
use crate::read::areas::AreaKind;

/// A closed list that has a word for each of its members.
pub trait Worded: Copy + 'static {
    /// What the list is called.
    const NAME: &'static str;
    /// All of them.
    const ALL: &'static [Self];
    /// What each means. Such a list is described once, under its name; others wherever they stand.
    const MEANING: Option<fn(Self) -> &'static str> = None;

    /// The word in JSON.
    fn as_str(self) -> &'static str;
}

/// One of a closed list, written as its word.
pub struct Word<T>(pub T);

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<T: Worded> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        T::MEANING.is_none()
    }

    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::ALL.iter().map(|one| one.as_str()).collect();
        let mut schema = json_schema!({"type": "string", "enum": words});
        if let Some(meaning) = T::MEANING {
            let lines: Vec<String> = T::ALL.iter().map(|one| format!("{}: {}", one.as_str(), meaning(*one))).collect();
            schema.insert("description".to_owned(), lines.join("\n").into());
        }
        schema
    }
}

macro_rules! worded {
    ($($name:ident = $all:expr;)+) => {
        $(impl Worded for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = $all;

            fn as_str(self) -> &'static str {
                $name::as_str(self)
            }
        })+
    };
}

worded! {
    AreaKind = &AreaKind::ALL;
    CouncilKind = &CouncilKind::ALL;
    DecisionType = DecisionType::ALL;
    DocumentKind = &DocumentKind::ALL;
    ImprovementState = &ImprovementState::ALL;
    Outcome = Outcome::ALL;
    Verdict = &Verdict::ALL;
    WhyNoRate = &WhyNoRate::ALL;
}

impl Worded for Sign {
    const NAME: &'static str = "Sign";
    const ALL: &'static [Self] = &Sign::ALL;
    const MEANING: Option<fn(Self) -> &'static str> = Some(Sign::rule);

    fn as_str(self) -> &'static str {
        Sign::as_str(self)
    }
}

impl Worded for Measure {
    const NAME: &'static str = "Measure";
    const ALL: &'static [Self] = &Measure::ALL;
    const MEANING: Option<fn(Self) -> &'static str> = Some(|one| one.definition().meaning);

    fn as_str(self) -> &'static str {
        Measure::as_str(self)
    }
}
