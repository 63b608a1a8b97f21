//! What a row of the table of columns says.

/// What a cell of a statistics table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A whole number from 0.
    Count,
    /// A per cent from 0 to 100.
    Percent,
    /// A rate per 100,000 residents.
    PerHundredThousand,
}

/// One of the three tables that the Ombudsman publishes each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearlyTable {
    /// Complaints received by service area.
    Received,
    /// Complaints decided by outcome.
    Decided,
    /// Compliance with recommendations, and satisfactory remedies.
    Compliance,
}

impl YearlyTable {
    /// All three, in the order in which they are published.
    pub const ALL: [Self; 3] = [Self::Received, Self::Decided, Self::Compliance];

    /// Its word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Decided => "decided",
            Self::Compliance => "compliance",
        }
    }

    /// As one names it in a message.
    pub fn title(self) -> &'static str {
        match self {
            Self::Received => "complaints received",
            Self::Decided => "complaints decided",
            Self::Compliance => "compliance with recommendations",
        }
    }
}

/// A column of the yearly statistics: its name is the same in files, database and downloads.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name of the column.
    pub name: &'static str,
    /// The title for people.
    pub title: &'static str,
    /// The title from 2024-25 on, where the year's letters changed it.
    pub later_title: Option<&'static str>,
    /// What it means, in a sentence; none for parts and averages, which say it by their title and their kind.
    pub description: Option<&'static str>,
    /// Count, rate or average.
    pub kind: CellKind,
    /// The yearly table that has the column.
    pub table: YearlyTable,
    /// The column of which this one is a part.
    pub part_of: Option<&'static str>,
    /// The columns that it adds up, where all of them are known.
    pub sum_of: &'static [&'static str],
    /// Columns that it may not exceed; the one it is part of is meant too.
    pub at_most: &'static [&'static str],
    /// Another name of the same number.
    pub same_as: Option<&'static str>,
    /// Top and bottom of the fraction that a rate is made of.
    pub rate_of: Option<(&'static str, &'static str)>,
    /// The rate whose average over similar authorities this is.
    pub average_of: Option<&'static str>,
}

impl Field {
    pub(super) const fn new(table: YearlyTable, kind: CellKind, name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            later_title: None,
            description: None,
            kind,
            table,
            part_of: None,
            sum_of: &[],
            at_most: &[],
            same_as: None,
            rate_of: None,
            average_of: None,
        }
    }

    pub(super) const fn count(
        table: YearlyTable,
        name: &'static str,
        title: &'static str,
        description: &'static str,
        at_most: &'static [&'static str],
    ) -> Self {
        let field = Self::new(table, CellKind::Count, name, title);
        Self { description: Some(description), at_most, ..field }
    }

    pub(super) const fn rate(
        table: YearlyTable,
        name: &'static str,
        title: &'static str,
        description: &'static str,
        of: (&'static str, &'static str),
    ) -> Self {
        let field = Self::new(table, CellKind::Percent, name, title);
        Self { description: Some(description), rate_of: Some(of), ..field }
    }

    pub(super) const fn average(table: YearlyTable, kind: CellKind, name: &'static str, of: &'static str) -> Self {
        let field = Self::new(table, kind, name, "Average of similar authorities");
        Self { average_of: Some(of), ..field }
    }

    pub(super) const fn area(name: &'static str, title: &'static str) -> Self {
        let field = Self::new(YearlyTable::Received, CellKind::Count, name, title);
        Self { part_of: Some("received"), ..field }
    }

    pub(super) const fn outcome(name: &'static str, title: &'static str, later_title: &'static str) -> Self {
        let field = Self::new(YearlyTable::Decided, CellKind::Count, name, title);
        Self { part_of: Some("decided"), later_title: Some(later_title), ..field }
    }

    pub(super) const fn adding(self, sum_of: &'static [&'static str]) -> Self {
        Self { sum_of, ..self }
    }
}
