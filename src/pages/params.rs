//! Query parameters: an allowed list per address, each at most once unless it may repeat. Unknown and
//! repeated ones are refused, which also bounds the number of pages that can be kept.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::error::AppError;
use crate::domain::council::{CouncilKind, Tier};
use crate::domain::measure::Measure;
use crate::domain::year::ReportingYear;
use crate::export::openapi::params::Param;

/// More parameters than any address takes, eight councils and a form's empty fields included.
const MOST_PAIRS: usize = 40;
/// The longest value taken.
const LONGEST: usize = 10_240;

/// Parsed and allowed parameters.
#[derive(Debug, Default)]
pub(crate) struct Params {
    values: BTreeMap<String, Vec<String>>,
}

impl Params {
    /// Reads a query string, which may hold the parameters of a route.
    pub(crate) fn read(query: &str, known: &[Param]) -> Result<Self, AppError> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|_| AppError::BadRequest("The part of the address after “?” cannot be read.".to_owned()))?;
        if pairs.len() > MOST_PAIRS {
            return Err(AppError::BadRequest(format!(
                "This address has {} parameters; at most {MOST_PAIRS} are read.",
                pairs.len()
            )));
        }
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            let Some(param) = known.iter().find(|param| param.query_names().contains(&name.as_str())) else {
                return Err(unknown(&name, known));
            };
            // A search has an answer to everything; it reads the beginning of a long text.
            if value.len() > LONGEST && name != "q" {
                return Err(AppError::BadRequest(format!("The value of “{name}” is too long.")));
            }
            let list = values.entry(name.clone()).or_default();
            if !list.is_empty() && !param.repeats() {
                return Err(AppError::BadRequest(format!("“{name}” stands more than once; it is taken once.")));
            }
            list.push(readable(&value));
        }
        Ok(Self { values })
    }

    /// A value of a list as it stands; an empty one counts as not given, as forms send it.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|text| !text.is_empty())
    }

    /// Words that somebody typed, without the space around them; a blank one counts as not given.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|list| list.first()).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// The texts of a parameter that may repeat, each once.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        let mut texts: Vec<&str> = Vec::new();
        for text in self.values.get(name).into_iter().flatten().map(|text| text.trim()) {
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The text of a parameter with the space around it: a space after the last word says that it is whole.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|list| list.first()).map(String::as_str)
    }

    /// A value parsed by its type, whose own words explain a failure.
    pub(crate) fn parsed<T, E: std::fmt::Display>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, AppError> {
        self.given(name)
            .map(parse)
            .transpose()
            .map_err(|error| AppError::BadRequest(format!("The parameter “{name}”: {error}.")))
    }

    /// A value of a closed list.
    pub(crate) fn chosen<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        words: &str,
    ) -> Result<Option<T>, AppError> {
        self.parsed(name, |text| parse(text).ok_or_else(|| format!("“{text}” is not known; expected {words}")))
    }

    pub(crate) fn year(&self) -> Result<Option<ReportingYear>, AppError> {
        self.parsed("year", ReportingYear::parse)
    }

    pub(crate) fn measure(&self) -> Result<Option<Measure>, AppError> {
        self.parsed("measure", Measure::parse)
    }

    pub(crate) fn kind(&self) -> Result<Option<CouncilKind>, AppError> {
        self.parsed("kind", CouncilKind::parse)
    }

    /// The page of a list, from 1.
    pub(crate) fn page(&self) -> Result<u32, AppError> {
        let page = self.chosen("page", |text| text.parse().ok().filter(|page| *page >= 1), "a number from 1")?;
        Ok(page.unwrap_or(1))
    }

    pub(crate) fn tier(&self) -> Result<Option<Tier>, AppError> {
        self.chosen("tier", Tier::parse, "district or county")
    }

    /// A day, `2020-09-30`.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, AppError> {
        self.parsed(name, |text| {
            text.parse::<Date>().map_err(|_| format!("“{text}” is not a day; expected one like 2020-09-30"))
        })
    }

    /// The canonical query: sorted, empty values left out. The key under which a page is kept.
    pub(crate) fn canonical(&self) -> String {
        let mut parts = Vec::new();
        for (name, list) in &self.values {
            for value in list.iter().map(|value| value.trim()).filter(|value| !value.is_empty()) {
                parts.push(crate::views::links::pair(name, value));
            }
        }
        parts.join("&")
    }
}

/// A value as a page may repeat it: control characters are spaces, and those that turn the direction of writing are left out.
fn readable(value: &str) -> String {
    let turns = |letter: &char| matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    value.chars().filter(|letter| !turns(letter)).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn unknown(name: &str, known: &[Param]) -> AppError {
    let known = known.iter().flat_map(|param| param.query_names()).collect::<Vec<_>>().join(", ");
    let known = if known.is_empty() { "none" } else { &known };
    let name: String = name.chars().take(60).collect();
    AppError::BadRequest(format!("“{name}” is not a parameter of this address. Known here: {known}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::openapi::page_params::{COMPARE, MAP};

    #[test]
    fn values_hold_nothing_that_a_page_could_not_repeat() {
        assert_eq!(readable("a\u{0}b\tc"), "a b c");
        assert_eq!(readable("\u{202E}Derby\u{2069}"), "Derby");
        assert_eq!(readable("Derby’s 😀"), "Derby’s 😀");
    }

    #[test]
    fn unknown_and_repeated_parameters_are_named() {
        let message = |query| Params::read(query, &[Param::Year]).unwrap_err().to_string();
        assert!(message("colour=red").contains("“colour”"));
        assert!(message("year=2019-20&year=2020-21").contains("“year” stands more than once"));
    }

    #[test]
    fn only_what_may_repeat_repeats_and_each_text_counts_once() {
        let read = |query| Params::read(query, COMPARE);
        assert_eq!(read("c=derby&c=&c=leeds&c=+derby").unwrap().texts("c"), ["derby", "leeds"]);
        assert!(read("c=derby&year=2019-20&year=2020-21").is_err());
    }

    #[test]
    fn the_canonical_form_is_sorted_and_leaves_empty_values_out() {
        let params = Params::read("year=2019-20&kind=&measure=upheld", MAP).unwrap();
        assert_eq!(params.canonical(), "measure=upheld&year=2019-20");
        assert!(params.kind().unwrap().is_none());
    }

    #[test]
    fn a_value_of_a_list_is_taken_as_it_stands() {
        let year = |query| Params::read(query, &[Param::Year]).unwrap().year();
        assert!(year("year=2019-20").unwrap().is_some() && year("year=").unwrap().is_none());
        for query in ["year=%0D", "year=+"] {
            assert!(year(query).is_err(), "{query}");
        }
    }
}
