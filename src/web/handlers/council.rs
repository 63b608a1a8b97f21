//! `/councils/SLUG` and its twins.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};
use super::frame;
use crate::domain::council::{Council, Slug};
use crate::export;
use crate::read::council::CouncilPage;
use crate::read::statistics::StatisticsPage;
use crate::views;
use crate::views::links;
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::page_cache::PageKey;
use crate::web::params::Params;
use crate::web::site::Snapshot;

/// The council of an address, or what the visitor may have meant.
pub(in crate::web) fn find<'a>(snapshot: &'a Snapshot, text: &str) -> Result<&'a Council, AppError> {
    let register = &snapshot.atlas.register;
    if let Some(council) = Slug::parse(text).ok().and_then(|slug| register.by_slug(&slug)) {
        return Ok(council);
    }
    let words = text.replace('-', " ");
    let near = register.near(&words, 5);
    Err(AppError::NotFound {
        message: format!("There is no council at “{}”.", text.chars().take(80).collect::<String>()),
        help: near.into_iter().map(|one| (one.official_name.clone(), links::council(&one.slug))).collect(),
    })
}

pub(in crate::web) async fn page(
    request: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    answer(request, site, &slug, Form::Html).await
}

pub(in crate::web) async fn twin(
    request: HttpRequest,
    site: web::Data<Site>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, extension) = path.into_inner();
    answer(request, site, &slug, Form::of_extension(&extension)?).await
}

async fn answer(request: HttpRequest, site: web::Data<Site>, slug: &str, form: Form) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["year"])?;
    let year = params.year()?;
    let today = site.today();
    let snapshot = site.snapshot();
    let council = find(&snapshot, slug)?.clone();
    if let Some(year) = year
        && !(council.active_in(year) && snapshot.atlas.years.contains(&year))
    {
        let known = snapshot.atlas.years.iter().rev().filter(|year| council.active_in(**year));
        return Err(AppError::NotFound {
            message: format!("There are no figures of {year} for {}.", council.official_name),
            help: known
                .map(|year| (format!("{}, {year}", council.official_name), links::council_in(&council.slug, *year)))
                .collect(),
        });
    }
    let address = match year {
        Some(year) => links::council_in(&council.slug, year),
        None => links::council(&council.slug),
    };
    let key = PageKey { address: format!("{form:?} {address}"), day: today };
    let preview = site.preview().map(|moment| moment.to_string());
    let page = site
        .page(key, move |conn, snapshot| {
            let page = CouncilPage::read(conn, &snapshot.atlas, &council, year, today)?;
            match form {
                Form::Html => {
                    let frame = frame::in_snapshot(snapshot, preview, &address);
                    Ok(form::html(views::council::page(&frame, &page)))
                }
                Form::Json => Ok(form::json(&export::council::json(&page))),
                Form::Csv => {
                    let name = format!("council-map_{}_v{}.csv", page.council.slug, snapshot.edition.id);
                    Ok(form::csv(export::council::csv(&page), name))
                }
                Form::Xlsx => {
                    let statistics = StatisticsPage::read(conn, &snapshot.atlas, &page.council)?;
                    let from = frame::provenance(conn, snapshot, &page.history)?;
                    let name = format!("council-map_{}_v{}.xlsx", page.council.slug, snapshot.edition.id);
                    form::xlsx(export::council::xlsx(&page, &statistics, &from), name)
                }
                Form::GeoJson => Err(form::missing()),
            }
        })
        .await?;
    Ok(page.respond(&request))
}
