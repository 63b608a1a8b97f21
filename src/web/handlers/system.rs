//! Addresses for machines: health, version, robots, sitemap; and what is left over.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::db::{self, Connection};
use crate::export::sitemap;
use crate::read::national::NationalPage;
use crate::views::links;
use crate::web::asked::Asked;
use crate::web::error::AppError;
use crate::web::http::cache_policy::CachePolicy;
use crate::web::http::encoded::Encoded;
use crate::web::routes::{self, Listed, ROUTES};
use crate::web::site::Snapshot;
use crate::web::work::Lane;

/// An answer that is true only now.
fn now(value: &Value) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(value.to_string())
}

/// `/health`: that the process lives, and from which edition it answers.
pub(in crate::web) fn health(asked: &Asked) -> HttpResponse {
    let snapshot = &asked.context.snapshot;
    let data = json!({"id": snapshot.edition.id, "synthetic": snapshot.atlas.synthetic});
    now(&json!({"status": "ok", "data": data}))
}

/// `/ready`: whether it answers. 503 while the queue of pages is full, so that a balancer asks another machine; a data
/// directory that cannot be read is told, but the site goes on with the edition that it has.
pub(in crate::web) fn ready(asked: &Asked) -> HttpResponse {
    let (site, snapshot) = (&asked.context.site, &asked.context.snapshot);
    let queue = |lane| {
        let (waiting, most) = site.work().waiting(lane);
        json!({"waiting": waiting, "most": most})
    };
    let (waiting, most) = site.work().waiting(Lane::Pages);
    let trouble = site.trouble();
    let status = match &trouble {
        _ if waiting >= most => "busy",
        Some(_) => "degraded",
        None => "ready",
    };
    let body = json!({
        "status": status,
        "trouble": trouble,
        "queues": {"pages": queue(Lane::Pages), "downloads": queue(Lane::Downloads)},
        "data": {"id": snapshot.edition.id, "synthetic": snapshot.atlas.synthetic},
    });
    if status == "busy" {
        let mut busy = HttpResponse::ServiceUnavailable();
        return busy.insert_header((header::RETRY_AFTER, "5")).content_type("application/json").body(body.to_string());
    }
    now(&body)
}

/// `/version`: software and data.
pub(in crate::web) fn version(asked: &Asked) -> HttpResponse {
    let snapshot = &asked.context.snapshot;
    now(&json!({
        "software": env!("CARGO_PKG_VERSION"),
        "data": {
            "id": snapshot.edition.id,
            "published_at": snapshot.published_at.to_string(),
            "synthetic": snapshot.atlas.synthetic,
        },
    }))
}

/// `/robots.txt`: everything may be read, but nobody needs to walk every search and comparison.
pub(in crate::web) fn robots(asked: &Asked) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.extensions_mut().insert(CachePolicy::Page);
    response.content_type("text/plain; charset=utf-8").body(format!(
        "User-agent: *\nDisallow: /find\nDisallow: /compare?\n\nSitemap: {}/sitemap.xml\n",
        asked.context.public_address
    ))
}

/// `/sitemap.xml`: every page that is worth finding, or the list of files where they are too many for one;
/// `/sitemap-N.xml`: 0 holds the pages, the others the decisions.
pub(in crate::web) async fn sitemap(asked: Asked) -> Result<HttpResponse, AppError> {
    let parts = asked.atlas().cases.len().div_ceil(sitemap::IN_ONE_FILE);
    let part = match asked.part("part") {
        "" => None,
        text => Some(text.parse::<usize>().ok().filter(|part| *part <= parts).ok_or_else(AppError::nothing_here)?),
    };
    let key = format!("sitemap {part:?} {}", asked.context.public_address);
    let made = asked.context.page(Lane::Downloads, key, move |conn, context| {
        let origin = context.public_address.to_string();
        let xml = match part {
            None if parts <= 1 => {
                sitemap::urls(&origin, pages(conn, &context.snapshot)?.into_iter().chain(decisions(conn, 1)?))
            }
            None => sitemap::index(&origin, (0..=parts).map(|part| format!("/sitemap-{part}.xml"))),
            Some(0) => sitemap::urls(&origin, pages(conn, &context.snapshot)?),
            Some(part) => sitemap::urls(&origin, decisions(conn, part)?),
        };
        Ok(Encoded::page("application/xml", xml))
    });
    Ok(made.await?.respond(&asked.request))
}

/// Every page that is not a decision.
fn pages(conn: &Connection, snapshot: &Snapshot) -> Result<Vec<String>, AppError> {
    let register = &snapshot.atlas.register;
    let mut addresses = Vec::new();
    for route in ROUTES {
        match route.listed {
            Listed::Once => addresses.push(route.path.to_owned()),
            Listed::Councils => {
                let of = |slug: &str| route.path.replace("{slug}", slug);
                addresses.extend(register.councils().iter().map(|council| of(council.slug.as_str())));
            }
            Listed::Letters => {
                let letters = db::letters::all(conn)?;
                let shown = letters.iter().filter(|letter| letter.has_text || letter.has_document);
                addresses.extend(shown.filter_map(|letter| {
                    register.get(letter.council).map(|one| links::letter(&one.slug, letter.year))
                }));
            }
            Listed::No | Listed::Decisions => {}
        }
    }
    let years = NationalPage::years(&snapshot.atlas);
    addresses.extend(years.iter().map(|year| links::with_query("/national", &[("year", Some(&year.to_string()))])));
    Ok(addresses)
}

/// The decisions of a part, counted from 1.
fn decisions(conn: &Connection, part: usize) -> Result<Vec<String>, AppError> {
    let before = part.saturating_sub(1) * sitemap::IN_ONE_FILE;
    let references = db::decisions::references(conn, sitemap::IN_ONE_FILE, before)?;
    Ok(references.iter().map(links::decision).collect())
}

/// Addresses with a slash at the end have one without; everything else is not here.
pub(in crate::web) async fn fallback(request: HttpRequest) -> Result<HttpResponse, AppError> {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return Err(AppError::MethodNotAllowed);
    }
    let path = request.path();
    let trimmed = path.trim_end_matches('/');
    if path.len() > 1
        && trimmed.len() < path.len()
        && trimmed.starts_with('/')
        && !trimmed.starts_with("//")
        && !trimmed.contains('\\')
    {
        let query = request.query_string();
        let target = if query.is_empty() { trimmed.to_owned() } else { format!("{trimmed}?{query}") };
        return Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, target)).finish());
    }
    Err(match routes::twins_of(path) {
        Some((page, twins)) => {
            let addresses: Vec<String> = twins.iter().map(|one| links::twin(&page, one)).collect();
            let known = twins.iter().map(|one| (format!("The same as .{one}"), links::twin(&page, one)));
            AppError::NotFound {
                message: format!("This page does not come in that form. It comes as {page}, {}.", addresses.join(", ")),
                help: known.chain([("The page itself".to_owned(), page.clone())]).collect(),
            }
        }
        None => AppError::nothing_here(),
    })
}
