//! Rows of a table that are of no single body: totals, averages, groups, notes.

use crate::domain::council::CouncilKind;
use crate::domain::names::plain_words;

/// What a row is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A council or another body.
    Body,
    /// The sum of the column.
    Total,
    /// The sum of the rows above it, or of the councils of one kind.
    Subtotal(Option<CouncilKind>),
    /// An average, a median, a highest or lowest value: left out.
    Average,
    /// Figures of a whole group of councils, of which nothing says that they add up its rows: left out.
    Group,
    /// A note or a source.
    Note,
}

const AVERAGES: [&str; 12] = [
    "average",
    "averages",
    "mean",
    "median",
    "quartile",
    "quartiles",
    "percentile",
    "minimum",
    "maximum",
    "deviation",
    "lowest",
    "highest",
];
const NOTES: [&str; 6] = ["note", "notes", "footnote", "footnotes", "source", "sources"];
const SEVERAL: [&str; 6] = ["councils", "authorities", "boroughs", "districts", "counties", "unitaries"];
/// Words of which the names of groups are made.
const OF_GROUPS: [&str; 22] = [
    "all",
    "and",
    "borough",
    "city",
    "council",
    "county",
    "district",
    "england",
    "english",
    "group",
    "inner",
    "local",
    "london",
    "metropolitan",
    "non",
    "of",
    "other",
    "outer",
    "shire",
    "similar",
    "the",
    "unitary",
];
/// Words that a total of all rows may have beside "total".
const OF_ALL: [&str; 20] = [
    "all",
    "and",
    "authorities",
    "bodies",
    "complaints",
    "councils",
    "england",
    "english",
    "enquiries",
    "grand",
    "local",
    "national",
    "number",
    "of",
    "overall",
    "sum",
    "the",
    "total",
    "totals",
    "decisions",
];

impl RowKind {
    /// Reads the name of a row.
    pub(super) fn of(name: &str) -> Self {
        let words = plain_words(name);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let first = words.first().copied().unwrap_or_default();
        let is_sub =
            has(&["subtotal", "subtotals"]) || words.windows(2).any(|pair| matches!(pair, ["sub", "total" | "totals"]));
        let is_of_all = words.iter().all(|word| OF_ALL.contains(word));
        let is_total = matches!(first, "total" | "totals")
            || (matches!(first, "overall" | "sum") && is_of_all)
            || matches!(words.last(), Some(&("total" | "totals")))
            || matches!(
                words.as_slice(),
                ["england"] | ["all", "authorities" | "councils"] | ["grand" | "national", "total"]
            );
        if NOTES.contains(&first) {
            Self::Note
        } else if has(&AVERAGES) {
            Self::Average
        } else if is_sub || (is_total && !is_of_all && kind_named(&words).is_some()) {
            Self::Subtotal(kind_named(&words))
        } else if is_total {
            Self::Total
        } else if has(&SEVERAL) && words.iter().all(|word| OF_GROUPS.contains(word) || SEVERAL.contains(word)) {
            Self::Group
        } else {
            Self::Body
        }
    }

    /// Whether the row is left out without a check.
    pub(super) fn is_left_out(self) -> bool {
        matches!(self, Self::Average | Self::Group)
    }
}

/// The kind of council that a subtotal names.
fn kind_named(words: &[&str]) -> Option<CouncilKind> {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if has(&["unitary", "unitaries"]) {
        Some(CouncilKind::Unitary)
    } else if has(&["london"]) {
        Some(CouncilKind::London)
    } else if has(&["district", "districts"]) && (has(&["non"]) || !has(&["metropolitan"])) {
        Some(CouncilKind::District)
    } else if has(&["metropolitan"]) {
        Some(CouncilKind::Metropolitan)
    } else if has(&["county", "counties"]) {
        Some(CouncilKind::County)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_no_single_body_are_known_by_their_names() {
        for (name, kind) in [
            ("Total", RowKind::Total),
            ("Grand total", RowKind::Total),
            ("England", RowKind::Total),
            ("All authorities", RowKind::Total),
            ("Total complaints", RowKind::Total),
            ("Subtotal", RowKind::Subtotal(None)),
            ("Sub-total: South West", RowKind::Subtotal(None)),
            ("Total for 2024-25", RowKind::Total),
            ("Unitary councils total", RowKind::Subtotal(Some(CouncilKind::Unitary))),
            ("Average", RowKind::Average),
            ("Median of district councils", RowKind::Average),
            ("London boroughs", RowKind::Group),
            ("Non-metropolitan districts", RowKind::Group),
            ("Unitary authorities²", RowKind::Group),
            ("Note 2", RowKind::Note),
            ("Derbyshire County Council", RowKind::Body),
            ("London Borough of Barnet", RowKind::Body),
            ("Greater London Authority", RowKind::Body),
            ("City of London", RowKind::Body),
            ("Overall Care Ltd", RowKind::Body),
        ] {
            assert_eq!(RowKind::of(name), kind, "{name}");
        }
    }
}
