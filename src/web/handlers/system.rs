//! Addresses for machines: health, version, robots, sitemap; and what is left over.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::db::{self, Connection};
use crate::read::national::NationalPage;
use crate::views::links;
use crate::web::context::RequestContext;
use crate::web::error::{AppError, NOTHING_HERE};
use crate::web::http::cache_policy::CachePolicy;
use crate::web::http::encoded::Encoded;
use crate::web::site::Snapshot;
use crate::web::work::Lane;

/// `/health`: that the process lives, and from which edition it answers.
pub(in crate::web) async fn health(context: RequestContext) -> HttpResponse {
    let snapshot = &context.snapshot;
    let data = json!({"id": snapshot.edition.id, "synthetic": snapshot.atlas.synthetic});
    HttpResponse::Ok().content_type("application/json").body(json!({"status": "ok", "data": data}).to_string())
}

/// `/ready`: whether it answers. 503 while the queue of pages is full, so that a balancer asks another machine; a data
/// directory that cannot be read is told, but the site goes on with the edition that it has.
pub(in crate::web) async fn ready(context: RequestContext) -> HttpResponse {
    let queue = |lane| {
        let (waiting, most) = context.site.work().waiting(lane);
        (waiting, json!({"waiting": waiting, "most": most}), waiting >= most)
    };
    let (_, pages, full) = queue(Lane::Pages);
    let (_, downloads, _) = queue(Lane::Downloads);
    let trouble = context.site.trouble();
    let status = match (full, &trouble) {
        (true, _) => "busy",
        (false, Some(_)) => "degraded",
        (false, None) => "ready",
    };
    let body = json!({
        "status": status,
        "trouble": trouble,
        "queues": {"pages": pages, "downloads": downloads},
        "data": {"id": context.snapshot.edition.id, "synthetic": context.snapshot.atlas.synthetic},
    });
    let mut response = if full { HttpResponse::ServiceUnavailable() } else { HttpResponse::Ok() };
    if full {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    response.content_type("application/json").body(body.to_string())
}

/// `/version`: software and data.
pub(in crate::web) async fn version(context: RequestContext) -> HttpResponse {
    let snapshot = &context.snapshot;
    let body = json!({
        "software": env!("CARGO_PKG_VERSION"),
        "data": {
            "id": snapshot.edition.id,
            "published_at": snapshot.published_at.to_string(),
            "synthetic": snapshot.atlas.synthetic,
        },
    });
    HttpResponse::Ok().content_type("application/json").body(body.to_string())
}

/// `/robots.txt`: everything may be read, but nobody needs to walk every search and comparison.
pub(in crate::web) async fn robots(context: RequestContext) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.extensions_mut().insert(CachePolicy::Page);
    response.content_type("text/plain; charset=utf-8").body(format!(
        "User-agent: *\nDisallow: /find\nDisallow: /compare?\n\nSitemap: {}/sitemap.xml\n",
        context.public_address
    ))
}

/// Addresses in one file of the sitemap; the protocol allows 50,000.
const IN_ONE_FILE: usize = 40_000;

/// `/sitemap.xml`: every page that is worth finding, or the list of files where they are too many for one.
pub(in crate::web) async fn sitemap(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    let origin = context.public_address.to_string();
    let page = context
        .page(Lane::Downloads, format!("sitemap {origin}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let parts = snapshot.atlas.cases.len().div_ceil(IN_ONE_FILE);
            let xml = if parts <= 1 {
                let addresses = pages(conn, snapshot)?.into_iter().chain(decisions(conn, 1)?);
                urls(&origin, addresses)
            } else {
                let files = (0..=parts).map(|part| format!("/sitemap-{part}.xml"));
                wrapped("sitemapindex", "sitemap", &origin, files)
            };
            Ok(Encoded::page("application/xml", xml))
        })
        .await?;
    Ok(page.respond(&request))
}

/// `/sitemap-N.xml`: 0 holds the pages, the others the decisions.
pub(in crate::web) async fn sitemap_part(
    request: HttpRequest,
    context: RequestContext,
    part: web::Path<usize>,
) -> Result<HttpResponse, AppError> {
    let part = part.into_inner();
    if part > context.snapshot.atlas.cases.len().div_ceil(IN_ONE_FILE) {
        return Err(AppError::not_found("The sitemap has no such part."));
    }
    let origin = context.public_address.to_string();
    let page = context
        .page(Lane::Downloads, format!("sitemap {part} {origin}"), move |conn, context| {
            let snapshot = &context.snapshot;
            let xml = if part == 0 {
                urls(&origin, pages(conn, snapshot)?.into_iter())
            } else {
                urls(&origin, decisions(conn, part)?.into_iter())
            };
            Ok(Encoded::page("application/xml", xml))
        })
        .await?;
    Ok(page.respond(&request))
}

/// Every page that is not a decision.
fn pages(conn: &Connection, snapshot: &Snapshot) -> Result<Vec<String>, AppError> {
    let fixed = [
        "/",
        "/councils",
        "/compare",
        "/decisions",
        "/reports",
        "/improvements",
        "/national",
        "/changes",
        "/about",
        "/about/statistics",
        "/about/data",
        "/accessibility",
    ];
    let register = &snapshot.atlas.register;
    let councils = register.councils().iter().flat_map(|council| {
        let parts = ["statistics", "decisions", "reports", "improvements", "letters"];
        let parts = parts.map(|part| links::council_part(&council.slug, part));
        std::iter::once(links::council(&council.slug)).chain(parts)
    });
    let years = NationalPage::years(&snapshot.atlas);
    let years = years.iter().map(|year| links::with_query("/national", &[("year", Some(&year.to_string()))]));
    let letters = db::letters::all(conn)?;
    let letters = letters
        .iter()
        .filter(|letter| letter.has_text || letter.has_document)
        .filter_map(|letter| register.get(letter.council).map(|one| links::letter(&one.slug, letter.year)));
    Ok(fixed.into_iter().map(str::to_owned).chain(councils).chain(years).chain(letters).collect())
}

/// The decisions of a part, counted from 1.
fn decisions(conn: &Connection, part: usize) -> Result<Vec<String>, AppError> {
    let references = db::decisions::references(conn, IN_ONE_FILE, (part - 1) * IN_ONE_FILE)?;
    Ok(references.iter().map(links::decision).collect())
}

fn urls(origin: &str, addresses: impl Iterator<Item = String>) -> String {
    wrapped("urlset", "url", origin, addresses)
}

fn wrapped(root: &str, element: &str, origin: &str, addresses: impl Iterator<Item = String>) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        xml.push_str(&format!("<{element}><loc>{}</loc></{element}>\n", escape(&format!("{origin}{address}"))));
    }
    xml.push_str(&format!("</{root}>\n"));
    xml
}

fn escape(text: &str) -> String {
    maud::html! { (text) }.into_string()
}

/// Addresses with a slash at the end have one without; everything else is not here.
pub(in crate::web) async fn fallback(request: HttpRequest) -> Result<HttpResponse, AppError> {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Err(AppError::MethodNotAllowed);
    }
    let path = request.path();
    let trimmed = path.trim_end_matches('/');
    if path.len() > 1 && trimmed.len() < path.len() && trimmed.starts_with('/') && !trimmed.starts_with("//") {
        let query = request.query_string();
        let target = if query.is_empty() { trimmed.to_owned() } else { format!("{trimmed}?{query}") };
        return Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, target)).finish());
    }
    Err(AppError::not_found(NOTHING_HERE))
}
