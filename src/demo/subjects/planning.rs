//! Planning.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 4] = [
    Subject {
        category: Category::Planning,
        slug: "planning-applications",
        weights: [6.0, 190.0, 62.0, 44.0, 30.0],
        growth: -0.04,
        issues: &[
            "approved a neighbour’s two storey extension that blocks light to {their} kitchen",
            "did not notify {them} of an application for forty houses behind {their} garden",
            "ignored objections about flooding and drainage when it granted permission",
            "failed to protect a listed barn during a conversion",
            "gave pre-application advice that turned out to be wrong",
        ],
        faults: &[
            "The officer’s report did not mention the side window or apply the Council’s own light test.",
            "The notification letters went to the wrong addresses and no site notice was put up.",
            "The committee was told there was no objection from the highway authority when there was one.",
        ],
        no_faults: &[
            "The officer’s report dealt with privacy, light and parking before reaching a view on the merits.",
            "The Council publicised the application as the law requires, so there was no fault in the decision process.",
            "Even without the error the permission would most likely have been the same.",
        ],
        improvements: &[
            "remind planning officers to record how amenity was assessed in delegated reports",
            "check its mailing of neighbour notifications against the address register",
            "give planning committee members training on material considerations",
        ],
    },
    Subject {
        category: Category::Planning,
        slug: "enforcement",
        weights: [3.0, 90.0, 30.0, 24.0, 16.0],
        growth: 0.0,
        issues: &[
            "took no enforcement action against an unauthorised scrapyard",
            "let a builder work outside permitted hours for {months}",
            "did not enforce a condition requiring obscured glass",
            "allowed caravans to be sited in the green belt",
        ],
        faults: &[
            "The enforcement case lay untouched for {months} after the officer left.",
            "The Council did not record why it was not expedient to act.",
            "It closed the case without visiting the site.",
        ],
        no_faults: &["Enforcement is discretionary, and the Council explained why formal action was not expedient."],
        improvements: &[
            "update its local enforcement plan and publish it",
            "reassign open enforcement cases within a week when an officer leaves",
        ],
    },
    Subject {
        category: Category::Planning,
        slug: "building-control",
        weights: [0.0, 16.0, 6.0, 4.0, 3.0],
        growth: 0.0,
        issues: &[
            "issued a completion certificate for a loft conversion that does not meet building regulations",
            "missed inspections of the foundations of {their} new home",
        ],
        faults: &["Two of the six inspections booked were never made and the file does not say why."],
        no_faults: &[
            "Responsibility for compliance rests with the builder; the Council inspected at the usual stages.",
        ],
        improvements: &["keep photographs of building control inspections on file"],
    },
    Subject {
        category: Category::Planning,
        slug: "other",
        weights: [1.0, 22.0, 8.0, 6.0, 4.0],
        growth: 0.0,
        issues: &[
            "charged {them} a community infrastructure levy although {they} built {their} own home",
            "refused to refund a fee for a withdrawn application",
        ],
        faults: &[
            "The Council did not warn that starting work before the form was acknowledged would lose the exemption.",
        ],
        no_faults: &["The levy notice was sent before work began and set out the conditions plainly."],
        improvements: &["add a plain warning about levy exemptions to its decision notices"],
    },
];
