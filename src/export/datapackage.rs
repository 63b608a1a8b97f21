//! `datapackage.json` (Frictionless Data Package): what the tables hold, for programs.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::dataset::{Column, ColumnKind, Dataset};

/// A file of the package: path, table, hash and size where they are known.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Path beside the package, or its address.
    pub path: String,
    /// Unique name within the package.
    pub name: String,
    /// Which table.
    pub dataset: Dataset,
}

/// The description of a package. What it may hold is the standard's; here stands what it always has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DataPackage", extend(
    "type" = "object",
    "required" = ["name", "resources"],
    "properties" = {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "resources": {"type": "array", "items": {"type": "object"}},
    },
))]
pub struct PackageJson(pub Value);

/// The description of a package. `version` names the edition.
pub fn json(resources: &[Resource], fields: &[String], version: &str, synthetic: bool) -> PackageJson {
    PackageJson(json!({
        "profile": "data-package",
        "name": "council-map",
        "title": "Council Map: complaints about England's councils",
        "description": if synthetic {
            "A demonstration: statistics, decisions, improvements, letters and replies are invented. Councils are real."
        } else {
            "What the Local Government and Social Care Ombudsman publishes about England's councils, as one set of tables."
        },
        "version": version,
        "synthetic": synthetic,
        "licenses": [{
            "name": "OGL-UK-3.0",
            "title": "Open Government Licence v3.0",
            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        }],
        "sources": [
            {"title": "Local Government and Social Care Ombudsman", "path": "https://www.lgo.org.uk/"},
            {"title": "Office for National Statistics", "path": "https://www.ons.gov.uk/"},
        ],
        "resources": resources.iter().map(|one| resource(one, fields)).collect::<Vec<_>>(),
    }))
}

fn resource(one: &Resource, fields: &[String]) -> Value {
    let dataset = one.dataset;
    let mut schema = json!({
        "fields": dataset.columns(fields).iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !dataset.key().is_empty()
        && let Some(schema) = schema.as_object_mut()
    {
        schema.insert("primaryKey".to_owned(), json!(dataset.key()));
    }
    json!({
        "profile": "tabular-data-resource",
        "name": one.name,
        "title": dataset.title(),
        "description": dataset.description(),
        "path": one.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": true, "lineTerminator": "\r\n", "header": true},
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let mut field = json!({"name": column.name, "description": column.description, "type": kind(column.kind)});
    if let Some(fields) = field.as_object_mut() {
        match column.kind {
            ColumnKind::Address => drop(fields.insert("format".to_owned(), json!("uri"))),
            ColumnKind::Moment => drop(fields.insert("format".to_owned(), json!("any"))),
            ColumnKind::Flag => {
                fields.insert("trueValues".to_owned(), json!(["true"]));
                fields.insert("falseValues".to_owned(), json!(["false"]));
            }
            _ => {}
        }
    }
    field
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Address => "string",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Day => "date",
        ColumnKind::Moment => "datetime",
        ColumnKind::Flag => "boolean",
    }
}
