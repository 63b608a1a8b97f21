//! `/compare`.

use std::cell::LazyCell;

use crate::domain::council::{Council, Slug};
use crate::domain::council_set::{CouncilSet, Group, MOST, NotASet, Relation};
use crate::domain::format;
use crate::domain::measure::Measure;
use crate::domain::representation::Representation;
use crate::domain::year::ReportingYear;
use crate::export;
use crate::pages::asked::Asked;
use crate::pages::error::{AppError, Meant, name_within_limit};
use crate::pages::page::{Forms, Page, Source};
use crate::read::compare::{self, ComparePage, CompareQuery, Unnamed};
use crate::read::compare_layout::Arrangement;
use crate::read::compare_set;
use crate::views::{self, compare_sets, links};

/// Two to eight councils side by side, or a whole group.
pub(crate) struct Compare(CompareQuery);

impl Page for Compare {
    type Model = ComparePage;
    type Json<'a> = export::compare::ComparedJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::compare::page(&source.frame, page)),
        json: Some(|_, page| export::compare::json(page)),
        csv: Some(|_, page| export::compare::csv(page)),
        xlsx: Some(|source, page| {
            let from = source.provenance(page.councils.iter().flat_map(|one| &one.history))?;
            Ok(export::compare::xlsx(page, &from))
        }),
        ..Forms::NONE
    };

    fn parse(asked: &Asked) -> Result<Self, AppError> {
        let texts = asked.params.texts("c");
        let page = Self(query(asked, &texts)?);
        // A name that was typed, and a council alone, lead to the address that lasts.
        let lasting = |text: &&str| {
            let known = page.0.councils.iter().chain(page.0.set.iter().filter_map(CouncilSet::around));
            known
                .map(|one| one.slug.as_str())
                .chain(page.0.unnamed.iter().map(|(name, _)| name.as_str()))
                .any(|one| one == *text)
        };
        let filled = page.0.set.is_some() && asked.params.given("set").is_none();
        if asked.representation == Representation::Html && (filled || !texts.iter().all(lasting)) {
            return Err(AppError::See(page.address()));
        }
        Ok(page)
    }

    fn address(&self) -> String {
        let query = &self.0;
        if let Some(set) = &query.set {
            return links::compare_laid_out(set, query.measure, query.year, query.arrangement);
        }
        let slugs = query.councils.iter().map(|one| one.slug.as_str());
        let names = slugs.chain(query.unnamed.iter().map(|(name, _)| name.as_str()));
        links::compare_names(names, query.measure, query.year)
    }

    fn file_stem(&self) -> String {
        "compare".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<ComparePage, AppError> {
        Ok(ComparePage::read(source.conn, source.atlas(), self.0.clone(), source.context.today)?)
    }
}

fn query(asked: &Asked, texts: &[&str]) -> Result<CompareQuery, AppError> {
    if texts.len() > MOST {
        return Err(AppError::BadRequest(format!(
            "“c” names {} councils; at most {MOST} can stand side by side.",
            texts.len()
        )));
    }
    let (measure, year) = (asked.params.measure()?, asked.params.year()?);
    let word = asked.params.given("set");
    let expected = "verdict, rate or place";
    let arrangement = asked.params.chosen("view", Arrangement::parse, expected)?.unwrap_or_default();
    let mut query = CompareQuery { measure, year, arrangement, ..CompareQuery::default() };
    let groups = LazyCell::new(|| compare_set::groups(asked.atlas()));
    for (place, text) in texts.iter().enumerate() {
        let name = name_within_limit(text)?;
        // Whoever follows a link asks by slugs: no name has to be understood.
        let is_slug = Slug::parse(name).is_ok_and(|slug| asked.atlas().register.by_slug(&slug).is_some());
        if let Some(group) = (!is_slug && word.is_none()).then(|| Group::named(name, &groups)).flatten() {
            // A whole group stands by itself.
            let set = Some(CouncilSet::Whole(group));
            query = CompareQuery { set, measure, year, arrangement, ..CompareQuery::default() };
            break;
        }
        match compare::named(asked.atlas(), name, year, asked.context.today) {
            Ok(council) if query.councils.iter().all(|known| known.id != council.id) => query.councils.push(council),
            Ok(_) => {}
            // People see the others, and what is wrong with the name.
            Err(why) if word.is_none() && asked.representation == Representation::Html && texts.len() > 1 => {
                query.unnamed.push((name.to_owned(), why));
            }
            Err(why) => return Err(unnamed(asked, &query, name, texts.get(place + 1..).unwrap_or_default(), why)),
        }
    }
    if let (true, [(name, why), ..]) = (query.councils.is_empty(), query.unnamed.as_slice()) {
        return Err(unnamed(asked, &query, name, &[], why.clone()));
    }
    query.set = match (word, query.councils.as_slice()) {
        (Some(word), councils) => {
            let set = CouncilSet::new(word, councils, &groups);
            Some(set.map_err(|error| no_set(error, word, &query, &groups))?)
        }
        (None, [only]) if query.unnamed.is_empty() => Some(CouncilSet::Around(Relation::Kind, Box::new(only.clone()))),
        _ => query.set,
    };
    if query.set.is_some() {
        query.councils.clear();
    }
    let years = &asked.atlas().years;
    match query.year.filter(|year| !years.contains(year)) {
        Some(year) => Err(no_such_year(&query, year, years)),
        None => Ok(query),
    }
}

/// A name of no council, or of several: with the comparisons that may have been meant.
fn unnamed(asked: &Asked, query: &CompareQuery, name: &str, rest: &[&str], why: Unnamed) -> AppError {
    let before: Vec<Slug> = query.councils.iter().map(|one| one.slug.clone()).collect();
    // Those that follow and are slugs stay in the comparison.
    let register = &asked.atlas().register;
    let slugs = rest.iter().filter_map(|text| Slug::parse(text).ok());
    let following: Vec<Slug> = slugs.filter(|slug| register.by_slug(slug).is_some()).collect();
    let (measure, year) = (query.measure, query.year);
    let offer = move |one: &Council| {
        let all = before.iter().chain([&one.slug]).chain(&following);
        (one.official_name.clone(), links::compare(all, measure, year))
    };
    match why {
        Unnamed::Several(councils) => AppError::NotFound {
            message: format!("More than one council may be meant by “{name}”."),
            help: councils.iter().map(offer).collect(),
        },
        Unnamed::Unknown => {
            let message = format!("There is no council at “{name}”.");
            let name = name.to_owned();
            let meant =
                Meant::new(move |snapshot| snapshot.atlas.register.near(&name, 5).into_iter().map(&offer).collect());
            AppError::Unnamed { message, meant }
        }
    }
}

fn no_such_year(query: &CompareQuery, year: ReportingYear, years: &[ReportingYear]) -> AppError {
    let of_year = |year: &ReportingYear| {
        let what = query.measure.map_or("All measures", Measure::term);
        (format!("{what}, {year}"), Compare(CompareQuery { year: Some(*year), ..query.clone() }).address())
    };
    AppError::NotFound {
        message: format!("There are no figures of {year}. These are the years there are."),
        help: years.iter().rev().map(of_year).collect(),
    }
}

/// A word that is no set is refused. A set that is named as it should be, but with too few or too many councils, is one that
/// there is not; what can be compared of the councils named stands under it.
fn no_set(error: NotASet, word: &str, query: &CompareQuery, groups: &[Group]) -> AppError {
    let message = format!("The parameter “set”: {error}.");
    let (measure, year) = (query.measure, query.year);
    let whole = |group: &Group| {
        let set = CouncilSet::Whole(group.clone());
        (format!("Compare all {}", group.councils()), links::compare_set(&set, measure, year))
    };
    let names: Vec<&str> = query.councils.iter().map(|one| one.official_name.as_str()).collect();
    let together = (query.councils.len() > 1).then(|| {
        let slugs = query.councils.iter().map(|one| &one.slug);
        (format!("Compare {}", format::listed(&names)), links::compare(slugs, measure, year))
    });
    let around = |relation: Relation| {
        query.councils.iter().map(move |one| {
            let set = CouncilSet::Around(relation, Box::new(one.clone()));
            let title = format!("{} with {}", one.official_name, compare_sets::title(&set));
            (title, links::compare_set(&set, measure, year))
        })
    };
    let asked = Relation::ALL.into_iter().find(|one| one.as_str() == word);
    let help: Vec<(String, String)> = match &error {
        NotASet::Unknown { .. } => return AppError::BadRequest(message),
        NotASet::NeedsACouncil(_) => groups.iter().filter(|group| matches!(group, Group::Kind(_))).map(whole).collect(),
        NotASet::TooManyCouncils { .. } => together.into_iter().chain(asked.into_iter().flat_map(around)).collect(),
        NotASet::TakesNoCouncil(_) => {
            let group = groups.iter().filter(|group| group.word() == word).map(whole);
            together.into_iter().chain(around(Relation::Kind)).chain(group).collect()
        }
    };
    let choose = ("Choose councils to compare".to_owned(), "/compare".to_owned());
    AppError::NotFound { message, help: help.into_iter().chain([choose]).collect() }
}
