//! The forms of a page: the same address as HTML, JSON, CSV, XLSX or GeoJSON.

use maud::Markup;
use serde_json::Value;

use crate::export::csv::Table;
use crate::export::xlsx::Workbook;
use crate::views::links::XLSX;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;
use crate::web::work::Lane;

/// A form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Form {
    /// The page itself.
    Html,
    /// Its twin as JSON.
    Json,
    /// Its twin as CSV.
    Csv,
    /// Its twin as a workbook.
    Xlsx,
    /// The map layer.
    GeoJson,
}

impl Form {
    /// In which queue its making waits: lists and tables are whole in some forms.
    pub(in crate::web) fn lane(self) -> Lane {
        match self {
            Self::Html | Self::Json => Lane::Pages,
            Self::Csv | Self::Xlsx | Self::GeoJson => Lane::Downloads,
        }
    }

    /// The form that an extension asks for.
    pub(in crate::web) fn of_extension(extension: &str) -> Result<Self, AppError> {
        match extension {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            "geojson" => Ok(Self::GeoJson),
            other => {
                Err(AppError::not_found(format!("There is no “.{other}” of this page. There are .json and .csv.")))
            }
        }
    }
}

pub(in crate::web) fn html(markup: Markup) -> Encoded {
    Encoded::page("text/html; charset=utf-8", markup.into_string())
}

pub(in crate::web) fn json(value: &Value) -> Encoded {
    Encoded::page("application/json", value.to_string())
}

pub(in crate::web) fn geojson(value: &Value) -> Encoded {
    Encoded::page("application/geo+json", value.to_string())
}

pub(in crate::web) fn csv(table: Table, file_name: impl Into<String>) -> Encoded {
    Encoded::page("text/csv; charset=utf-8", table.into_bytes()).named(file_name)
}

pub(in crate::web) fn xlsx(book: Workbook, file_name: impl Into<String>) -> Result<Encoded, AppError> {
    let bytes = book.into_bytes().map_err(|error| {
        tracing::error!(%error, "a workbook could not be made");
        AppError::Internal
    })?;
    // It is compressed already.
    Ok(Encoded::opaque(XLSX, bytes).named(file_name))
}

/// A page in the form asked for: the three show the same read model.
pub(in crate::web) fn render<P>(
    form: Form,
    page: &P,
    markup: impl FnOnce(&P) -> Markup,
    value: impl FnOnce(&P) -> Value,
    table: impl FnOnce(&P) -> Table,
    file_name: &str,
) -> Result<Encoded, AppError> {
    match form {
        Form::Html => Ok(html(markup(page))),
        Form::Json => Ok(json(&value(page))),
        Form::Csv => Ok(csv(table(page), format!("council-map_{file_name}.csv"))),
        Form::Xlsx | Form::GeoJson => Err(missing()),
    }
}

/// The answer to a form that a page does not have.
pub(in crate::web) fn missing() -> AppError {
    AppError::not_found("This page does not come in that form. It may come as .json or .csv.")
}
