//! Transport and highways.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 4] = [
    Subject {
        category: Category::Transport,
        slug: "parking-and-other-penalties",
        weights: [8.0, 28.0, 20.0, 20.0, 68.0],
        growth: 0.0,
        issues: &[
            "sent bailiffs for a penalty charge notice {they} never received",
            "pursued {them} for moving traffic penalties after {they} had sold the car",
            "refused {their} application for a blue badge",
            "rejected {their} representations without reading the evidence",
        ],
        faults: &[
            "The notices went to a former address although the Council had been told of the new one.",
            "The Council did not respond to a statutory declaration for {weeks}.",
            "The mobility assessor did not consider pain and breathlessness on walking.",
        ],
        no_faults: &["The motorist could have appealed to the independent tribunal, and the Council told {them} how."],
        improvements: &[
            "pause enforcement automatically while representations are open",
            "review guidance to blue badge assessors on hidden disabilities",
        ],
    },
    Subject {
        category: Category::Transport,
        slug: "highway-repair-and-maintenance",
        weights: [36.0, 0.0, 16.0, 16.0, 8.0],
        growth: 0.0,
        issues: &[
            "left potholes and a collapsed drain outside {their} home unrepaired for {months}",
            "did not cut back a hedge that hides a junction",
            "failed to deal with surface water running off the road into {their} cellar",
        ],
        faults: &[
            "The gully was reported six times before it was cleaned.",
            "The Council missed two of its own safety inspections on the road.",
        ],
        no_faults: &["The defect was below the depth at which the highway policy calls for repair."],
        improvements: &["link repeat reports of the same highway defect in its system"],
    },
    Subject {
        category: Category::Transport,
        slug: "traffic-management",
        weights: [16.0, 4.0, 14.0, 13.0, 22.0],
        growth: 0.0,
        issues: &[
            "introduced a low traffic neighbourhood without proper consultation",
            "refused to consider double yellow lines at a dangerous bend",
            "closed a residential street to through traffic with an experimental order",
        ],
        faults: &["The equality assessment was written only after the experimental order had come into force."],
        no_faults: &["The Council consulted, considered the objections and decided as it was entitled to."],
        improvements: &["publish equality assessments before traffic orders take effect"],
    },
    Subject {
        category: Category::Transport,
        slug: "rights-of-way",
        weights: [14.0, 0.0, 6.0, 4.0, 1.0],
        growth: 0.0,
        issues: &[
            "has not dealt with {their} application to record a bridleway for {months}",
            "let a landowner block a public footpath with a locked gate",
        ],
        faults: &["No one had looked at the modification order application since it was received."],
        no_faults: &["The path is not on the definitive map, so there was nothing the Council could enforce."],
        improvements: &["draw up a published order of priority for modification order applications"],
    },
];
