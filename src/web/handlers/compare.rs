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
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::page_cache::PageKey;
use crate::web::params::Params;
use crate::web::site::Snapshot;

pub(in crate::web) async fn page(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, AppError> {
    answer(request, site, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    site: web::Data<Site>,
    extension: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, site, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, site: web::Data<Site>, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read_repeating(request.query_string(), &["c", "measure", "year"], "c")?;
    let today = site.today();
    let snapshot = site.snapshot();
    let texts = params.texts("c");
    let query = query(&snapshot, &params, &texts, today)?;
    let slugs = || query.councils.iter().map(|one| &one.slug);
    let address = links::compare(slugs(), query.measure, query.year);
    // A name that was typed leads to the address that lasts.
    if form == Form::Html && texts.iter().any(|text| slugs().all(|slug| slug.as_str() != *text)) {
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish());
    }
    let key = PageKey { address: format!("{form:?} {address}"), day: today };
    let preview = site.preview().map(|moment| moment.to_string());
    let page = site
        .page(key, move |conn, snapshot| {
            let page = ComparePage::read(conn, &snapshot.atlas, query, today)?;
            let name = format!("compare_{}_v{}", page.year, snapshot.edition.id);
            if form == Form::Xlsx {
                let from = frame::provenance(conn, snapshot, page.councils.iter().flat_map(|one| &one.history))?;
                return form::xlsx(export::compare::xlsx(&page, &from), format!("council-map_{name}.xlsx"));
            }
            let frame = frame::in_snapshot(snapshot, preview, &address);
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
        let council = match compare::named(&snapshot.atlas, text, query.year, today) {
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
    let (message, offered) = match why {
        Unnamed::Several(councils) => (format!("More than one council may be meant by “{text}”."), councils),
        Unnamed::Unknown(councils) => (format!("There is no council at “{text}”."), councils),
    };
    // Those that follow and are slugs stay in the comparison.
    let register = &snapshot.atlas.register;
    let following: Vec<&Council> = texts
        .iter()
        .skip(place + 1)
        .filter_map(|text| Slug::parse(text).ok().and_then(|slug| register.by_slug(&slug)))
        .collect();
    let address = |one: &Council| {
        let all = query.councils.iter().chain([one]).chain(following.iter().copied()).map(|one| &one.slug);
        links::compare(all, query.measure, query.year)
    };
    let help = offered.iter().map(|one| (one.official_name.clone(), address(one))).collect();
    AppError::NotFound { message, help }
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
