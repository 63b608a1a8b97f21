//! CSVW: the same catalogue in the vocabulary of the W3C (https://www.w3.org/TR/tabular-metadata/).

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::dataset::{Column, ColumnKind, Dataset};

/// The description of all tables. What it may hold is the standard's; here stands what it always has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CsvMetadata", extend(
    "type" = "object",
    "required" = ["@context", "tables"],
    "properties" = {"tables": {"type": "array", "items": {"type": "object"}}},
))]
pub struct MetadataJson(pub Value);

/// The description of all tables, each under `prefix` followed by its name and `.csv`.
pub fn json(prefix: &str, fields: &[String]) -> MetadataJson {
    MetadataJson(json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Council Map: complaints about England's councils",
        "dc:license": {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
        "dialect": {"encoding": "utf-8", "header": true, "lineTerminators": ["\r\n", "\n"]},
        "tables": Dataset::ALL.map(|dataset| table(dataset, prefix, fields)),
    }))
}

fn table(dataset: Dataset, prefix: &str, fields: &[String]) -> Value {
    let columns = dataset.columns(fields);
    let mut schema = json!({"columns": columns.iter().map(column).collect::<Vec<_>>()});
    if !dataset.key().is_empty()
        && let Some(schema) = schema.as_object_mut()
    {
        schema.insert("primaryKey".to_owned(), json!(dataset.key()));
    }
    json!({
        "url": format!("{prefix}{}.csv", dataset.as_str()),
        "dc:title": dataset.title(),
        "dc:description": dataset.description(),
        "tableSchema": schema,
    })
}

fn column(column: &Column) -> Value {
    let datatype = match column.kind {
        ColumnKind::Text => "string",
        ColumnKind::Address => "anyURI",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Day => "date",
        ColumnKind::Moment => "dateTimeStamp",
        ColumnKind::Flag => "boolean",
    };
    json!({
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": datatype,
    })
}
