//! Addresses for machines: health, version, robots, sitemap; and what is left over.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

use crate::pages::asked::Asked;
use crate::site::cache_policy::CachePolicy;
use crate::site::work::Lane;

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
