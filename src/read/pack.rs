//! The committee pack: what a council's members need for one meeting, on two sheets.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::atlas::Atlas;
use super::council::CouncilPage;
use super::error::ReadError;
use super::received::{ReceivedRow, why_none_expected};
use super::signs::day_of;
use crate::db::decisions::ListedDecision;
use crate::db::figures::{Source, SourcedFigure};
use crate::db::improvements::ListedImprovement;
use crate::db::{self, Connection};
use crate::domain::chance::Marks;
use crate::domain::compare::Verdict;
use crate::domain::decision::{DecisionType, Outcome};
use crate::domain::figure::Figure;
use crate::domain::format;
use crate::domain::improvement::ImprovementState;
use crate::domain::measure::Measure;

/// Early signs that the first sheet has room for.
pub const MOST_SIGNS: usize = 3;
/// Decisions that the second sheet has room for.
pub const MOST_DECISIONS: usize = 8;
/// Overdue promises that it has room for.
pub const MOST_OVERDUE: usize = 5;
/// Questions that the first sheet has room for.
const MOST_QUESTIONS: usize = 5;
/// So many decisions about one subject are worth a question.
const FEW_OF_A_SUBJECT: usize = 2;

/// Everything that the pack shows.
#[derive(Clone, Debug)]
pub struct PackPage {
    /// The overview of the year.
    pub overview: CouncilPage,
    /// The rows of the first table: what the letters print and what may be judged.
    pub glance: Vec<(Measure, Option<SourcedFigure>)>,
    /// Complaints received, in all and by service area, against the number expected.
    pub received: Vec<ReceivedRow>,
    /// Published decisions of the year that found fault, newest first, as many as there is room for.
    pub fault: Vec<ListedDecision>,
    /// How many such decisions there are.
    pub fault_count: usize,
    /// Overdue promises, the oldest first, as many as there is room for.
    pub overdue: Vec<ListedImprovement>,
    /// How many promises are overdue.
    pub overdue_count: usize,
    /// How many promises had been made by the day.
    pub agreed_count: u64,
    /// The day for which promises are looked at: of an earlier year its last, of the newest today.
    pub day: Date,
    /// Neutral questions that follow from the figures.
    pub questions: Vec<String>,
}

impl PackPage {
    /// Reads what the pack of a council and year says beside its overview, on a day.
    pub fn of(conn: &Connection, atlas: &Atlas, overview: CouncilPage, today: Date) -> Result<Self, ReadError> {
        let (council, year) = (&overview.council, overview.year);
        let of_year =
            |measure: Measure| overview.history.iter().find(|one| one.year == year && one.figure.measure == measure);
        let glance = Measure::ALL.into_iter().filter(|measure| measure.stands_alone());
        let glance = glance.map(|measure| (measure, of_year(measure).cloned())).collect();
        let received = overview.received.clone();
        let mut fault = db::decisions::of_council(conn, council.id, year.first_day(), year.last_day(), u32::MAX)?;
        fault.retain(|one| one.decision.outcome == Outcome::Upheld || one.decision.kind == DecisionType::Report);
        fault.sort_by_key(|one| std::cmp::Reverse(one.decision.decision_date));
        let day = day_of(atlas, year, today);
        let agreed = || overview.improvements.iter().filter(|one| one.agreed_on <= day);
        let agreed_count = u64::try_from(agreed().count()).unwrap_or(u64::MAX);
        // What was done since had not been done on the day.
        let state = |one: &ListedImprovement| {
            ImprovementState::on(day, one.due_on, one.achieved_on.filter(|achieved| *achieved <= day))
        };
        let mut overdue: Vec<ListedImprovement> =
            agreed().filter(|one| state(one) == ImprovementState::Overdue).cloned().collect();
        overdue.sort_by_key(|one| one.due_on);
        let questions = questions(&of_year, &fault, overdue.len());
        let (fault_count, overdue_count) = (fault.len(), overdue.len());
        fault.truncate(MOST_DECISIONS);
        overdue.truncate(MOST_OVERDUE);
        Ok(Self {
            overview,
            glance,
            received,
            fault,
            fault_count,
            overdue,
            overdue_count,
            agreed_count,
            day,
            questions,
        })
    }
}

/// What page and PDF both say.
impl PackPage {
    /// The title.
    pub fn title(&self) -> String {
        format!("Complaints about {}, {}", self.overview.council.official_name, self.overview.year)
    }

    /// What the pack holds, under its title.
    pub fn lede(&self) -> String {
        format!(
            "What the Ombudsman found from {}, compared with {}, allowing for chance.",
            format::period(self.overview.year),
            self.overview.council.kind.group()
        )
    }

    /// Whether figures in it are invented.
    pub fn is_invented(&self) -> bool {
        self.overview.synthetic
    }

    /// How much is published, agreed and overdue, or that nothing of the kind is loaded: the start of a sentence each, without capitals.
    pub fn published(&self) -> [String; 3] {
        let (decisions, reports) = self.overview.decision_counts;
        let decisions = match decisions {
            0 => "no decision of the year is loaded here".to_owned(),
            _ => format!(
                "{} of the year published here, {} of them found fault",
                format::counted(decisions, "decision", "decisions"),
                self.fault_count
            ),
        };
        let reports = match reports {
            0 => "no public report of the year is loaded here".to_owned(),
            _ => format!("{} in the year", format::counted(reports, "public report", "public reports")),
        };
        let improvements = match self.agreed_count {
            0 => "no agreed improvement is loaded here".to_owned(),
            _ => format!(
                "{} agreed in all, {} overdue on {}",
                format::counted(self.agreed_count, "improvement", "improvements"),
                self.overdue_count,
                format::date(self.day)
            ),
        };
        [decisions, reports, improvements]
    }

    /// What stands above the table of complaints received, or in its place where there is none.
    pub fn about_received(&self) -> String {
        if self.received.is_empty() {
            return "No table of complaints received in this year is loaded here.".to_owned();
        }
        if let Some(why) = why_none_expected(&self.received) {
            return format!("Complaints received by the Ombudsman. {why}");
        }
        format!(
            "Complaints received by the Ombudsman, against the number expected at the rate of {}",
            self.overview.council.kind.group()
        )
    }

    /// What stands in the place of the table of overdue promises where there is none.
    pub fn none_overdue(&self) -> &'static str {
        if self.agreed_count == 0 { "No agreed improvement is loaded here." } else { "None." }
    }

    /// How many promises are overdue, of which `shown` are named; nothing where all are.
    pub fn all_overdue(&self, shown: usize) -> Option<String> {
        (self.overdue_count > shown).then(|| format!("{} are overdue in all.", self.overdue_count))
    }

    /// What stands under the decisions that found fault, of which `shown` are listed.
    pub fn about_fault(&self, shown: usize) -> String {
        let part = "Published decisions are a part of those counted in the figures; no rate is worked out from them.";
        if self.fault_count > shown {
            return format!("The newest {shown} of {}. {part}", self.fault_count);
        }
        part.to_owned()
    }

    /// How the verdicts are worked out, how many of those of both tables are marks, and how many chance alone would make.
    pub fn how_judged(&self) -> String {
        let received: Vec<Measure> = self.received.iter().map(|row| row.measure).collect();
        let in_tables = |one: &&SourcedFigure| {
            let measure = one.figure.measure;
            one.year == self.overview.year
                && (received.contains(&measure) || self.glance.iter().any(|(shown, _)| *shown == measure))
        };
        let figures: Vec<&Figure> = self.overview.history.iter().filter(in_tables).map(|one| &one.figure).collect();
        format!("{HOW_JUDGED} {}", format::marks("figures", Marks::of(&figures)))
    }

    /// Where the figures of the first table come from.
    pub fn source(&self) -> Option<&Source> {
        self.glance.iter().find_map(|(_, one)| one.as_ref()?.source.as_ref())
    }

    /// The same in words.
    pub fn cited(&self) -> Option<String> {
        let source = self.source()?;
        let sheet = source.sheet.as_ref().map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
        let row = source.row.map(|row| format!(", row {row}")).unwrap_or_default();
        let invented = if source.synthetic { ". Invented for demonstration" } else { "" };
        Some(format!("{}, {}{sheet}{row}, release {}{invented}", source.title, source.file, source.release_key))
    }
}

/// What stands in the place of sentences about the years where there are none.
pub const NO_YEARS: &str = "No years with figures can be compared here.";

/// What stands in the place of the decisions that found fault where there are none.
pub const NO_FAULT: &str = "No published decision of this year that found fault is loaded here.";

/// How the verdicts are worked out.
const HOW_JUDGED: &str = "Verdicts are worked out here: beyond what chance alone gives 998 times of 1,000, higher or lower; beyond 95 of 100, possibly; fewer than 5 cases, too few to say. A high uphold rate is not plainly bad: it depends on which complaints are investigated.";

/// Questions that a committee could ask. Each follows from a count and says it; none says who is to blame. The last is
/// one that the figures cannot answer and that stands for every council.
fn questions<'a>(
    of_year: &impl Fn(Measure) -> Option<&'a SourcedFigure>,
    fault: &[ListedDecision],
    overdue: usize,
) -> Vec<String> {
    let counts = |measure| of_year(measure).and_then(|one| one.figure.counts());
    let mut asked = Vec::new();
    let late = counts(Measure::LateCompliance).filter(|late| late.hits > 0);
    let overdue = u64::try_from(overdue).unwrap_or(0);
    match (late, overdue) {
        (Some(late), 0) => asked.push(format!(
            "{} of the {} agreed actions that were carried out came late. What held them up?",
            format::count(late.hits),
            format::count(late.base)
        )),
        (Some(late), overdue) => asked.push(format!(
            "{} of the {} agreed actions that were carried out came late, and {} overdue. What holds them up?",
            format::count(late.hits),
            format::count(late.base),
            if overdue == 1 { "one promise is".to_owned() } else { format!("{} promises are", format::count(overdue)) }
        )),
        (None, 0) => {}
        (None, 1) => asked.push("One promise is overdue. What holds it up?".to_owned()),
        (None, overdue) => asked.push(format!("{} promises are overdue. What holds them up?", format::count(overdue))),
    }
    if let Some(left) = counts(Measure::Compliance).map(|one| one.base - one.hits).filter(|left| *left > 0) {
        asked.push(format!(
            "The Ombudsman was not satisfied that {} done. What has happened since?",
            if left == 1 { "one agreed action was".to_owned() } else { format!("{left} agreed actions were") }
        ));
    }
    if let Some((subject, number)) = most_frequent(fault) {
        asked.push(format!(
            "{number} of the {} decisions published here that found fault are about {}. What has changed there since?",
            fault.len(),
            format::uncapital(&subject)
        ));
    }
    if let Some(figure) = of_year(Measure::Upheld).map(|one| &one.figure) {
        let counts = format::counts(figure).unwrap_or_default();
        let sure = matches!(figure.verdict, Verdict::Higher | Verdict::Lower);
        let possibly = if sure { "" } else { "possibly " };
        match figure.verdict {
            Verdict::Higher | Verdict::PossiblyHigher => asked.push(format!(
                "Fault was found in {counts} cases investigated, {possibly}more often than expected. What do these cases have in common?"
            )),
            Verdict::Lower | Verdict::PossiblyLower => asked.push(format!(
                "Fault was found in {counts} cases investigated, {possibly}less often than expected. What can be learnt from how these complaints were handled?"
            )),
            _ => {}
        }
    }
    if let Some(remedies) = counts(Measure::SatisfactoryRemedies).filter(|one| one.base > one.hits) {
        let unsettled = remedies.base - remedies.hits;
        asked.push(if remedies.base == 1 {
            "In the one upheld case the council had not offered enough by itself. What would have settled it sooner?".to_owned()
        } else {
            format!(
                "In {} of {} upheld cases the council had not offered enough by itself. What would have settled {} sooner?",
                format::count(unsettled),
                format::count(remedies.base),
                if unsettled == 1 { "it" } else { "them" }
            )
        });
    }
    // Where little stands out, what is there is worth a question all the same.
    if let Some(all) = counts(Measure::Compliance).filter(|one| one.base > 0 && one.hits == one.base) {
        asked.push(match all.base {
            1 => "The Ombudsman was satisfied that the one thing agreed was done. Who checks that it lasts?".to_owned(),
            many => format!(
                "The Ombudsman was satisfied in all of {} cases that the council did what it had agreed. Who checks that it lasts?",
                format::count(many)
            ),
        });
    }
    let unremarkable = |one: &&SourcedFigure| matches!(one.figure.verdict, Verdict::Within | Verdict::TooFew);
    let upheld = of_year(Measure::Upheld).filter(unremarkable).and_then(|one| one.figure.counts());
    if let Some(upheld) = upheld.filter(|one| one.hits > 0) {
        asked.push(format!(
            "Fault was found in {} of {}. What did the council learn, and who heard of it?",
            format::count(upheld.hits),
            format::counted(upheld.base, "case investigated", "cases investigated")
        ));
    }
    if let Some(received) = counts(Measure::ReceivedPer100k).filter(|one| one.hits > 0) {
        asked.push(format!(
            "{} to the Ombudsman about the council. When do members hear of them, and of how they end?",
            format::counted(received.hits, "complaint came", "complaints came")
        ));
    }
    asked.truncate(MOST_QUESTIONS - 1);
    asked.push(
        "How many complaints did the council itself receive and settle, and how do people learn that they may go to the Ombudsman?"
            .to_owned(),
    );
    asked
}

/// The subject of most decisions, and of how many; none where it stands for hardly any, or shares its place.
fn most_frequent(decisions: &[ListedDecision]) -> Option<(String, usize)> {
    let mut subjects: BTreeMap<String, usize> = BTreeMap::new();
    for one in decisions {
        *subjects.entry(one.decision.narrow_subject()).or_default() += 1;
    }
    let most = subjects.values().copied().max().filter(|most| *most >= FEW_OF_A_SUBJECT)?;
    let mut leading = subjects.into_iter().filter(|(_, number)| *number == most);
    leading.next().filter(|_| leading.next().is_none())
}
