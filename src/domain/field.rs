//! The columns of the yearly statistics, one row each: import, checks, national sums, downloads and the
//! demonstration read them here. Which headings of a file mean a column is data (`data/columns/`).

use std::borrow::Cow;

use super::year::ReportingYear;

/// What a cell of a statistics table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A whole number from 0.
    Count,
    /// A per cent from 0 to 100.
    Percent,
    /// A rate per 100,000 residents.
    PerHundredThousand,
}

/// One of the three tables that the Ombudsman publishes each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearlyTable {
    /// Complaints received by service area.
    Received,
    /// Complaints decided by outcome.
    Decided,
    /// Compliance with recommendations, and satisfactory remedies.
    Compliance,
}

impl YearlyTable {
    /// All three, in the order in which they are published.
    pub const ALL: [Self; 3] = [Self::Received, Self::Decided, Self::Compliance];

    /// As one names it in a message.
    pub fn title(self) -> &'static str {
        match self {
            Self::Received => "complaints received",
            Self::Decided => "complaints decided",
            Self::Compliance => "compliance with recommendations",
        }
    }

    /// The column that all parts of the table add up to, where its parts make up a whole.
    pub fn whole(self) -> Option<&'static Field> {
        let whole = match self {
            Self::Received => "received",
            Self::Decided => "decided",
            Self::Compliance => return None,
        };
        Field::named(whole)
    }
}

/// A column of the yearly statistics: its name is the same in files, database and downloads.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name of the column.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// The title from 2024-25 on, where the year's letters changed it.
    pub later_title: Option<&'static str>,
    /// What it means, in a sentence; none for parts and averages, which say it by their title and their kind.
    pub description: Option<&'static str>,
    /// Count, rate or average.
    pub kind: CellKind,
    /// The yearly table that has the column.
    pub table: YearlyTable,
    /// The column of which this one is a part.
    pub part_of: Option<&'static str>,
    /// The columns that it adds up, where all of them are known.
    pub sum_of: &'static [&'static str],
    /// Columns that it may not exceed; the one it is part of is meant too.
    pub at_most: &'static [&'static str],
    /// Another name of the same number.
    pub same_as: Option<&'static str>,
    /// Top and bottom of the fraction that a rate is made of.
    pub rate_of: Option<(&'static str, &'static str)>,
    /// The rate whose average over similar authorities this is.
    pub average_of: Option<&'static str>,
    /// Whether the Ombudsman's own table means nothing without it.
    pub needed: bool,
}

impl Field {
    const fn new(table: YearlyTable, kind: CellKind, name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            later_title: None,
            description: None,
            kind,
            table,
            part_of: None,
            sum_of: &[],
            at_most: &[],
            same_as: None,
            rate_of: None,
            average_of: None,
            needed: false,
        }
    }

    const fn count(
        table: YearlyTable,
        name: &'static str,
        title: &'static str,
        description: &'static str,
        at_most: &'static [&'static str],
    ) -> Self {
        let field = Self::new(table, CellKind::Count, name, title);
        Self { description: Some(description), at_most, ..field }
    }

    const fn rate(
        table: YearlyTable,
        name: &'static str,
        title: &'static str,
        description: &'static str,
        of: (&'static str, &'static str),
    ) -> Self {
        let field = Self::new(table, CellKind::Percent, name, title);
        Self { description: Some(description), rate_of: Some(of), ..field }
    }

    const fn average(table: YearlyTable, kind: CellKind, name: &'static str, of: &'static str) -> Self {
        let field = Self::new(table, kind, name, "Average of similar authorities");
        Self { average_of: Some(of), ..field }
    }

    const fn area(name: &'static str, title: &'static str) -> Self {
        let field = Self::new(YearlyTable::Received, CellKind::Count, name, title);
        Self { part_of: Some("received"), ..field }
    }

    const fn outcome(name: &'static str, title: &'static str, later_title: &'static str) -> Self {
        let field = Self::new(YearlyTable::Decided, CellKind::Count, name, title);
        Self { part_of: Some("decided"), later_title: Some(later_title), ..field }
    }

    const fn adding(self, sum_of: &'static [&'static str]) -> Self {
        Self { sum_of, ..self }
    }

    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// The field of a column; none for a name that no row has.
    pub fn named(column: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.name == column)
    }

    /// Whether every file of statistics may have the column: it is no part, since areas and outcomes change
    /// over the years.
    pub fn is_fixed(&self) -> bool {
        self.part_of.is_none()
    }

    /// Whether England has the column too: no part of a total, and no average of a group.
    pub fn is_national(&self) -> bool {
        self.is_fixed() && self.average_of.is_none()
    }

    /// The key of a part within its whole: `housing` of `received_housing`.
    pub fn key(&self) -> &'static str {
        self.part_of
            .and_then(|whole| self.name.strip_prefix(whole))
            .and_then(|rest| rest.strip_prefix('_'))
            .unwrap_or(self.name)
    }

    /// Every column that it may not exceed.
    pub fn limits(&self) -> impl Iterator<Item = &'static str> {
        self.at_most.iter().copied().chain(self.part_of.filter(|whole| !self.at_most.contains(whole)))
    }

    /// The title in a year.
    pub fn title_in(&self, year: ReportingYear) -> &'static str {
        self.later_title.filter(|_| year.has_new_labels()).unwrap_or(self.title)
    }
}

use CellKind::{Count, PerHundredThousand, Percent};
use YearlyTable::{Compliance, Decided, Received};

/// All columns: the fixed ones in the order of files, then the parts of the totals. Which complaint goes to
/// which service area, and what an outcome means, is the Ombudsman's to say.
pub const FIELDS: &[Field] = &[
    Field::count(Received, "received", "Complaints received", "Complaints and enquiries received in the year.", &[]),
    Field::count(Decided, "decided", "Complaints decided", "Complaints and enquiries decided in the year.", &[]),
    Field::count(
        Decided,
        "investigated",
        "Investigated in detail",
        "Decided after detailed investigation: upheld and not upheld.",
        &["decided"],
    )
    .adding(&["decided_upheld", "decided_not_upheld"]),
    Field::count(
        Decided,
        "upheld",
        "Upheld",
        "Detailed investigations in which fault was found.",
        &["investigated", "decided"],
    ),
    Field::rate(
        Decided,
        "uphold_rate",
        "Uphold rate",
        "Upheld of investigated, per cent, as published.",
        ("upheld", "investigated"),
    ),
    Field::average(Decided, Percent, "uphold_rate_similar", "uphold_rate"),
    Field::count(
        Compliance,
        "compliance_outcomes",
        "Compliance outcomes",
        "Cases whose compliance was recorded in the year.",
        &[],
    )
    .needed(),
    Field::count(
        Compliance,
        "complied",
        "Carried out",
        "Of these, cases in which the council did what it had agreed, late ones included.",
        &["compliance_outcomes"],
    ),
    Field::count(
        Compliance,
        "complied_late",
        "Carried out late",
        "Of these, the late ones.",
        &["complied", "compliance_outcomes"],
    ),
    Field::rate(
        Compliance,
        "compliance_rate",
        "Compliance rate",
        "Complied of compliance outcomes, per cent, as published.",
        ("complied", "compliance_outcomes"),
    ),
    Field::average(Compliance, Percent, "compliance_rate_similar", "compliance_rate"),
    Field::count(
        Compliance,
        "satisfactory_remedies",
        "Satisfactory remedies",
        "Upheld cases in which the council had offered enough before.",
        &["upheld"],
    ),
    Field::rate(
        Compliance,
        "satisfactory_remedy_rate",
        "Satisfactory remedy rate",
        "Satisfactory remedies of upheld, per cent, as published.",
        ("satisfactory_remedies", "upheld"),
    ),
    Field::average(Compliance, Percent, "satisfactory_remedy_rate_similar", "satisfactory_remedy_rate"),
    Field {
        description: Some("Upheld complaints per 100,000 residents, as published."),
        ..Field::new(Decided, PerHundredThousand, "upheld_per_100k", "Upheld per 100,000 residents")
    },
    Field::average(Decided, PerHundredThousand, "upheld_per_100k_similar", "upheld_per_100k"),
    Field::area("received_adult_care_services", "Adult care services"),
    Field::area("received_benefits_and_tax", "Benefits and tax"),
    Field::area("received_corporate_and_other_services", "Corporate and other services"),
    Field::area("received_education_and_childrens_services", "Education and children’s services"),
    Field::area(
        "received_environmental_services_public_protection_and_regulation",
        "Environmental services, public protection and regulation",
    ),
    Field::area("received_highways_and_transport", "Highways and transport"),
    Field::area("received_housing", "Housing"),
    Field::area("received_planning_and_development", "Planning and development"),
    Field::area("received_other", "Other"),
    Field::outcome("decided_invalid_or_incomplete", "Invalid or incomplete", "Not for us: invalid or incomplete"),
    Field::outcome("decided_advice_given", "Advice given", "Not for us: advice given"),
    Field::outcome(
        "decided_referred_back",
        "Referred back for local resolution",
        "Not for us: referred back for local resolution",
    ),
    Field::outcome("decided_closed_after_initial_enquiries", "Closed after initial enquiries", "Assessed and closed"),
    Field {
        at_most: &["investigated"],
        ..Field::outcome("decided_not_upheld", "Not upheld", "Investigated: not upheld").needed()
    },
    Field {
        at_most: &["investigated"],
        same_as: Some("upheld"),
        ..Field::outcome("decided_upheld", "Upheld", "Investigated: upheld").needed()
    },
    // The letters and the map of 2024-25 print four totals and not the outcomes that they are made of.
    Field::outcome("decided_not_for_us", "Not for us", "Not for us").adding(&[
        "decided_invalid_or_incomplete",
        "decided_advice_given",
        "decided_referred_back",
    ]),
    Field::outcome("decided_assessed_and_closed", "Assessed and closed", "Assessed and closed")
        .adding(&["decided_closed_after_initial_enquiries"]),
];

/// The columns that every file of statistics may have, in their order.
pub fn fixed() -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(|field| field.is_fixed())
}

/// The parts of a total, in the order of tables.
pub fn parts(whole: &str) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.part_of == Some(whole))
}

/// The kind of a column by its name; `None` for a name that is no statistics column. `received_<area>`
/// and `decided_<outcome>` take any well-formed key, since areas and labels change over the years.
pub fn kind_of(column: &str) -> Option<CellKind> {
    if let Some(field) = Field::named(column) {
        return Some(field.kind);
    }
    let (_, key) = part(column)?;
    let well_formed =
        (1..=80).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    well_formed.then_some(Count)
}

/// The whole and the key of a column that is named as a part: `received_housing` is `housing` of `received`.
fn part(column: &str) -> Option<(&'static Field, &str)> {
    YearlyTable::ALL.into_iter().filter_map(YearlyTable::whole).find_map(|whole| {
        let key = column.strip_prefix(whole.name)?.strip_prefix('_')?;
        Some((whole, key))
    })
}

/// The title of a part of a total by its key, as that year's letters name it; an unknown key is shown as words.
pub fn part_title(whole: &str, key: &str, year: ReportingYear) -> Cow<'static, str> {
    parts(whole)
        .find(|field| field.key() == key)
        .map_or_else(|| Cow::Owned(words(key)), |field| Cow::Borrowed(field.title_in(year)))
}

/// What a column means, in a sentence.
pub fn description(column: &str) -> String {
    let field = Field::named(column);
    match (field, part(column)) {
        (Some(Field { description: Some(text), .. }), _) => (*text).to_owned(),
        (Some(Field { average_of: Some(_), .. }), _) => "The published average of similar authorities.".to_owned(),
        (_, Some((whole, key))) => {
            let title = field.map_or_else(|| words(key), |field| field.title.to_owned());
            let whole = if whole.name == "received" { "Complaints and enquiries received" } else { "Decided" };
            format!("{whole}: {title}.")
        }
        _ => "As in the yearly tables.".to_owned(),
    }
}

/// A key as a sentence-case title: `parking_and_other` becomes "Parking and other".
pub fn words(key: &str) -> String {
    let text = key.replace(['_', '-'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_and_outcomes_are_columns_and_typing_errors_are_not() {
        assert_eq!(kind_of("uphold_rate"), Some(CellKind::Percent));
        assert_eq!(kind_of("received_housing"), Some(CellKind::Count));
        assert_eq!(kind_of("decided_not_upheld"), Some(CellKind::Count));
        for wrong in ["uphold_rat", "received_", "received_Housing", "year", ""] {
            assert_eq!(kind_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_field_has_its_own_name_and_names_only_fields() {
        for (place, field) in FIELDS.iter().enumerate() {
            assert!(FIELDS[..place].iter().all(|other| other.name != field.name), "{}", field.name);
            let rate = field.rate_of.map(|(top, bottom)| [top, bottom]);
            let others = rate.into_iter().flatten().chain(field.limits()).chain(field.sum_of.iter().copied());
            for other in others.chain(field.same_as).chain(field.average_of) {
                assert!(Field::named(other).is_some_and(|other| other.name != field.name), "{} {other}", field.name);
            }
            assert!(description(field.name).ends_with('.') && !field.title.is_empty(), "{}", field.name);
        }
    }

    #[test]
    fn outcomes_have_the_names_of_their_year() {
        let title = |year| part_title("decided", "upheld", ReportingYear::parse(year).unwrap());
        assert_eq!((title("2023-24"), title("2024-25")), ("Upheld".into(), "Investigated: upheld".into()));
        let unknown = part_title("received", "parking_and_other", ReportingYear::parse("2023-24").unwrap());
        assert_eq!(unknown, "Parking and other");
    }
}
