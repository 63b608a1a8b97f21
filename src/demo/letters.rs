//! Annual review letters: the structure of the real ones, with the council's own invented figures.

use std::fmt::Write as _;

use jiff::civil::{Date, Weekday, date};

use super::row::{FILE, days_after, place};
use super::statistics::CouncilYear;
use crate::db::councils::Register;
use crate::domain::council::Council;
use crate::domain::field::parts;
use crate::domain::record::{LetterRecord, StatisticsRecord};
use crate::domain::year::ReportingYear;
use crate::import::letter_text;

/// One letter for each council and year; `rows` are the statistics of the same councils in the same order.
pub(super) fn records(register: &Register, councils: &[CouncilYear], rows: &[StatisticsRecord]) -> Vec<LetterRecord> {
    councils
        .iter()
        .zip(rows)
        .zip(2..)
        .filter_map(|((one, row), number)| {
            let council = register.get(one.council)?;
            let letter_date = day_of(one.year);
            let text = text(register, council, one, row, letter_date);
            Some(LetterRecord {
                council: one.council,
                year: one.year,
                letter_date,
                office: Some("Chief Executive".to_owned()),
                html: Some(letter_text::clean(&text)),
                text: Some(text),
                document: None,
                url: None,
                figures: Vec::new(),
                location: place(FILE, number),
            })
        })
        .collect()
}

/// The first Wednesday from 17 July on, after the year's end.
pub(super) fn day_of(year: ReportingYear) -> Date {
    let first = date(year.start_year() + 1, 7, 17);
    (0..7).map(|days| days_after(first, days)).find(|day| day.weekday() == Weekday::Wednesday).unwrap_or(first)
}

fn text(register: &Register, council: &Council, one: &CouncilYear, row: &StatisticsRecord, day: Date) -> String {
    let mut text = format!(
        "**Invented for demonstration: the Ombudsman never wrote this letter, and its figures are not real.**\n\n{}\n\nTo the Chief Executive\n{}\n\nDear Chief Executive\n\n",
        day.strftime("%-d %B %Y"),
        council.official_name,
    );
    let _ = write!(
        text,
        "# Annual review letter {}\n\nThis letter sets out how complaints about your council were decided in the year ending 31 March {}. We offer it in the hope that it helps your council to learn from complaints; the numbers alone say little about how well services are run.\n\n",
        one.year,
        one.year.start_year() + 1,
    );
    if let Some(note) = one.year.break_before() {
        let _ = write!(text, "Please note when you compare this year with others: {}.\n\n", lower_first(note));
    }
    text.push_str("## Complaint statistics\n\n");
    for measure in ["uphold_rate", "compliance_rate", "satisfactory_remedy_rate", "upheld_per_100k"] {
        text.push_str(&paragraph(measure, council, one, row));
    }
    tables(&mut text, one);
    closing(&mut text, register, council, one);
    text
}

fn cell(row: &StatisticsRecord, column: &str) -> Option<f64> {
    row.cells.iter().find(|(name, _)| name == column).map(|(_, value)| *value)
}

fn paragraph(measure: &str, council: &Council, one: &CouncilYear, row: &StatisticsRecord) -> String {
    let rate = cell(row, measure);
    let group = council.kind.group();
    let average = cell(row, &format!("{measure}_similar"))
        .map(|value| {
            let unit = if measure == "upheld_per_100k" { "" } else { "%" };
            format!(" The average of similar authorities ({group}) was {value}{unit}.")
        })
        .unwrap_or_default();
    let (upheld, outcomes) = (one.upheld(), one.outcomes);
    let (heading, sentence) = match (measure, rate) {
        ("uphold_rate", Some(rate)) => (
            "Complaints upheld",
            format!(
                "We upheld **{rate}%** of the complaints we investigated: {upheld} upheld of {} detailed investigations.",
                one.investigated()
            ),
        ),
        ("uphold_rate", None) => {
            ("Complaints upheld", "We completed no detailed investigation about your council this year.".to_owned())
        }
        ("compliance_rate", Some(rate)) => (
            "Compliance with recommendations",
            format!(
                "In **{rate}%** of cases we were satisfied that the council had carried out what it agreed: {} of {outcomes} compliance outcomes, {} of them late.",
                one.complied, one.late
            ),
        ),
        ("compliance_rate", None) => {
            ("Compliance with recommendations", "No recommendation was due in the year.".to_owned())
        }
        ("satisfactory_remedy_rate", Some(rate)) => (
            "Satisfactory remedies before the complaint reached us",
            format!(
                "In **{rate}%** of upheld cases the council had already offered enough to put things right: {} of {upheld}.",
                one.satisfactory
            ),
        ),
        ("satisfactory_remedy_rate", None) => (
            "Satisfactory remedies before the complaint reached us",
            "No complaint was upheld, so there was nothing to put right.".to_owned(),
        ),
        (_, Some(rate)) => (
            "Upheld decisions per 100,000 residents",
            format!("We upheld **{rate}** complaints for every 100,000 residents ({upheld} upheld)."),
        ),
        (_, None) => return String::new(),
    };
    format!("### {heading}\n\n{sentence}{average}\n\n")
}

fn tables(text: &mut String, one: &CouncilYear) {
    text.push_str("## Complaints received\n\n| Service area | Complaints |\n|---|---:|\n");
    for (field, count) in parts("received").zip(one.received) {
        let _ = writeln!(text, "| {} | {count} |", field.title_in(one.year));
    }
    let _ = write!(text, "| **Total** | **{}** |\n\n", one.received.iter().sum::<u64>());
    text.push_str("## Complaints decided\n\n| Outcome | Complaints |\n|---|---:|\n");
    for (field, count) in parts("decided").zip(one.decided) {
        let _ = writeln!(text, "| {} | {count} |", field.title_in(one.year));
    }
    let _ = write!(text, "| **Total** | **{}** |\n\n", one.decided.iter().sum::<u64>());
    text.push_str("Some complaints are received in one year and decided in the next, so the two totals differ.\n\n");
}

fn closing(text: &mut String, register: &Register, council: &Council, one: &CouncilYear) {
    if one.complied < one.outcomes {
        let _ = write!(
            text,
            "## Compliance\n\nIt is rare that a council does not carry out what it agreed. That happened in {} of your cases this year. We ask you to bring them before your scrutiny committee.\n\n",
            one.outcomes - one.complied,
        );
    } else if one.late > 0 {
        text.push_str("## Compliance\n\nThank you for carrying out all recommendations. Some were late, and delay adds to the injustice: please look at why.\n\n");
    }
    if council.active_to.is_some_and(|to| to <= days_after(one.year.last_day(), 1)) {
        let names: Vec<&str> = council
            .successors
            .iter()
            .filter_map(|id| register.get(*id))
            .map(|successor| successor.official_name.as_str())
            .collect();
        let _ = write!(
            text,
            "## Your successor\n\nThis is the last letter about your council. It is sent to those who took over its services: {}.\n\n",
            names.join(", "),
        );
    }
    text.push_str("Yours sincerely\n\nThe author of the demonstration\n");
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}
