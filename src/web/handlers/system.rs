//! Addresses for machines: health, version, robots, sitemap; and what is left over.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use crate::db;
use crate::read::national::NationalPage;
use crate::views::links;
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::http::cache_policy::CachePolicy;
use crate::web::http::encoded::Encoded;
use crate::web::page_cache::PageKey;

/// `/health`: that the site answers, from which edition.
pub(in crate::web) async fn health(site: web::Data<Site>) -> HttpResponse {
    let snapshot = site.snapshot();
    HttpResponse::Ok()
        .content_type("application/json")
        .body(json!({"status": "ok", "data": {"id": snapshot.edition.id}}).to_string())
}

/// `/version`: software and data.
pub(in crate::web) async fn version(site: web::Data<Site>) -> HttpResponse {
    let snapshot = site.snapshot();
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

/// The address under which a visitor reached us; the proxy says so where there is one.
pub(in crate::web) fn origin(request: &HttpRequest) -> String {
    let info = request.connection_info();
    format!("{}://{}", info.scheme(), info.host())
}

/// `/robots.txt`: everything may be read, but nobody needs to walk every search.
pub(in crate::web) async fn robots(request: HttpRequest) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.extensions_mut().insert(CachePolicy::Page);
    response
        .content_type("text/plain; charset=utf-8")
        .body(format!("User-agent: *\nDisallow: /find\n\nSitemap: {}/sitemap.xml\n", origin(&request)))
}

/// `/sitemap.xml`: every page that is worth finding.
pub(in crate::web) async fn sitemap(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, AppError> {
    let origin = origin(&request);
    let key = PageKey { address: format!("sitemap {origin}"), day: site.today() };
    let page = site
        .page(key, move |conn, snapshot| {
            let fixed = [
                "/",
                "/councils",
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
            let letters: Vec<String> = db::letters::all(conn)?
                .into_iter()
                .filter(|letter| letter.has_text || letter.has_document)
                .filter_map(|letter| register.get(letter.council).map(|one| links::letter(&one.slug, letter.year)))
                .collect();
            let mut xml = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
            );
            for address in fixed.into_iter().map(str::to_owned).chain(councils).chain(years).chain(letters) {
                xml.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&format!("{origin}{address}"))));
            }
            xml.push_str("</urlset>\n");
            Ok(Encoded::page("application/xml", xml))
        })
        .await?;
    Ok(page.respond(&request))
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
    Err(AppError::not_found("There is nothing at this address."))
}
