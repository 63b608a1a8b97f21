//! What the page of a subject says in sentences, each with how many councils it speaks of.

use super::subject::SubjectPage;
use super::subject_counts::Published;
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::format;
use crate::domain::subject::Subject;
use crate::domain::year::ReportingYear;

impl SubjectPage {
    /// The subject in words, for the middle of a sentence.
    pub fn words(&self) -> String {
        let Subject { category, subcategory } = &self.query.subject;
        subcategory.as_ref().map_or_else(
            || format::uncapital(category.title()),
            |slug| format::uncapital(&crate::domain::field::words(slug)),
        )
    }

    /// What complaints received say, in a sentence; nothing for a subcategory, for which they are not counted.
    pub fn finding(&self) -> Option<String> {
        if self.query.subject.subcategory.is_some() {
            return None;
        }
        let Some(area) = self.area else {
            return Some(format!(
                "The Ombudsman does not count complaints received about {} apart from others.",
                self.words()
            ));
        };
        let (known, all, compared) = (self.with_figures(), self.of_year(), self.compared());
        let councils = self.query.kind.map_or("councils", CouncilKind::group);
        if known == 0 {
            return Some(format!(
                "No complaints received about {} are loaded for the {all} {councils} of {}.",
                area.words, self.year
            ));
        }
        let here =
            if known < all { format!("Of {all} {councils}, {known} have figures here. ") } else { String::new() };
        if compared == 0 {
            return Some(format!("{here}None of the {known} can be compared in {}.", self.year));
        }
        let (more, fewer) = (self.with(Verdict::Higher).count(), self.with(Verdict::Lower).count());
        Some(format!("{here}{}", standing_out((more, fewer), compared, area.words, self.year)))
    }

    /// What is published, in a sentence.
    pub fn published_sentence(&self) -> String {
        let Published { upheld, .. } = self.published;
        let decisions = self.published.decisions();
        if decisions == 0 {
            return format!("No decision about {} made in {} is published here.", self.words(), self.year);
        }
        let bodies = self.councils.iter().filter(|one| one.published.upheld > 0).count();
        format!(
            "{} about {} made in {} {} published here. Fault was found in {}, about {}.",
            format::counted_of(decisions, "decisions"),
            self.words(),
            self.year,
            if decisions == 1 { "is" } else { "are" },
            format::count(upheld),
            format::counted_of(u64::try_from(bodies).unwrap_or(0), "councils"),
        )
    }
}

/// How many councils stand out clearly, of those compared.
fn standing_out((more, fewer): (usize, usize), compared: usize, words: &str, year: ReportingYear) -> String {
    let had = |number: usize, how: &str| {
        let of = if compared == 1 { "the 1 council".to_owned() } else { format!("{compared} councils") };
        format!("In {year}, {number} of {of} compared had clearly {how} complaints about {words} than expected")
    };
    match (more, fewer) {
        (0, 0) => {
            format!("No council stands out clearly for complaints about {words} in {year}, of {compared} compared.")
        }
        (more, 0) => format!("{}; none had clearly fewer.", had(more, "more")),
        (0, fewer) => format!("{}; none had clearly more.", had(fewer, "fewer")),
        (more, fewer) => format!("{}, and {fewer} clearly fewer.", had(more, "more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn councils_that_stand_out_are_the_subject_of_the_sentence() {
        let year = ReportingYear::starting_in(2024).unwrap();
        let said = |more, fewer| standing_out((more, fewer), 142, "education", year);
        assert_eq!(
            said(18, 12),
            "In 2024-25, 18 of 142 councils compared had clearly more complaints about education than expected, and 12 clearly fewer."
        );
        assert_eq!(
            said(0, 1),
            "In 2024-25, 1 of 142 councils compared had clearly fewer complaints about education than expected; none had clearly more."
        );
    }
}
