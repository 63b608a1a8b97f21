//! `/councils/SLUG/letters`, `/councils/SLUG/letters/YEAR`, their twins and the original documents.

use actix_web::{HttpRequest, HttpResponse, web};

use super::council;
use super::form::{self, Form};
use crate::db::{self, Connection};
use crate::domain::council::Council;
use crate::domain::letter::DocumentKind;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::read::letters::{LetterPage, LettersPage};
use crate::views::{self, links};
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;
use crate::web::params::Params;
use crate::web::site::Snapshot;
use crate::web::work::Lane;

pub(in crate::web) async fn list(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer_list(request, context, &slug, Form::Html).await
}

pub(in crate::web) async fn list_twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    answer_list(request, context, &slug, Form::of_extension(&extension)?).await
}

async fn answer_list(
    request: HttpRequest,
    context: RequestContext,
    slug: &str,
    form: Form,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let council = council::find(&context.snapshot, slug)?.clone();
    let address = links::council_part(&council.slug, "letters");
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = LettersPage::read(conn, &snapshot.atlas, &council)?;
            let frame = context.frame(&address);
            let name = format!("{}_letters_v{}", council.slug, snapshot.edition.id);
            let markup = |page: &LettersPage| views::letters::list(&frame, page);
            form::render(form, &page, markup, export::letters::list_json, export::letters::list_csv, &name)
        })
        .await?;
    Ok(page.respond(&request))
}

pub(in crate::web) async fn one(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, year) = path.into_inner();
    answer_one(request, context, &slug, &year, Form::Html).await
}

pub(in crate::web) async fn one_twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, year, extension) = path.into_inner();
    answer_one(request, context, &slug, &year, Form::of_extension(&extension)?).await
}

/// The letter's year; what cannot be one gets the list as help.
fn year_of(council: &Council, text: &str) -> Result<ReportingYear, AppError> {
    ReportingYear::parse(text).map_err(|error| AppError::NotFound {
        message: format!("{error}."),
        help: vec![(
            format!("All letters to {}", council.official_name),
            links::council_part(&council.slug, "letters"),
        )],
    })
}

async fn answer_one(
    request: HttpRequest,
    context: RequestContext,
    slug: &str,
    year: &str,
    form: Form,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let council = council::find(&context.snapshot, slug)?.clone();
    let year = year_of(&council, year)?;
    let address = links::letter(&council.slug, year);
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let Some(page) = LetterPage::read(conn, &snapshot.atlas, &council, year)? else {
                return Err(none(conn, snapshot, &council, year));
            };
            let frame = context.frame(&address);
            let name = format!("{}_letter_{year}_v{}", council.slug, snapshot.edition.id);
            let markup = |page: &LetterPage| views::letters::one(&frame, page);
            form::render(form, &page, markup, export::letters::one_json, export::letters::one_csv, &name)
        })
        .await?;
    Ok(page.respond(&request))
}

/// No letter for the year: says which years there are, predecessors' letters of this year first.
fn none(conn: &Connection, snapshot: &Snapshot, council: &Council, year: ReportingYear) -> AppError {
    let page = match LettersPage::read(conn, &snapshot.atlas, council) {
        Ok(page) => page,
        Err(error) => return error.into(),
    };
    let mut help: Vec<(String, String)> = Vec::new();
    for (of_this_year, (one, letter)) in page.all().map(|pair| (pair.1.year == year, pair)) {
        let entry = (format!("{}, {}", letter.year, one.official_name), links::letter(&one.slug, letter.year));
        if of_this_year {
            help.insert(0, entry);
        } else if one.id == council.id {
            help.push(entry);
        }
    }
    let known = if help.is_empty() { "" } else { " Here are the years there are." };
    AppError::NotFound {
        message: format!("There is no letter to {} for {year} here.{known}", council.official_name),
        help,
    }
}

/// The original document, as a download that cannot run anything.
pub(in crate::web) async fn document(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let (slug, year, extension) = path.into_inner();
    let council = council::find(&context.snapshot, &slug)?.clone();
    let year = year_of(&council, &year)?;
    let wanted = if extension == "pdf" { DocumentKind::Pdf } else { DocumentKind::Text };
    let page = context
        .page(Lane::Downloads, format!("{}.{extension}", links::letter(&council.slug, year)), move |conn, context| {
            let snapshot = &context.snapshot;
            let kept = db::letters::document(conn, council.id, year)?.filter(|document| document.kind == wanted);
            let bytes = match (kept, wanted) {
                (Some(document), _) => Some(document.bytes),
                (None, DocumentKind::Text) => {
                    db::letters::of_year(conn, council.id, year)?.and_then(|letter| letter.text).map(String::into_bytes)
                }
                (None, DocumentKind::Pdf) => None,
            };
            let Some(bytes) = bytes else { return Err(none(conn, snapshot, &council, year)) };
            // The name is ours: one from a file could break the header.
            let name = format!("{}_letter_{year}.{extension}", council.slug);
            Ok(Encoded::opaque(wanted.media_type(), bytes).named(name).sandboxed())
        })
        .await?;
    Ok(page.respond(&request))
}
