//! A table in the text of a decision, as lines of cells: text that reads in any program and that a page can draw as a table again.

use scraper::ElementRef;

use super::labels::tidy;
use crate::domain::decision::CELLS_APART;

/// A cell that holds more than this is a part of the page's layout.
const MOST_CELL: usize = 600;

/// The rows of a table, each on its line; none where the table only arranges the page.
pub(super) fn rows(table: ElementRef<'_>) -> Option<String> {
    let inner =
        |name: &str| table.descendants().skip(1).filter_map(ElementRef::wrap).any(|one| one.value().name() == name);
    if ["table", "h1", "h2", "h3", "h4"].into_iter().any(inner) {
        return None;
    }
    let mut lines: Vec<Vec<String>> = Vec::new();
    for row in table.descendants().filter_map(ElementRef::wrap).filter(|one| one.value().name() == "tr") {
        let mut cells = Vec::new();
        for cell in row.child_elements().filter(|one| matches!(one.value().name(), "td" | "th")) {
            let pieces: Vec<String> = cell.text().map(tidy).filter(|piece| !piece.is_empty()).collect();
            let text = pieces.join(" ").replace('|', "/");
            if text.chars().count() > MOST_CELL {
                return None;
            }
            cells.push(text);
            let span = cell.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize);
            cells.extend(std::iter::repeat_n(String::new(), span.clamp(1, 50) - 1));
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(cells);
        }
    }
    let width = lines.iter().map(Vec::len).max().filter(|width| *width > 1)?;
    for line in &mut lines {
        line.resize(width, String::new());
    }
    Some(lines.iter().map(|cells| cells.join(CELLS_APART)).collect::<Vec<_>>().join("\n"))
}
