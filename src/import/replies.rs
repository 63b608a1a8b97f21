//! What councils reply to their figures.

use std::collections::BTreeMap;

use super::decisions::word;
use super::problems::Findings;
use super::table::{Columns, Fields, Row, Table};
use super::{Context, InputFile, cells, council_lookup};
use crate::db::replies;
use crate::domain::measure::Measure;
use crate::domain::record::ReplyRecord;
use crate::domain::reply::Reply;

const COLUMNS: Columns = Columns {
    required: &["authority", "year", "replied_on", "text"],
    optional: &["measure", "author", "url"],
    fields: Fields::None,
};
/// Two printed pages: a reply stands beside figures, and longer ones have a page of the council's own to link to.
const MOST_TEXT: usize = 5_000;
/// The name of an office.
const MOST_AUTHOR: usize = 200;

pub(super) fn read(files: &[InputFile], context: Context<'_>, findings: &mut Findings) -> Vec<ReplyRecord> {
    let mut records: Vec<ReplyRecord> = Vec::new();
    let mut seen = BTreeMap::new();
    for file in files {
        let Some(table) = Table::from_csv(file, COLUMNS, findings) else { continue };
        table.each_row(context.progress, findings, |row, findings| {
            let Some(reply) = one(row, context, findings) else { return };
            if let Some(first) = seen.insert((reply.council, reply.year, reply.measure), row.location()) {
                let about = reply.measure.map(|measure| format!(" about {}", measure.as_str())).unwrap_or_default();
                findings.problem(
                    row.location(),
                    format!("the reply{about} for {} stands twice, first at {first}", reply.year),
                    "one reply for each council, year and measure",
                );
            }
            older_than_loaded(row, &reply, context, findings);
            records.push(ReplyRecord { reply, location: row.location() });
        });
    }
    records
}

fn one(row: &Row<'_>, context: Context<'_>, findings: &mut Findings) -> Option<Reply> {
    let (council, year) = council_lookup::council_and_year(row, context, findings);
    let replied_on = row
        .need("replied_on", "the day of the reply", findings)
        .and_then(|cell| cells::day(&cell, Some(context.visible_from), findings));
    cells::after_year(row, "replied_on", replied_on, year, findings);
    // An unknown measure is a problem; an empty one says that the year as a whole is meant.
    let measure = match row.get("measure") {
        Some(_) => word(row, "measure", &Measure::ALL, Measure::as_str, Measure::title, findings).map(Some),
        None => Some(None),
    };
    let text =
        row.need("text", "what the council says", findings).and_then(|cell| cells::text(&cell, MOST_TEXT, findings));
    let author = cells::optional_text(row, "author", MOST_AUTHOR, findings);
    let url = cells::optional_url(row, "url", findings);
    Some(Reply {
        council: council?.id,
        year: year?,
        measure: measure?,
        replied_on: replied_on?,
        author,
        text: text?,
        url,
    })
}

/// A reply takes the place of the one that is loaded; where that is the younger one, the file may be an old one.
fn older_than_loaded(row: &Row<'_>, reply: &Reply, context: Context<'_>, findings: &mut Findings) {
    // What cannot be read now fails where it is written.
    let loaded = replies::of_council(context.conn, reply.council).unwrap_or_default();
    let same = |one: &Reply| (one.year, one.measure) == (reply.year, reply.measure);
    let younger = loaded.iter().map(|one| &one.reply).find(|one| same(one) && one.replied_on > reply.replied_on);
    if let Some(younger) = younger {
        findings.remark(
            row.at("replied_on"),
            format!("{} is before the reply of {} that it replaces", reply.replied_on, younger.replied_on),
            "a newer reply, or a corrected date",
        );
    }
}
