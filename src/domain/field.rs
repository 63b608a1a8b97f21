//! The cells of the yearly statistics: one name per column, the same in files, database and downloads.

use std::borrow::Cow;

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

/// The fixed columns of canonical statistics files (docs/importing.md), in their order.
pub const FIXED: [(&str, CellKind); 16] = [
    ("received", CellKind::Count),
    ("decided", CellKind::Count),
    ("investigated", CellKind::Count),
    ("upheld", CellKind::Count),
    ("uphold_rate", CellKind::Percent),
    ("uphold_rate_similar", CellKind::Percent),
    ("compliance_outcomes", CellKind::Count),
    ("complied", CellKind::Count),
    ("complied_late", CellKind::Count),
    ("compliance_rate", CellKind::Percent),
    ("compliance_rate_similar", CellKind::Percent),
    ("satisfactory_remedies", CellKind::Count),
    ("satisfactory_remedy_rate", CellKind::Percent),
    ("satisfactory_remedy_rate_similar", CellKind::Percent),
    ("upheld_per_100k", CellKind::PerHundredThousand),
    ("upheld_per_100k_similar", CellKind::PerHundredThousand),
];

/// Service areas of the received table: key and title (docs/domain.md, "What is counted").
pub const AREAS: [(&str, &str); 9] = [
    ("adult_care_services", "Adult care services"),
    ("benefits_and_tax", "Benefits and tax"),
    ("corporate_and_other_services", "Corporate and other services"),
    ("education_and_childrens_services", "Education and children’s services"),
    (
        "environmental_services_public_protection_and_regulation",
        "Environmental services, public protection and regulation",
    ),
    ("highways_and_transport", "Highways and transport"),
    ("housing", "Housing"),
    ("planning_and_development", "Planning and development"),
    ("other", "Other"),
];

/// Outcomes of the decided table: key, title up to 2023-24, title from 2024-25 on (docs/domain.md, "What is counted").
pub const OUTCOMES: [(&str, &str, &str); 6] = [
    ("invalid_or_incomplete", "Invalid or incomplete", "Not for us: invalid or incomplete"),
    ("advice_given", "Advice given", "Not for us: advice given"),
    ("referred_back", "Referred back for local resolution", "Not for us: referred back for local resolution"),
    ("closed_after_initial_enquiries", "Closed after initial enquiries", "Assessed and closed"),
    ("not_upheld", "Not upheld", "Investigated: not upheld"),
    ("upheld", "Upheld", "Investigated: upheld"),
];

/// The kind of a column by its name; `None` for a name that is no statistics column. `received_<area>`
/// and `decided_<outcome>` take any well-formed key, since areas and labels change over the years.
pub fn kind_of(column: &str) -> Option<CellKind> {
    if let Some((_, kind)) = FIXED.iter().find(|(name, _)| *name == column) {
        return Some(*kind);
    }
    let key = column.strip_prefix("received_").or_else(|| column.strip_prefix("decided_"))?;
    let well_formed =
        (1..=80).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    well_formed.then_some(CellKind::Count)
}

/// The title of a service area by its key; an unknown key is shown as words.
pub fn area_title(key: &str) -> Cow<'static, str> {
    AREAS
        .iter()
        .find(|(name, _)| *name == key)
        .map_or_else(|| Cow::Owned(words(key)), |(_, title)| Cow::Borrowed(*title))
}

/// The title of a decided outcome by its key, as that year's letters name it.
pub fn outcome_title(key: &str, year: super::year::ReportingYear) -> Cow<'static, str> {
    OUTCOMES.iter().find(|(name, ..)| *name == key).map_or_else(
        || Cow::Owned(words(key)),
        |(_, before, after)| Cow::Borrowed(if year.start_year() >= 2024 { *after } else { *before }),
    )
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
}
