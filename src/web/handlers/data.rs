//! Whole tables, their descriptions, everything in one SQLite file; outlines, the list of feeds, codes.

use std::collections::BTreeSet;
use std::fs::File;

use actix_web::http::header::{self, ETag, EntityTag};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind, GssCode};
use crate::domain::decision::Reference;
use crate::domain::representation::Representation;
use crate::export::datapackage::Resource;
use crate::export::dataset::Dataset;
use crate::export::openapi::params::Known;
use crate::export::tables::{self, Tables};
use crate::export::{csvw, datapackage, openapi};
use crate::geo::layer::{Detail, Shape};
use crate::read::atlas::Land;
use crate::read::feed;
use crate::views::{self, assets, links};
use crate::web::asked::Asked;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::cache_policy::CachePolicy;
use crate::web::http::encoded::{Encoded, has};
use crate::web::http::file_body::FileBody;
use crate::web::http::range::Range;
use crate::web::routes;
use crate::web::work::Lane;

/// Bytes of the edition that are no page: kept under the path of the request.
async fn kept(
    asked: Asked,
    lane: Lane,
    make: impl FnOnce(&Connection, &RequestContext) -> Result<Encoded, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let made = asked.context.page(lane, asked.path().to_owned(), make).await?;
    Ok(made.respond(&asked.request))
}

/// `/data/NAME.csv`.
pub(in crate::web) async fn table(asked: Asked) -> Result<HttpResponse, AppError> {
    let Some(dataset) = Dataset::parse(asked.part("name")) else {
        return Err(AppError::NotFound {
            message: "There is no table of this name.".to_owned(),
            help: vec![("All tables".to_owned(), "/about/data".to_owned())],
        });
    };
    kept(asked, Lane::Downloads, move |conn, context| {
        let bytes = tables::bytes(conn, &context.snapshot.atlas, dataset)?;
        let name = format!("council-map_{}_v{}.csv", dataset.word(), context.snapshot.edition.id);
        Ok(Encoded::download("text/csv; charset=utf-8", bytes).named(name))
    })
    .await
}

/// `/data/datapackage.json`.
pub(in crate::web) async fn package(asked: Asked) -> Result<HttpResponse, AppError> {
    kept(asked, Lane::Pages, |conn, context| {
        let (atlas, edition) = (&context.snapshot.atlas, &context.snapshot.edition.id);
        let tables = Tables::new(conn, &atlas.register, atlas.synthetic)?;
        let resources = Dataset::ALL.map(|dataset| Resource {
            path: format!("{}.csv", dataset.word()),
            name: dataset.word().to_owned(),
            dataset,
        });
        Ok(json(&datapackage::json(&resources, tables.fields(), edition, atlas.synthetic)))
    })
    .await
}

/// `/data/csv-metadata.json`, where CSVW looks for it beside the tables.
pub(in crate::web) async fn metadata(asked: Asked) -> Result<HttpResponse, AppError> {
    kept(asked, Lane::Pages, |conn, context| {
        let atlas = &context.snapshot.atlas;
        let tables = Tables::new(conn, &atlas.register, atlas.synthetic)?;
        Ok(Encoded::page("application/csvm+json", csvw::json("", tables.fields()).to_string()))
    })
    .await
}

fn json(value: &Value) -> Encoded {
    Encoded::page(Representation::Json.content_type(), value.to_string())
}

/// `/openapi.json`.
pub(in crate::web) async fn describe(asked: Asked) -> Result<HttpResponse, AppError> {
    kept(asked, Lane::Pages, |conn, context| {
        let atlas = &context.snapshot.atlas;
        let councils = atlas.register.councils();
        let slugs = |fits: &dyn Fn(&&Council) -> bool| {
            councils.iter().filter(fits).map(|council| council.slug.to_string()).collect()
        };
        let regions: BTreeSet<String> = councils.iter().map(|council| council.region.clone()).collect();
        let known = Known {
            years: atlas.years.iter().map(ToString::to_string).collect(),
            regions: regions.into_iter().collect(),
            councils: slugs(&|_| true),
            counties: slugs(&|council| council.kind == CouncilKind::County),
            bodies: atlas.cases.body_slugs(),
            subcategories: atlas.cases.subcategories(),
            references: db::decisions::references(conn, 3, 0)?.iter().map(Reference::address).collect(),
            assets: assets::all().iter().filter_map(|one| one.href.rsplit('/').next()).map(str::to_owned).collect(),
        };
        Ok(json(&openapi::json(&routes::described(), &known)))
    })
    .await
}

/// `/map/shapes.json?tier=&year=`: the finer lines that the script loads when the map is zoomed.
pub(in crate::web) async fn shapes(asked: Asked) -> Result<HttpResponse, AppError> {
    let tier = asked.params.tier()?.unwrap_or_default();
    let newest = asked.atlas().default_year(asked.context.today);
    let year = asked.params.year()?.unwrap_or(newest);
    if year != newest && !asked.atlas().years.contains(&year) {
        return Err(AppError::not_found(format!("There is no map of {year} here.")));
    }
    let key = format!("shapes {} {year}", tier.word());
    let made = asked.context.page(Lane::Pages, key, move |_, context| {
        let atlas = &context.snapshot.atlas;
        let named = |(land, shape): &(Land, Shape)| match land {
            Land::Council(id) => atlas.register.get(*id).map(|council| (council.slug.to_string(), json!(shape.path))),
            Land::StandIn { .. } => None,
        };
        let paths: Map<String, Value> = atlas.map(tier, year, Detail::Full).areas.iter().filter_map(named).collect();
        Ok(json(&json!({ "paths": paths, "synthetic": atlas.synthetic })))
    });
    Ok(made.await?.respond(&asked.request))
}

/// `/feeds.opml`: all feeds, for a reader of feeds.
pub(in crate::web) async fn opml(asked: Asked) -> Result<HttpResponse, AppError> {
    let key = format!("opml {}", asked.context.public_address);
    let made = asked.context.page(Lane::Downloads, key, |_, context| {
        let snapshot = &context.snapshot;
        let feeds = feed::all(&snapshot.atlas, context.today);
        let text = views::feed::opml(&feeds, &context.public_address.to_string(), snapshot.published_at);
        Ok(Encoded::page("text/x-opml; charset=utf-8", text).named("council-map.opml"))
    });
    Ok(made.await?.respond(&asked.request))
}

/// `/code/GSS`: to the council that has or had the code.
pub(in crate::web) fn by_code(asked: &Asked) -> Result<HttpResponse, AppError> {
    let code = GssCode::parse(asked.part("code")).map_err(|error| AppError::BadRequest(format!("{error}.")))?;
    match asked.atlas().register.by_code(code) {
        Some(council) => {
            Ok(HttpResponse::Found().insert_header((header::LOCATION, links::council(&council.slug))).finish())
        }
        None => Err(AppError::not_found(format!("No council of our register has or had the code {code}."))),
    }
}

/// `/data/council-map.sqlite`: the file that is being served. All of it is public: what waits for its hour
/// lies in another file (docs/adr/0001-editions.md).
pub(in crate::web) async fn sqlite(asked: Asked) -> Result<HttpResponse, AppError> {
    let (request, snapshot) = (&asked.request, &asked.context.snapshot);
    let etag = EntityTag::new_strong(snapshot.edition.id.clone());
    let path = snapshot.pool.path().to_owned();
    let opened = web::block(move || File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)))).await;
    let (size, file) = opened.map_err(|_| AppError::Busy)?.map_err(|error| {
        tracing::error!(%error, "the published file cannot be opened for a download");
        AppError::Internal
    })?;
    let mut response = HttpResponse::Ok();
    response.insert_header(ETag(etag.clone())).insert_header((header::ACCEPT_RANGES, "bytes"));
    response.extensions_mut().insert(CachePolicy::Page);
    if has(request, &etag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let (start, length) = match wanted(request, &etag.to_string(), size) {
        Range::Whole => (0, size),
        Range::Part(start, length) => {
            let last = start + length - 1;
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {start}-{last}/{size}")));
            (start, length)
        }
        Range::Unsatisfiable => {
            response.status(StatusCode::RANGE_NOT_SATISFIABLE);
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
            return Ok(response.finish());
        }
    };
    let name = format!("council-map_v{}.sqlite", snapshot.edition.id);
    response
        .content_type("application/vnd.sqlite3")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    let body = if request.method() == Method::HEAD {
        FileBody::length_only(length)
    } else {
        FileBody::new(file, start, length).map_err(|error| {
            tracing::error!(%error, "the published file cannot be read for a download");
            AppError::Internal
        })?
    };
    Ok(response.body(body))
}

/// The range of the request; a range of another version would make a broken file (RFC 9110, 13.1.5).
fn wanted(request: &HttpRequest, etag: &str, size: u64) -> Range {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    match text(header::IF_RANGE) {
        Some(condition) if condition != etag => Range::Whole,
        _ => Range::parse(text(header::RANGE), size),
    }
}
