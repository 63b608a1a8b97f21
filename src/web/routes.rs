//! Every address of the site, in one table: what stands there, what may be asked for, whether it is in the sitemap. The
//! web server's routes, the description of the site for programs, the sitemap and `docs/api.md` are made of it.

use std::future::ready;
use std::pin::Pin;

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::web::PathConfig;
use actix_web::{HttpRequest, HttpResponse, Resource, web};

use super::asked::Asked;
use super::context::RequestContext;
use super::error::AppError;
use super::handlers::{assets, data, system};
use super::page::{self, Page};
use super::pages::{
    about, changes, compare, council, councils, decisions, feed, find, improvements, letters, map, national, statistics,
};
use crate::domain::representation::Representation;
use crate::export::openapi::params::{self as p, Param};
use crate::export::openapi::{Answer, Described};

type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse, AppError>>>>;
type Serve = fn(Asked) -> Answering;

/// An address, or several that differ in a part of the path.
pub(super) struct Route {
    /// Parts that vary stand in braces.
    pub(super) path: &'static str,
    /// What stands there, in a few words.
    pub(super) summary: &'static str,
    /// What may be asked for.
    pub(super) parameters: &'static [Param],
    /// Whether a well-formed request may find nothing.
    may_be_missing: bool,
    /// Which addresses of it the sitemap names.
    pub(super) listed: Listed,
    answers: Answers,
    serve: Serve,
}

/// What an address answers with.
#[derive(Clone, Copy)]
enum Answers {
    /// A page and its twins; the name of its JSON in the description.
    Page(fn() -> Vec<Representation>, &'static str),
    /// One thing.
    One(Answer),
}

/// Which addresses of a route the sitemap names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// None: it is for programs, or there are as many as there are questions.
    No,
    /// The one there is.
    Once,
    /// One of each council.
    Councils,
    /// One of each letter that can be read.
    Letters,
    /// One of each decision.
    Decisions,
}

impl Route {
    const fn page<P: Page>(path: &'static str, summary: &'static str, parameters: &'static [Param]) -> Self {
        Self {
            path,
            summary,
            parameters,
            may_be_missing: false,
            listed: Listed::No,
            answers: Answers::Page(|| P::FORMS.representations(), P::SCHEMA),
            serve: |asked| Box::pin(page::serve::<P>(asked)),
        }
    }

    const fn one(
        path: &'static str,
        summary: &'static str,
        parameters: &'static [Param],
        answer: Answer,
        serve: Serve,
    ) -> Self {
        let answers = Answers::One(answer);
        Self { path, summary, parameters, may_be_missing: false, listed: Listed::No, answers, serve }
    }

    const fn in_sitemap(self, listed: Listed) -> Self {
        Self { listed, ..self }
    }

    /// A well-formed request may find nothing.
    const fn sometimes(self) -> Self {
        Self { may_be_missing: true, ..self }
    }

    /// The representations of a page; none of what is no page.
    pub(super) fn representations(&self) -> Vec<Representation> {
        match self.answers {
            Answers::Page(all, _) => all(),
            Answers::One(_) => Vec::new(),
        }
    }

    /// The names of the parts of its path that vary, in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// The path of a twin. The map's twins have a name, since its path has none.
    fn twin(&self, extension: &str) -> String {
        let base = if self.path == "/" { "/map" } else { self.path };
        format!("{base}.{extension}")
    }

    /// How the description of the site tells of it: an entry for each representation.
    fn described(&self) -> Vec<Described> {
        let entry = |path: String, answer: Answer| Described {
            path,
            summary: self.summary,
            params: self.parameters,
            answer,
            may_be_missing: self.may_be_missing,
        };
        match self.answers {
            Answers::One(answer) => vec![entry(self.path.to_owned(), answer)],
            Answers::Page(all, schema) => all()
                .into_iter()
                .map(|one| match one {
                    Representation::Html => entry(self.path.to_owned(), Answer::Html),
                    Representation::Json => entry(self.twin(one.extension()), Answer::Json(schema)),
                    Representation::Csv => entry(self.twin(one.extension()), Answer::Csv),
                    Representation::GeoJson => {
                        entry(self.twin(one.extension()), Answer::JsonAs(one.media_type(), "Layer"))
                    }
                    Representation::Xlsx => entry(self.twin(one.extension()), Answer::File(one.media_type())),
                    Representation::Atom | Representation::Calendar => {
                        entry(self.path.to_owned(), Answer::File(one.media_type()))
                    }
                })
                .collect(),
        }
    }
}

/// Every address as the description of the site tells of it.
pub fn described() -> Vec<Described> {
    ROUTES.iter().flat_map(Route::described).collect()
}

use Listed::{Councils, Decisions, Letters, Once};

/// All of them, top to bottom.
pub(super) static ROUTES: &[Route] = &[
    Route::page::<map::Map>("/", "All councils with one measure of one year", p::MAP).sometimes().in_sitemap(Once),
    Route::one("/map/shapes.json", "Finer outlines for the zoomed map", p::SHAPES, Answer::Json("Shapes"), |asked| {
        Box::pin(data::shapes(asked))
    })
    .sometimes(),
    Route::page::<find::Find>("/find", "Councils by postcode, name, code, reference or place", p::FIND),
    Route::page::<councils::Councils>("/councils", "All councils, A to Z", p::COUNCILS).in_sitemap(Once),
    Route::page::<council::Overview>("/councils/{slug}", "One council and its statistics", p::COUNCIL)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<statistics::Statistics>("/councils/{slug}/statistics", "All statistics of a council", p::SLUG)
        .sometimes()
        .in_sitemap(Councils),
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
    Route::page::<letters::Letters>("/councils/{slug}/letters", "Letters to a council", p::SLUG)
        .sometimes()
        .in_sitemap(Councils),
    Route::page::<letters::Letter>("/councils/{slug}/letters/{year}", "One letter", p::LETTER)
        .sometimes()
        .in_sitemap(Letters),
    Route::one(
        "/councils/{slug}/letters/{year}.pdf",
        "The document of a letter",
        p::LETTER,
        Answer::File("application/pdf"),
        |asked| Box::pin(letters::document(asked)),
    )
    .sometimes(),
    Route::one(
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
        .in_sitemap(Once),
    Route::page::<decisions::Decisions>("/reports", "Search all public reports", p::REPORTS)
        .sometimes()
        .in_sitemap(Once),
    Route::page::<decisions::Decision>("/decisions/{reference}", "One decision", p::REFERENCE)
        .sometimes()
        .in_sitemap(Decisions),
    Route::page::<improvements::Improvements>("/improvements", "What councils agreed to improve", p::IMPROVEMENTS)
        .sometimes()
        .in_sitemap(Once),
    Route::page::<improvements::Deadlines>("/improvements.ics", "Deadlines as a calendar", p::IMPROVEMENTS).sometimes(),
    Route::page::<feed::News>("/feed.atom", "New decisions and letters", p::FEED).sometimes(),
    Route::one("/feeds.opml", "All feeds", p::NONE, Answer::File("text/x-opml"), |asked| Box::pin(data::opml(asked))),
    Route::page::<national::National>("/national", "The national review of a year", p::NATIONAL)
        .sometimes()
        .in_sitemap(Once),
    Route::page::<compare::Compare>("/compare", "Two to eight councils side by side", p::COMPARE)
        .sometimes()
        .in_sitemap(Once),
    Route::one("/code/{code}", "To the council that has or had a GSS code", p::CODE, Answer::Redirect, |asked| {
        Box::pin(ready(data::by_code(&asked)))
    })
    .sometimes(),
    Route::page::<changes::Changes>("/changes", "What each release changed", p::CHANGES).sometimes().in_sitemap(Once),
    Route::one(
        "/data/council-map.sqlite",
        "Everything public in one SQLite file",
        p::NONE,
        Answer::File("application/vnd.sqlite3"),
        |asked| Box::pin(data::sqlite(asked)),
    ),
    Route::one(
        "/data/datapackage.json",
        "Frictionless data package of the tables",
        p::NONE,
        Answer::Json("DataPackage"),
        |asked| Box::pin(data::package(asked)),
    ),
    Route::one(
        "/data/csv-metadata.json",
        "CSVW description of the tables",
        p::NONE,
        Answer::JsonAs("application/csvm+json", "CsvMetadata"),
        |asked| Box::pin(data::metadata(asked)),
    ),
    Route::one("/data/{name}.csv", "A whole table", p::TABLE, Answer::Csv, |asked| Box::pin(data::table(asked)))
        .sometimes(),
    Route::page::<about::About>("/about", "About this site", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/about/statistics", "How to read the figures", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/about/data", "Sources, licences, downloads", p::NONE).in_sitemap(Once),
    Route::page::<about::About>("/accessibility", "Accessibility statement", p::NONE).in_sitemap(Once),
    Route::one("/assets/{name}", "Style sheet, script, icon", p::ASSET, Answer::File("*/*"), |asked| {
        Box::pin(ready(assets::asset(&asked)))
    })
    .sometimes(),
    Route::one("/health", "That the process lives", p::NONE, Answer::Json("Health"), |asked| {
        Box::pin(ready(Ok(system::health(&asked))))
    }),
    Route::one("/ready", "Whether the site can answer now; 503 when not", p::NONE, Answer::Json("Ready"), |asked| {
        Box::pin(ready(Ok(system::ready(&asked))))
    }),
    Route::one("/version", "Version of software and data", p::NONE, Answer::Json("Version"), |asked| {
        Box::pin(ready(Ok(system::version(&asked))))
    }),
    Route::one("/openapi.json", "This description", p::NONE, Answer::Json("OpenApi"), |asked| {
        Box::pin(data::describe(asked))
    }),
    Route::one("/robots.txt", "For crawlers", p::NONE, Answer::File("text/plain"), |asked| {
        Box::pin(ready(Ok(system::robots(&asked))))
    }),
    Route::one("/sitemap.xml", "For crawlers", p::NONE, Answer::File("application/xml"), |asked| {
        Box::pin(system::sitemap(asked))
    }),
    Route::one("/sitemap-{part}.xml", "A part of a long sitemap", p::PART, Answer::File("application/xml"), |asked| {
        Box::pin(system::sitemap(asked))
    })
    .sometimes(),
];

/// GET and HEAD; anything else falls through to the 405 of the fallback.
fn reading() -> impl Guard {
    Any(Get()).or(Head())
}

/// A path as the web server matches it. What varies has no dot, which begins the extension of a twin; only the names of
/// assets have one, which hold a hash.
fn pattern(path: &str) -> String {
    if path.starts_with("/assets/") {
        return path.to_owned();
    }
    path.replace('}', ":[^/.]+}").replace("{part:[^/.]+}", "{part:[0-9]+}")
}

fn resource(route: &'static Route, path: &str, representation: Representation) -> Resource {
    let serve = move |request: HttpRequest, context: RequestContext| async move {
        (route.serve)(Asked::of(route, request, context, representation).await?).await
    };
    web::resource(pattern(path)).guard(reading()).to(serve)
}

/// Registers every route.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    // A part of an address that does not parse, such as a number beyond all numbers, is an address of nothing.
    config.app_data(PathConfig::default().error_handler(|_, _| AppError::nothing_here().into()));
    for route in ROUTES {
        let all = route.representations();
        let twins = all.iter().filter(|one| Representation::TWINS.contains(one));
        for twin in twins {
            config.service(resource(route, &route.twin(twin.extension()), *twin));
        }
        let itself = all.into_iter().find(|one| !Representation::TWINS.contains(one));
        config.service(resource(route, route.path, itself.unwrap_or(Representation::Html)));
    }
    config.default_service(web::route().to(system::fallback));
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
    let route = ROUTES.iter().filter(|route| !route.representations().is_empty()).find(fits)?;
    let twins = route.representations().into_iter().filter(|one| Representation::TWINS.contains(one));
    let page = if base == "/map" { "/" } else { base };
    Some((page.to_owned(), twins.map(Representation::extension).collect()))
}
