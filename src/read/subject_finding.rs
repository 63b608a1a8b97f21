//! What the page of a subject says in sentences, each with how many councils it speaks of.

use super::subject::SubjectPage;
use super::subject_counts::Published;
use crate::domain::compare::Verdict;
use crate::domain::council::CouncilKind;
use crate::domain::format;
use crate::domain::subject::Subject;

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
        let sentence = match (more, fewer) {
            (0, 0) => format!(
                "No council stands out clearly for complaints about {} in {}, of {compared} compared.",
                area.words, self.year
            ),
            _ => format!(
                "Clearly more complaints about {} than expected came about {more} councils, clearly fewer about {fewer}, of {compared} compared in {}.",
                area.words, self.year
            ),
        };
        Some(format!("{here}{}", sentence.replace("about 1 councils", "about 1 council")))
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
