//! Parameters of addresses, each with what it may be.

use serde_json::{Value, json};

use super::known::Known;
use crate::domain::council::{CouncilKind, GssCode};
use crate::domain::council_set::MOST;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::domain::sign::Sign;
use crate::export::dataset::Dataset;
use crate::read::case_order;
use crate::read::compare_layout::Arrangement;
use crate::read::standing::{Band, Order};

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
    Slug,
    Code,
    Table,
    View,
    Tier,
    Measure,
    Year,
    Kind,
    Region,
    Former,
    Query,
    Question,
    Release,
    Asset,
    Part,
    YearOfLetter,
    County,
    Reference,
    Council,
    Compared,
    Set,
    Body,
    Category,
    Subcategory,
    Outcome,
    Type,
    From,
    To,
    Sort,
    Page,
    State,
    Sign,
    PathCategory,
    PathSubcategory,
    PathRegion,
    PathArea,
    Name,
    Verdict,
    Order,
    Arrangement,
    At,
    Address,
    AsOf,
}

use Param::{
    Body, Code, Former, From, Kind, Page, Query, Question, Reference, Region, Release, Slug, Sort, State, Subcategory,
    Table, Tier, To, Type, View, Year,
};

/// One of a list.
fn one_of(words: impl IntoIterator<Item = String>) -> Value {
    json!({"type": "string", "enum": words.into_iter().collect::<Vec<_>>()})
}

fn list<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Value {
    one_of(all.iter().map(|one| word(*one).to_owned()))
}

/// A value of a query: a form sends what was not chosen as empty, which counts as not given.
fn or_empty(mut schema: Value) -> Value {
    if let Some(items) = schema.get_mut("items") {
        *items = or_empty(items.take());
    } else if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(json!(""));
    } else if ["pattern", "format", "minimum"].iter().any(|rule| schema.get(rule).is_some()) {
        return json!({"anyOf": [schema, {"const": ""}]});
    }
    schema
}

/// Examples that lead somewhere; one of the right form where the edition has none.
fn some(known: &[String], otherwise: &str) -> Value {
    if known.is_empty() { json!([otherwise]) } else { json!(known.iter().take(3).collect::<Vec<_>>()) }
}

fn words(words: &[&str]) -> Value {
    one_of(words.iter().map(|word| (*word).to_owned()))
}

impl Param {
    /// Its description as OpenAPI has it.
    pub fn json(self, known: &Known) -> Value {
        let place = if self.in_path() { "path" } else { "query" };
        let (schema, description) = self.parts(known);
        json!({
            "name": self.name(),
            "in": place,
            // An object stands in the query as its fields.
            "style": if place == "path" { "simple" } else { "form" },
            "explode": place == "query",
            "required": place == "path",
            "schema": if place == "query" { or_empty(schema) } else { schema },
            "description": description,
        })
    }

    /// Its name in the path or the query.
    fn name(self) -> &'static str {
        match self {
            Slug => "slug",
            Code => "code",
            Table | Param::Asset => "name",
            View | Param::Arrangement => "view",
            Tier => "tier",
            Param::Measure => "measure",
            Year | Param::YearOfLetter => "year",
            Kind => "kind",
            Region | Param::PathRegion => "region",
            Param::PathArea => "area",
            Former => "former",
            Query | Param::Name => "q",
            Question => "question",
            Param::County => "county",
            Param::Part => "part",
            Reference => "reference",
            Param::Council | Body => "council",
            Param::Compared => "c",
            Param::Set => "set",
            Param::Category | Param::PathCategory => "category",
            Subcategory | Param::PathSubcategory => "subcategory",
            Param::Outcome => "outcome",
            Type => "type",
            From => "from",
            To => "to",
            Sort | Param::Order => "sort",
            Param::Verdict => "verdict",
            Param::At => "at",
            Page => "page",
            State => "state",
            Param::Sign => "sign",
            Release => "release",
            Param::Address => "address",
            Param::AsOf => "as_of",
        }
    }

    /// Whether it is a part of the path.
    fn in_path(self) -> bool {
        matches!(
            self,
            Slug | Code
                | Table
                | Param::YearOfLetter
                | Param::Part
                | Param::Asset
                | Reference
                | Param::PathCategory
                | Param::PathSubcategory
                | Param::PathRegion
                | Param::PathArea
        )
    }

    /// The names that it may have in a query: none for a part of the path, three for a question.
    pub fn query_names(self) -> Vec<&'static str> {
        match self {
            Question => vec!["q", "lat", "lon"],
            _ if self.in_path() => Vec::new(),
            _ => vec![self.name()],
        }
    }

    /// Whether it may stand several times.
    pub fn repeats(self) -> bool {
        self == Param::Compared
    }

    /// Schema and description.
    fn parts(self, known: &Known) -> (Value, &'static str) {
        match self {
            Slug => (
                json!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80, "examples": ["derby-city-council"]}),
                "The council's place in addresses. Its GSS code is understood too: data answers, a page leads to its address.",
            ),
            Code => (
                json!({"type": "string", "pattern": GssCode::PATTERN, "examples": ["E06000015"]}),
                "A GSS code, current or former.",
            ),
            Table => (json!({"type": "string", "enum": Dataset::ALL.map(Dataset::as_str)}), "Name of the table."),
            View => (words(&["map", "hex", "table"]), "How the page shows the councils."),
            Param::Arrangement => (
                words(&Arrangement::ALL.map(Arrangement::as_str)),
                "How the page lays out the councils of a whole group; it changes no rows.",
            ),
            Tier => (words(&["district", "county"]), "Which services."),
            Param::Measure => (words(&Measure::ALL.map(Measure::as_str)), "Which statistic."),
            Year => {
                (one_of(known.years.iter().cloned()), "Reporting year, 1 April to 31 March; the newest when not given.")
            }
            Kind => (words(&CouncilKind::ALL.map(CouncilKind::as_str)), "Only councils of this kind."),
            Region => (one_of(known.regions.iter().cloned()), "Only councils of this region."),
            Former => (words(&["yes"]), "Former councils too."),
            Query => (
                json!({"type": "string"}),
                "Words to search for; any punctuation is taken. Of very many only the first are looked for; `ignored` names the others.",
            ),
            Question => (
                json!({"type": "object", "oneOf": [
                    {"properties": {"q": {"type": "string"}}, "additionalProperties": false},
                    {
                        "properties": {
                            "lat": {"type": "number", "minimum": -90, "maximum": 90},
                            "lon": {"type": "number", "minimum": -180, "maximum": 180},
                        },
                        "required": ["lat", "lon"],
                        "additionalProperties": false,
                    },
                ]}),
                "Either q (postcode, name, GSS code or case reference), or lat and lon together (degrees, WGS84).",
            ),
            Param::YearOfLetter => (
                json!({"type": "string", "pattern": "^20[0-9]{2}-[0-9]{2}$", "examples": some(&known.years, "2019-20")}),
                "The year that the letter is about.",
            ),
            Param::County => (one_of(known.counties.iter().cloned()), "Only this county's area."),
            Param::Part => (json!({"type": "integer", "minimum": 0}), "Number of the part."),
            Param::Asset => (
                json!({"type": "string", "enum": known.assets}),
                "Name with the hash of its content; it changes with the software.",
            ),
            Reference => (
                json!({"type": "string", "pattern": "^[0-9]{2}-[0-9]{3}-[0-9]{3}[a-z]?$", "examples": some(&known.references, "19-012-345")}),
                "A case reference.",
            ),
            Param::Council => (one_of(known.councils.iter().cloned()), "Only this council."),
            Param::Compared => (
                json!({"type": "array", "maxItems": MOST, "items": one_of(known.councils.iter().cloned())}),
                "Councils to compare; may repeat. One alone stands for the set `kind`. A set around a council takes one, a whole group none.",
            ),
            Param::Set => (
                one_of(known.sets.iter().cloned()),
                "A ready set: around the council in `c` (kind, neighbours, county, region, statistical, population), or a whole group by its name.",
            ),
            Body => (one_of(known.bodies.iter().cloned()), "Only this council or other body."),
            Param::Category => (list(Category::ALL, Category::as_str), "Only this category."),
            Subcategory => (one_of(known.subcategories.iter().cloned()), "Only this subcategory, in any category."),
            Param::PathCategory => (
                json!({"type": "string", "enum": Category::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>()}),
                "A category of decisions.",
            ),
            Param::PathSubcategory => (
                json!({"type": "string", "maxLength": 80, "examples": some(&known.subcategories, "school-transport")}),
                "A subcategory of it.",
            ),
            Param::PathRegion => (
                json!({"type": "string", "maxLength": 80, "examples": ["south-west"]}),
                "A region's place in addresses; /areas lists them.",
            ),
            Param::PathArea => (
                json!({"type": "string", "maxLength": 80, "examples": ["greater-manchester", "derbyshire"]}),
                "An area's place in addresses; /areas lists them.",
            ),
            Param::Outcome => (list(Outcome::ALL, Outcome::as_str), "Only this outcome."),
            Type => (list(DecisionType::ALL, DecisionType::as_str), "Only statements, or only reports."),
            From => (json!({"type": "string", "format": "date"}), "Decided on this day or later."),
            To => (json!({"type": "string", "format": "date"}), "Decided on this day or earlier."),
            Sort => (words(&case_order::Sort::ALL.map(case_order::Sort::as_str)), case_order::Sort::EXPLANATION),
            Page => (json!({"type": "integer", "minimum": 1, "maximum": u32::MAX}), "Which page; CSV holds all."),
            State => (list(&ImprovementState::ALL, ImprovementState::as_str), "Only improvements in this state today."),
            Param::Name => (json!({"type": "string"}), "Only councils whose names hold these words."),
            Param::Verdict => {
                (one_of(Band::all().map(|band| band.as_str().to_owned())), "Only councils with this verdict.")
            }
            Param::At => (
                json!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80, "examples": ["south-west", "derby-city-council"]}),
                "The region or council that the map shows closer, by its place in addresses.",
            ),
            Param::Order => (one_of(Order::all().map(Order::word)), "In which order; a leading - turns it."),
            Param::Sign => (words(&Sign::ALL.map(Sign::as_str)), "Only councils with this sign."),
            Release => (json!({"type": "string", "maxLength": 200}), "Only this release, whole."),
            Param::Address => {
                (json!({"type": "string", "maxLength": 2000, "pattern": "^/"}), "The page that was cited.")
            }
            Param::AsOf => (json!({"type": "string", "format": "date-time"}), "When its newest data was published."),
        }
    }
}
