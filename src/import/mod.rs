//! Reading files: the readers turn the files of one kind into `Records` and collect every problem with its place.
//!
//! With any problem there are no records, so that broken ones cannot go further. What becomes of the records is the work
//! of the module `publish`.

mod aliases;
pub mod apart;
mod authorities;
mod boundaries;
mod cells;
mod consistency;
mod context;
mod council_lookup;
mod decision_page;
mod decisions;
mod document;
mod figures;
#[cfg(fuzzing)]
pub mod fuzzed;
mod improvements;
mod input;
mod json_lines;
pub mod letter_text;
mod letters;
mod national;
mod neighbours;
mod odd_cell;
mod ombudsman;
mod population;
mod postcodes;
mod printed;
pub mod problems;
pub mod recognise;
mod replies;
mod saved_page;
mod scale;
mod sheet;
mod spreadsheet;
mod statistics;
mod table;
mod taught;
pub mod teaching;
pub mod within_limits;
mod workbook;
mod year_claims;

pub use self::cells::is_url;
pub use self::context::Context;
pub use self::input::{InputFile, is_link};
use self::problems::Findings;
pub use self::taught::Taught;
use crate::domain::record::Records;
use crate::domain::release::ImportKind;

/// Reads files of one kind. `None` when there is any problem, so that broken records cannot go further.
pub fn read(kind: ImportKind, files: &mut [InputFile], context: Context<'_>) -> (Option<Records>, Findings) {
    let mut findings = Findings::default();
    context.progress.begin("Reading the files", None);
    let records = match kind {
        ImportKind::Authorities => Records::Authorities(authorities::read(files, context, &mut findings)),
        ImportKind::Aliases => Records::Aliases(aliases::read(files, context, &mut findings)),
        ImportKind::Boundaries => Records::Boundaries(boundaries::read(files, context, &mut findings)),
        ImportKind::Postcodes => Records::Postcodes(postcodes::read(files, context, &mut findings)),
        ImportKind::Population => Records::Population(population::read(files, context, &mut findings)),
        ImportKind::Neighbours => Records::Neighbours(neighbours::read(files, context, &mut findings)),
        ImportKind::Statistics => Records::Statistics(statistics::read(files, context, &mut findings)),
        ImportKind::National => Records::National(national::read(files, context, &mut findings)),
        ImportKind::Decisions => Records::Decisions(decisions::read(files, context, &mut findings)),
        ImportKind::Improvements => Records::Improvements(improvements::read(files, context, &mut findings)),
        ImportKind::Letters => Records::Letters(letters::read(files, context, &mut findings)),
        ImportKind::Replies => Records::Replies(replies::read(files, context, &mut findings)),
    };
    let fine = findings.problems.is_empty();
    (fine.then_some(records), findings)
}
