//! What councils reply to their figures: a few, with the council's own invented counts.

use super::letters::day_of;
use super::rng::DemoRng;
use super::row::{FILE, days_after, place};
use super::statistics::CouncilYear;
use crate::db::councils::Register;
use crate::domain::council::CouncilId;
use crate::domain::measure::Measure;
use crate::domain::record::ReplyRecord;
use crate::domain::reply::Reply;
use crate::domain::year::ReportingYear;

/// The share of councils and years with a reply.
const SHARE: f64 = 0.03;
/// The council of the worked example, which always has one.
const ALWAYS: &str = "derby-city-council";

/// The replies to the figures of `councils`.
pub(super) fn records(register: &Register, councils: &[CouncilYear], seed: u64) -> Vec<ReplyRecord> {
    let newest = councils.iter().map(|one| one.year).max();
    let mut records = Vec::new();
    let mut row = 2;
    for one in councils {
        let Some(council) = register.get(one.council) else { continue };
        let mut rng = rng(seed, one.council, one.year);
        let example = council.slug.as_str() == ALWAYS && Some(one.year) == newest;
        if rng.chance(SHARE) || example {
            let measure = if one.late > 0 && rng.chance(0.5) && !example { Some(Measure::Compliance) } else { None };
            let reply = Reply {
                council: one.council,
                year: one.year,
                measure,
                replied_on: days_after(day_of(one.year), rng.between(9, 48)),
                author: Some(rng.phrase(&AUTHORS).to_owned()),
                text: text(one, measure, &mut rng),
                url: None,
            };
            records.push(ReplyRecord { reply, location: place(FILE, row) });
            row += 1;
        }
    }
    records
}

const AUTHORS: [&str; 4] = ["Chief Executive", "Monitoring Officer", "Leader of the Council", "Director of Governance"];
const THANKS: [&str; 3] = [
    "We thank the Ombudsman for the letter and have put it before our members.",
    "We have read the letter with care and discussed it with every service.",
    "We accept what the letter says and are sorry where people were let down.",
];
const STEPS: [&str; 4] = [
    "Each service now answers for its own complaints, and its head signs every remedy.",
    "We have trained all who answer complaints, and we look at ten of their replies each month.",
    "A list of agreed actions goes to our scrutiny committee each quarter, with the date of each.",
    "We now offer a remedy as soon as we see that something went wrong, and do not wait to be asked.",
];

fn text(one: &CouncilYear, measure: Option<Measure>, rng: &mut DemoRng) -> String {
    let counted = match measure {
        Some(_) => {
            format!("{} of our {} remedies were late. Most of these waited for one contractor.", one.late, one.complied)
        }
        None => format!(
            "The Ombudsman investigated {} complaints about us and upheld {}. We received far more ourselves and settled most of them.",
            one.investigated(),
            one.upheld()
        ),
    };
    format!(
        "Invented for demonstration: no council wrote this.\n\n{} {counted}\n\n{}",
        rng.phrase(&THANKS),
        rng.phrase(&STEPS)
    )
}

fn rng(seed: u64, council: CouncilId, year: ReportingYear) -> DemoRng {
    let council = u64::try_from(council.0).unwrap_or_default();
    DemoRng::new(seed, "reply", [council, u64::try_from(year.start_year()).unwrap_or_default()])
}
