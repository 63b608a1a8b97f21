//! What is measured: the measures that the Ombudsman's letters print, and those worked out here from its tables.

mod definition;
mod table;

use std::fmt;

use thiserror::Error;

pub use self::definition::{Count, Denominator, Family, Judgement, Sentences, Unit, round_half_up};
pub use self::table::Measure;
use super::year::ReportingYear;

/// Why a text is not a measure.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("“{0}” is not a measure; expected {all}", all = Words)]
pub struct NotAMeasure(pub String);

/// The words of all measures, as a sentence lists them.
struct Words;

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Measure::ALL.map(Measure::as_str);
        let (last, others) = words.split_last().ok_or(fmt::Error)?;
        write!(f, "{} or {last}", others.join(", "))
    }
}

impl Measure {
    /// Reads the word used in addresses and JSON.
    ///
    /// # Errors
    /// No measure has the word.
    pub fn parse(text: &str) -> Result<Self, NotAMeasure> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.as_str() == text)
            .ok_or_else(|| NotAMeasure(text.chars().take(40).collect()))
    }

    /// The measures that the letters print, in their order: they stand first everywhere.
    pub fn of_the_letters() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|measure| measure.is_in_the_letters())
    }

    /// Whether the letters print it.
    pub fn is_in_the_letters(self) -> bool {
        self.definition().published.is_some()
    }

    /// Whether it has a chart and a table of its own on a council's page of statistics: what the letters print, and
    /// what may be judged. The others stand in a table for each family.
    pub fn stands_alone(self) -> bool {
        self.is_in_the_letters() || self.definition().judgement != Judgement::Neutral
    }

    /// The measures of a family, in the order of menus.
    pub fn of_family(family: Family) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |measure| measure.family() == family)
    }

    /// The measure of the letters beside which this one has a line on a council's overview: the one whose top it is a
    /// share of, as late compliance is of what was carried out.
    pub fn stands_beside(self) -> Option<Self> {
        let Denominator::Shared(count) = self.definition().denominator else { return None };
        let of_letters = Self::of_the_letters().filter(|_| !self.is_in_the_letters());
        of_letters.into_iter().find(|other| other.definition().numerator.ways == count.ways)
    }

    /// The word used in addresses and JSON.
    pub fn as_str(self) -> &'static str {
        self.definition().word
    }

    /// The plain title over a figure.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// The title where all councils together are meant.
    pub fn title_of_all(self) -> &'static str {
        self.definition().title_of_all.unwrap_or(self.title())
    }

    /// The field's own term, for tables and downloads.
    pub fn term(self) -> &'static str {
        self.definition().term
    }

    /// The measures that it stands with.
    pub fn family(self) -> Family {
        self.definition().family
    }

    /// What the top of the fraction counts.
    pub fn numerator(self) -> &'static str {
        self.definition().numerator.words
    }

    /// What the bottom of the fraction counts.
    pub fn denominator(self) -> &'static str {
        match self.definition().denominator {
            Denominator::Own(count) | Denominator::Shared(count) => count.words,
            Denominator::Residents => "residents",
        }
    }

    /// How the value is written.
    pub fn unit(self) -> Unit {
        match self.definition().denominator {
            Denominator::Own(_) | Denominator::Shared(_) => Unit::Percent,
            Denominator::Residents => Unit::PerHundredThousand,
        }
    }

    /// Whether a high value may be called good or bad.
    pub fn judgement(self) -> Judgement {
        self.definition().judgement
    }

    /// The first reporting year that the letters printed it for; none where they never did.
    pub fn first_year(self) -> Option<ReportingYear> {
        self.definition().published.and_then(|published| ReportingYear::starting_in(published.since))
    }

    /// The column of the published rate.
    pub fn rate_field(self) -> Option<&'static str> {
        self.definition().published.map(|published| published.rate)
    }

    /// The column of the published average of similar authorities.
    pub fn similar_field(self) -> Option<&'static str> {
        self.definition().published.map(|published| published.similar)
    }

    /// The columns that a figure is made of, its average left out; the most telling first.
    pub fn source_fields(self) -> Vec<&'static str> {
        let row = self.definition();
        let bottom = match row.denominator {
            Denominator::Own(count) | Denominator::Shared(count) => count.ways,
            Denominator::Residents => &[],
        };
        let counted = row.numerator.ways.iter().chain(bottom).flat_map(|way| way.iter().copied());
        let mut fields: Vec<&str> = Vec::new();
        for field in self.rate_field().into_iter().chain(counted).chain(row.late) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{Field, parts};

    #[test]
    fn rates_are_written_as_the_letters_write_them() {
        assert_eq!(Unit::Percent.show(7.0 / 13.0 * 100.0), "54%");
        assert_eq!(Unit::Percent.show(2.0 / 7.0 * 100.0), "29%");
        assert_eq!(Unit::Percent.show(12.5), "13%");
        assert_eq!(Unit::PerHundredThousand.show(8.801), "8.8");
    }

    #[test]
    fn rounding_never_makes_all_of_nearly_all_nor_none_of_hardly_any() {
        assert_eq!(Unit::Percent.show(3173.0 / 3177.0 * 100.0), "99.9%");
        assert_eq!(Unit::Percent.show(99.99), "99.9%");
        assert_eq!(Unit::Percent.show(99.4), "99%");
        assert_eq!((Unit::Percent.show(100.0), Unit::Percent.show(0.0)), ("100%".to_owned(), "0%".to_owned()));
        assert_eq!(Unit::Percent.show(0.04), "0.1%");
    }

    #[test]
    fn every_measure_reads_back_and_counts_only_known_columns() {
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.as_str()), Ok(measure));
            for field in measure.source_fields().into_iter().chain(measure.similar_field()) {
                assert!(Field::named(field).is_some(), "{}: {field}", measure.as_str());
            }
            let row = measure.definition();
            let sentences = &row.sentences;
            let words = [row.title, row.term, row.meaning, row.numerator.words];
            assert!(words.into_iter().chain([sentences.nothing_due, sentences.subject]).all(|text| !text.is_empty()));
            assert!(!row.numerator.ways.is_empty(), "{}", measure.as_str());
            assert!(sentences.value.contains("{rate}") && sentences.value.ends_with('.'), "{}", measure.as_str());
            assert_eq!(sentences.value.contains("{top}"), measure.unit() == Unit::PerHundredThousand);
        }
        let message = Measure::parse("uphold").unwrap_err().to_string();
        assert!(message.contains("upheld, compliance") && message.contains(" or "), "{message}");
    }

    #[test]
    fn every_service_area_has_its_measure() {
        for area in parts("received") {
            let word = format!("received-{}-per-100k", area.key().replace('_', "-"));
            let measure = Measure::parse(&word).unwrap();
            assert_eq!(measure.source_fields(), [area.name]);
        }
    }

    #[test]
    fn late_compliance_stands_beside_compliance_and_every_family_is_a_part_of_the_menu() {
        let beside: Vec<_> = Measure::ALL.into_iter().filter_map(|one| Some((one, one.stands_beside()?))).collect();
        assert_eq!(beside, [(Measure::LateCompliance, Measure::Compliance)]);
        let menu = Family::ALL.into_iter().flat_map(Measure::of_family).count();
        assert_eq!(menu, Measure::ALL.len());
    }

    #[test]
    fn the_letters_print_four_measures() {
        let words: Vec<&str> = Measure::of_the_letters().map(Measure::as_str).collect();
        assert_eq!(words, ["upheld", "compliance", "satisfactory-remedies", "upheld-per-100k"]);
        assert_eq!(Measure::UpheldPer100k.first_year().unwrap().to_string(), "2022-23");
    }
}
