//! How others lay out tables of neighbours: `Area Code, Rank, Neighbour Area Code`, or `LA, SN1, SN1 Prox, SN2, …`.

use crate::domain::names::plain_words;
use crate::import::sheet::{Line, Sheet};
use crate::import::table::column_name;

/// Titles above the header take no more lines than this.
const SEARCHED: usize = 30;
/// England has fewer councils of any one kind.
pub(super) const MOST_RANK: u32 = 400;
/// A row of this many ranks is a table of neighbours in columns.
const FEWEST: usize = 3;
/// Headings of the council, those of codes first: a name beside a code is for people.
const COUNCILS: [&str; 16] = [
    "code",
    "area code",
    "geography code",
    "ladcd",
    "lad code",
    "la code",
    "authority code",
    "ons code",
    "gss code",
    "authority",
    "council",
    "local authority",
    "la",
    "authority name",
    "area name",
    "la name",
];
const RANKS: [&str; 5] = ["rank", "position", "order", "neighbour rank", "neighbour number"];
const NEIGHBOURS: [&str; 12] = [
    "neighbour code",
    "neighbour area code",
    "neighbour la code",
    "neighbour ladcd",
    "nearest neighbour code",
    "neighbour",
    "nearest neighbour",
    "statistical neighbour",
    "comparator",
    "neighbour name",
    "neighbour area name",
    "nearest neighbour name",
];
const MODELS: [&str; 2] = ["model", "neighbour model"];
/// What stands before the rank in the heading of a column of neighbours.
const STEMS: [&str; 9] = [
    "",
    "sn",
    "nn",
    "rank",
    "neighbour",
    "nearest neighbour",
    "statistical neighbour",
    "statistical nearest neighbour",
    "comparator",
];

/// Where a rank stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the heading.
    Rank(u32),
    /// In a column.
    Column(usize),
}

/// Which column says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// How many of the sheet's lines lie above the first row of data.
    pub(super) lines: usize,
    /// The column of the council.
    pub(super) council: usize,
    /// The column of the model, where there is one.
    pub(super) model: Option<usize>,
    /// Ranks with the columns of the neighbours.
    neighbours: Vec<(Place, usize)>,
}

impl Layout {
    /// Ranks and columns of the neighbours that a row names.
    pub(super) fn neighbours(&self, line: &Line) -> Vec<(Place, usize)> {
        self.neighbours.iter().copied().filter(|(_, at)| *at < line.cells.len()).collect()
    }

    /// The heading over a column.
    pub(super) fn heading(&self, sheet: &Sheet, at: usize) -> String {
        let header = self.lines.checked_sub(1).and_then(|line| sheet.lines.get(line));
        header.and_then(|line| line.cells.get(at)).map(|text| text.trim().to_owned()).unwrap_or_default()
    }
}

/// Finds the header of such a table; none in a canonical one, and where the sheet is another.
pub(super) fn find(sheet: &Sheet) -> Option<Layout> {
    (1..).zip(sheet.lines.iter().take(SEARCHED)).find_map(|(lines, line)| {
        let is_canonical = line.cells.iter().any(|cell| column_name(cell) == "neighbour")
            && line.cells.iter().any(|cell| column_name(cell) == "authority");
        if is_canonical {
            return None;
        }
        let names: Vec<String> = line.cells.iter().map(|cell| folded(cell)).collect();
        let column = |wanted: &[&str]| wanted.iter().find_map(|one| names.iter().position(|name| name == one));
        let council = column(&COUNCILS)?;
        let long = || Some(vec![(Place::Column(column(&RANKS)?), column(&NEIGHBOURS)?)]);
        let neighbours = long().or_else(|| in_columns(&names))?;
        Some(Layout { lines, council, model: column(&MODELS), neighbours })
    })
}

/// The columns of neighbours by rank; of a code and a name with one rank the code counts.
fn in_columns(names: &[String]) -> Option<Vec<(Place, usize)>> {
    let mut found: Vec<(u32, bool, usize)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let Some((rank, is_name)) = ranked(name) else { continue };
        match found.iter_mut().find(|(known, ..)| *known == rank) {
            Some(known) if known.1 && !is_name => *known = (rank, is_name, at),
            Some(_) => {}
            None => found.push((rank, is_name, at)),
        }
    }
    let is_whole = found.len() >= FEWEST && found.iter().any(|(rank, ..)| *rank == 1);
    is_whole.then(|| found.into_iter().map(|(rank, _, at)| (Place::Rank(rank), at)).collect())
}

/// The rank in a heading such as "SN1", "Neighbour 1 code" or "1", and whether it is of a name.
fn ranked(name: &str) -> Option<(u32, bool)> {
    let without = |end: &str| name.strip_suffix(end);
    let is_name = [" name", " nm"].into_iter().find_map(without);
    let bare = is_name.or_else(|| [" code", " cd"].into_iter().find_map(without)).unwrap_or(name);
    let stem = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let rank = bare.strip_prefix(stem)?.parse().ok().filter(|rank| (1..=MOST_RANK).contains(rank))?;
    STEMS.contains(&stem.trim()).then_some((rank, is_name.is_some()))
}

/// A heading in lower-case words, without the year of a code: `LAD23CD` is "ladcd".
fn folded(heading: &str) -> String {
    let text = plain_words(heading).join(" ").replace("neighbor", "neighbour");
    let vintage = text.strip_prefix("lad").and_then(|rest| rest.strip_suffix("cd"));
    if vintage.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit())) { "ladcd".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::problems::Findings;

    fn of(text: &str) -> Option<Layout> {
        find(&Sheet::parse("a.csv", text.as_bytes(), &mut Findings::default()).unwrap())
    }

    #[test]
    fn ranks_are_read_from_headings_of_every_form() {
        for (heading, rank) in [
            ("SN1", Some((1, false))),
            ("Neighbour 12", Some((12, false))),
            ("Nearest Neighbor 2 Code", Some((2, false))),
            ("nn3_name", Some((3, true))),
            ("7", Some((7, false))),
            ("SN1 Prox", None),
            ("2023", None),
            ("Neighbour", None),
        ] {
            assert_eq!(ranked(&folded(heading)), rank, "{heading}");
        }
    }

    #[test]
    fn columns_of_codes_come_before_those_of_names() {
        let wide =
            of("Title\nLA,LAD23CD,Neighbour 1 name,Neighbour 1 code,Neighbour 2 code,Neighbour 3 code\n").unwrap();
        assert_eq!((wide.lines, wide.council), (2, 1));
        assert_eq!(wide.neighbours, [(Place::Rank(1), 3), (Place::Rank(2), 4), (Place::Rank(3), 5)]);
        assert_eq!(of("authority,rank,neighbour\n"), None, "a canonical table");
        assert_eq!(of("Code,Name,1,2\n"), None, "too few");
    }
}
