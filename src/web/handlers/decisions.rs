//! `/decisions`, `/reports`, the same lists of one council, and `/decisions/REFERENCE`, each with its twins.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::council;
use super::form::{self, Form};
use crate::db;
use crate::db::decisions::ListedDecision;
use crate::domain::decision::{Category, DecisionType, Outcome, Reference};
use crate::domain::search::SearchText;
use crate::export;
use crate::read::case_filter::CaseFilter;
use crate::read::decision::DecisionPage;
use crate::read::decisions::{DecisionQuery, DecisionsPage, Extent, Listing, Sort};
use crate::views::{self, case_links, links};
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::params::Params;
use crate::web::site::Snapshot;

/// The last part of a path, which says which list is meant.
fn is_reports(request: &HttpRequest) -> bool {
    let last = request.path().rsplit('/').next().unwrap_or_default();
    last == "reports" || last.starts_with("reports.")
}

pub(in crate::web) async fn all(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let listing = Listing { council: None, reports: is_reports(&request) };
    list(request, context, listing, Form::Html).await
}

pub(in crate::web) async fn all_twin(
    request: HttpRequest,
    context: RequestContext,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let listing = Listing { council: None, reports: is_reports(&request) };
    list(request, context, listing, Form::of_extension(&extension)?).await
}

pub(in crate::web) async fn of_council(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let listing = of(&request, &context, &slug)?;
    list(request, context, listing, Form::Html).await
}

pub(in crate::web) async fn of_council_twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    let listing = of(&request, &context, &slug)?;
    list(request, context, listing, Form::of_extension(&extension)?).await
}

fn of(request: &HttpRequest, context: &RequestContext, slug: &str) -> Result<Listing, AppError> {
    let council = council::find(&context.snapshot, slug)?.clone();
    Ok(Listing { council: Some(council), reports: is_reports(request) })
}

/// The parameters that a list takes: not those which the list itself fixes.
fn allowed(listing: &Listing) -> Vec<&'static str> {
    let fixed = |name: &str| {
        (listing.council.is_some() && ["council", "kind", "region"].contains(&name))
            || (listing.reports && name == "type")
    };
    case_links::PARAMETERS.into_iter().filter(|name| !fixed(name)).collect()
}

fn query(params: &Params, snapshot: &Snapshot) -> Result<DecisionQuery, AppError> {
    let cases = &snapshot.atlas.cases;
    let known = |name: &str, is_known: &dyn Fn(&str) -> bool, what: &str| -> Result<Option<String>, AppError> {
        match params.given(name) {
            Some(text) if !is_known(text) => Err(AppError::BadRequest(format!(
                "“{}” is not {what} here.",
                text.chars().take(80).collect::<String>()
            ))),
            text => Ok(text.map(str::to_owned)),
        }
    };
    Ok(DecisionQuery {
        search: SearchText::parse(params.raw("q").unwrap_or_default()),
        filter: CaseFilter {
            body: known("council", &|slug| cases.body(slug).is_some(), "a council or body that decisions name")?,
            category: params.parsed("category", Category::parse)?,
            subcategory: known("subcategory", &|slug| cases.knows_subcategory(slug), "a subcategory")?,
            outcome: params.parsed("outcome", Outcome::parse)?,
            kind: params.parsed("type", DecisionType::parse)?,
            year: params.year()?,
            council_kind: params.kind()?,
            region: known("region", &|name| cases.knows_region(name), "a region of England")?,
            from: params.day("from")?,
            to: params.day("to")?,
        },
        sort: params.chosen("sort", Sort::parse, "best, newest or oldest")?,
        page: usize::try_from(params.page()?).unwrap_or(usize::MAX),
    })
}

async fn list(
    request: HttpRequest,
    context: RequestContext,
    listing: Listing,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &allowed(&listing))?;
    let mut query = query(&params, &context.snapshot)?;
    if form == Form::Csv {
        query.page = 1;
    }
    let address = case_links::list(&listing, &query, query.page);
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let extent = if form == Form::Csv { Extent::Whole } else { Extent::Page };
            let page = DecisionsPage::read(conn, &snapshot.atlas, &listing, &query, extent)?;
            match form {
                Form::Html => {
                    let frame = context.frame(&address);
                    Ok(form::html(views::decisions::page(&frame, &page)))
                }
                Form::Json => Ok(form::json(&export::decisions::json(&page))),
                Form::Csv => {
                    Ok(form::csv(export::decisions::csv(&page, &snapshot.atlas), file_name(&listing, snapshot)))
                }
                Form::Xlsx | Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}

fn file_name(listing: &Listing, snapshot: &Snapshot) -> String {
    let what = if listing.reports { "reports" } else { "decisions" };
    let of = listing.council.as_ref().map(|council| format!("_{}", council.slug)).unwrap_or_default();
    format!("council-map_{what}{of}_v{}.csv", snapshot.edition.id)
}

pub(in crate::web) async fn one(
    request: HttpRequest,
    context: RequestContext,
    reference: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    decision(request, context, &reference, Form::Html).await
}

pub(in crate::web) async fn one_twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (reference, extension) = path.into_inner();
    decision(request, context, &reference, Form::of_extension(&extension)?).await
}

async fn decision(
    request: HttpRequest,
    context: RequestContext,
    text: &str,
    form: Form,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let reference = Reference::parse(text).map_err(|error| AppError::not_found(format!("{error}.")))?;
    let address = links::decision(&reference);
    if form == Form::Html && request.path() != address {
        return Ok(HttpResponse::MovedPermanently().insert_header((header::LOCATION, address)).finish());
    }
    let today = context.today;
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = DecisionPage::read(conn, &snapshot.atlas, &reference)?;
            let Some(page) = page else {
                return Err(missing(&reference, &db::decisions::of_case(conn, &reference.case())?));
            };
            match form {
                Form::Html => {
                    let frame = context.frame(&address);
                    Ok(form::html(views::decision::page(&frame, &page, today)))
                }
                Form::Json => Ok(form::json(&export::decisions::one_json(&page))),
                Form::Csv => Ok(form::csv(
                    export::decisions::one_csv(&page, &snapshot.atlas),
                    export::decisions::file_name(&reference),
                )),
                Form::Xlsx | Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}

/// The decisions of a joint case bear letters: who asks for the case is shown them.
fn missing(reference: &Reference, of_case: &[ListedDecision]) -> AppError {
    let siblings = of_case.iter().map(|one| {
        let address = links::decision(&one.decision.reference);
        (format!("{}, about {}", one.decision.reference, one.body), address)
    });
    AppError::NotFound {
        message: format!("No decision {reference} is published here. Not all are, and some were withdrawn."),
        help: siblings.chain([("Search all decisions".to_owned(), "/decisions".to_owned())]).collect(),
    }
}
