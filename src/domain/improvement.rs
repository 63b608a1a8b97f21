//! Service improvements: what a council agreed to change, by when, and whether it did.

use jiff::civil::Date;

/// Where a promise stands on a day (docs/domain.md, "Service improvements").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImprovementState {
    /// Agreed, not yet due or without a due date.
    Agreed,
    /// Done in time.
    Achieved,
    /// Done after its due date.
    AchievedLate,
    /// Due and not done.
    Overdue,
}

impl ImprovementState {
    /// All states in the order of lists.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Agreed, Self::AchievedLate, Self::Achieved];

    /// The state on a day. What is due today is not overdue yet.
    pub fn on(day: Date, due: Option<Date>, achieved: Option<Date>) -> Self {
        match (due, achieved) {
            (Some(due), Some(achieved)) if achieved > due => Self::AchievedLate,
            (_, Some(_)) => Self::Achieved,
            (Some(due), None) if due < day => Self::Overdue,
            _ => Self::Agreed,
        }
    }

    /// The word in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Achieved => "achieved",
            Self::AchievedLate => "achieved-late",
            Self::Overdue => "overdue",
        }
    }

    /// The title on pages.
    pub fn title(self) -> &'static str {
        match self {
            Self::Agreed => "Agreed",
            Self::Achieved => "Achieved",
            Self::AchievedLate => "Achieved late",
            Self::Overdue => "Overdue",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_promise_is_overdue_only_after_its_day() {
        let due = Some(date(2020, 9, 30));
        let on = |day, achieved| ImprovementState::on(day, due, achieved);
        assert_eq!(on(date(2020, 9, 30), None), ImprovementState::Agreed);
        assert_eq!(on(date(2020, 10, 1), None), ImprovementState::Overdue);
        assert_eq!(on(date(2021, 1, 1), Some(date(2020, 9, 30))), ImprovementState::Achieved);
        assert_eq!(on(date(2021, 1, 1), Some(date(2020, 10, 1))), ImprovementState::AchievedLate);
        assert_eq!(ImprovementState::on(date(2030, 1, 1), None, None), ImprovementState::Agreed);
    }
}
