//! `/`, with its twins `/map.json`, `/map.csv`, `/map.geojson`.

use crate::domain::council::CouncilKind;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::map::{MapPage, Selection, View};
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
        };
        let year = asked.year_with_figures(selection.year, |year| format!("/?year={year}"))?;
        // A kind that stands on one of the two maps alone is shown there.
        if let Some([only]) = selection.kind.map(CouncilKind::tiers) {
            selection.tier = *only;
        }
        let file_stem = format!("{}_{}", selection.measure.as_str(), year);
        // Naming the newest year is the same page as naming none.
        selection.year = selection.year.filter(|year| *year != asked.newest_year());
        Ok(Self { selection, file_stem })
    }

    fn address(&self) -> String {
        links::map(self.selection)
    }

    fn file_stem(&self) -> String {
        self.file_stem.clone()
    }

    fn read(&self, source: &Source<'_>) -> Result<MapPage, AppError> {
        Ok(MapPage::read(source.conn, source.atlas(), self.selection, source.context.today)?)
    }
}
