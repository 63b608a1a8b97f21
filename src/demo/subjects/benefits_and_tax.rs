//! Benefits and tax.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 4] = [
    Subject {
        category: Category::BenefitsAndTax,
        slug: "council-tax",
        weights: [0.0, 85.0, 34.0, 38.0, 40.0],
        growth: 0.0,
        issues: &[
            "took {them} to court for council tax {they} did not owe",
            "passed {their} account to enforcement agents although {they} had an arrangement to pay",
            "charged the long-term empty home premium while {they} waited for probate",
            "did not stop enforcement when told {they} were vulnerable",
        ],
        faults: &[
            "The payment was credited to another account and the mistake was not found for {months}.",
            "The enforcement agent visited although the file carried a vulnerability marker.",
            "Summons costs were added to a bill sent to the wrong address.",
        ],
        no_faults: &["The reminders and the summons were properly served and no arrangement was in place."],
        improvements: &[
            "tell its enforcement agents within a day when a debtor is found to be vulnerable",
            "reconcile unallocated council tax payments every week",
        ],
    },
    Subject {
        category: Category::BenefitsAndTax,
        slug: "council-tax-support",
        weights: [0.0, 36.0, 16.0, 18.0, 20.0],
        growth: 0.0,
        issues: &[
            "ended {their} council tax support when {their} universal credit changed",
            "delayed passing {their} appeal to the valuation tribunal",
            "turned down a discretionary reduction without looking at {their} outgoings",
        ],
        faults: &[
            "The decision letter left out the right of appeal.",
            "The hardship application was decided without the bank statements supplied.",
        ],
        no_faults: &["There is a right of appeal to the valuation tribunal, which {they} had used."],
        improvements: &["rewrite its decision letters so that they state the right of appeal"],
    },
    Subject {
        category: Category::BenefitsAndTax,
        slug: "housing-benefit-and-council-tax-benefit",
        weights: [0.0, 38.0, 15.0, 18.0, 26.0],
        growth: -0.08,
        issues: &[
            "recovered a housing benefit overpayment caused by its own mistake",
            "kept {them} waiting {months} for a housing benefit appeal",
        ],
        faults: &["The appeal was not sent to the tribunal for {months}, against the four weeks in guidance."],
        no_faults: &["The overpayment was recoverable in law and the deductions were set at an affordable rate."],
        improvements: &["monitor the time taken to send benefit appeals to the tribunal"],
    },
    Subject {
        category: Category::BenefitsAndTax,
        slug: "business-rates",
        weights: [0.0, 16.0, 6.0, 6.0, 6.0],
        growth: 0.0,
        issues: &[
            "refused {their} small shop a rates grant during the pandemic",
            "backdated business rates for {their} workshop by four years",
        ],
        faults: &["The grant was refused for a reason that its published scheme did not contain."],
        no_faults: &["The scheme required trading on a given day, which the records did not show."],
        improvements: &["let a second officer check refusals under discretionary grant schemes"],
    },
];
