//! `/`, with its twins `/map.json`, `/map.csv`, `/map.geojson`; and what changes of it with a choice.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::council::{CouncilKind, Slug, Tier};
use crate::domain::measure::Measure;
use crate::domain::representation::Representation;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source, json_text};
use crate::read::Atlas;
use crate::read::map::{MapPage, Selection, View};
use crate::read::standing::{Band, MapRow, Order};
use crate::site::encoded::Encoded;
use crate::site::work::Lane;
use crate::views::table::band_class;
use crate::views::{self, links};

/// The map, hexagons or table of all councils.
pub(crate) struct Map {
    selection: Selection,
    file_stem: String,
}

impl Page for Map {
    type Model = MapPage;
    type Json<'a> = export::map::MapJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::home::page(&source.frame, page, &source.atlas().hexagons)),
        json: Some(|_, page| export::map::json(page)),
        csv: Some(|_, page| export::map::csv(page)),
        geojson: Some(|source, page| export::geojson::layer(page, source.atlas())),
        ..Forms::NONE
    };
    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let params = &asked.params;
        let mut selection = Selection {
            view: params.chosen("view", View::parse, "map, hex or table")?.unwrap_or_default(),
            tier: params.tier()?.unwrap_or_default(),
            measure: params.measure()?.unwrap_or_default(),
            year: params.year()?,
            kind: params.kind()?,
            at: at(asked)?,
            band: params.chosen(
                "verdict",
                Band::parse,
                "the word of a verdict, such as higher or possibly-lower, or no-figure",
            )?,
            order: params.parsed("sort", Order::parse)?.unwrap_or_default(),
        };
        let year = asked.year_with_figures(selection.year, |year| format!("/?year={year}"))?;
        // A kind that stands on one of the two maps alone is shown there.
        if let Some([only]) = selection.kind.map(CouncilKind::tiers) {
            selection.tier = *only;
        }
        // What the view does not show is not a page of its own.
        if selection.view == View::Table {
            selection.at = None;
        } else {
            selection.band = None;
            selection.order = Order::default();
        }
        let file_stem = format!("{}_{}", selection.measure.as_str(), year);
        // Naming the newest year is the same page as naming none.
        selection.year = selection.year.filter(|year| *year != asked.newest_year());
        Ok(Self { selection, file_stem })
    }

    fn address(&self) -> String {
        links::map(&self.selection)
    }

    fn first_view(&self) -> bool {
        self.selection == Selection::default()
    }

    fn file_stem(&self) -> String {
        self.file_stem.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<MapPage, AppError> {
        Ok(MapPage::read(source.conn, source.atlas(), self.selection.clone(), source.context.today)?)
    }
}

/// The region or council that the map is to show closer; one that does not exist is not found.
fn at(asked: &Asked) -> Result<Option<Slug>, AppError> {
    let Some(slug) = asked.params.parsed("at", Slug::parse)? else { return Ok(None) };
    let atlas = asked.atlas();
    let region = || atlas.regions().iter().any(|region| Slug::from_name(region).as_ref() == Some(&slug));
    if atlas.register.by_slug(&slug).is_some() || region() {
        return Ok(Some(slug));
    }
    let regions = atlas.regions();
    let help = regions.iter().map(|name| (name.clone(), links::map_at(name))).collect();
    Err(AppError::NotFound { message: format!("There is no council or region “{slug}” to go to."), help })
}

/// The queries of the pages that most visitors see first: the map as it is, the other tier, each view, the years before.
pub(crate) fn first_choices(atlas: &Atlas) -> Vec<String> {
    let mut selections = Vec::new();
    for tier in Tier::ALL {
        selections.extend([View::Map, View::Hex, View::Table].map(|view| Selection {
            view,
            tier,
            ..Selection::default()
        }));
    }
    selections.extend(years_before(atlas));
    selections.iter().map(query).collect()
}

/// The queries of the choices that most make first: another measure, another year.
pub(crate) fn first_switches(atlas: &Atlas) -> Vec<String> {
    let of = |tier| Measure::ALL.map(|measure| Selection { tier, measure, ..Selection::default() });
    let measures = Tier::ALL.into_iter().flat_map(of);
    measures.chain(years_before(atlas)).map(|selection| query(&selection)).collect()
}

fn years_before(atlas: &Atlas) -> Vec<Selection> {
    let years = atlas.years.iter().rev().skip(1);
    years.map(|year| Selection { year: Some(*year), ..Selection::default() }).collect()
}

fn query(selection: &Selection) -> String {
    links::map(selection).split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}

/// The page without its drawing: what the script replaces when another measure or year is chosen.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MapSwitch")]
pub(crate) struct SwitchJson {
    /// Its one address.
    address: String,
    title: String,
    finding: String,
    /// Equal where the drawing is the same but for fills and names.
    drawing: String,
    /// The part of the map that is shown.
    view: String,
    /// The query of the links to councils.
    query: String,
    /// Markup by the id of the element that holds it.
    parts: BTreeMap<&'static str, String>,
    /// Verdicts in words, by class.
    verdicts: BTreeMap<&'static str, String>,
    /// Of each area that is a link, in the order of the drawing: its class. In columns a change takes a tenth less than in rows.
    classes: String,
    /// Its value.
    values: Vec<String>,
    /// What it stands beside, as its place in `similar`.
    beside: Vec<usize>,
    /// The averages of the kinds; the first stands for none.
    similar: Vec<String>,
    /// The classes of the counties over their districts, in the order of the drawing.
    counties: String,
    synthetic: bool,
}

/// `/map/switch.json`: the same choices as the page.
pub(crate) async fn switch(asked: Asked) -> Result<Arc<Encoded>, AppError> {
    let page = Map::parse(&asked)?;
    let key = format!("switch {}", page.address());
    let made = asked.context.page(Lane::Pages, key, move |conn, context| {
        let (atlas, selection) = (&context.snapshot.atlas, page.selection.clone());
        let model = MapPage::read(conn, atlas, selection, context.today)?;
        let answer = switched(&model, atlas, page.address());
        Ok(Encoded::first_view(Representation::Json.content_type(), json_text(&answer)?))
    });
    made.await
}

fn switched(page: &MapPage, atlas: &Atlas, address: String) -> SwitchJson {
    let parts = views::home::parts(page, &atlas.hexagons).into_iter();
    let linked = views::map::linked(page, &atlas.hexagons);
    let classes = |rows: &[&MapRow]| rows.iter().map(|row| band_class(row.band())).collect::<Vec<_>>().join(" ");
    let mut similar = vec![String::new()];
    let mut place = |words: String| {
        similar.iter().position(|one| *one == words).unwrap_or_else(|| {
            similar.push(words);
            similar.len() - 1
        })
    };
    let beside = linked.iter().map(|row| place(views::map::similar(row).unwrap_or_default())).collect();
    SwitchJson {
        address,
        title: views::home::title(page),
        finding: page.finding(),
        drawing: views::map::drawing(page),
        view: views::map::view(page, &atlas.hexagons),
        query: page.selection.year.map(|year| format!("?year={year}")).unwrap_or_default(),
        parts: parts.map(|(id, markup)| (id, markup.into_string())).collect(),
        verdicts: Band::all().map(|band| (band_class(band), band.title(page.judgement()).to_lowercase())).collect(),
        classes: classes(&linked),
        values: linked.iter().map(|row| views::map::value(row).unwrap_or_default()).collect(),
        beside,
        similar,
        counties: classes(&views::map::outlined(page, &atlas.hexagons)),
        synthetic: page.synthetic,
    }
}
