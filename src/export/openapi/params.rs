//! Parameters of addresses, each with what it may be.

use serde_json::{Value, json};

use crate::domain::council::CouncilKind;
use crate::domain::measure::Measure;
use crate::export::dataset::Dataset;

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
    Latitude,
    Longitude,
    Release,
}

use Param::{Code, Former, Kind, Latitude, Longitude, Query, Region, Release, Slug, Table, Tier, View, Year};

pub(super) const NONE: &[Param] = &[];
pub(super) const MAP: &[Param] = &[View, Tier, Param::Measure, Year, Kind];
pub(super) const SHAPES: &[Param] = &[Tier, Year];
pub(super) const FIND: &[Param] = &[Query, Latitude, Longitude];
pub(super) const COUNCILS: &[Param] = &[Kind, Region, Former];
pub(super) const COUNCIL: &[Param] = &[Slug, Year];
pub(super) const CODE: &[Param] = &[Code];
pub(super) const CHANGES: &[Param] = &[Release];
pub(super) const TABLE: &[Param] = &[Table];

/// What the values of an edition are, for the parameters that depend on it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Years with figures.
    pub years: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
}

/// One of a list; a form sends what was not chosen as empty, which counts as not given.
fn one_of(words: impl IntoIterator<Item = String>) -> Value {
    json!({"type": "string", "enum": words.into_iter().chain([String::new()]).collect::<Vec<_>>()})
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
            Query => (
                "q",
                "query",
                json!({"type": "string", "maxLength": 200}),
                "Postcode, name, GSS code or case reference; not together with lat and lon.",
            ),
            Latitude => (
                "lat",
                "query",
                json!({"type": "number", "minimum": -90, "maximum": 90}),
                "Degrees north, WGS84; together with lon.",
            ),
            Longitude => (
                "lon",
                "query",
                json!({"type": "number", "minimum": -180, "maximum": 180}),
                "Degrees east, WGS84; together with lat.",
            ),
            Release => ("release", "query", json!({"type": "string", "maxLength": 200}), "Only this release, whole."),
        }
    }
}
