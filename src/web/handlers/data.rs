//! `/data/…`: whole tables, their descriptions, and everything in one SQLite file.

use std::collections::BTreeSet;
use std::fs::File;

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::form;
use crate::db;
use crate::domain::council::CouncilKind;
use crate::domain::decision::Reference;
use crate::export::datapackage::Resource;
use crate::export::dataset::Dataset;
use crate::export::openapi::params::Known;
use crate::export::tables::{self, Tables};
use crate::export::{csvw, datapackage, openapi};
use crate::views::assets;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::cache_policy::CachePolicy;
use crate::web::http::encoded::{Encoded, has};
use crate::web::http::file_body::FileBody;
use crate::web::http::range::Range;
use crate::web::params::Params;
use crate::web::work::Lane;

/// `/data/NAME.csv`.
pub(in crate::web) async fn table(
    request: HttpRequest,
    context: RequestContext,
    name: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let Some(dataset) = Dataset::parse(&name) else {
        return Err(AppError::NotFound {
            message: "There is no table of this name.".to_owned(),
            help: vec![("All tables".to_owned(), "/about/data".to_owned())],
        });
    };
    let page = context
        .page(Lane::Downloads, format!("data {}", dataset.word()), move |conn, context| {
            let snapshot = &context.snapshot;
            let bytes = tables::bytes(conn, &snapshot.atlas, dataset)?;
            let name = format!("council-map_{}_v{}.csv", dataset.word(), snapshot.edition.id);
            Ok(Encoded::download("text/csv; charset=utf-8", bytes).named(name))
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/data/datapackage.json`.
pub(in crate::web) async fn package(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let page = context
        .page(Lane::Pages, "datapackage".to_owned(), |conn, context| {
            let snapshot = &context.snapshot;
            let tables = Tables::new(conn, &snapshot.atlas.register, snapshot.atlas.synthetic)?;
            let resources = Dataset::ALL.map(|dataset| Resource {
                path: format!("{}.csv", dataset.word()),
                name: dataset.word().to_owned(),
                dataset,
            });
            let edition = &snapshot.edition.id;
            Ok(form::json(&datapackage::json(&resources, tables.fields(), edition, snapshot.atlas.synthetic)))
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/data/csv-metadata.json`, where CSVW looks for it beside the tables.
pub(in crate::web) async fn metadata(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let page = context
        .page(Lane::Pages, "csv-metadata".to_owned(), |conn, context| {
            let snapshot = &context.snapshot;
            let tables = Tables::new(conn, &snapshot.atlas.register, snapshot.atlas.synthetic)?;
            Ok(Encoded::page("application/csvm+json", csvw::json("", tables.fields()).to_string()))
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/openapi.json`.
pub(in crate::web) async fn describe(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let page = context
        .page(Lane::Pages, "openapi".to_owned(), |conn, context| {
            let snapshot = &context.snapshot;
            let atlas = &snapshot.atlas;
            let regions: BTreeSet<String> =
                atlas.register.councils().iter().map(|council| council.region.clone()).collect();
            let known = Known {
                years: atlas.years.iter().map(ToString::to_string).collect(),
                regions: regions.into_iter().collect(),
                councils: atlas.register.councils().iter().map(|council| council.slug.to_string()).collect(),
                counties: atlas
                    .register
                    .councils()
                    .iter()
                    .filter(|council| council.kind == CouncilKind::County)
                    .map(|council| council.slug.to_string())
                    .collect(),
                bodies: atlas.cases.body_slugs(),
                subcategories: atlas.cases.subcategories(),
                references: db::decisions::references(conn, 3, 0)?.iter().map(Reference::address).collect(),
                assets: assets::all().iter().filter_map(|one| one.href.rsplit('/').next()).map(str::to_owned).collect(),
            };
            Ok(form::json(&openapi::json(&known)))
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/data/council-map.sqlite`: the file that is being served. All of it is public: what waits for its hour
/// lies in another file (docs/adr/0001-editions.md).
pub(in crate::web) async fn sqlite(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let snapshot = &context.snapshot;
    let etag = format!("\"{}\"", snapshot.edition.id);
    let path = snapshot.pool.path().to_owned();
    let opened = web::block(move || File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)))).await;
    let (size, file) = opened.map_err(|_| AppError::Busy)?.map_err(|error| {
        tracing::error!(%error, "the published file cannot be opened for a download");
        AppError::Internal
    })?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ETAG, etag.clone())).insert_header((header::ACCEPT_RANGES, "bytes"));
    response.extensions_mut().insert(CachePolicy::Page);
    if has(request.headers(), &etag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let (start, length) = match wanted(&request, &etag, size) {
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
