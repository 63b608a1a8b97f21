//! What a letter prints: the day, the year that it is about, to whom it goes, and the figures, in the words of every year's form.
//!
//! Figures stand in sentences that have hardly changed ("54% of complaints we investigated were upheld") and in big numbers beside
//! a label, which may come before or after it. What a letter says twice must be the same.

use jiff::civil::Date;
use regex_lite::{Captures, Regex};

/// What was read from a letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Printed {
    /// The day on the letter.
    pub(super) date: Option<Date>,
    /// The first years of the reporting years that it says it is about, each once: one where it is consistent.
    pub(super) years: Vec<i16>,
    /// Lines of the address, down to "Dear".
    pub(super) address: Vec<String>,
    /// The office that it goes to: `Chief Executive`.
    pub(super) office: Option<String>,
    /// Canonical columns with their values, each once.
    pub(super) figures: Vec<(&'static str, f64)>,
    /// Figures that it prints in two ways that differ: column, both values.
    pub(super) contradictions: Vec<(&'static str, f64, f64)>,
}

/// Bytes before and after the fixed words of a sentence that may belong to it.
const BEFORE: usize = 80;
const AFTER: usize = 300;
/// Lines of a letter among which its day and address stand.
const HEAD: usize = 60;
/// The offices that letters are addressed to.
const OFFICES: [&str; 8] = [
    "chief executive",
    "head of paid service",
    "managing director",
    "town clerk",
    "chief officer",
    "commissioner",
    "corporate director",
    "director",
];
/// The four totals of the newest form, in its order, and their columns.
const TOTALS: [(&str, &str); 4] = [
    ("complaints dealt with", "decided"),
    ("not for us", "decided_not_for_us"),
    ("assessed and closed", "decided_assessed_and_closed"),
    ("investigated", "investigated"),
];

/// A rate as it stands in a sentence.
const PERCENT: &str = r"(\d+(?:\.\d+)?)";
/// The rates and their averages, with the sentences that print them; an average counts where it follows at once.
const RATES: [(&str, &str, &str, &str); 3] = [
    (
        "uphold_rate",
        "uphold_rate_similar",
        "of complaints we investigated were upheld",
        r"\b(\d+(?:\.\d+)?)% of complaints we investigated were upheld",
    ),
    (
        "compliance_rate",
        "compliance_rate_similar",
        "of cases we were satisfied",
        r"in (\d+(?:\.\d+)?)% of cases we were satisfied the \w+ had successfully implemented our recommendations",
    ),
    (
        "satisfactory_remedy_rate",
        "satisfactory_remedy_rate_similar",
        "of upheld cases we found",
        r"in (\d+(?:\.\d+)?)% of upheld cases we found the \w+ had provided a satisfactory remedy before the complaint reached the ombudsman",
    ),
];
/// Counts that stand big beside a label.
const COUNTS: [(&str, &str, &str); 2] = [
    ("upheld", "upheld decision", "upheld decisions?"),
    ("satisfactory_remedies", "satisfactory", r"satisfactory(?: \|)? remedy(?: \|)? decisions?"),
];

impl Printed {
    /// Reads the text of a letter.
    pub(super) fn read(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(plain).filter(|line| !line.is_empty()).take(HEAD).collect();
        let flat = joined(text, " ");
        let address = address(&lines);
        let mut printed = Self {
            date: lines.iter().find_map(|line| day(line)),
            years: years(&flat),
            office: address.iter().find_map(|line| office(line)),
            address,
            ..Self::default()
        };
        printed.figures(&flat, &joined(text, " | "));
        printed
    }

    /// Notes a figure; the same again is no news, another is a contradiction.
    fn note(&mut self, field: &'static str, value: f64) {
        match self.figures.iter().find(|(known, _)| *known == field) {
            None => self.figures.push((field, value)),
            Some((_, same)) if same.to_bits() == value.to_bits() => {}
            Some((_, other)) => self.contradictions.push((field, *other, value)),
        }
    }

    fn figures(&mut self, text: &str, lines: &str) {
        for (rate, average, words, sentence) in RATES {
            for found in
                all(text, words, &format!(r"{sentence}\.?(?: this compares to an average of {PERCENT}% in similar)?"))
            {
                self.note_number(rate, &found);
                self.note_text(average, found.get(2).map(|one| one.as_str()));
            }
        }
        for found in all(text, "per 100,000 residents", r"this is ([\d.]*\d) upheld decisions? per 100,000 residents") {
            self.note_number("upheld_per_100k", &found);
        }
        for found in all(
            text,
            "of this type is",
            r"average for (?:authorities|organisations|councils) of this type is ([\d.]*\d)\b",
        ) {
            self.note_number("upheld_per_100k_similar", &found);
        }
        for found in all(text, "and upheld", r"we investigated ([\d,]+) complaints? and upheld ([\d,]+|none)") {
            self.note_number("investigated", &found);
            let upheld = found.get(2).map(|one| if one.as_str() == "none" { "0" } else { one.as_str() });
            self.note_text("upheld", upheld);
        }
        for found in all(text, "based on a total of", r"based on a total of ([\d,]+) (?:detailed )?investigations?\b") {
            self.note_number("investigated", &found);
        }
        for found in all(text, "based on a total of", r"based on a total of ([\d,]+) compliance outcomes?\b") {
            self.note_number("compliance_outcomes", &found);
        }
        for (field, words, label) in COUNTS {
            // A number that ends a line of its own may be the year of the line before; one that begins a line is the label's.
            let before = format!(r"(?:^|\| )([\d,]*\d)(?: \|)? {label}(?: \||$)");
            let after = format!(r"(?:^|\| ){label}(?: \|)? ([\d,]*\d)(?: \||$)");
            let pattern = if all(lines, words, &before).is_empty() { after } else { before };
            for found in all(lines, words, &pattern) {
                self.note_number(field, &found);
            }
        }
        for (field, value) in totals(text) {
            self.note(field, value);
        }
    }

    fn note_number(&mut self, field: &'static str, found: &Captures<'_>) {
        self.note_text(field, found.get(1).map(|one| one.as_str()));
    }

    fn note_text(&mut self, field: &'static str, text: Option<&str>) {
        if let Some(value) = text.and_then(|text| text.replace(',', "").parse::<f64>().ok()) {
            self.note(field, value);
        }
    }
}

/// Every place where a pattern fits, looked for only around its fixed words: letters are long, and most of them says nothing of
/// figures.
fn all<'t>(text: &'t str, words: &'static str, pattern: &str) -> Vec<Captures<'t>> {
    // The patterns are written here, and a test reads a letter with each.
    let Some(regex) = text.contains(words).then(|| Regex::new(pattern).ok()).flatten() else { return Vec::new() };
    let mut found = Vec::new();
    for (at, _) in text.match_indices(words) {
        let start = (0..=at.saturating_sub(BEFORE)).rev().find(|start| text.is_char_boundary(*start)).unwrap_or(0);
        let end = (at + AFTER..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
        // What is cut off at the start is no number that a pattern may take.
        let around = text.get(start..end).unwrap_or_default();
        let around = if start == 0 { around } else { around.split_once(' ').map_or("", |(_, rest)| rest) };
        found.extend(regex.captures_iter(around));
    }
    found
}

/// The four totals: numbers before their labels, after them, or all four in a row before all labels.
fn totals(text: &str) -> Vec<(&'static str, f64)> {
    let row = r"(\d[\d,]*) (\d[\d,]*) (\d[\d,]*) (\d[\d,]*) complaints dealt with not for us assessed and closed (?:complaints )?investigated";
    let rows = all(text, "complaints dealt with", row).first().map(|found| [1, 2, 3, 4].map(|at| number(found, at)));
    let beside = |pattern: fn(&str) -> String| {
        TOTALS.map(|(label, _)| all(text, label, &pattern(label)).first().and_then(|found| number(found, 1)))
    };
    let before = beside(|label| format!(r"(\d[\d,]*) {label}\b"));
    let after = beside(|label| format!(r"\b{label}:? (\d[\d,]*)(?:[^\d%.]|\.\D|$)"));
    let adds_up = |values: &[Option<f64>; 4]| match values {
        [Some(whole), Some(a), Some(b), Some(c)] => (whole - a - b - c).abs() < 0.5,
        _ => false,
    };
    let readings = [rows.unwrap_or_default(), before, after];
    let all_of_one = |values: &&[Option<f64>; 4]| values.iter().all(Option::is_some);
    let read = readings.iter().find(|values| adds_up(values)).or_else(|| readings.iter().find(all_of_one));
    let values = read.copied().unwrap_or_default();
    TOTALS.iter().zip(values).filter_map(|((_, field), value)| value.map(|value| (*field, value))).collect()
}

fn number(found: &Captures<'_>, at: usize) -> Option<f64> {
    found.get(at).and_then(|one| one.as_str().replace(',', "").parse().ok())
}

/// A line without the marks of Markdown.
fn plain(line: &str) -> String {
    let line = line.replace("<u>", "").replace("</u>", "").replace("**", "");
    line.trim().trim_start_matches(['#', '>', '-', '*', '•']).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The whole text on one line, in small letters.
fn joined(text: &str, between: &str) -> String {
    let lines: Vec<String> = text.lines().map(plain).filter(|line| !line.is_empty()).collect();
    lines.join(between).to_lowercase().replace(" %", "%")
}

/// A line that is a day and nothing else.
fn day(line: &str) -> Option<Date> {
    let line = line.strip_prefix("Date:").unwrap_or(line).trim().trim_end_matches(['.', ',']);
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [.., day, month, year] = words.as_slice() else { return None };
    if words.len() > 4 {
        return None;
    }
    let day = day.trim_end_matches(|c: char| c.is_alphabetic());
    let text = format!("{day} {month} {year}");
    Date::strptime("%d %B %Y", &text).or_else(|_| Date::strptime("%d %b %Y", &text)).ok()
}

/// The years that the letter says it is about, by their first calendar year.
fn years(text: &str) -> Vec<i16> {
    let mut years = Vec::new();
    let mut add = |last: Option<i16>| {
        if let Some(first) = last.map(|last| if last < 100 { last + 1999 } else { last - 1 })
            && !years.contains(&first)
        {
            years.push(first);
        }
    };
    for (words, pattern) in [
        ("31 march", r"year (?:ending|ended) (?:on )?31 march (\d{4})"),
        ("period ending", r"period ending:? ?31[/.]0?3[/.](\d{4}|\d{2})\b"),
        ("between 1 april", r"between 1 april \d{4} (?:to|and) 31 march (\d{4})"),
    ] {
        for found in all(text, words, pattern) {
            add(found.get(1).and_then(|one| one.as_str().parse().ok()));
        }
    }
    if years.is_empty() {
        let titles = all(text, "annual review letter", r"annual review letter (\d{4})(?:[-–/](\d{2,4}))?");
        if let Some(found) = titles.first() {
            let first: Option<i16> = found.get(1).and_then(|one| one.as_str().parse().ok());
            years.extend(first.map(|first| if found.get(2).is_some() { first } else { first - 1 }));
        }
    }
    years
}

/// The lines between the day and "Dear".
fn address(lines: &[String]) -> Vec<String> {
    let Some(greeting) = lines.iter().position(|line| line.starts_with("Dear ")) else { return Vec::new() };
    let from = lines.iter().take(greeting).rposition(|line| day(line).is_some()).map_or(0, |at| at + 1);
    let is_address = |line: &&String| !line.to_lowercase().starts_with("by e");
    lines.iter().take(greeting).skip(from).filter(is_address).cloned().collect()
}

/// The office that a line of the address names, with what goes with it: `Interim Chief Executive`.
fn office(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let (at, office) = OFFICES.iter().find_map(|office| lower.find(office).map(|at| (at, *office)))?;
    let named = line.get(at..at + office.len())?;
    let before = line.get(..at)?.trim_end();
    let word = before.rsplit([' ', ',']).next().filter(|word| ["Interim", "Acting", "Joint", "Deputy"].contains(word));
    Some(word.map_or_else(|| named.to_owned(), |word| format!("{word} {named}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form of 2019-20, in which the count of remedies is lost and its base is wrong.
    const OF_2019: &str = "22 July 2020\n\nBy email\n\nMs A Example\nInterim Chief Executive\nDerby City Council\n\nDear Ms Example\n\n\
        For the year ending 31 March 2020. A rate of compliance below 100% is rare, and 2 of 7 answer.\n\n\
        For the period ending: 31/03/20\n\n54% of complaints we investigated were upheld.\n\nThis compares to an average of **56%** in similar authorities.\n\n\
        7 upheld decisions\n\nStatistics are based on a total of 13 detailed investigations for the period between 1 April 2019 to 31 March 2020\n\n\
        In **100%** of cases we were satisfied the authority had successfully implemented our recommendations.\nThis compares to an average of 99% in similar authorities.\n\n\
        Statistics are based on a total of 7 compliance outcomes for the period between 1 April 2019 to 31 March 2020\n\n\
        In 14% of upheld cases we found the authority had provided a satisfactory remedy before the complaint reached the Ombudsman.\n\
        This compares to an average of 11% in similar authorities.\n\nsatisfactory remedy decision\n\n\
        Statistics are based on a total of 13 detailed investigations for the period between 1 April 2019 to 31 March 2020\n";

    fn figures(text: &str) -> Vec<(&'static str, f64)> {
        let mut figures = Printed::read(text).figures;
        figures.sort_by(|a, b| a.0.cmp(b.0));
        figures
    }

    #[test]
    fn the_form_of_2019_20_says_to_whom_when_and_how_much() {
        let printed = Printed::read(OF_2019);
        assert_eq!(printed.date, Some(jiff::civil::date(2020, 7, 22)));
        assert_eq!(printed.years, [2019]);
        assert_eq!(printed.office.as_deref(), Some("Interim Chief Executive"));
        assert_eq!(printed.address, ["Ms A Example", "Interim Chief Executive", "Derby City Council"]);
        assert_eq!(printed.contradictions, []);
        assert_eq!(
            figures(OF_2019),
            [
                ("compliance_outcomes", 7.0),
                ("compliance_rate", 100.0),
                ("compliance_rate_similar", 99.0),
                ("investigated", 13.0),
                ("satisfactory_remedy_rate", 14.0),
                ("satisfactory_remedy_rate_similar", 11.0),
                ("upheld", 7.0),
                ("uphold_rate", 54.0),
                ("uphold_rate_similar", 56.0),
            ]
        );
    }

    #[test]
    fn the_four_totals_are_read_beside_their_labels_and_in_rows() {
        let expected = [
            ("decided", 227.0),
            ("decided_assessed_and_closed", 96.0),
            ("decided_not_for_us", 63.0),
            ("investigated", 68.0),
            ("upheld", 62.0),
        ];
        let rest = "\n\nWe investigated 68 complaints and upheld 62\n";
        for totals in [
            "227 Complaints dealt with\n\n63 Not for us\n\n96 Assessed and closed\n\n68 Investigated",
            "227\nComplaints dealt with\nall of them\n63\nNot for us\n96\nAssessed and closed\n68\nInvestigated",
            "Complaints dealt with: 227\nNot for us: 63\nAssessed and closed: 96\nInvestigated: 68\n",
            "227 63 96 68\nComplaints dealt with\nNot for us\nAssessed and closed\nInvestigated",
        ] {
            assert_eq!(figures(&format!("{totals}{rest}")), expected, "{totals}");
        }
    }

    #[test]
    fn rates_by_population_are_no_counts_of_decisions() {
        let text = "Adjusted for Oldham's population, this is 4.8 upheld decisions per 100,000 residents.\n\
            The average for authorities of this type is 11 upheld decisions per 100,000 residents.\n\n1\n\nupheld decision\n";
        assert_eq!(figures(text), [("upheld", 1.0), ("upheld_per_100k", 4.8), ("upheld_per_100k_similar", 11.0)]);
    }

    #[test]
    fn a_number_that_ends_another_line_is_not_taken_for_a_count() {
        let text = "for the period between 1 April 2019 to 31 March 2020\n\nsatisfactory remedy decisions\n";
        assert_eq!(figures(text), []);
    }

    #[test]
    fn what_a_letter_says_twice_must_agree() {
        let printed = Printed::read(&OF_2019.replace("7 upheld", "8 upheld").replace("31/03/20", "31/03/21"));
        assert_eq!(printed.years, [2019, 2020]);
        let printed = Printed::read(&format!("{OF_2019}We investigated 12 complaints and upheld 7"));
        assert_eq!(printed.contradictions, [("investigated", 12.0, 13.0); 2]);
    }
}
