//! Decisions: which council, when, about what, with which reference.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};

use super::case::Case;
use super::options::Options;
use super::rng::DemoRng;
use super::row::{FILE, days_after, place};
use super::statistics::invent;
use super::subjects::Subject;
use super::summaries;
use crate::db::councils::Register;
use crate::domain::council::{CouncilId, CouncilKind};
use crate::domain::decision::{Category, Decision, DecisionType, Outcome, Reference};
use crate::domain::record::{BodyName, DecisionRecord};
use crate::domain::year::ReportingYear;

/// Decisions of one council, year and outcome.
#[derive(Clone, Debug)]
struct Batch {
    council: CouncilId,
    kind: CouncilKind,
    year: ReportingYear,
    outcome: Outcome,
    first: Date,
    last: Date,
    count: u64,
}

/// Public reports issued in a year.
const REPORTS_A_YEAR: u64 = 60;

/// One case in so many is about two bodies.
const JOINT: u64 = 110;

/// One decision in so many has its full text, beside all reports.
const FULL_TEXT: f64 = 0.035;

/// All decisions, made one by one.
pub(super) struct Cases {
    seed: u64,
    batches: std::vec::IntoIter<Batch>,
    current: Option<(Batch, u64)>,
    ordinal: u64,
    total: u64,
    joint: u64,
    row: u32,
    twin: Option<Case>,
    serials: Serials,
    upheld: BTreeMap<ReportingYear, (u64, u64)>,
}

impl Cases {
    pub(super) fn new(register: &Register, options: &Options) -> Self {
        let all = u64::from(options.decisions);
        let joint = all / JOINT;
        let batches = plan(register, options, all - joint);
        let mut upheld = BTreeMap::new();
        for batch in batches.iter().filter(|batch| batch.outcome == Outcome::Upheld) {
            upheld.entry(batch.year).or_insert((0, 0)).1 += batch.count;
        }
        Self {
            seed: options.seed,
            total: batches.iter().map(|batch| batch.count).sum(),
            batches: batches.into_iter(),
            current: None,
            ordinal: 0,
            joint,
            row: 1,
            twin: None,
            serials: Serials::new(all),
            upheld,
        }
    }

    /// The batch that the next decision belongs to.
    fn batch(&mut self) -> Option<Batch> {
        loop {
            match &mut self.current {
                Some((batch, left)) if *left > 0 => {
                    *left -= 1;
                    return Some(batch.clone());
                }
                _ => {
                    let batch = self.batches.next()?;
                    self.current = Some((batch.clone(), batch.count));
                }
            }
        }
    }

    /// Whether the next upheld decision of a year is a public report: evenly spread over the year's.
    fn is_report(&mut self, year: ReportingYear) -> bool {
        let Some((done, all)) = self.upheld.get_mut(&year) else { return false };
        let reports = REPORTS_A_YEAR.min(*all / 6);
        let before = (*done * reports) / (*all).max(1);
        *done += 1;
        (*done * reports) / (*all).max(1) > before
    }

    fn next_row(&mut self) -> u32 {
        self.row += 1;
        self.row
    }

    fn case(&mut self, batch: &Batch) -> Option<Case> {
        let mut rng = DemoRng::new(self.seed, "decision", [self.ordinal, 0]);
        let subject = Subject::draw(batch.kind, batch.year, &mut rng);
        let report = batch.outcome == Outcome::Upheld && self.is_report(batch.year);
        let decision_date = working_day(batch.first, batch.last, &mut rng);
        let months = match batch.outcome {
            Outcome::Closed => rng.within(0.6, 3.5),
            _ if report => rng.within(10.0, 24.0),
            _ => rng.within(3.0, 7.0) + 6.0 * rng.gamma(2.0).min(2.6),
        };
        let waited = days(months);
        let number = self.serials.next(days_after(decision_date, -waited), decision_date)?;
        let joint = (self.ordinal + 1) * self.joint / self.total.max(1) > self.ordinal * self.joint / self.total.max(1);
        let record = DecisionRecord {
            decision: Decision {
                reference: Reference::parse(&format!("{number}{}", if joint { "a" } else { "" })).ok()?,
                kind: if report { DecisionType::Report } else { DecisionType::Statement },
                outcome: batch.outcome,
                category: subject.category,
                subcategory: Some(subject.slug.to_owned()),
                decision_date,
                summary: String::new(),
            },
            body: BodyName::Council(batch.council),
            sections: Vec::new(),
            url: None,
            document: None,
            withdrawn_on: None,
            location: place(FILE, self.next_row()),
        };
        let mut case = Case { record, subject, ordinal: self.ordinal };
        self.ordinal += 1;
        let text = summaries::write(&case, joint, &mut rng);
        case.record.decision.summary = text.summary;
        if report || rng.chance(FULL_TEXT) {
            case.record.sections = text.sections;
        }
        if joint {
            self.twin = Some(self.other_body(&case, &number, &mut rng)?);
        }
        Some(case)
    }

    /// The second body's part of a joint case.
    fn other_body(&mut self, case: &Case, number: &str, rng: &mut DemoRng) -> Option<Case> {
        let mut twin = case.clone();
        twin.record.decision.reference = Reference::parse(&format!("{number}b")).ok()?;
        twin.record.body = BodyName::Other(other_body(case.subject.category, rng));
        twin.record.decision.kind = DecisionType::Statement;
        twin.record.sections = Vec::new();
        twin.record.location = place(FILE, self.next_row());
        Some(twin)
    }
}

impl Iterator for Cases {
    type Item = Case;

    fn next(&mut self) -> Option<Case> {
        if let Some(twin) = self.twin.take() {
            return Some(twin);
        }
        let batch = self.batch()?;
        self.case(&batch)
    }
}

/// How many decisions each council has in each year by outcome: a share of its statistics, so that what is
/// listed agrees with them (systematic sampling of all cases investigated or closed after enquiries).
fn plan(register: &Register, options: &Options, wanted: u64) -> Vec<Batch> {
    let councils = invent(register, options);
    let mut batches: Vec<Batch> = councils
        .iter()
        .flat_map(|one| {
            let (first, last) = period(register, one.council, one.year);
            let counts = [
                (Outcome::Upheld, one.upheld()),
                (Outcome::NotUpheld, one.not_upheld()),
                (Outcome::Closed, one.closed()),
            ];
            let (council, kind, year) = (one.council, one.kind, one.year);
            counts.map(|(outcome, count)| Batch { council, kind, year, outcome, first, last, count })
        })
        .collect();
    let cases: u64 = batches.iter().map(|batch| batch.count).sum();
    let mut seen = 0;
    for batch in &mut batches {
        let taken = |upto: u64| (upto * wanted + cases / 2) / cases.max(1);
        let before = taken(seen);
        seen += batch.count;
        batch.count = taken(seen) - before;
    }
    batches.retain(|batch| batch.count > 0);
    batches
}

/// The days of a year on which a council existed and decisions were made: none in the first three months
/// of 2020-21, when casework stood still.
fn period(register: &Register, council: CouncilId, year: ReportingYear) -> (Date, Date) {
    let first = if year.start_year() == 2020 { date(2020, 6, 29) } else { year.first_day() };
    let Some(council) = register.get(council) else { return (first, year.last_day()) };
    let first = council.active_from.map_or(first, |from| from.max(first));
    let last = council.active_to.map_or(year.last_day(), |to| days_after(to, -1).min(year.last_day()));
    (first, last)
}

fn working_day(first: Date, last: Date, rng: &mut DemoRng) -> Date {
    let span = i32::try_from(last.duration_since(first).as_hours() / 24).unwrap_or(0);
    let day = days_after(first, rng.between(0, span));
    match day.weekday() {
        Weekday::Saturday | Weekday::Sunday if days_after(day, -2) >= first => days_after(day, -2),
        Weekday::Saturday | Weekday::Sunday if days_after(day, 2) <= last => days_after(day, 2),
        _ => day,
    }
}

fn days(months: f64) -> i32 {
    crate::domain::figure::whole((months * 30.4).round()).and_then(|days| i32::try_from(days).ok()).unwrap_or(30)
}

/// Names of bodies that are no councils; each says that it is invented.
fn other_body(category: Category, rng: &mut DemoRng) -> String {
    const PLACES: [&str; 14] = [
        "Nowhere Green",
        "Larkfield Hill",
        "Make-Believe Vale",
        "Otherwhere",
        "Sampleton",
        "Exampleford",
        "Fairwater Moor",
        "Storybrook",
        "Notional Heath",
        "Pretend-on-Sea",
        "Anyton",
        "Somewhere Wood",
        "Mockingbridge",
        "Fable Cross",
    ];
    const KINDS: [(Category, [&str; 3]); 4] = [
        (Category::Education, ["Primary School", "Academy", "High School"]),
        (Category::AdultCare, ["Care Homes Limited", "Home Care Limited", "Nursing Home"]),
        (Category::Health, ["NHS Foundation Trust", "Integrated Care Board", "Hospitals NHS Trust"]),
        (Category::ChildrensCare, ["Fostering Agency", "Children’s Home", "NHS Trust"]),
    ];
    const OTHERS: [&str; 3] = ["Housing Association", "Enforcement Agents Limited", "Internal Drainage Board"];
    let kinds = KINDS.iter().find(|(known, _)| *known == category).map_or(&OTHERS, |(_, kinds)| kinds);
    format!("{} {} (invented)", rng.phrase(&PLACES), rng.phrase(kinds))
}

/// The eight digits of references: the year of registration, then a number that grows over the year, as
/// the Ombudsman's own do (about 22,000 a year).
struct Serials {
    a_day: u32,
    used: BTreeMap<(i16, i32), u32>,
}

impl Serials {
    /// Enough numbers for this many decisions, with room for days that get more than others.
    fn new(decisions: u64) -> Self {
        let a_day = u32::try_from(decisions / 900).unwrap_or(u32::MAX).clamp(59, 2_729);
        Self { a_day, used: BTreeMap::new() }
    }

    /// An unused number of a case registered on a day, or on the next one that has any left before `until`;
    /// where none has, on a day before.
    fn next(&mut self, registered: Date, until: Date) -> Option<String> {
        let later = (0..).map(|days| days_after(registered, days)).take_while(|day| *day < until);
        let earlier = (1..400).map(|days| days_after(registered, -days));
        later.chain(earlier).find_map(|day| self.on(day))
    }

    fn on(&mut self, day: Date) -> Option<String> {
        let year = ReportingYear::containing(day);
        let place = i32::try_from(day.duration_since(year.first_day()).as_hours() / 24).ok()?;
        let used = self.used.entry((year.start_year(), place)).or_default();
        if *used == self.a_day {
            return None;
        }
        *used += 1;
        // A day's numbers out of their order: a prime above every size meets each of them once.
        let serial = u32::try_from(place).ok()? * self.a_day + *used * 2_741 % self.a_day;
        Some(format!("{:02}{serial:06}", year.start_year().rem_euclid(100)))
    }
}
