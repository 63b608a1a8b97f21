//! What a spreadsheet says of its cells beside their values: formulas with their results, hidden rows and columns.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader as XmlReader, XmlVersion};

/// A formula and the result that was saved with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Formula {
    /// Without the equals sign.
    pub(super) text: String,
    /// Blank when it was never calculated.
    pub(super) result: String,
}

/// The marks of one sheet; rows count from 1, columns from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) formulas: BTreeMap<(u32, usize), Formula>,
    /// Numbers that are shown as per cents, with the decimal places shown; none where the file does not say how many.
    pub(super) percents: BTreeMap<(u32, usize), Option<usize>>,
    pub(super) hidden_rows: Vec<u32>,
    /// First and last.
    pub(super) hidden_columns: Vec<(usize, usize)>,
}

impl Marks {
    /// Whether the results are the noughts that a program writes which leaves calculating to the one that opens the file.
    pub(super) fn are_placeholders(&self) -> bool {
        self.formulas.values().all(|formula| formula.result.trim() == "0")
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
        .map(std::borrow::Cow::into_owned)
}

fn is_true(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| value == "1" || value == "true")
}

/// Names of the sheets with the paths of their parts in the archive, and whether the workbook asks to be calculated
/// when it is opened.
pub(super) fn parts_of_xlsx(workbook: &str, relations: &str) -> (BTreeMap<String, String>, bool) {
    let mut targets = BTreeMap::new();
    let mut reader = XmlReader::from_str(relations);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) {
                    let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                    targets.insert(id, path);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut sheets = BTreeMap::new();
    let mut calculates_on_load = false;
    let mut reader = XmlReader::from_str(workbook);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "sheet" => {
                    let name = attribute(&tag, "name");
                    let path = attribute(&tag, "r:id").and_then(|id| targets.get(&id).cloned());
                    if let (Some(name), Some(path)) = (name, path) {
                        sheets.insert(name, path);
                    }
                }
                "calcPr" => calculates_on_load = is_true(&tag, "fullCalcOnLoad"),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    (sheets, calculates_on_load)
}

/// Where a cell stands by its name: `B3` is row 3, column 1.
fn position(name: &str) -> Option<(u32, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let mut column: usize = 0;
    for letter in letters.bytes() {
        let value = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

/// The number formats 0% and 0.00% that every XLSX file has without saying so (ECMA-376, part 1, 18.8.30), with their decimal
/// places.
const BUILT_IN_PERCENTS: [(u32, usize); 2] = [(9, 0), (10, 2)];

/// For each style of cells, how many decimal places it shows of a per cent; none for other formats.
pub(super) fn percent_styles(styles: &str) -> Vec<Option<usize>> {
    let mut formats: BTreeMap<u32, usize> = BTreeMap::from(BUILT_IN_PERCENTS);
    let mut found = Vec::new();
    let mut in_cells = false;
    let mut reader = XmlReader::from_str(styles);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let id = || attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), attribute(&tag, "formatCode")) {
                            formats.remove(&id);
                            formats.extend(places_of_percent(&code).map(|places| (id, places)));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => found.push(id().and_then(|id| formats.get(&id).copied())),
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

/// The decimal places of a number format that shows per cents: one of `0.0%`. A sign in quotes or behind a backslash is text.
fn places_of_percent(code: &str) -> Option<usize> {
    let mut plain = String::new();
    let (mut quoted, mut letters) = (false, code.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => drop(letters.next()),
            ';' if !quoted => break,
            other if !quoted => plain.push(other),
            _ => {}
        }
    }
    let number = plain.split('%').next().filter(|_| plain.contains('%'))?;
    let places = number.split_once('.').map_or("", |(_, places)| places);
    Some(places.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count())
}

/// The marks of a worksheet of an XLSX file, whose styles `percent_styles` has told apart. What cannot be read is left out:
/// the values are read elsewhere, with their own errors.
pub(super) fn of_xlsx(sheet: &str, styles: &[Option<usize>]) -> Marks {
    let mut marks = Marks::default();
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    let mut reader = XmlReader::from_str(sheet);
    let mut cell: Option<(u32, usize)> = None;
    let mut formula: Option<(Formula, Option<String>)> = None;
    let mut inside = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                tag.local_name().as_ref().clone_into(&mut inside);
                match inside.as_str() {
                    "row" => hidden_row(&tag, &mut marks),
                    "c" => {
                        cell = attribute(&tag, "r").and_then(|name| position(&name));
                        let is_number = attribute(&tag, "t").is_none_or(|kind| kind == "n");
                        let style = attribute(&tag, "s").and_then(|style| style.parse::<usize>().ok());
                        let places = style.and_then(|style| styles.get(style).copied().flatten());
                        if let (Some(at), Some(places), true) = (cell, places, is_number) {
                            marks.percents.insert(at, Some(places));
                        }
                    }
                    "f" => formula = Some((Formula::default(), attribute(&tag, "si"))),
                    _ => {}
                }
            }
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => hidden_row(&tag, &mut marks),
                "col" if is_true(&tag, "hidden") => {
                    let at = |name| attribute(&tag, name).and_then(|value| value.parse::<usize>().ok());
                    if let (Some(first), Some(last)) = (at("min"), at("max")) {
                        marks.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                    }
                }
                "f" => formula = Some((Formula::default(), attribute(&tag, "si"))),
                _ => {}
            },
            Event::Text(text) => {
                if let Some((formula, _)) = &mut formula {
                    match inside.as_str() {
                        "f" => formula.text.push_str(&text),
                        "v" | "t" => formula.result.push_str(&text),
                        _ => {}
                    }
                }
            }
            Event::GeneralRef(named) if inside == "f" => {
                if let Some((formula, _)) = &mut formula {
                    formula.text.push_str(match &*named {
                        "quot" => "\"",
                        "apos" => "'",
                        "lt" => "<",
                        "gt" => ">",
                        _ => "&",
                    });
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                if let (Some(at), Some((mut found, shares))) = (cell.take(), formula.take()) {
                    if let Some(index) = shares {
                        if found.text.is_empty() {
                            found.text = shared.get(&index).cloned().unwrap_or_default();
                        } else {
                            shared.insert(index, found.text.clone());
                        }
                    }
                    marks.formulas.insert(at, found);
                }
            }
            Event::End(_) => inside.clear(),
            Event::Eof => break,
            _ => {}
        }
    }
    marks
}

fn hidden_row(tag: &BytesStart<'_>, marks: &mut Marks) {
    if is_true(tag, "hidden")
        && let Some(row) = attribute(tag, "r").and_then(|row| row.parse().ok())
    {
        marks.hidden_rows.push(row);
    }
}

/// A per cent is hardly ever repeated; what says more would only take memory.
const MOST_REPEATED: usize = 100;
const MOST_REPEATED_ROWS: u32 = 1_000;

/// The marks of all sheets of an ODS file, by name.
pub(super) fn of_ods(content: &str) -> BTreeMap<String, Marks> {
    let mut sheets: BTreeMap<String, Marks> = BTreeMap::new();
    let (mut name, mut row, mut rows, mut column, mut column_at) = (String::new(), 0_u32, 1_u32, 0_usize, 0_usize);
    let number = |tag: &BytesStart<'_>, name: &str| attribute(tag, name).and_then(|value| value.parse::<u32>().ok());
    let width = |tag: &BytesStart<'_>| {
        let repeated = number(tag, "table:number-columns-repeated").unwrap_or(1);
        usize::try_from(repeated).unwrap_or(usize::MAX)
    };
    let mut reader = XmlReader::from_str(content);
    while let Ok(event) = reader.read_event() {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        let hidden = || attribute(&tag, "table:visibility").is_some_and(|value| value != "visible");
        match tag.name().as_ref() {
            "table:table" => {
                name = attribute(&tag, "table:name").unwrap_or_default();
                (row, rows, column_at) = (0, 1, 0);
            }
            "table:table-column" => {
                let wide = width(&tag);
                if hidden() {
                    let last = column_at.saturating_add(wide).saturating_sub(1);
                    sheets.entry(name.clone()).or_default().hidden_columns.push((column_at, last));
                }
                column_at = column_at.saturating_add(wide);
            }
            "table:table-row" => {
                row = row.saturating_add(if row == 0 { 1 } else { rows });
                rows = number(&tag, "table:number-rows-repeated").unwrap_or(1);
                column = 0;
                // Blank rows below the table are hidden in one piece, up to the end of the sheet.
                if hidden() && rows < 1_000 {
                    let marks = sheets.entry(name.clone()).or_default();
                    marks.hidden_rows.extend(row..row.saturating_add(rows));
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(text) = attribute(&tag, "table:formula") {
                    let result = attribute(&tag, "office:value").or_else(|| attribute(&tag, "office:value-type"));
                    let text = text.strip_prefix("of:=").map_or_else(|| text.clone(), str::to_owned);
                    let formula = Formula { text, result: result.unwrap_or_default() };
                    sheets.entry(name.clone()).or_default().formulas.insert((row, column), formula);
                }
                let wide = width(&tag);
                if attribute(&tag, "office:value-type").is_some_and(|kind| kind == "percentage") {
                    let marks = sheets.entry(name.clone()).or_default();
                    let columns = column..column.saturating_add(wide.min(MOST_REPEATED));
                    for row in row..row.saturating_add(rows.min(MOST_REPEATED_ROWS)) {
                        marks.percents.extend(columns.clone().map(|column| ((row, column), None)));
                    }
                }
                column = column.saturating_add(wide);
            }
            _ => {}
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_keep_their_results_and_hidden_rows_and_columns_are_seen() {
        let marks = of_xlsx(
            r#"<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>
            <row r="3"><c r="B3"><f t="shared" si="0">VLOOKUP(A3,x,2)</f><v>0</v></c><c r="AA3"><v>7</v></c></row>
            <row r="4" hidden="1"><c r="B4"><f t="shared" si="0"/><v></v></c></row></sheetData></worksheet>"#,
            &[],
        );
        let formula = |result: &str| Formula { text: "VLOOKUP(A3,x,2)".to_owned(), result: result.to_owned() };
        assert_eq!(marks.formulas, BTreeMap::from([((3, 1), formula("0")), ((4, 1), formula(""))]));
        assert_eq!((marks.hidden_rows, marks.hidden_columns), (vec![4], vec![(1, 2)]));
        assert_eq!(position("AA3"), Some((3, 26)));
    }

    #[test]
    fn numbers_shown_as_per_cents_are_told_from_others() {
        let styles = percent_styles(
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0&quot;%&quot;"/>
            </numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="9"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#,
        );
        assert_eq!(styles, [None, Some(0), Some(1), None]);
        let marks = of_xlsx(
            r#"<sheetData><row r="2"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2" s="1"><v>0.61</v></c><c r="C2" s="3"><v>61</v></c>
            <c r="D2" s="2"><f>B2</f><v>0.61</v></c></row></sheetData>"#,
            &styles,
        );
        assert_eq!(marks.percents, BTreeMap::from([((2, 1), Some(0)), ((2, 3), Some(1))]));
        assert_eq!(places_of_percent("[Red]#,##0.00%;-0%"), Some(2));
    }

    #[test]
    fn an_open_document_says_the_same() {
        let sheets = of_ods(
            r#"<a><table:table table:name="x"><table:table-column/><table:table-column table:visibility="collapse"/>
            <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
            <table:table-row table:visibility="filter"><table:table-cell/><table:table-cell table:formula="of:=3+3"/>
            </table:table-row></table:table></a>"#,
        );
        let marks = &sheets["x"];
        assert_eq!(marks.formulas.get(&(3, 1)).unwrap().text, "3+3");
        assert_eq!((&marks.hidden_rows, &marks.hidden_columns), (&vec![3], &vec![(1, 1)]));
    }
}
