//! Every address of the site, top to bottom.

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::PathConfig;
use actix_web::{Resource, web};

use super::error::{AppError, NOTHING_HERE};
use super::handlers::{
    about, assets, changes, compare, council, councils, data, decisions, feed, find, home, improvements, letters,
    national, statistics, system,
};

/// GET and HEAD; anything else falls through to the 405 of the fallback.
fn reading() -> impl Guard {
    Any(Get()).or(Head())
}

fn resource(path: &str) -> Resource {
    web::resource(path).guard(reading())
}

/// A council's place in an address: no dots, which begin the extension of a twin.
const SLUG: &str = "{slug:[^/.]+}";
const TWIN: &str = "{extension:json|csv|xlsx|geojson}";

/// Registers every route.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    // A part of an address that does not parse, such as a number beyond all numbers, is an address of nothing.
    let unreadable = PathConfig::default().error_handler(|_, _| AppError::not_found(NOTHING_HERE).into());
    config.app_data(unreadable);
    let slug_twin = format!("/councils/{SLUG}.{TWIN}");
    for list in ["decisions", "reports"] {
        config
            .service(resource(&format!("/councils/{SLUG}/{list}")).to(decisions::of_council))
            .service(resource(&format!("/councils/{SLUG}/{list}.{TWIN}")).to(decisions::of_council_twin))
            .service(resource(&format!("/{list}")).to(decisions::all))
            .service(resource(&format!("/{list}.{TWIN}")).to(decisions::all_twin));
    }
    config
        .service(resource("/").to(home::page))
        .service(resource(&format!("/map.{TWIN}")).to(home::twin))
        .service(resource("/map/shapes.json").to(home::shapes))
        .service(resource("/find").to(find::page))
        .service(resource("/find.json").to(find::twin))
        .service(resource("/councils").to(councils::page))
        .service(resource(&format!("/councils.{TWIN}")).to(councils::twin))
        .service(resource(&format!("/councils/{SLUG}")).to(council::page))
        .service(resource(&slug_twin).to(council::twin))
        .service(resource(&format!("/councils/{SLUG}/statistics")).to(statistics::page))
        .service(resource(&format!("/councils/{SLUG}/statistics.{TWIN}")).to(statistics::twin))
        .service(resource(&format!("/councils/{SLUG}/improvements")).to(improvements::council_page))
        .service(resource(&format!("/councils/{SLUG}/improvements.ics")).to(improvements::council_calendar))
        .service(resource(&format!("/councils/{SLUG}/improvements.{TWIN}")).to(improvements::council_twin))
        .service(resource(&format!("/councils/{SLUG}/letters")).to(letters::list))
        .service(resource(&format!("/councils/{SLUG}/letters.{TWIN}")).to(letters::list_twin))
        .service(resource(&format!("/councils/{SLUG}/letters/{{year:[^/.]+}}")).to(letters::one))
        .service(resource(&format!("/councils/{SLUG}/letters/{{year:[^/.]+}}.{TWIN}")).to(letters::one_twin))
        .service(
            resource(&format!("/councils/{SLUG}/letters/{{year:[^/.]+}}.{{extension:pdf|txt}}")).to(letters::document),
        )
        .service(resource("/improvements").to(improvements::page))
        .service(resource("/improvements.ics").to(improvements::calendar))
        .service(resource(&format!("/improvements.{TWIN}")).to(improvements::twin))
        .service(resource("/decisions/{reference:[^/.]+}").to(decisions::one))
        .service(resource(&format!("/decisions/{{reference:[^/.]+}}.{TWIN}")).to(decisions::one_twin))
        .service(resource("/feed.atom").to(feed::of_query))
        .service(resource(&format!("/councils/{SLUG}/feed.atom")).to(feed::of_council))
        .service(resource("/feeds.opml").to(feed::opml))
        .service(resource("/national").to(national::page))
        .service(resource(&format!("/national.{TWIN}")).to(national::twin))
        .service(resource("/compare").to(compare::page))
        .service(resource(&format!("/compare.{TWIN}")).to(compare::twin))
        .service(resource("/code/{code}").to(councils::by_code))
        .service(resource("/changes").to(changes::page))
        .service(resource(&format!("/changes.{TWIN}")).to(changes::twin))
        .service(resource("/data/council-map.sqlite").to(data::sqlite))
        .service(resource("/data/datapackage.json").to(data::package))
        .service(resource("/data/csv-metadata.json").to(data::metadata))
        .service(resource("/data/{name:[a-z]+}.csv").to(data::table))
        .service(resource("/about").to(about::page))
        .service(resource("/about/statistics").to(about::page))
        .service(resource("/about/data").to(about::page))
        .service(resource("/accessibility").to(about::page))
        .service(resource("/assets/{name}").to(assets::asset))
        .service(resource("/health").to(system::health))
        .service(resource("/ready").to(system::ready))
        .service(resource("/version").to(system::version))
        .service(resource("/openapi.json").to(data::describe))
        .service(resource("/robots.txt").to(system::robots))
        .service(resource("/sitemap.xml").to(system::sitemap))
        .service(resource("/sitemap-{part:[0-9]+}.xml").to(system::sitemap_part))
        .default_service(web::route().to(system::fallback));
}
