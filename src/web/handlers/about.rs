//! `/about`, `/about/statistics`, `/about/data`, `/accessibility`.

use actix_web::{HttpRequest, HttpResponse};

use super::form;
use crate::db;
use crate::export::dataset::Dataset;
use crate::views;
use crate::web::context::RequestContext;
use crate::web::error::AppError;
use crate::web::params::Params;
use crate::web::work::Lane;

pub(in crate::web) async fn page(request: HttpRequest, context: RequestContext) -> Result<HttpResponse, AppError> {
    Params::read(request.query_string(), &[])?;
    let address = request.path().to_owned();
    let page = context
        .page(Lane::Pages, address.clone(), move |conn, context| {
            let snapshot = &context.snapshot;
            let frame = context.frame(&address);
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
