//! `/improvements`, `/councils/SLUG/improvements`, their twins and calendars.

use actix_web::{HttpRequest, HttpResponse, web};

use super::council;
use super::form::{self, Form};
use crate::db::improvements::ImprovementQuery;
use crate::domain::council::Slug;
use crate::domain::decision::Category;
use crate::domain::improvement::ImprovementState;
use crate::export;
use crate::read::improvements::{ImprovementFilter, ImprovementsPage};
use crate::views;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;
use crate::web::params::Params;
use crate::web::work::Lane;

pub(in crate::web) async fn page(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let filter = of_all(&request, &context)?;
    answer(request, context, filter, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    context: RequestContext,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let form = Form::of_extension(&extension)?;
    let filter = of_all(&request, &context)?;
    answer(request, context, filter, form).await
}

pub(in crate::web) async fn calendar(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let filter = of_all(&request, &context)?;
    deadlines(request, context, filter).await
}

pub(in crate::web) async fn council_page(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let filter = of_council(&request, &context, &slug)?;
    answer(request, context, filter, Form::Html).await
}

pub(in crate::web) async fn council_twin(
    request: HttpRequest,
    context: RequestContext,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    let form = Form::of_extension(&extension)?;
    let filter = of_council(&request, &context, &slug)?;
    answer(request, context, filter, form).await
}

pub(in crate::web) async fn council_calendar(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let filter = of_council(&request, &context, &slug)?;
    deadlines(request, context, filter).await
}

fn of_all(request: &HttpRequest, context: &RequestContext) -> Result<ImprovementFilter, AppError> {
    let params = Params::read(request.query_string(), &["state", "category", "council", "kind", "page"])?;
    let snapshot = &context.snapshot;
    let council = params
        .parsed("council", Slug::parse)?
        .map(|slug| {
            let unknown = || AppError::BadRequest(format!("There is no council “{slug}”."));
            snapshot.atlas.register.by_slug(&slug).cloned().ok_or_else(unknown)
        })
        .transpose()?;
    let query =
        ImprovementQuery { kind: params.kind()?, council: council.as_ref().map(|one| one.id), ..choice(&params)? };
    Ok(ImprovementFilter { council, query, page: params.page()?, of_council: false })
}

fn of_council(request: &HttpRequest, context: &RequestContext, slug: &str) -> Result<ImprovementFilter, AppError> {
    let params = Params::read(request.query_string(), &["state", "category", "page"])?;
    let council = council::find(&context.snapshot, slug)?.clone();
    let query = ImprovementQuery { council: Some(council.id), ..choice(&params)? };
    Ok(ImprovementFilter { council: Some(council), query, page: params.page()?, of_council: true })
}

fn choice(params: &Params) -> Result<ImprovementQuery, AppError> {
    Ok(ImprovementQuery {
        state: params.chosen("state", ImprovementState::parse, "overdue, agreed, achieved-late or achieved")?,
        category: params.parsed("category", Category::parse)?,
        ..ImprovementQuery::default()
    })
}

async fn answer(
    request: HttpRequest,
    context: RequestContext,
    mut filter: ImprovementFilter,
    form: Form,
) -> Result<HttpResponse, AppError> {
    if form == Form::Csv {
        // A spreadsheet has no pages.
        filter.page = 1;
    }
    let today = context.today;
    let address = views::improvements::address(&filter);
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = ImprovementsPage::read(conn, &snapshot.atlas, filter, today)?;
            if page.filter.page > page.pages {
                return Err(AppError::NotFound {
                    message: format!("There is no page {}; the last one is {}.", page.filter.page, page.pages),
                    help: vec![("The first page".to_owned(), first_page(&page.filter))],
                });
            }
            let page = if form == Form::Csv { page.whole(conn, &snapshot.atlas)? } else { page };
            let frame = context.frame(&address);
            let name = format!("{}_v{}", file_stem(&page.filter), snapshot.edition.id);
            form::render(
                form,
                &page,
                |page| views::improvements::page(&frame, page),
                export::improvements::json,
                export::improvements::csv,
                &name,
            )
        })
        .await?;
    Ok(page.respond(&request))
}

async fn deadlines(
    request: HttpRequest,
    context: RequestContext,
    filter: ImprovementFilter,
) -> Result<HttpResponse, AppError> {
    let today = context.today;
    let origin = context.public_address.to_string();
    let address = first_page(&filter);
    let page = context
        .page(Lane::Downloads, format!("ics {origin} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let rows = ImprovementsPage::deadlines(conn, &snapshot.atlas, &filter.query, today)?;
            let whose = filter.council.as_ref().map_or_else(|| "England".to_owned(), |one| one.official_name.clone());
            let title = format!("Improvements due, {whose}");
            let text = export::calendar::deadlines(&title, &rows, &origin, snapshot.atlas.synthetic);
            let name = format!("council-map_{}.ics", file_stem(&filter));
            Ok(Encoded::page("text/calendar; charset=utf-8", text).named(name))
        })
        .await?;
    Ok(page.respond(&request))
}

fn first_page(filter: &ImprovementFilter) -> String {
    views::improvements::address(&ImprovementFilter { page: 1, ..filter.clone() })
}

fn file_stem(filter: &ImprovementFilter) -> String {
    match &filter.council {
        Some(council) => format!("{}_improvements", council.slug),
        None => "improvements".to_owned(),
    }
}
