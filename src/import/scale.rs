//! Whether the rates of a column are per cents (61) or ratios (0.61).

use super::problems::Findings;
use crate::domain::location::Location;
use crate::domain::measure::round_half_up;

/// One rate of a column.
#[derive(Clone, Debug)]
pub(super) struct ScaledRate {
    /// As it stands in the cell.
    pub(super) value: f64,
    /// Whether a per cent sign says what it is.
    pub(super) has_sign: bool,
    /// The per cent that the counts of its row give, where they are known.
    pub(super) of_counts: Option<f64>,
    /// Where it stands.
    pub(super) location: Location,
}

/// What a column's rates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// 61 is 61%.
    PerCents,
    /// 0.61 is 61%.
    Ratios,
}

impl ScaledRate {
    /// Whether the counts say that the number is a per cent as it stands: 0.5 for 1 of 200.
    fn is_per_cent(&self) -> bool {
        self.of_counts.is_some_and(|rate| (rate - self.value).abs() <= 0.5)
    }

    /// Whether it can only be a ratio beside per cents.
    fn is_ratio(&self) -> bool {
        let all = self.value.to_bits() == 1.0_f64.to_bits() && self.of_counts.is_some_and(|rate| rate >= 99.5);
        !self.has_sign && (all || (self.value > 0.0 && self.value < 1.0 && !self.is_per_cent()))
    }
}

/// A ratio as the per cent that was published: formulas carry more places than anybody printed, and those are rounded to
/// the whole per cent; one place is kept as it stands.
pub(super) fn published(rate: f64) -> f64 {
    let tenth = (rate * 10.0).round() / 10.0;
    if (rate - tenth).abs() < 1e-6 { tenth } else { round_half_up(rate) }
}

/// Decides the scale of a column. A column that never exceeds 1 is one of ratios; in another, a ratio is a problem that
/// names both sides, since nothing says which of them was meant. `ones` says that a column of nothing but 0 and 1 is one of
/// ratios, as spreadsheets keep 100%.
pub(super) fn of_column(field: &str, rates: &[ScaledRate], ones: bool, findings: &mut Findings) -> Scale {
    let per_cents: Vec<&ScaledRate> = rates.iter().filter(|rate| rate.value > 1.0 || rate.has_sign).collect();
    let ratios: Vec<&ScaledRate> = rates.iter().filter(|rate| rate.is_ratio()).collect();
    if let (Some(per_cent), Some(ratio)) = (per_cents.first(), ratios.first()) {
        findings.problem(
            ratio.location.clone(),
            format!(
                "{field} is {} here and {} at {}: {} of its rates are ratios and {} per cents",
                ratio.value,
                per_cent.value,
                per_cent.location,
                ratios.len(),
                per_cents.len()
            ),
            "all of them as per cents, like 61, or all as ratios, like 0.61",
        );
        return Scale::PerCents;
    }
    let plain = || rates.iter().filter(|rate| !rate.has_sign);
    let in_doubt = plain().any(|rate| rate.value > 0.0 && !rate.is_per_cent());
    let fractions = plain().any(|rate| rate.value > 0.0 && rate.value < 1.0);
    if per_cents.is_empty() && in_doubt && (fractions || ones) { Scale::Ratios } else { Scale::PerCents }
}
