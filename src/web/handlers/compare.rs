//! `/compare` and its twins.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};
use super::frame;
use crate::domain::council::{Council, Slug};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::read::compare::{self, ComparePage, CompareQuery, MOST, Unnamed};
use crate::views::{self, links};
use crate::web::context::RequestContext;
use crate::web::error::{AppError, Meant, name_of_bearable_length};
use crate::web::params::Params;
use crate::web::site::Snapshot;

pub(in crate::web) async fn page(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    context: RequestContext,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, context, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, context: RequestContext, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read_repeating(request.query_string(), &["c", "measure", "year"], "c")?;
    let today = context.today;
    let snapshot = &context.snapshot;
    let texts = params.texts("c");
    let query = query(snapshot, &params, &texts, today)?;
    let slugs = || query.councils.iter().map(|one| &one.slug);
    let address = links::compare(slugs(), query.measure, query.year);
    // A name that was typed leads to the address that lasts.
    if form == Form::Html && texts.iter().any(|text| slugs().all(|slug| slug.as_str() != *text)) {
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish());
    }
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = ComparePage::read(conn, &snapshot.atlas, query, today)?;
            let name = format!("compare_{}_v{}", page.year, snapshot.edition.id);
            if form == Form::Xlsx {
                let from =
                    frame::provenance(conn, &context.snapshot, page.councils.iter().flat_map(|one| &one.history))?;
                return form::xlsx(export::compare::xlsx(&page, &from), format!("council-map_{name}.xlsx"));
            }
            let frame = context.frame(&address);
            let markup = |page: &ComparePage| views::compare::page(&frame, page);
            form::render(form, &page, markup, export::compare::json, export::compare::csv, &name)
        })
        .await?;
    Ok(page.respond(&request))
}

fn query(
    snapshot: &Snapshot,
    params: &Params,
    texts: &[&str],
    today: jiff::civil::Date,
) -> Result<CompareQuery, AppError> {
    if texts.len() > MOST {
        return Err(AppError::BadRequest(format!(
            "“c” names {} councils; at most {MOST} can stand side by side.",
            texts.len()
        )));
    }
    let mut query = CompareQuery { councils: Vec::new(), measure: params.measure()?, year: params.year()? };
    for (place, text) in texts.iter().enumerate() {
        let name = name_of_bearable_length(text)?;
        let council = match compare::named(&snapshot.atlas, name, query.year, today) {
            Ok(council) => council,
            Err(why) => return Err(unnamed(snapshot, &query, texts, place, why)),
        };
        if query.councils.iter().all(|known| known.id != council.id) {
            query.councils.push(council);
        }
    }
    let years = &snapshot.atlas.years;
    match query.year.filter(|year| !years.contains(year)) {
        Some(year) => Err(no_such_year(&query, year, years)),
        None => Ok(query),
    }
}

/// A text that names no council, or several: with the comparisons that may have been meant.
fn unnamed(snapshot: &Snapshot, query: &CompareQuery, texts: &[&str], place: usize, why: Unnamed) -> AppError {
    let text: String = texts.get(place).map(|text| text.chars().take(80).collect()).unwrap_or_default();
    // Those that follow and are slugs stay in the comparison.
    let register = &snapshot.atlas.register;
    let before: Vec<Slug> = query.councils.iter().map(|one| one.slug.clone()).collect();
    let following = texts.iter().skip(place + 1).filter_map(|text| Slug::parse(text).ok());
    let following: Vec<Slug> = following.filter(|slug| register.by_slug(slug).is_some()).collect();
    let (measure, year) = (query.measure, query.year);
    let offer = move |one: &Council| {
        let all = before.iter().chain([&one.slug]).chain(&following);
        (one.official_name.clone(), links::compare(all, measure, year))
    };
    match why {
        Unnamed::Several(councils) => AppError::NotFound {
            message: format!("More than one council may be meant by “{text}”."),
            help: councils.iter().map(offer).collect(),
        },
        Unnamed::Unknown => AppError::Unnamed {
            message: format!("There is no council at “{text}”."),
            meant: Meant::new(move |snapshot| snapshot.atlas.register.near(&text, 5).into_iter().map(&offer).collect()),
        },
    }
}

fn no_such_year(query: &CompareQuery, year: ReportingYear, years: &[ReportingYear]) -> AppError {
    let of_year = |year: &ReportingYear| {
        let slugs = query.councils.iter().map(|one| &one.slug);
        let what = query.measure.map_or("All measures", Measure::term);
        (format!("{what}, {year}"), links::compare(slugs, query.measure, Some(*year)))
    };
    AppError::NotFound {
        message: format!("There are no figures of {year}. These are the years there are."),
        help: years.iter().rev().map(of_year).collect(),
    }
}
