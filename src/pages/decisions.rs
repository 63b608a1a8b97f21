//! `/decisions`, `/reports`, the same lists of one council, and `/decisions/REFERENCE`.

use crate::db;
use crate::db::decisions::ListedDecision;
use crate::domain::decision::{Category, DecisionType, Outcome, Reference};
use crate::domain::representation::Representation;
use crate::domain::search::SearchText;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::case_filter::CaseFilter;
use crate::read::case_order::Sort;
use crate::read::decision::DecisionPage;
use crate::read::decisions::{DecisionQuery, DecisionsPage, Extent, Listing};
use crate::views::{self, case_links, links};

/// A list of decisions, or of public reports.
pub(crate) struct Decisions {
    listing: Listing,
    query: DecisionQuery,
}

impl Page for Decisions {
    type Model = DecisionsPage;
    type Json<'a> = export::decisions::DecisionsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::decisions::page(&source.frame, page)),
        json: Some(|_, page| export::decisions::json(page)),
        csv: Some(|source, page| export::decisions::csv(page, source.atlas())),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let last = asked.path().rsplit('/').next().unwrap_or_default();
        let of_council = !asked.part("slug").is_empty();
        let listing = Listing {
            council: if of_council { Some(asked.council()?) } else { None },
            reports: last == "reports" || last.starts_with("reports."),
        };
        Ok(Self { listing, query: query(asked)? })
    }

    fn address(&self) -> String {
        case_links::list(&self.listing, &self.query, self.query.page)
    }

    /// A last word that is not finished is looked for as the beginning of others too, and a long text names what was
    /// not looked for; the address tells neither.
    fn key(&self) -> String {
        let search = &self.query.search;
        format!("{} {} {}", self.address(), search.is_unfinished(), search.ignored().join(" "))
    }

    fn file_stem(&self) -> String {
        let what = if self.listing.reports { "reports" } else { "decisions" };
        self.listing.council.as_ref().map_or_else(|| what.to_owned(), |council| format!("{what}_{}", council.slug))
    }

    fn read(&self, source: &Source<'_>) -> Result<DecisionsPage, AppError> {
        let extent = if source.representation.has_pages() { Extent::Page } else { Extent::Whole };
        let page = DecisionsPage::read(source.conn, source.atlas(), &self.listing, &self.query, extent)?;
        if self.query.page > page.pages {
            return Err(AppError::NotFound {
                message: format!("There is no page {}; the last one is {}.", self.query.page, page.pages),
                help: vec![("The first page".to_owned(), case_links::list(&self.listing, &self.query, 1))],
            });
        }
        Ok(page)
    }
}

fn query(asked: &Asked) -> Result<DecisionQuery, AppError> {
    let params = &asked.params;
    let page = usize::try_from(params.page()?).unwrap_or(usize::MAX);
    Ok(DecisionQuery {
        search: SearchText::parse(params.raw("q").unwrap_or_default()),
        filter: filter(asked)?,
        sort: params.chosen("sort", Sort::parse, "best, newest or oldest")?,
        page: if asked.representation.has_pages() { page } else { 1 },
    })
}

/// What a list or a feed of decisions is narrowed down to.
pub(super) fn filter(asked: &Asked) -> Result<CaseFilter, AppError> {
    let (params, cases) = (&asked.params, &asked.atlas().cases);
    let known = |name: &str, is_known: &dyn Fn(&str) -> bool, what: &str| match params.given(name) {
        Some(text) if !is_known(text) => {
            let text: String = text.chars().take(80).collect();
            Err(AppError::BadRequest(format!("“{text}” is not {what} here.")))
        }
        text => Ok(text.map(str::to_owned)),
    };
    Ok(CaseFilter {
        body: known("council", &|slug| cases.body(slug).is_some(), "a council or body that decisions name")?,
        category: params.parsed("category", Category::parse)?,
        subcategory: known("subcategory", &|slug| cases.knows_subcategory(slug), "a subcategory")?,
        outcome: params.parsed("outcome", Outcome::parse)?,
        kind: params.parsed("type", DecisionType::parse)?,
        year: params.year()?,
        council_kind: params.kind()?,
        region: asked.region()?,
        from: params.day("from")?,
        to: params.day("to")?,
    })
}

/// One decision.
pub(crate) struct Decision(Reference);

impl Page for Decision {
    type Model = DecisionPage;
    type Json<'a> = export::decisions::DecisionJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::decision::page(&source.frame, page, source.context.today)),
        json: Some(|_, page| export::decisions::one_json(page)),
        csv: Some(|source, page| export::decisions::one_csv(page, source.atlas())),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let reference = Reference::parse(asked.part("reference"));
        let page = Self(reference.map_err(|error| AppError::not_found(format!("{error}.")))?);
        if asked.representation == Representation::Html && asked.path() != page.address() {
            return Err(AppError::Moved(page.address()));
        }
        Ok(page)
    }

    fn address(&self) -> String {
        links::decision(&self.0)
    }

    fn file_stem(&self) -> String {
        self.0.address()
    }

    fn read(&self, source: &Source<'_>) -> Result<DecisionPage, AppError> {
        match DecisionPage::read(source.conn, source.atlas(), &self.0)? {
            Some(page) => Ok(page),
            None => Err(missing(&self.0, &db::decisions::of_case(source.conn, &self.0.case())?)),
        }
    }
}

/// The decisions of a joint case bear letters: who asks for the case is shown them.
fn missing(reference: &Reference, of_case: &[ListedDecision]) -> AppError {
    let siblings = of_case.iter().map(|one| {
        let address = links::decision(&one.decision.reference);
        (format!("{}, about {}", one.decision.reference, one.body), address)
    });
    AppError::NotFound {
        message: format!("No decision {reference} is published here. Not all are, and some were withdrawn."),
        help: siblings.chain([("Search all decisions".to_owned(), "/decisions".to_owned())]).collect(),
    }
}
