//! `/about`, `/about/statistics`, `/about/data`, `/accessibility`.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{form, frame};
use crate::db;
use crate::export::dataset::Dataset;
use crate::views;
use crate::web::Site;
use crate::web::error::AppError;
use crate::web::page_cache::PageKey;
use crate::web::params::Params;

pub(in crate::web) async fn page(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let address = request.path().to_owned();
    let key = PageKey { address: address.clone(), day: site.today() };
    let preview = site.preview().map(|moment| moment.to_string());
    let page = site
        .page(key, move |conn, snapshot| {
            let frame = frame::in_snapshot(snapshot, preview, &address);
            Ok(form::html(match address.as_str() {
                "/about/statistics" => views::about::statistics(&frame),
                "/about/data" => {
                    let tables = Dataset::ALL
                        .map(|one| views::about::Download { name: one.word(), description: one.description() });
                    // By their hour, which a restored site has kept; it has taken them in another order.
                    let mut releases = db::releases::all(conn)?;
                    releases.sort_by_key(|release| release.published_at);
                    views::about::data(&frame, &releases, snapshot.atlas.postcodes.edition(), &tables)
                }
                "/accessibility" => views::about::accessibility(&frame),
                _ => views::about::about(&frame),
            }))
        })
        .await?;
    Ok(page.respond(&request))
}
