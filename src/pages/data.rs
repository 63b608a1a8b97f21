//! Whole tables, their descriptions; outlines, the list of feeds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::db::{self, Connection};
use crate::domain::council::{Council, CouncilKind};
use crate::domain::council_set::CouncilSet;
use crate::domain::decision::Reference;
use crate::domain::representation::Representation;
use crate::export::datapackage::Resource;
use crate::export::dataset::Dataset;
use crate::export::openapi::Described;
use crate::export::openapi::known::Known;
use crate::export::tables::{self, Tables};
use crate::export::{csvw, datapackage, openapi};
use crate::geo::layer::Detail;
use crate::pages::asked::Asked;
use crate::pages::context::RequestContext;
use crate::pages::error::AppError;
use crate::pages::page::json_text;
use crate::read::atlas::Land;
use crate::read::compare_set;
use crate::read::feed;
use crate::site::encoded::Encoded;
use crate::site::work::Lane;
use crate::views::{self, assets};

/// Bytes of the edition that are no page: kept under the path of the request.
async fn kept(
    asked: Asked,
    lane: Lane,
    make: impl FnOnce(&Connection, &RequestContext) -> Result<Encoded, AppError> + Send + 'static,
) -> Result<Arc<Encoded>, AppError> {
    asked.context.page(lane, asked.path().to_owned(), make).await
}

/// `/data/NAME.csv`.
pub(crate) async fn table(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let Some(dataset) = Dataset::parse(asked.part("name")) else {
        return Err(AppError::NotFound {
            message: "There is no table of this name.".to_owned(),
            help: vec![("All tables".to_owned(), "/data".to_owned())],
        });
    };
    kept(asked, Lane::Downloads, move |conn, context| {
        let bytes = tables::bytes(conn, &context.snapshot.atlas, dataset)?;
        let name = format!("council-map_{}_v{}.csv", dataset.as_str(), context.snapshot.edition.id);
        Ok(Encoded::download("text/csv; charset=utf-8", bytes).named(name))
    })
    .await
}

/// `/data/datapackage.json`.
pub(crate) async fn package(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    kept(asked, Lane::Pages, |conn, context| {
        let (atlas, edition) = (&context.snapshot.atlas, &context.snapshot.edition.id);
        let tables = Tables::new(conn, &atlas.register, atlas.synthetic)?;
        let resources = Dataset::ALL.map(|dataset| Resource {
            path: format!("{}.csv", dataset.as_str()),
            name: dataset.as_str().to_owned(),
            dataset,
        });
        json(&datapackage::json(&resources, tables.fields(), edition, atlas.synthetic))
    })
    .await
}

/// `/data/csv-metadata.json`, where CSVW looks for it beside the tables.
pub(crate) async fn metadata(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    kept(asked, Lane::Pages, |conn, context| {
        let atlas = &context.snapshot.atlas;
        let tables = Tables::new(conn, &atlas.register, atlas.synthetic)?;
        Ok(Encoded::page("application/csvm+json", json_text(&csvw::json("", tables.fields()))?))
    })
    .await
}

fn json(answer: &impl Serialize) -> Result<Encoded, AppError> {
    Ok(Encoded::page(Representation::Json.content_type(), json_text(answer)?))
}

/// `/openapi.json`, of the addresses that the site has.
pub(crate) async fn describe(asked: Asked, addresses: fn() -> Vec<Described>) -> Result<Arc<Encoded>, AppError> {
    kept(asked, Lane::Pages, move |conn, context| {
        let atlas = &context.snapshot.atlas;
        let councils = atlas.register.councils();
        let slugs = |fits: &dyn Fn(&&Council) -> bool| {
            councils.iter().filter(fits).map(|council| council.slug.to_string()).collect()
        };
        let regions: BTreeSet<String> = councils.iter().map(|council| council.region.clone()).collect();
        let known = Known {
            years: atlas.years.iter().map(ToString::to_string).collect(),
            regions: regions.into_iter().collect(),
            sets: CouncilSet::words(&compare_set::groups(atlas)),
            councils: slugs(&|_| true),
            counties: slugs(&|council| council.kind == CouncilKind::County),
            bodies: atlas.cases.body_slugs(),
            subcategories: atlas.cases.subcategories(),
            references: db::decisions::references(conn, 3, 0)?.iter().map(Reference::address).collect(),
            assets: assets::all().iter().filter_map(|one| one.href.rsplit('/').next()).map(str::to_owned).collect(),
        };
        json(&openapi::json(&addresses(), &known))
    })
    .await
}

/// The outlines of councils as paths of SVG, by the councils' address names.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Shapes")]
pub(crate) struct ShapesJson<'a> {
    paths: BTreeMap<&'a str, &'a str>,
    synthetic: bool,
}

/// `/map/shapes.json?tier=&year=`: the finer lines that the script loads when the map is zoomed.
pub(crate) async fn shapes(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let tier = asked.params.tier()?.unwrap_or_default();
    let newest = asked.atlas().default_year(asked.context.today);
    let year = asked.params.year()?.unwrap_or(newest);
    if year != newest && !asked.atlas().years.contains(&year) {
        return Err(AppError::not_found(format!("There is no map of {year} here.")));
    }
    let key = format!("shapes {} {year}", tier.as_str());
    let made = asked.context.page(Lane::Pages, key, move |_, context| {
        let atlas = &context.snapshot.atlas;
        let map = atlas.map(tier, year, Detail::Full);
        let paths = map.areas.iter().filter_map(|(land, shape)| match land {
            Land::Council(id) => Some((atlas.register.get(*id)?.slug.as_str(), shape.path.as_str())),
            Land::StandIn { .. } => None,
        });
        let counties = map.counties.iter();
        let counties =
            counties.filter_map(|(id, shape)| Some((atlas.register.get(*id)?.slug.as_str(), shape.path.as_str())));
        let paths = paths.chain(counties);
        json(&ShapesJson { paths: paths.collect(), synthetic: atlas.synthetic })
    });
    made.await
}

/// `/feeds.opml`: all feeds, for a reader of feeds.
pub(crate) async fn opml(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let key = format!("opml {}", asked.context.public_address);
    let made = asked.context.page(Lane::Downloads, key, |_, context| {
        let snapshot = &context.snapshot;
        let feeds = feed::all(&snapshot.atlas, context.today);
        let text = views::feed::opml(&feeds, &context.public_address.to_string(), snapshot.published_at);
        Ok(Encoded::page("text/x-opml; charset=utf-8", text).named("council-map.opml"))
    });
    made.await
}
