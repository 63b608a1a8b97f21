//! A whole group of councils in place and in its funnel.

use super::compare::{ComparePage, ComparedCouncil, Standing};
use super::compare_layout;
use super::standing::Band;
use crate::domain::chance;
use crate::domain::figure::{Figure, FigureValue};
use crate::domain::funnel::{self, Limits};
use crate::domain::measure::{Measure, Unit};

/// A council of a group in its funnel.
#[derive(Clone, Debug)]
pub struct FunnelPoint<'a> {
    /// Its name.
    pub name: &'a str,
    /// Cases.
    pub cases: u64,
    /// Rate in per cent.
    pub value: f64,
    /// Whether it lies beyond the 99.8% limits.
    pub is_clear: bool,
}

/// The councils of a group by number of cases and rate, with the limits of chance.
#[derive(Clone, Debug)]
pub struct GroupFunnel<'a> {
    /// The rate that the limits are drawn around, 0 to 1.
    pub expected: f64,
    /// The limits.
    pub limits: Vec<Limits>,
    /// Its councils.
    pub points: Vec<FunnelPoint<'a>>,
}

/// Fewer councils than this are no funnel.
const FEWEST_POINTS: usize = 8;
/// Places at which the limits are worked out.
const STEPS: u32 = 48;

impl ComparePage {
    /// The rows of London's grid: a borough of the group or nothing at each place.
    pub fn london(&self) -> Vec<Option<&ComparedCouncil>> {
        let at = |number: u8| {
            self.councils.iter().find(|one| number > 0 && compare_layout::london(one.council.code) == Some(number))
        };
        compare_layout::grid().map(at).collect()
    }

    /// The figure of a council in the year shown.
    pub fn figure<'a>(&self, one: &'a ComparedCouncil, measure: Measure) -> Option<&'a Figure> {
        match one.standing(measure, self.year) {
            Standing::Figure(one) => Some(&one.figure),
            Standing::NothingLoaded | Standing::DidNotExist => None,
        }
    }

    /// How a council is filled.
    pub fn band(&self, one: &ComparedCouncil, measure: Measure) -> Band {
        self.figure(one, measure).map_or(Band::NoFigure, |figure| Band::Verdict(figure.verdict))
    }

    /// How many of the councils have a figure of the year.
    pub fn with_figures(&self, measure: Measure) -> usize {
        self.councils.iter().filter(|one| self.figure(one, measure).is_some()).count()
    }

    /// The funnel of the group: of a share only, where its councils are of one kind and are compared with one rate.
    pub fn funnel(&self, measure: Measure) -> Option<GroupFunnel<'_>> {
        if measure.unit() != Unit::Percent || self.kinds().len() != 1 {
            return None;
        }
        let points: Vec<(FunnelPoint<'_>, &Figure)> = self
            .councils
            .iter()
            .filter_map(|one| {
                let figure = self.figure(one, measure)?;
                let (FigureValue::Rate(value), Some(cases)) = (figure.value, figure.denominator) else { return None };
                let is_clear = self.band(one, measure).is_clear();
                Some((FunnelPoint { name: &one.label, cases, value, is_clear }, figure))
            })
            .collect();
        if points.len() < FEWEST_POINTS {
            return None;
        }
        let expected = points.iter().find_map(|(_, figure)| chance::rate_expected(figure))?;
        let most = points.iter().map(|(point, _)| point.cases).max()?;
        Some(GroupFunnel {
            expected,
            limits: funnel::limits(expected, most, STEPS),
            points: points.into_iter().map(|(point, _)| point).collect(),
        })
    }
}
