//! `/` and its twins `/map.json`, `/map.csv`, `/map.geojson`.

use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{self, Form};

use crate::domain::council::CouncilKind;
use crate::export;
use crate::geo::layer::Detail;
use crate::read::map::{MapPage, Selection, View};
use crate::views;
use crate::views::links;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;
use crate::web::params::Params;
use crate::web::work::Lane;

const ALLOWED: [&str; 5] = ["view", "tier", "measure", "year", "kind"];

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
    let params = Params::read(request.query_string(), &ALLOWED)?;
    let mut selection = Selection {
        view: params.chosen("view", View::parse, "map, hex or table")?.unwrap_or_default(),
        tier: params.tier()?.unwrap_or_default(),
        measure: params.measure()?.unwrap_or_default(),
        year: params.year()?,
        kind: params.kind()?,
    };
    let today = context.today;
    let snapshot = &context.snapshot;
    let newest = snapshot.atlas.default_year(today);
    if let Some(year) = selection.year
        && year != newest
        && !snapshot.atlas.years.contains(&year)
    {
        let known: Vec<String> = snapshot.atlas.years.iter().map(ToString::to_string).collect();
        return Err(AppError::NotFound {
            message: format!("No figures of {year} are loaded here."),
            help: known.iter().rev().map(|year| (year.clone(), format!("/?year={year}"))).collect(),
        });
    }
    // A kind that stands on one of the two maps alone is shown there.
    if let Some([only]) = selection.kind.map(CouncilKind::tiers) {
        selection.tier = *only;
    }
    // Naming the newest year is the same page as naming none.
    selection.year = selection.year.filter(|year| *year != newest);
    let address = links::map(&selection);
    let page = context
        .page(form.lane(), format!("{form:?} {address}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let page = MapPage::read(conn, &snapshot.atlas, selection, today)?;
            let name = format!("council-map_{}_{}", page.selection.measure.word(), page.year);
            Ok(match form {
                Form::Html => {
                    let frame = context.frame(&address);
                    form::html(views::home::page(&frame, &page, &snapshot.atlas.hexagons))
                }
                Form::Json => form::json(&export::map::json(&page)),
                Form::Csv => form::csv(export::map::csv(&page), format!("{name}.csv")),
                Form::Xlsx => return Err(form::missing()),
                Form::GeoJson => form::geojson(&export::geojson::layer(&page, &snapshot.atlas)),
            })
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/map/shapes.json?tier=&year=`: the finer lines that the script loads when the map is zoomed.
pub(in crate::web) async fn shapes(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["tier", "year"])?;
    let tier = params.tier()?.unwrap_or_default();
    let today = context.today;
    let year = params.year()?.unwrap_or_else(|| context.snapshot.atlas.default_year(today));
    let page = context
        .page(Lane::Pages, format!("shapes {} {year}", tier.word()), move |_, context| {
            let snapshot = &context.snapshot;
            let map = snapshot.atlas.map(tier, year, Detail::Full);
            let paths: serde_json::Map<String, serde_json::Value> = map
                .areas
                .iter()
                .filter_map(|(land, shape)| match land {
                    crate::read::atlas::Land::Council(id) => snapshot
                        .atlas
                        .register
                        .get(*id)
                        .map(|council| (council.slug.to_string(), serde_json::json!(shape.path))),
                    crate::read::atlas::Land::StandIn { .. } => None,
                })
                .collect();
            let body = serde_json::json!({ "paths": paths, "synthetic": snapshot.atlas.synthetic });
            Ok(Encoded::page("application/json", body.to_string()))
        })
        .await?;
    Ok(page.respond(&request))
}
