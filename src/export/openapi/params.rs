//! Parameters of addresses, each with what it may be.

use serde_json::{Value, json};

use crate::domain::council::CouncilKind;
use crate::domain::decision::{Category, DecisionType, Outcome};
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;
use crate::export::dataset::Dataset;
use crate::read::compare::MOST;

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described in words below")]
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
}

use Param::{
    Body, Code, Former, From, Kind, Page, Query, Question, Reference, Region, Release, Slug, Sort, State, Subcategory,
    Table, Tier, To, Type, View, Year,
};

pub(super) const NONE: &[Param] = &[];
pub(super) const MAP: &[Param] = &[View, Tier, Param::Measure, Year, Kind];
pub(super) const SHAPES: &[Param] = &[Tier, Year];
pub(super) const FIND: &[Param] = &[Question];
pub(super) const COUNCILS: &[Param] = &[Kind, Region, Former];
pub(super) const COUNCIL: &[Param] = &[Slug, Year];
pub(super) const CODE: &[Param] = &[Code];
pub(super) const CHANGES: &[Param] = &[Release];
pub(super) const ASSET: &[Param] = &[Param::Asset];
pub(super) const PART: &[Param] = &[Param::Part];
pub(super) const LETTER: &[Param] = &[Slug, Param::YearOfLetter];
pub(super) const FEED: &[Param] = &[Query, Param::Category, Param::County, Region, Kind];
pub(super) const NATIONAL: &[Param] = &[Year];
pub(super) const COMPARE: &[Param] = &[Param::Compared, Param::Measure, Year];
pub(super) const SLUG: &[Param] = &[Slug];
pub(super) const REFERENCE: &[Param] = &[Reference];
pub(super) const DECISIONS: &[Param] =
    &[Query, Body, Param::Category, Subcategory, Param::Outcome, Type, Year, Kind, Region, From, To, Sort, Page];
pub(super) const REPORTS: &[Param] =
    &[Query, Body, Param::Category, Subcategory, Param::Outcome, Year, Kind, Region, From, To, Sort, Page];
pub(super) const DECISIONS_OF: &[Param] =
    &[Slug, Query, Param::Category, Subcategory, Param::Outcome, Type, Year, From, To, Sort, Page];
pub(super) const REPORTS_OF: &[Param] =
    &[Slug, Query, Param::Category, Subcategory, Param::Outcome, Year, From, To, Sort, Page];
pub(super) const IMPROVEMENTS: &[Param] = &[State, Param::Category, Param::Council, Kind, Page];
pub(super) const IMPROVEMENTS_OF: &[Param] = &[Slug, State, Param::Category, Page];
pub(super) const TABLE: &[Param] = &[Table];

/// What the values of an edition are, for the parameters that depend on it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Years with figures.
    pub years: Vec<String>,
    /// Address names of councils.
    pub councils: Vec<String>,
    /// Address names of county councils.
    pub counties: Vec<String>,
    /// Address names of the bodies that decisions name.
    pub bodies: Vec<String>,
    /// Subcategories of decisions.
    pub subcategories: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
    /// A few references of decisions, as in addresses.
    pub references: Vec<String>,
    /// Names of style sheet and script.
    pub assets: Vec<String>,
}

/// One of a list; a form sends what was not chosen as empty, which counts as not given.
fn one_of(words: impl IntoIterator<Item = String>) -> Value {
    json!({"type": "string", "enum": words.into_iter().chain([String::new()]).collect::<Vec<_>>()})
}

fn list<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Value {
    one_of(all.iter().map(|one| word(*one).to_owned()))
}

/// A value that may be left empty.
fn or_empty(schema: Value) -> Value {
    json!({"anyOf": [schema, {"const": ""}]})
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
        let (name, place, schema, description) = self.parts(known);
        json!({
            "name": name,
            "in": place,
            // An object stands in the query as its fields.
            "style": if place == "path" { "simple" } else { "form" },
            "explode": place == "query",
            "required": place == "path",
            "schema": schema,
            "description": description,
        })
    }

    /// Name, place, schema, description.
    fn parts(self, known: &Known) -> (&'static str, &'static str, Value, &'static str) {
        match self {
            Slug => (
                "slug",
                "path",
                json!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80, "examples": ["derby-city-council"]}),
                "The council's place in addresses.",
            ),
            Code => (
                "code",
                "path",
                json!({"type": "string", "pattern": "^[A-Z][0-9]{8}$", "examples": ["E06000015"]}),
                "A GSS code, current or former.",
            ),
            Table => (
                "name",
                "path",
                json!({"type": "string", "enum": Dataset::ALL.map(Dataset::word)}),
                "Name of the table.",
            ),
            View => ("view", "query", words(&["map", "hex", "table"]), "How the page shows the councils."),
            Tier => ("tier", "query", words(&["district", "county"]), "Which services."),
            Param::Measure => ("measure", "query", words(&Measure::ALL.map(Measure::word)), "Which statistic."),
            Year => (
                "year",
                "query",
                one_of(known.years.iter().cloned()),
                "Reporting year, 1 April to 31 March; the newest when not given.",
            ),
            Kind => ("kind", "query", words(&CouncilKind::ALL.map(CouncilKind::word)), "Only councils of this kind."),
            Region => ("region", "query", one_of(known.regions.iter().cloned()), "Only councils of this region."),
            Former => ("former", "query", words(&["yes"]), "Former councils too."),
            Query => ("q", "query", json!({"type": "string"}), "Words to search for; any punctuation is taken."),
            Question => (
                "question",
                "query",
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
                "year",
                "path",
                json!({"type": "string", "pattern": "^20[0-9]{2}-[0-9]{2}$", "examples": some(&known.years, "2019-20")}),
                "The year that the letter is about.",
            ),
            Param::County => ("county", "query", one_of(known.counties.iter().cloned()), "Only this county's area."),
            Param::Part => ("part", "path", json!({"type": "integer", "minimum": 0}), "Number of the part."),
            Param::Asset => (
                "name",
                "path",
                json!({"type": "string", "enum": known.assets}),
                "Name with the hash of its content; it changes with the software.",
            ),
            Reference => (
                "reference",
                "path",
                json!({"type": "string", "pattern": "^[0-9]{2}-[0-9]{3}-[0-9]{3}[a-z]?$", "examples": some(&known.references, "19-012-345")}),
                "A case reference.",
            ),
            Param::Council => ("council", "query", one_of(known.councils.iter().cloned()), "Only this council."),
            Param::Compared => (
                "c",
                "query",
                json!({"type": "array", "maxItems": MOST, "items": one_of(known.councils.iter().cloned())}),
                "Councils to compare; may repeat.",
            ),
            Body => ("council", "query", one_of(known.bodies.iter().cloned()), "Only this council or other body."),
            Param::Category => ("category", "query", list(Category::ALL, Category::word), "Only this category."),
            Subcategory => (
                "subcategory",
                "query",
                one_of(known.subcategories.iter().cloned()),
                "Only this subcategory, in any category.",
            ),
            Param::Outcome => ("outcome", "query", list(Outcome::ALL, Outcome::word), "Only this outcome."),
            Type => ("type", "query", list(DecisionType::ALL, DecisionType::word), "Only statements, or only reports."),
            From => (
                "from",
                "query",
                or_empty(json!({"type": "string", "format": "date"})),
                "Decided on this day or later.",
            ),
            To => (
                "to",
                "query",
                or_empty(json!({"type": "string", "format": "date"})),
                "Decided on this day or earlier.",
            ),
            Sort => ("sort", "query", words(&["best", "newest", "oldest"]), "In which order."),
            Page => (
                "page",
                "query",
                or_empty(json!({"type": "integer", "minimum": 1, "maximum": u32::MAX})),
                "Which page; CSV holds all.",
            ),
            State => (
                "state",
                "query",
                list(&ImprovementState::ALL, ImprovementState::word),
                "Only improvements in this state today.",
            ),
            Release => ("release", "query", json!({"type": "string", "maxLength": 200}), "Only this release, whole."),
        }
    }
}
