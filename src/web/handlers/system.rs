//! Addresses for machines: health, version, robots, sitemap; and what is left over.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::header;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::json_text;
use crate::site::cache_policy::CachePolicy;
use crate::site::work::Lane;

/// That the process lives.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Health")]
pub(in crate::web) struct HealthJson<'a> {
    status: &'static str,
    data: DataInForce<'a>,
}

/// The edition from which the site answers.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct DataInForce<'a> {
    id: &'a str,
    synthetic: bool,
}

/// Whether the site can answer now.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Ready")]
pub(in crate::web) struct ReadyJson<'a> {
    status: Status,
    /// What is wrong with the data directory, while the site goes on with the edition that it has.
    trouble: Option<&'a str>,
    queues: BTreeMap<&'static str, Queue>,
    data: DataInForce<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Status {
    Ready,
    Degraded,
    Busy,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Queue {
    waiting: usize,
    most: usize,
}

/// Version of software and data.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Version")]
pub(in crate::web) struct VersionJson<'a> {
    software: &'static str,
    data: VersionOfData<'a>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct VersionOfData<'a> {
    id: &'a str,
    published_at: Timestamp,
    synthetic: bool,
}

/// An answer that is true only now.
fn now(answer: &impl Serialize) -> Result<HttpResponse, AppError> {
    Ok(HttpResponse::Ok().content_type("application/json").body(json_text(answer)?))
}

fn data(asked: &Asked) -> DataInForce<'_> {
    let snapshot = &asked.context.snapshot;
    DataInForce { id: &snapshot.edition.id, synthetic: snapshot.atlas.synthetic }
}

/// `/health`: that the process lives, and from which edition it answers.
pub(in crate::web) fn health(asked: &Asked) -> Result<HttpResponse, AppError> {
    now(&HealthJson { status: "ok", data: data(asked) })
}

/// `/ready`: whether it answers. 503 while the queue of pages is full, so that a balancer asks another machine; a data
/// directory that cannot be read is told, but the site goes on with the edition that it has.
pub(in crate::web) fn ready(asked: &Asked) -> Result<HttpResponse, AppError> {
    let site = &asked.context.site;
    let queue = |lane| {
        let (waiting, most) = site.work().waiting(lane);
        Queue { waiting, most }
    };
    let pages = queue(Lane::Pages);
    let trouble = site.trouble();
    let status = match &trouble {
        _ if pages.waiting >= pages.most => Status::Busy,
        Some(_) => Status::Degraded,
        None => Status::Ready,
    };
    let queues = BTreeMap::from([("pages", pages), ("downloads", queue(Lane::Downloads))]);
    let answer = ReadyJson { status, trouble, queues, data: data(asked) };
    if status == Status::Busy {
        let mut busy = HttpResponse::ServiceUnavailable();
        busy.insert_header((header::RETRY_AFTER, "5"));
        return Ok(busy.content_type("application/json").body(json_text(&answer)?));
    }
    now(&answer)
}

/// `/version`: software and data.
pub(in crate::web) fn version(asked: &Asked) -> Result<HttpResponse, AppError> {
    let snapshot = &asked.context.snapshot;
    let data = VersionOfData {
        id: &snapshot.edition.id,
        published_at: snapshot.published_at,
        synthetic: snapshot.atlas.synthetic,
    };
    now(&VersionJson { software: env!("CARGO_PKG_VERSION"), data })
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
