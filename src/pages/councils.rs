//! `/councils`.

use crate::domain::council::CouncilKind;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::councils::{CouncilFilter, CouncilsPage};
use crate::views::{self, links};

/// All councils, A to Z.
pub(crate) struct Councils(CouncilFilter);

impl Page for Councils {
    type Model = CouncilsPage;
    type Json<'a> = export::councils::CouncilsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::councils::page(&source.frame, page)),
        json: Some(|_, page| export::councils::json(page)),
        csv: Some(|_, page| export::councils::csv(page)),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        Ok(Self(CouncilFilter {
            kind: asked.params.kind()?,
            region: asked.region()?,
            former: asked.params.chosen("former", |text| (text == "yes").then_some(()), "yes")?.is_some(),
        }))
    }

    fn address(&self) -> String {
        let CouncilFilter { kind, region, former } = &self.0;
        let kind = kind.map(CouncilKind::as_str);
        let former = former.then_some("yes");
        links::with_query("/councils", &[("kind", kind), ("region", region.as_deref()), ("former", former)])
    }

    fn file_stem(&self) -> String {
        "councils".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<CouncilsPage, AppError> {
        Ok(CouncilsPage::read(source.atlas(), self.0.clone(), source.context.today))
    }
}
