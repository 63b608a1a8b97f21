//! Pure types and rules: no input or output, no SQL, no HTML.

pub mod compare;
pub mod council;
pub mod decision;
pub mod digest;
pub mod field;
pub mod figure;
pub mod format;
pub mod funnel;
pub mod improvement;
pub mod interval;
pub mod letter;
pub mod location;
pub mod london;
pub mod measure;
pub mod names;
pub mod postcode;
pub mod progress;
pub mod record;
pub mod release;
pub mod reply;
pub mod representation;
pub mod search;
pub mod tally;
pub mod year;
