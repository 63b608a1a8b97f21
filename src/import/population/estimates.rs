//! Mid-year estimates as the Office for National Statistics and Nomis publish them: a code in each row, and the residents in
//! one column of all ages, in a column for each year, or in a row for each year, sex and age.

use std::collections::BTreeMap;

use crate::domain::council::{CouncilId, GssCode};
use crate::domain::location::Location;
use crate::domain::record::PopulationRecord;
use crate::import::Context;
use crate::import::cells::number;
use crate::import::problems::{Findings, quoted};
use crate::import::sheet::{Line, Sheet};

/// Titles above the header take no more lines than this.
const SEARCHED: usize = 30;
const CODES: [&str; 8] = [
    "code",
    "geography code",
    "area code",
    "administrative geography",
    "mnemonic",
    "ladcd",
    "la code",
    "authority code",
];
const VALUES: [&str; 6] = ["all ages", "all persons", "obs value", "value", "v4 0", "population"];
const YEARS: [&str; 4] = ["year", "date", "calendar years", "date name"];
/// Columns that split residents up, and what says in them that nobody is left out.
const SPLITS: [&str; 8] =
    ["sex", "sex name", "gender", "gender name", "age", "age name", "c age name", "measures name"];
const WHOLE: [&str; 8] = ["persons", "total", "all", "all ages", "all persons", "value", "both sexes", "people"];

/// The header of such a table.
pub(super) struct Header {
    line: usize,
    code: usize,
    /// Columns of residents, with the year where the heading is one.
    values: Vec<(usize, Option<i16>)>,
    year: Option<usize>,
    splits: Vec<usize>,
    /// The year that the title names: "mid-2023".
    title: Option<i16>,
}

/// A heading in lower-case words: `GEOGRAPHY_CODE` is "geography code", `LAD23CD` is "ladcd".
fn folded(heading: &str) -> String {
    let words: Vec<String> = crate::domain::names::plain_words(heading);
    let text = words.join(" ");
    let vintage = text.strip_prefix("lad").and_then(|rest| rest.strip_suffix("cd"));
    if vintage.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit())) { "ladcd".to_owned() } else { text }
}

/// A calendar year that stands alone or after "mid": `2023`, `Mid-2023`, `Population mid 2023`.
fn calendar_year(text: &str) -> Option<i16> {
    let words = crate::domain::names::plain_words(text);
    let years: Vec<i16> = words
        .iter()
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1974..=2099).contains(year))
        .collect();
    let says_so = words.len() == 1 || words.iter().any(|word| word == "mid");
    years.first().copied().filter(|_| says_so && years.len() == 1)
}

/// Finds the header of such a table; none where the sheet is another one.
pub(super) fn find(sheet: &Sheet) -> Option<Header> {
    let mut title = None;
    for (line, row) in sheet.lines.iter().enumerate().take(SEARCHED) {
        let names: Vec<String> = row.cells.iter().map(|cell| folded(cell)).collect();
        let column = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
        if let Some(code) = column(&CODES) {
            let by_year = row.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, Some(calendar_year(cell)?))));
            let mut values: Vec<_> = by_year.collect();
            if values.is_empty() {
                values.extend(column(&VALUES).map(|at| (at, None)));
            }
            if !values.is_empty() {
                let splits = names.iter().enumerate().filter(|(_, name)| SPLITS.contains(&name.as_str()));
                let splits = splits.map(|(at, _)| at).collect();
                return Some(Header { line, code, values, year: column(&YEARS), splits, title });
            }
        }
        title = title.or_else(|| row.cells.iter().find_map(|cell| calendar_year(cell)));
    }
    None
}

/// Reads the rows of councils. Those of other areas are counted, since such tables have regions and other nations too.
pub(super) fn read(
    sheet: &Sheet,
    header: &Header,
    context: Context<'_>,
    seen: &mut BTreeMap<(CouncilId, i16), Location>,
    findings: &mut Findings,
) -> Vec<PopulationRecord> {
    let mut records = Vec::new();
    let mut others: u64 = 0;
    for row in sheet.lines.iter().skip(header.line + 1) {
        let text = |at: usize| row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
        let Ok(code) = GssCode::parse(text(header.code)) else { continue };
        let is_whole = |at: &usize| WHOLE.contains(&folded(text(*at)).as_str());
        if !header.splits.iter().all(is_whole) {
            continue;
        }
        let Some(council) = context.register.by_code(code) else {
            others += 1;
            continue;
        };
        for (at, year) in &header.values {
            let year = year.or_else(|| header.year.and_then(|at| calendar_year(text(at)))).or(header.title);
            let location = sheet.place.at_row(row.number).at_column(&heading(sheet, header, *at));
            let (Some(year), Some(population)) = (year, residents(text(*at))) else {
                let found = if year.is_none() { "no year".to_owned() } else { quoted(text(*at)) };
                findings.problem(
                    location,
                    found,
                    "a number of residents, and its calendar year in a column or the title",
                );
                continue;
            };
            if let Some(first) = seen.insert((council.id, year), location.clone()) {
                let found = format!("{} stands twice for {year}, first at {first}", council.official_name);
                findings.problem(location, found, "one row for each council and year");
                continue;
            }
            records.push(PopulationRecord { council: council.id, year, population, location });
        }
    }
    if others > 0 {
        let found = format!("{others} rows are of areas that are no councils of England and are left out");
        findings.remark(sheet.place.clone(), found, "nothing to do");
    }
    records
}

fn heading(sheet: &Sheet, header: &Header, at: usize) -> String {
    let line: Option<&Line> = sheet.lines.get(header.line);
    line.and_then(|line| line.cells.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
}

fn residents(text: &str) -> Option<i64> {
    let value = number(text)?;
    crate::domain::figure::whole(value).and_then(|whole| i64::try_from(whole).ok())
}
