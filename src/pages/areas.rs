//! `/areas`, `/areas/SLUG` and `/regions/SLUG`.

use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::{AppError, Meant, name_within_limit};
use crate::pages::page::{Forms, Page, Source};
use crate::read::area::AreaPage;
use crate::read::areas::{self, Area, AreaKind, AreasPage};
use crate::views::{self, links};

/// All areas.
pub(crate) struct Areas;

impl Page for Areas {
    type Model = AreasPage;
    type Json<'a> = export::areas::AreasJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::areas::page(&source.frame, page)),
        json: Some(|_, page| export::areas::json(page)),
        csv: Some(|_, page| export::areas::csv(page)),
        ..Forms::NONE
    };

    fn parse(_: &Asked) -> Result<Self, AppError> {
        Ok(Self)
    }

    fn address(&self) -> String {
        "/areas".to_owned()
    }

    fn file_stem(&self) -> String {
        "areas".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<AreasPage, AppError> {
        Ok(AreasPage::read(source.atlas(), source.context.today))
    }
}

/// One area.
pub(crate) struct OneArea {
    area: Area,
    asked: Option<ReportingYear>,
    year: ReportingYear,
}

impl Page for OneArea {
    type Model = AreaPage;
    type Json<'a> = export::area::AreaJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::area::page(&source.frame, page)),
        json: Some(|_, page| export::area::json(page)),
        csv: Some(|_, page| export::area::csv(page)),
        ..Forms::NONE
    };

    fn parse(request: &Asked) -> Result<Self, AppError> {
        let (region, area) = (request.part("region"), request.part("area"));
        let name = name_within_limit(if region.is_empty() { area } else { region })?;
        let atlas = request.atlas();
        let area = areas::named(atlas, !region.is_empty(), name).ok_or_else(|| unnamed(name))?;
        let asked = request.params.year()?;
        let years = area.years(atlas);
        if let Some(year) = asked.filter(|year| !years.contains(year)) {
            let address = |year: &ReportingYear| (year.to_string(), links::area_in(&area, Some(*year)));
            return Err(AppError::NotFound {
                message: format!("There is nothing of {year} here for {}. These are the years there are.", area.name),
                help: years.iter().map(address).collect(),
            });
        }
        let newest = || years.first().copied().unwrap_or_else(|| atlas.default_year(request.context.today));
        Ok(Self { year: asked.unwrap_or_else(newest), asked, area })
    }

    fn address(&self) -> String {
        links::area_in(&self.area, self.asked)
    }

    fn file_stem(&self) -> String {
        format!("{}_{}_{}", self.area.kind.as_str(), self.area.slug, self.year)
    }

    fn read(&self, source: &Source<'_>) -> Result<AreaPage, AppError> {
        Ok(AreaPage::read(source.conn, source.atlas(), self.area.clone(), self.asked, self.year, source.context.today)?)
    }
}

/// A name that no area has: those of the same name under the other path, then all.
fn unnamed(name: &str) -> AppError {
    let wanted = name.to_owned();
    AppError::Unnamed {
        message: format!("There is no area “{name}” at this address."),
        meant: Meant::new(move |snapshot| {
            let same = |is_region| areas::named(&snapshot.atlas, is_region, &wanted);
            let found = [same(true), same(false)].into_iter().flatten();
            let found = found.map(|area| (area.name.clone(), links::area(&area)));
            found.chain([("All regions and areas".to_owned(), "/areas".to_owned())]).collect()
        }),
    }
}

/// Every address of a kind of area, for the sitemap.
pub(crate) fn addresses(atlas: &crate::read::Atlas, regions: bool) -> Vec<String> {
    let all = areas::all(atlas).into_iter();
    all.filter(|area| (area.kind == AreaKind::Region) == regions).map(|area| links::area(&area)).collect()
}
