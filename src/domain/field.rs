//! The columns of the yearly statistics, and what follows from their table. Which headings of a file mean a column is
//! data (`data/columns/`).

mod definition;
mod table;

use std::borrow::Cow;

pub use self::definition::{CellKind, Field, YearlyTable};
pub use self::table::FIELDS;
use super::year::ReportingYear;

impl YearlyTable {
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

impl Field {
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
    well_formed.then_some(CellKind::Count)
}

/// The total that a column belongs to by its name alone: a service area or an outcome that is none of the fixed columns.
pub fn open_whole(column: &str) -> Option<&'static Field> {
    let is_open = Field::named(column).is_none() && kind_of(column).is_some();
    part(column).map(|(whole, _)| whole).filter(|_| is_open)
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
