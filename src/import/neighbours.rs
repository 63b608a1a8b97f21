//! Statistical nearest neighbours: a row for each pair of councils, or a row for each council with its neighbours in columns.

mod layout;

use std::collections::BTreeMap;

use self::layout::{Layout, MOST_RANK};
use super::problems::{Findings, quoted};
use super::sheet::Sheet;
use super::table::{Cell, Columns, Fields, Table};
use super::{Context, InputFile, cells, council_lookup, spreadsheet, workbook};
use crate::domain::council::{Council, CouncilId, GssCode};
use crate::domain::location::Location;
use crate::domain::record::NeighbourRecord;

const COLUMNS: Columns =
    Columns { required: &["authority", "rank", "neighbour"], optional: &["model"], fields: Fields::None };
/// What a file without a column for the model holds.
const MODEL: &str = "Nearest neighbours";
/// Longest name of a model.
const MOST_MODEL: usize = 80;

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<NeighbourRecord> {
    let mut pairs = Pairs { context, records: Vec::new(), seen: BTreeMap::new(), others: 0 };
    for file in files {
        let is_workbook = workbook::looks_like(&file.bytes);
        let sheets: Vec<Sheet> = if is_workbook {
            spreadsheet::sheets(&file.name, &file.bytes, findings).into_iter().map(|sheet| sheet.sheet).collect()
        } else {
            Sheet::from_csv(&file.name, &file.bytes, findings).into_iter().collect()
        };
        let found: Vec<(&Sheet, Layout)> =
            sheets.iter().filter_map(|sheet| Some((sheet, layout::find(sheet)?))).collect();
        let several = found.len() > 1;
        if found.is_empty() {
            for sheet in sheets.into_iter().take(1) {
                canonical(sheet, &mut pairs, findings);
            }
            continue;
        }
        for (sheet, layout) in found {
            let of_sheet = sheet.place.sheet.as_deref().filter(|_| several);
            published(sheet, &layout, of_sheet.unwrap_or(MODEL), &mut pairs, findings);
        }
        pairs.remark_on_others(&file.name, findings);
    }
    pairs.records
}

/// Whether a sheet is a table of neighbours as others publish it, not a canonical one.
pub(super) fn is_published(sheet: &Sheet) -> bool {
    layout::find(sheet).is_some()
}

/// What was read so far.
struct Pairs<'a> {
    context: Context<'a>,
    records: Vec<NeighbourRecord>,
    seen: BTreeMap<(CouncilId, String, u32), Location>,
    /// How many pairs are left out since one of them is in another nation.
    others: u64,
}

impl<'a> Pairs<'a> {
    fn council(&self, cell: &Cell<'_>, findings: &mut Findings) -> Option<&'a Council> {
        council_lookup::council(cell, None, self.context, findings)
    }

    fn add(
        &mut self,
        council: &Council,
        rank: u32,
        (neighbour, place): (&Council, Location),
        model: &str,
        location: &Location,
        findings: &mut Findings,
    ) {
        if council.id == neighbour.id {
            findings.problem(place, "a council is named as its own neighbour", "another council");
        }
        if let Some(first) = self.seen.insert((council.id, model.to_owned(), rank), location.clone()) {
            findings.problem(
                location.clone(),
                format!("rank {rank} of {} stands twice, first at {first}", council.official_name),
                "each rank once for each council and model",
            );
        }
        self.records.push(NeighbourRecord {
            council: council.id,
            rank,
            neighbour: neighbour.id,
            model: model.to_owned(),
            location: location.clone(),
        });
    }

    fn remark_on_others(&mut self, file: &str, findings: &mut Findings) {
        if std::mem::take(&mut self.others) > 0 {
            let found = "councils of Wales, Scotland and Northern Ireland are left out, also as neighbours";
            findings.remark(Location::file(file), found, "nothing to do: the site is of England");
        }
    }
}

fn canonical(sheet: Sheet, pairs: &mut Pairs<'_>, findings: &mut Findings) {
    let Some(table) = Table::new(sheet, COLUMNS, findings) else { return };
    for row in table.rows() {
        let one = |column: &str, findings: &mut Findings| {
            row.need(column, "a council", findings).and_then(|cell| pairs.council(&cell, findings))
        };
        let council = one("authority", findings);
        let neighbour = one("neighbour", findings);
        let rank = row.need("rank", "a rank from 1", findings).and_then(|cell| rank(&cell, findings));
        let model = cells::optional_text(&row, "model", MOST_MODEL, findings).unwrap_or_else(|| MODEL.to_owned());
        let (Some(council), Some(neighbour), Some(rank)) = (council, neighbour, rank) else { continue };
        pairs.add(council, rank, (neighbour, row.at("neighbour")), &model, &row.location(), findings);
    }
}

fn rank(cell: &Cell<'_>, findings: &mut Findings) -> Option<u32> {
    let rank = cell.text.parse::<u32>().ok().filter(|rank| (1..=MOST_RANK).contains(rank));
    if rank.is_none() {
        findings.problem(cell.location.clone(), quoted(cell.text), "a rank from 1 to 400");
    }
    rank
}

fn published(sheet: &Sheet, layout: &Layout, model: &str, pairs: &mut Pairs<'_>, findings: &mut Findings) {
    for line in sheet.lines.iter().skip(layout.lines) {
        let location = sheet.place.at_row(line.number);
        let cell = |at: usize| {
            let text = line.cells.get(at).map(|text| text.trim()).filter(|text| !text.is_empty())?;
            Some(Cell { text, location: location.at_column(&layout.heading(sheet, at)) })
        };
        let of_row = layout.neighbours(line);
        // Notes and sources below the table name nobody's neighbours.
        let Some(own) = cell(layout.council).filter(|_| of_row.iter().any(|(_, at)| cell(*at).is_some())) else {
            continue;
        };
        if is_of_another_nation(own.text) {
            pairs.others += 1;
            continue;
        }
        let Some(council) = pairs.council(&own, findings) else { continue };
        for (place, at) in of_row {
            let Some(near) = cell(at) else { continue };
            if is_of_another_nation(near.text) {
                pairs.others += 1;
                continue;
            }
            let rank = match place {
                layout::Place::Rank(rank) => Some(rank),
                layout::Place::Column(at) => cell(at).and_then(|cell| rank(&cell, findings)),
            };
            let (Some(neighbour), Some(rank)) = (pairs.council(&near, findings), rank) else { continue };
            let model = layout.model.and_then(cell).map_or(model, |cell| cell.text);
            let model: String = model.chars().take(MOST_MODEL).collect();
            pairs.add(council, rank, (neighbour, near.location), &model, &location, findings);
        }
    }
}

fn is_of_another_nation(text: &str) -> bool {
    GssCode::parse(text).is_ok_and(|code| code.as_str().starts_with(['W', 'S', 'N']))
}
