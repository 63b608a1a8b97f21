//! What a row of the table of measures says.

/// A count of a yearly table, under the words for it.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// What is counted, in the plural.
    pub words: &'static str,
    /// The columns that are added up; of several ways the first whose columns are all known.
    pub ways: &'static [&'static [&'static str]],
}

/// What the bottom of a fraction counts.
#[derive(Clone, Copy, Debug)]
pub enum Denominator {
    /// A count that belongs to this measure alone, so that it says something even where the top is not known.
    Own(Count),
    /// A count that other measures show too.
    Shared(Count),
    /// The people who live in the council's area.
    Residents,
}

/// What a rate is a rate of: it decides interval, comparison and how the value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A proportion, shown as a whole per cent.
    Percent,
    /// A rate per 100,000 residents, shown with one decimal.
    PerHundredThousand,
}

/// Whether a high value may be called good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Neither: it depends on which complaints are made, and on which of them are investigated.
    Neutral,
    /// High is good.
    HigherIsBetter,
    /// High is bad.
    HigherIsWorse,
}

/// Measures that stand together in menus and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// How often fault was found.
    Fault,
    /// Whether the council did what it agreed, in time, or before being asked.
    PuttingRight,
    /// How many complaints came.
    Received,
    /// How complaints ended.
    Ended,
}

impl Family {
    /// All families, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Fault, Self::PuttingRight, Self::Received, Self::Ended];

    /// The title over its measures.
    pub fn title(self) -> &'static str {
        match self {
            Self::Fault => "Fault found",
            Self::PuttingRight => "Putting things right",
            Self::Received => "Complaints received",
            Self::Ended => "How complaints ended",
        }
    }
}

/// What the Ombudsman prints of a measure in its letters.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// The calendar year in which the first reporting year begins that it was printed for.
    pub since: i16,
    /// The column of the rate.
    pub rate: &'static str,
    /// The column of the average of similar authorities.
    pub similar: &'static str,
}

/// The sentences of a measure. In those with a value `{rate}` stands for it, `{counts}` for "7 of 13" and `{top}`
/// for the top of the fraction.
#[derive(Clone, Copy, Debug)]
pub struct Sentences {
    /// A value with its counts.
    pub value: &'static str,
    /// The same where the top of the fraction is 1.
    pub one: Option<&'static str>,
    /// The same where top and bottom are equal.
    pub all: Option<&'static str>,
    /// 0 of 0.
    pub nothing_due: &'static str,
    /// What is found of councils, before "more often than expected in Derby": `fault was found`.
    pub subject: &'static str,
    /// How a high value is said: `more often`, `more`.
    pub more: &'static str,
    /// How a low one is.
    pub less: &'static str,
}

/// A row of the table: everything that is said about one measure.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The word in addresses and JSON.
    pub word: &'static str,
    /// The plain title over a figure.
    pub title: &'static str,
    /// The title where all councils together are meant, if it is another.
    pub title_of_all: Option<&'static str>,
    /// The field's own term, for tables and downloads.
    pub term: &'static str,
    /// The measures it stands with.
    pub family: Family,
    /// What the top of the fraction counts.
    pub numerator: Count,
    /// What the bottom counts.
    pub denominator: Denominator,
    /// Whether a high value may be called good or bad.
    pub judgement: Judgement,
    /// What the letters print of it; none where every value is worked out here.
    pub published: Option<Published>,
    /// The column of late ones among the top of the fraction.
    pub late: Option<&'static str>,
    /// What it means, for readers, in a sentence or two.
    pub meaning: &'static str,
    /// Its sentences.
    pub sentences: Sentences,
}

impl Sentences {
    /// What most rows leave unsaid. The words of a row are always its own.
    pub(super) const PLAIN: Self =
        Self { value: "", one: None, all: None, nothing_due: "", subject: "", more: "more often", less: "less often" };
}

impl Definition {
    /// What most rows leave unsaid: neutral, never printed in a letter, without late ones. The rest of a row is always
    /// its own, which the tests of `measure` hold it to.
    pub(super) const PLAIN: Self = Self {
        word: "",
        title: "",
        title_of_all: None,
        term: "",
        family: Family::Fault,
        numerator: Count { words: "", ways: &[] },
        denominator: Denominator::Residents,
        judgement: Judgement::Neutral,
        published: None,
        late: None,
        meaning: "",
        sentences: Sentences::PLAIN,
    };
}

impl Unit {
    /// The factor from a ratio of counts to the value.
    pub fn factor(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::PerHundredThousand => 100_000.0,
        }
    }

    /// The one way a value is written: whole per cents, one decimal per 100,000, halves away from zero as
    /// the Ombudsman's letters round them. Where rounding would make "all" of "nearly all" (3,173 of 3,177), or
    /// "none" of "hardly any", one decimal says so, as the Ombudsman writes 99.7% for England.
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Percent if (99.5..100.0).contains(&value) => format!("{:.1}%", value.min(99.9)),
            Self::Percent if value > 0.0 && value < 0.5 => format!("{:.1}%", value.max(0.1)),
            Self::Percent => format!("{}%", round_half_up(value)),
            Self::PerHundredThousand => format!("{:.1}", (value * 10.0 + 1e-9).round() / 10.0),
        }
    }
}

/// Rounds to the nearest whole number, halves upward; a hair is added so that 0.5 held as 0.49999… rounds
/// as a person would.
pub fn round_half_up(value: f64) -> f64 {
    let rounded = (value + 1e-9).round();
    if rounded == 0.0 { 0.0 } else { rounded }
}
