//! Addresses that no route has.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use crate::pages::error::AppError;
use crate::views::links;
use crate::web::routes;

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
