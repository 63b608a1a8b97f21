//! Every address of the site, in one table: what stands there, what may be asked for, whether it is in the sitemap. The
//! web server's routes, the description of the site for programs and the sitemap are made of it.

use std::future::ready;

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::PathConfig;
use actix_web::{HttpRequest, Resource, web};

use super::counts::Kind;
use super::handlers::{assets, data as files, system};
use super::http::encoded::respond;
use super::request::asked;
use super::route::{Route, Serve};
use crate::domain::representation::Representation;
use crate::export::csvw::MetadataJson;
use crate::export::datapackage::PackageJson;
use crate::export::openapi::page_params as p;
use crate::export::openapi::{Answer, Described, OpenApiJson, Schema};
use crate::pages::ahead::Ahead;
use crate::pages::context::RequestContext;
use crate::pages::error::AppError;
use crate::pages::sitemap::{Listed, sitemap};
use crate::pages::{
    about, areas, changes, charts, cited, compare, council, councils, data, decisions, downloads, embed, feed, find,
    improvements, letters, map, national, pack, rankings, share, signs, statistics, subjects,
};

/// Every address as the description of the site tells of it.
pub fn described() -> Vec<Described> {
    ROUTES.iter().flat_map(Route::described).collect()
}

/// Every address that the sitemap names.
fn listed() -> Vec<(&'static str, Listed)> {
    ROUTES.iter().map(|route| (route.path, route.listed)).collect()
}

use Listed::{Areas, Categories, Councils, Decisions, Letters, Once, Regions, Subcategories};

/// All of them, top to bottom.
pub(super) static ROUTES: &[Route] = &[
    Route::page::<map::Map>("/", "All councils with one measure of one year", p::MAP)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Choices(map::first_choices)),
    Route::kept(
        "/map/shapes.json",
        "Finer outlines for the zoomed map",
        p::SHAPES,
        Answer::Json(Schema::of::<data::ShapesJson>()),
        |asked| Box::pin(data::shapes(asked)),
    )
    .sometimes(),
    Route::kept(
        "/map/switch.json",
        "What changes of the map with a choice, for its script",
        p::MAP,
        Answer::Json(Schema::of::<map::SwitchJson>()),
        |asked| Box::pin(map::switch(asked)),
    )
    .sometimes()
    .made_ahead(Ahead::Choices(map::first_switches)),
    Route::page::<find::Find>("/find", "Councils by postcode, name, code, reference or place", p::FIND),
    Route::page::<find::Names>("/find/names", "Names that complete what is typed", p::NAMES),
    Route::page::<councils::Councils>("/councils", "All councils, A to Z", p::COUNCILS)
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<council::Overview>("/councils/{slug}", "One council and its statistics", p::COUNCIL)
        .sometimes()
        .in_sitemap(Councils)
        .made_ahead(Ahead::Councils),
    Route::page::<statistics::Statistics>("/councils/{slug}/statistics", "All statistics of a council", p::SLUG)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<embed::Embed>("/embed/{slug}", "One figure for a frame of another site", p::EMBED).sometimes(),
    Route::page::<share::Card>("/share/{slug}", "One figure as a picture of 1200 by 630", p::EMBED).sometimes(),
    Route::page::<charts::Chart>("/councils/{slug}/figure", "One figure and its group as a drawing", p::EMBED)
        .sometimes(),
    Route::page::<charts::Chart>("/councils/{slug}/trend", "All years of one measure as a drawing", p::CHART)
        .sometimes(),
    Route::page::<charts::Chart>("/councils/{slug}/funnel", "A council in the funnel of its kind", p::CHART)
        .sometimes(),
    // Not in the sitemap: it says in another order what the council's other pages say.
    Route::page::<pack::Pack>("/councils/{slug}/pack", "Two sheets for a committee", p::COUNCIL).sometimes(),
    Route::page::<decisions::Decisions>("/councils/{slug}/decisions", "Decisions about a council", p::DECISIONS_OF)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<decisions::Decisions>("/councils/{slug}/reports", "Public reports about a council", p::REPORTS_OF)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<improvements::Improvements>(
        "/councils/{slug}/improvements",
        "What a council agreed to improve",
        p::IMPROVEMENTS_OF,
    )
    .sometimes()
    .in_sitemap(Councils),
    Route::page::<improvements::Deadlines>(
        "/councils/{slug}/improvements.ics",
        "Deadlines of a council as a calendar",
        p::IMPROVEMENTS_OF,
    )
    .sometimes(),
    Route::page::<improvements::News>(
        "/councils/{slug}/improvements.atom",
        "What a council agreed and did last",
        p::IMPROVEMENTS_OF,
    )
    .sometimes(),
    Route::page::<letters::Letters>("/councils/{slug}/letters", "Letters to a council", p::SLUG)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<letters::Letter>("/councils/{slug}/letters/{year}", "One letter", p::LETTER)
        .sometimes()
        .in_sitemap(Letters),
    Route::kept(
        "/councils/{slug}/letters/{year}.pdf",
        "The document of a letter",
        p::LETTER,
        Answer::File("application/pdf"),
        |asked| Box::pin(letters::document(asked)),
    )
    .sometimes(),
    Route::kept(
        "/councils/{slug}/letters/{year}.txt",
        "The text of a letter",
        p::LETTER,
        Answer::File("text/plain"),
        |asked| Box::pin(letters::document(asked)),
    )
    .sometimes(),
    Route::page::<feed::News>("/councils/{slug}/feed.atom", "What is new about a council", p::SLUG).sometimes(),
    Route::page::<decisions::Decisions>("/decisions", "Search all decisions and reports", p::DECISIONS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<decisions::Decisions>("/reports", "Search all public reports", p::REPORTS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<decisions::Decision>("/decisions/{reference}", "One decision", p::REFERENCE)
        .sometimes()
        .in_sitemap(Decisions),
    Route::page::<improvements::Improvements>("/improvements", "What councils agreed to improve", p::IMPROVEMENTS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<improvements::Deadlines>("/improvements.ics", "Deadlines as a calendar", p::IMPROVEMENTS).sometimes(),
    Route::page::<improvements::News>("/improvements.atom", "What councils agreed and did last", p::IMPROVEMENTS)
        .sometimes(),
    Route::page::<feed::News>("/feed.atom", "New decisions and letters", p::FEED).sometimes(),
    Route::kept("/feeds.opml", "All feeds", p::NONE, Answer::File("text/x-opml"), |asked| Box::pin(data::opml(asked))),
    Route::page::<national::National>("/national", "The national review of a year", p::NATIONAL)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<national::Trend>("/national/trend", "All years of a rate of England as a drawing", p::MEASURE)
        .sometimes(),
    Route::page::<rankings::Rankings>("/rankings", "Councils with one measure, filtered and sorted", p::RANKINGS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<signs::EarlySigns>("/signs", "Councils by early sign", p::SIGNS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<signs::SignsNews>("/signs.atom", "Councils by early sign, as a feed", p::SIGNS).sometimes(),
    Route::page::<subjects::Subjects>("/subjects", "What complaints were about", p::SUBJECTS)
        .sometimes()
        .in_sitemap(Once)
        .made_ahead(Ahead::Itself),
    Route::page::<subjects::Subject>("/subjects/{category}", "One subject, by council", p::SUBJECT)
        .sometimes()
        .in_sitemap(Categories),
    Route::page::<subjects::Subject>(
        "/subjects/{category}/{subcategory}",
        "What is published about a part of a subject, by council",
        p::SUBCATEGORY,
    )
    .sometimes()
    .in_sitemap(Subcategories),
    Route::page::<areas::Areas>("/areas", "Regions, combined authorities and counties", p::NONE).in_sitemap(Once),
    Route::page::<areas::OneArea>("/areas/{area}", "A combined authority, or a county with its districts", p::AREA)
        .sometimes()
        .in_sitemap(Areas),
    Route::page::<areas::OneArea>("/regions/{region}", "A region of England", p::REGION)
        .sometimes()
        .in_sitemap(Regions),
    Route::page::<compare::Compare>("/compare", "Councils side by side: two to eight, or a whole group", p::COMPARE)
        .sometimes()
        .in_sitemap(Once),
    Route::now("/code/{code}", "To the council that has or had a GSS code", p::CODE, Answer::Redirect, |_, asked| {
        Box::pin(ready(files::by_code(&asked)))
    })
    .sometimes(),
    Route::page::<changes::Changes>("/changes", "What each release changed", p::CHANGES).sometimes().in_sitemap(Once),
    Route::page::<cited::Cited>("/cited", "A page as it was cited, and what changed since", p::CITED).sometimes(),
    Route::page::<downloads::Downloads>("/data", "Every whole file with its size, and how to read it", p::NONE)
        .in_sitemap(Once),
    Route::now(
        "/data/council-map.sqlite",
        "Everything public in one SQLite file",
        p::NONE,
        Answer::File("application/vnd.sqlite3"),
        |request, asked| Box::pin(ready(Ok(files::sqlite(&request, &asked)))),
    ),
    Route::kept(
        "/data/datapackage.json",
        "Frictionless data package of the tables",
        p::NONE,
        Answer::Json(Schema::of::<PackageJson>()),
        |asked| Box::pin(data::package(asked)),
    ),
    Route::kept(
        "/data/csv-metadata.json",
        "CSVW description of the tables",
        p::NONE,
        Answer::JsonAs("application/csvm+json", Schema::of::<MetadataJson>()),
        |asked| Box::pin(data::metadata(asked)),
    ),
    Route::kept("/data/{name}.csv", "A whole table", p::TABLE, Answer::Csv, |asked| Box::pin(data::table(asked)))
        .sometimes(),
    Route::page::<about::About>("/about", "About this site", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/about/statistics", "How to read the figures", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/about/data", "Sources, licences, what is invented", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/accessibility", "Accessibility statement", p::NONE).in_sitemap(Once),
    Route::now("/assets/{name}", "Style sheet, script, icon", p::ASSET, Answer::File("*/*"), |request, _| {
        Box::pin(ready(assets::asset(&request)))
    })
    .sometimes(),
    Route::now(
        "/health",
        "That the process lives",
        p::NONE,
        Answer::Json(Schema::of::<system::HealthJson>()),
        |_, asked| Box::pin(ready(system::health(&asked))),
    ),
    Route::now(
        "/ready",
        "Whether the site can answer now; 503 when not",
        p::NONE,
        Answer::Json(Schema::of::<system::ReadyJson>()),
        |_, asked| Box::pin(ready(system::ready(&asked))),
    ),
    Route::now(
        "/version",
        "Version of software and data",
        p::NONE,
        Answer::Json(Schema::of::<system::VersionJson>()),
        |_, asked| Box::pin(ready(system::version(&asked))),
    ),
    Route::kept("/openapi.json", "This description", p::NONE, Answer::Json(Schema::of::<OpenApiJson>()), |asked| {
        Box::pin(data::describe(asked, described))
    }),
    Route::now("/robots.txt", "For crawlers", p::NONE, Answer::File("text/plain"), |_, asked| {
        Box::pin(ready(Ok(system::robots(&asked))))
    }),
    Route::kept("/sitemap.xml", "For crawlers", p::NONE, Answer::File("application/xml"), |asked| {
        Box::pin(sitemap(asked, listed))
    }),
    Route::kept("/sitemap-{part}.xml", "A part of a long sitemap", p::PART, Answer::File("application/xml"), |asked| {
        Box::pin(sitemap(asked, listed))
    })
    .sometimes(),
];

/// GET and HEAD; anything else falls through to the 405 of the fallback.
fn reading() -> impl Guard {
    Any(Get()).or(Head())
}

/// A path as the web server matches it. What varies has no dot, which begins the extension of a twin; only the names of
/// assets have one, which hold a hash.
pub(super) fn pattern(path: &str) -> String {
    if path.starts_with("/assets/") {
        return path.to_owned();
    }
    path.replace('}', ":[^/.]+}").replace("{part:[^/.]+}", "{part:[0-9]+}")
}

fn resource(kind: Kind, route: &'static Route, path: &str, representation: Representation) -> Resource {
    let serve = move |request: HttpRequest, context: RequestContext| async move {
        let asked = asked(&request, context, representation, route.parts(), route.parameters).await?;
        match route.serve {
            Serve::Kept(make) => Ok(respond(&*make(asked).await?, &request)),
            Serve::Now(make) => make(request, asked).await,
        }
    };
    web::resource(pattern(path)).app_data(kind).guard(reading()).to(serve)
}

/// Registers every route.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    // A part of an address that does not parse, such as a number beyond all numbers, is an address of nothing.
    config.app_data(PathConfig::default().error_handler(|_, _| AppError::nothing_here().into()));
    for (row, route) in ROUTES.iter().enumerate() {
        let kind = Kind(row);
        let all = route.representations();
        let twins = all.iter().filter(|one| Representation::TWINS.contains(one));
        for twin in twins {
            config.service(resource(kind, route, &route.twin(twin.extension()), *twin));
        }
        let itself = all.iter().find(|one| !Representation::TWINS.contains(one));
        // A chart has an address in each of its forms and no page between them.
        if itself.is_some() || all.is_empty() {
            config.service(resource(kind, route, route.path, itself.copied().unwrap_or(Representation::Html)));
        }
    }
}

/// The extensions under which a page stands, when a path is that page with another one.
pub(super) fn twins_of(path: &str) -> Option<(String, Vec<&'static str>)> {
    let (base, asked) = path.rsplit_once('.')?;
    Representation::of_extension(asked)?;
    let parts: Vec<&str> = base.split('/').collect();
    let fits = |route: &&Route| {
        let own: Vec<&str> = if route.path == "/" { vec!["", "map"] } else { route.path.split('/').collect() };
        own.len() == parts.len() && own.iter().zip(&parts).all(|(own, part)| own.starts_with('{') || own == part)
    };
    let route = ROUTES.iter().filter(|route| route.representations().contains(&Representation::Html)).find(fits)?;
    let twins = route.representations().into_iter().filter(|one| Representation::TWINS.contains(one));
    let page = if base == "/map" { "/" } else { base };
    Some((page.to_owned(), twins.map(Representation::extension).collect()))
}
