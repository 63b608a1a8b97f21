//! `/feed.atom`, `/councils/SLUG/feed.atom` and `/feeds.opml`.

use actix_web::{HttpRequest, HttpResponse, web};

use super::council;
use crate::domain::council::{CouncilKind, Slug};
use crate::domain::decision::Category;
use crate::domain::search::SearchText;
use crate::read::feed::{self, Feed, FeedQuery};
use crate::views;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::http::encoded::Encoded;
use crate::web::params::Params;
use crate::web::work::Lane;

const ATOM: &str = "application/atom+xml; charset=utf-8";

pub(in crate::web) async fn of_query(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let params = Params::read(request.query_string(), &["q", "category", "county", "region", "kind"])?;
    let snapshot = &context.snapshot;
    let county = params
        .parsed("county", Slug::parse)?
        .map(|slug| {
            let found = snapshot.atlas.register.by_slug(&slug).filter(|council| council.kind == CouncilKind::County);
            found.cloned().ok_or_else(|| AppError::BadRequest(format!("“{slug}” is not a county council.")))
        })
        .transpose()?;
    let region = params.given("region").map(str::to_owned);
    if let Some(region) = region
        .as_ref()
        .filter(|region| !snapshot.atlas.register.councils().iter().any(|council| council.region == **region))
    {
        return Err(AppError::BadRequest(format!("“{region}” is not a region of England.")));
    }
    let query = FeedQuery {
        council: None,
        county,
        category: params.parsed("category", Category::parse)?,
        region,
        kind: params.kind()?,
        search: SearchText::parse(params.text("q").unwrap_or_default()),
    };
    answer(request, context, query).await
}

pub(in crate::web) async fn of_council(
    request: HttpRequest,
    context: RequestContext,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let council = council::find(&context.snapshot, &slug)?.clone();
    answer(request, context, FeedQuery { council: Some(council), ..FeedQuery::default() }).await
}

async fn answer(request: HttpRequest, context: RequestContext, query: FeedQuery) -> Result<HttpResponse, AppError> {
    let origin = context.public_address.to_string();
    let page = context
        .page(Lane::Downloads, format!("{origin} {}", views::feed::address(&query)), move |conn, context| {
            let snapshot = &context.snapshot;
            let feed = Feed::read(conn, &snapshot.atlas, query, snapshot.published_at)?;
            Ok(Encoded::page(ATOM, views::feed::atom(&feed, &origin)))
        })
        .await?;
    Ok(page.respond(&request))
}

pub(in crate::web) async fn opml(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let origin = context.public_address.to_string();
    let today = context.today;
    let page = context
        .page(Lane::Downloads, format!("opml {origin}"), move |_, context| {
            let snapshot = &context.snapshot;
            let text = views::feed::opml(&feed::all(&snapshot.atlas, today), &origin, snapshot.published_at);
            Ok(Encoded::page("text/x-opml; charset=utf-8", text).named("council-map.opml"))
        })
        .await?;
    Ok(page.respond(&request))
}
