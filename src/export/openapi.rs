//! `/openapi.json`: every address of the site for programs (OpenAPI 3.1), made from the table of routes.

pub mod known;
pub mod page_params;
pub mod params;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};

use self::known::Known;
use self::params::Param;
use crate::export::failure::FailureJson;

/// The schema of a type, which stands beside the function that fills it.
#[derive(Clone, Copy, Debug)]
pub struct Schema(fn(&mut SchemaGenerator) -> schemars::Schema);

impl Schema {
    /// That of `T`.
    pub const fn of<T: JsonSchema>() -> Self {
        Self(SchemaGenerator::subschema_for::<T>)
    }
}

/// What an address answers with: media type, and the schema of JSON.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// A page.
    Html,
    /// JSON of a schema.
    Json(Schema),
    /// JSON under another media type.
    JsonAs(&'static str, Schema),
    /// A table.
    Csv,
    /// A file of another media type.
    File(&'static str),
    /// Only a redirect to another address.
    Redirect,
}

/// One address, as it is described.
#[derive(Clone, Debug)]
pub struct Described {
    /// Path with its parameters in braces.
    pub path: String,
    /// What it is, in a few words.
    pub summary: &'static str,
    /// What may be asked for.
    pub params: &'static [Param],
    /// What comes back.
    pub answer: Answer,
    /// Whether a well-formed request may find nothing.
    pub may_be_missing: bool,
}

/// The description. What it may hold is the standard's; here stands what it always has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OpenApi", extend(
    "type" = "object",
    "required" = ["openapi", "info", "paths"],
    "properties" = {"openapi": {"type": "string"}, "info": {"type": "object"}, "paths": {"type": "object"}},
))]
pub struct OpenApiJson(Value);

/// The whole description, for an edition with these years and regions.
pub fn json(routes: &[Described], known: &Known) -> OpenApiJson {
    // OpenAPI 3.1 takes schemas of this draft as they are. They are of what is written: a field that may be null is there.
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    let mut schemas = settings.into_generator();
    let error = schemas.subschema_for::<FailureJson>();
    let failure = |description| failure(description, &error);
    let mut paths = Map::new();
    for route in routes {
        paths.insert(route.path.clone(), json!({ "get": operation(route, known, &mut schemas) }));
    }
    OpenApiJson(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Council Map",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The Ombudsman's yearly figures for every English council. Read only: GET and HEAD. Addresses, parameters and fields described here stay; new ones may join them. Unknown or repeated parameters are answered with 400.",
            "license": {"name": "MIT (software); data under the licence of each release", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "responses": {
                "NotModified": {"description": "The copy with this ETag is still right."},
                "BadRequest": failure("A parameter is unknown, repeated or does not parse; the message names it."),
                "NotFound": failure("Nothing at this address."),
                "Unavailable": failure("The site is busy; try again in a minute."),
            },
        },
    }))
}

fn failure(description: &str, error: &schemars::Schema) -> Value {
    json!({
        "description": description,
        "content": {
            "application/json": {"schema": error},
            "text/html": {"schema": {"type": "string"}},
        },
    })
}

fn operation(route: &Described, known: &Known, schemas: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    match content(route.answer, schemas) {
        Some((media_type, schema)) => {
            responses.insert(
                "200".to_owned(),
                json!({
                    "description": route.summary,
                    "headers": {"ETag": {"schema": {"type": "string"}, "description": "Changes with the content."}},
                    "content": {media_type: {"schema": schema}},
                }),
            );
            responses.insert("304".to_owned(), reference("NotModified"));
        }
        None => {
            responses.insert("302".to_owned(), json!({"description": "The address is in Location."}));
        }
    }
    if ["/find", "/compare"].contains(&route.path.as_str()) {
        responses.insert(
            "303".to_owned(),
            json!({"description": "A name was understood: the address meant is in Location."}),
        );
    }
    responses.insert("400".to_owned(), reference("BadRequest"));
    if route.may_be_missing {
        responses.insert("404".to_owned(), reference("NotFound"));
    }
    responses.insert("503".to_owned(), reference("Unavailable"));
    json!({
        "operationId": operation_id(&route.path),
        "summary": route.summary,
        "parameters": route.params.iter().map(|param| param.json(known)).collect::<Vec<_>>(),
        "responses": responses,
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/responses/{name}")})
}

fn content(answer: Answer, schemas: &mut SchemaGenerator) -> Option<(&'static str, Value)> {
    match answer {
        Answer::Html => Some(("text/html", json!({"type": "string"}))),
        Answer::Json(Schema(schema)) => Some(("application/json", schema(schemas).into())),
        Answer::JsonAs(media_type, Schema(schema)) => Some((media_type, schema(schemas).into())),
        Answer::Csv => Some(("text/csv", json!({"type": "string"}))),
        Answer::File(media_type) => Some((media_type, json!({}))),
        Answer::Redirect => None,
    }
}

/// `/councils/{slug}.json` becomes `councils_slug_json`.
fn operation_id(path: &str) -> String {
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "home".to_owned() } else { words.join("_") }
}
