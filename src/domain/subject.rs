//! Subjects: what a complaint was about. Decisions have a category and a subcategory; complaints received are counted by
//! service area only, and an area may be wider than a category.

use super::council::Tier;
use super::decision::Category;
use super::measure::Measure;

/// A category of decisions, or one of its subcategories.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The category.
    pub category: Category,
    /// The slug of a subcategory of it.
    pub subcategory: Option<String>,
}

/// The service area in whose column complaints about a category are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceArea {
    /// Complaints received about it per 100,000 residents.
    pub measure: Measure,
    /// Its column in the table of complaints received.
    pub field: &'static str,
    /// As it stands in a sentence.
    pub words: &'static str,
    /// The tier of councils that runs most of it.
    pub tier: Tier,
    /// Whether it counts complaints of other categories too.
    pub is_wider: bool,
}

impl Category {
    /// The area in which the Ombudsman counts the complaints received about the category. None is named for health, which
    /// the tables do not tell apart.
    pub fn service_area(self) -> Option<ServiceArea> {
        let (measure, words, tier, is_wider) = match self {
            Self::AdultCare => (Measure::ReceivedAdultCare, "adult care services", Tier::County, false),
            Self::BenefitsAndTax => (Measure::ReceivedBenefits, "benefits and tax", Tier::District, false),
            Self::ChildrensCare | Self::Education => {
                (Measure::ReceivedEducation, "education and children’s services", Tier::County, true)
            }
            Self::Environment => (
                Measure::ReceivedEnvironment,
                "environmental services, public protection and regulation",
                Tier::District,
                false,
            ),
            Self::Health => return None,
            Self::Housing => (Measure::ReceivedHousing, "housing", Tier::District, false),
            Self::Other => (Measure::ReceivedCorporate, "corporate and other services", Tier::District, true),
            Self::Planning => (Measure::ReceivedPlanning, "planning and development", Tier::District, false),
            Self::Transport => (Measure::ReceivedHighways, "highways and transport", Tier::County, false),
        };
        let field = measure.source_fields().first().copied()?;
        Some(ServiceArea { measure, field, words, tier, is_wider })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_area_are_those_of_its_measure() {
        for area in Category::ALL.iter().filter_map(|category| category.service_area()) {
            assert!(area.measure.title().contains(area.words), "{}", area.words);
            assert!(area.field.starts_with("received_"), "{}", area.field);
        }
    }

    #[test]
    fn schools_and_childrens_care_share_an_area_and_health_has_none() {
        let area = |category: Category| category.service_area().map(|area| (area.measure, area.is_wider));
        assert_eq!(area(Category::Education), Some((Measure::ReceivedEducation, true)));
        assert_eq!(area(Category::Education), area(Category::ChildrensCare));
        assert_eq!(area(Category::Health), None);
        assert_eq!(area(Category::Housing), Some((Measure::ReceivedHousing, false)));
    }
}
