//! The header row of the Ombudsman's tables, found by what it says (`data/columns/`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::domain::field::{Field, YearlyTable, open_whole};
use crate::domain::names::plain_words;
use crate::import::sheet::{Line, Sheet};

/// The file of a table's headings.
pub(in crate::import) fn file(table: YearlyTable) -> &'static str {
    match table {
        YearlyTable::Received => "data/columns/received.csv",
        YearlyTable::Decided => "data/columns/decided.csv",
        YearlyTable::Compliance => "data/columns/compliance.csv",
    }
}

/// A heading holds all `words` and none of `without`.
#[derive(Clone, Debug)]
struct Rule {
    field: &'static str,
    words: Vec<String>,
    without: Vec<String>,
}

/// What a rule may name beside the columns of statistics: the council, and columns that are used for checks or left out.
const OTHER_FIELDS: [&str; 8] =
    ["authority", "~on_time", "~not_complied", "~upheld", "~year", "~code", "~group", "~ignored"];

static RULES: LazyLock<[Vec<Rule>; 3]> = LazyLock::new(|| {
    [
        rules(include_str!("../../../data/columns/received.csv")),
        rules(include_str!("../../../data/columns/decided.csv")),
        rules(include_str!("../../../data/columns/compliance.csv")),
    ]
});

fn rules(text: &str) -> Vec<Rule> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .filter_map(|record| {
            let cell = |at: usize| record.get(at).unwrap_or_default();
            rule(cell(0), cell(1), cell(2))
        })
        .collect()
}

/// A rule; none for a field that there is not, or without words.
fn rule(field: &str, heading: &str, without: &str) -> Option<Rule> {
    let other = || OTHER_FIELDS.into_iter().find(|known| *known == field);
    let open = || open_whole(field).map(|_| kept(field));
    let field = Field::named(field).map(|field| field.name).or_else(other).or_else(open)?;
    let rule = Rule { field, words: words(heading), without: words(without) };
    (!rule.words.is_empty()).then_some(rule)
}

/// The name of a service area or an outcome that a data directory taught. Each is kept once for as long as the program runs,
/// as those of the program are.
fn kept(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}

/// Rules that a data directory adds to those of the program; they come first.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct TaughtHeadings([Vec<Rule>; 3]);

impl TaughtHeadings {
    /// Adds a rule. Returns whether the table has such a field.
    pub(in crate::import) fn add(&mut self, table: YearlyTable, field: &str, words: &str, without: &str) -> bool {
        let [received, decided, compliance] = &mut self.0;
        let rules = match table {
            YearlyTable::Received => received,
            YearlyTable::Decided => decided,
            YearlyTable::Compliance => compliance,
        };
        let of_table = Field::named(field).or_else(|| open_whole(field)).is_none_or(|field| field.table == table);
        let rule = rule(field, words, without).filter(|_| of_table);
        let known = rule.is_some();
        rules.extend(rule);
        known
    }
}

const LONGEST_HEADING: usize = 2_000;

/// The words of a heading; a per cent sign is the word "percent", remarks in square brackets and marks of footnotes fall
/// away: "Upheld²", "Upheld2", "Upheld [note 1]".
fn words(heading: &str) -> Vec<String> {
    // A line of a megabyte is no heading.
    if heading.len() > LONGEST_HEADING {
        return Vec::new();
    }
    let mut kept = String::new();
    let mut depth = 0_u32;
    for letter in heading.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '%' if depth == 0 => kept.push_str(" percent "),
            other if depth == 0 => kept.push(other),
            _ => {}
        }
    }
    let per_cent = kept.to_lowercase().replace("per cent", "percent");
    plain_words(&per_cent)
        .into_iter()
        .map(|word| match word.as_str() {
            "percentage" | "pct" | "percents" => "percent".to_owned(),
            _ => unmarked(word),
        })
        .collect()
}

/// A word without the number of a footnote that was a superscript: `upheld2`.
fn unmarked(word: String) -> String {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - letters.len();
    let is_marked = (1..=2).contains(&digits) && letters.len() >= 3 && letters.bytes().all(|b| b.is_ascii_lowercase());
    if is_marked { letters.to_owned() } else { word }
}

fn field_of(table: YearlyTable, heading: &str, taught: &TaughtHeadings) -> Option<&'static str> {
    let of_table = |[received, decided, compliance]: &[Vec<Rule>; 3]| -> Option<&'static str> {
        let rules = match table {
            YearlyTable::Received => received,
            YearlyTable::Decided => decided,
            YearlyTable::Compliance => compliance,
        };
        let found = words(heading);
        let mut best: Option<&Rule> = None;
        for rule in rules {
            let fits = rule.words.iter().all(|word| found.contains(word))
                && !rule.without.iter().any(|word| found.contains(word));
            if fits && best.is_none_or(|known| rule.words.len() > known.words.len()) {
                best = Some(rule);
            }
        }
        best.map(|rule| rule.field)
    };
    of_table(&taught.0).or_else(|| of_table(&RULES))
}

/// A heading of a table: what the file says, and which field that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Heading {
    /// As in the file, several rows joined.
    pub(in crate::import) text: String,
    /// The field, when the heading is known.
    pub(in crate::import) field: Option<&'static str>,
}

/// The header of a table.
#[derive(Clone, Debug)]
pub(in crate::import) struct Header {
    /// Which table.
    pub(in crate::import) table: YearlyTable,
    /// Row number of its last line.
    pub(in crate::import) row: u32,
    /// How many of the sheet's lines lie above it: titles and notes.
    pub(in crate::import) above: usize,
    /// How many of the sheet's lines lie above the first row of data.
    pub(in crate::import) lines: usize,
    /// Headings by column.
    pub(in crate::import) headings: BTreeMap<usize, Heading>,
}

impl Header {
    /// How many fields it names.
    pub(in crate::import) fn known(&self) -> usize {
        let mut fields: Vec<_> = self
            .headings
            .values()
            .filter_map(|heading| heading.field)
            .filter(|field| !field.starts_with('~'))
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields.len()
    }

    fn names_authorities(&self) -> bool {
        self.headings.values().any(|heading| heading.field == Some("authority"))
    }
}

/// Titles and notes above the header never take more lines than this.
pub(in crate::import) const SEARCHED: usize = 60;
/// Authority and two more: fewer may be a sentence that happens to hold such words.
const FEWEST: usize = 3;

/// Finds the header: the lines of the top that hold most known headings, of one to three rows.
pub(in crate::import) fn find(sheet: &Sheet, taught: &TaughtHeadings) -> Option<Header> {
    let mut best: Option<Header> = None;
    for depth in 1..=3_usize {
        for start in 0..sheet.lines.len().min(SEARCHED) {
            let Some(lines) = sheet.lines.get(start..start + depth) else { break };
            let Some(texts) = joined(lines) else { continue };
            for table in YearlyTable::ALL {
                let header = Header {
                    table,
                    row: lines.last().map_or(1, |line| line.number),
                    above: start,
                    lines: start + depth,
                    headings: named(table, &texts, taught),
                };
                let known = header.known();
                if header.names_authorities()
                    && known >= FEWEST
                    && best.as_ref().is_none_or(|best| known > best.known())
                {
                    best = Some(header);
                }
            }
        }
    }
    best
}

/// The field of each column. Where two columns would mean the same, the one that has another reading is
/// read so: "Uphold rate" under a group "Average of similar authorities" beside a plain "Uphold rate".
fn named(
    table: YearlyTable,
    texts: &BTreeMap<usize, Vec<String>>,
    taught: &TaughtHeadings,
) -> BTreeMap<usize, Heading> {
    let read = |variants: &[String]| {
        variants.iter().find_map(|variant| Some((variant.clone(), field_of(table, variant, taught)?)))
    };
    let mut headings: BTreeMap<usize, Heading> = texts
        .iter()
        .map(|(at, variants)| {
            let (text, field) = read(variants).map_or_else(
                || (variants.first().cloned().unwrap_or_default(), None),
                |(text, field)| (text, Some(field)),
            );
            (*at, Heading { text, field })
        })
        .collect();
    for (at, variants) in texts {
        let Some(field) = headings.get(at).and_then(|heading| heading.field) else { continue };
        let times = |field: &str| headings.values().filter(|heading| heading.field == Some(field)).count();
        let other = variants.iter().find_map(|variant| {
            let other = field_of(table, variant, taught).filter(|other| *other != field)?;
            Some((variant.clone(), other))
        });
        if let Some((text, other)) = other
            && times(field) > 1
            && times(other) == 0
        {
            headings.insert(*at, Heading { text, field: Some(other) });
        }
    }
    headings
}

/// The texts over each column in the order in which they are tried: with the heading right above it, then
/// the lowest row alone, then with a group heading that may stand over it from further left. `None` where a lower row holds numbers, which is data and no header.
fn joined(lines: &[Line]) -> Option<BTreeMap<usize, Vec<String>>> {
    let (lowest, above) = lines.split_last()?;
    let is_number = |text: &String| text.trim().trim_end_matches('%').parse::<f64>().is_ok();
    if lines.iter().any(|line| line.cells.iter().any(is_number)) {
        return None;
    }
    let width = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let text_of = |line: &Line, at: usize| line.cells.get(at).map(|text| squeezed(text)).unwrap_or_default();
    let mut groups: Vec<String> = vec![String::new(); above.len()];
    let mut found = BTreeMap::new();
    for at in 0..width {
        let low = text_of(lowest, at);
        let (mut own_parts, mut all_parts) = (Vec::new(), Vec::new());
        for (line, group) in above.iter().zip(&mut groups) {
            let own = text_of(line, at);
            if !own.is_empty() {
                own_parts.push(own.clone());
                all_parts.push(own.clone());
                // A heading with nothing below it stands over its own column alone.
                *group = if low.is_empty() { String::new() } else { own };
            } else if !low.is_empty() && !group.is_empty() {
                all_parts.push(group.clone());
            }
        }
        let with_low = |mut parts: Vec<String>| {
            parts.push(low.clone());
            squeezed(&parts.join(" "))
        };
        let mut variants = vec![with_low(own_parts), low.clone(), with_low(all_parts)];
        variants.retain(|text| !text.is_empty());
        variants.dedup();
        if !variants.is_empty() {
            found.insert(at, variants);
        }
    }
    Some(found)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(table: YearlyTable, headings: &[&str]) -> Vec<&'static str> {
        headings.iter().map(|heading| field_of(table, heading, &TaughtHeadings::default()).unwrap_or("?")).collect()
    }

    #[test]
    fn the_expected_headings_of_the_three_tables_are_known() {
        assert_eq!(
            fields(
                YearlyTable::Received,
                &[
                    "Authority Name",
                    "Adult Care Services",
                    "Benefits & Tax",
                    "Corporate & Other Services",
                    "Education & Children's Services",
                    "Environmental Services & Public Protection & Regulation",
                    "Highways & Transport",
                    "Housing",
                    "Planning & Development",
                    "Other",
                    "Total"
                ]
            ),
            [
                "authority",
                "received_adult_care_services",
                "received_benefits_and_tax",
                "received_corporate_and_other_services",
                "received_education_and_childrens_services",
                "received_environmental_services_public_protection_and_regulation",
                "received_highways_and_transport",
                "received_housing",
                "received_planning_and_development",
                "received_other",
                "received"
            ]
        );
        assert_eq!(
            fields(
                YearlyTable::Decided,
                &[
                    "Invalid or Incomplete",
                    "Advice Given",
                    "Referred Back for Local Resolution",
                    "Closed after Initial Enquiries",
                    "Not Upheld",
                    "Upheld",
                    "Total",
                    "Uphold Rate (%)",
                    "Average uphold rate (%) of similar authorities",
                    "Upheld complaints per 100,000 residents"
                ]
            ),
            [
                "decided_invalid_or_incomplete",
                "decided_advice_given",
                "decided_referred_back",
                "decided_closed_after_initial_enquiries",
                "decided_not_upheld",
                "decided_upheld",
                "decided",
                "uphold_rate",
                "uphold_rate_similar",
                "upheld_per_100k"
            ]
        );
        assert_eq!(
            fields(
                YearlyTable::Compliance,
                &[
                    "Number of compliance outcomes recorded",
                    "Complied on time",
                    "Complied late",
                    "Not complied",
                    "Compliance rate (%)",
                    "Average compliance rate (%) of similar authorities",
                    "Upheld cases with a satisfactory remedy",
                    "Satisfactory remedy rate (%)",
                    "Average satisfactory remedy rate (%) of similar authorities"
                ]
            ),
            [
                "compliance_outcomes",
                "~on_time",
                "complied_late",
                "~not_complied",
                "compliance_rate",
                "compliance_rate_similar",
                "satisfactory_remedies",
                "satisfactory_remedy_rate",
                "satisfactory_remedy_rate_similar"
            ]
        );
    }
}
