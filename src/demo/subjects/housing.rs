//! Housing.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 4] = [
    Subject {
        category: Category::Housing,
        slug: "homelessness",
        weights: [0.0, 110.0, 50.0, 52.0, 150.0],
        growth: 0.05,
        issues: &[
            "placed {them} and {their} three children in bed and breakfast accommodation for {months}",
            "did not take a homelessness application when {they} fled domestic abuse",
            "told {them} to wait for the bailiffs before it would help",
            "moved {them} to temporary accommodation sixty miles away",
            "left damp and mould in {their} temporary flat untreated",
        ],
        faults: &[
            "The family stayed in bed and breakfast far beyond the six weeks the law allows.",
            "The Council issued no personalised housing plan and no decision letter.",
            "It failed to review whether the temporary accommodation was suitable after hearing of the mould.",
            "It gave no interim accommodation although there was reason to believe the applicant was in priority need.",
        ],
        no_faults: &[
            "The Council offered accommodation on the day of approach and reviewed its suitability.",
            "The applicant used the right of review, and the review officer dealt with every point.",
        ],
        improvements: &[
            "remind housing officers that a notice alone can make someone threatened with homelessness",
            "produce a plan to end the use of bed and breakfast for families beyond six weeks",
            "check the condition of all self-contained temporary accommodation once a year",
        ],
    },
    Subject {
        category: Category::Housing,
        slug: "allocations",
        weights: [0.0, 75.0, 30.0, 32.0, 92.0],
        growth: 0.02,
        issues: &[
            "put {them} in the wrong band on the housing register",
            "delayed a medical assessment for {their} rehousing application",
            "skipped {their} bid for an adapted bungalow",
            "removed {them} from the housing register without notice",
        ],
        faults: &[
            "The medical adviser’s recommendation lay unread for {months}.",
            "The priority date was entered wrongly, so two suitable homes were missed.",
            "The Council did not tell the applicant of the right to a review.",
        ],
        no_faults: &["The band reflects the published allocations scheme and the medical evidence supplied."],
        improvements: &[
            "set a standard time for medical assessments and monitor it",
            "correct the priority dates of other applicants affected by the same error",
        ],
    },
    Subject {
        category: Category::Housing,
        slug: "private-housing",
        weights: [0.0, 26.0, 12.0, 14.0, 22.0],
        growth: 0.0,
        issues: &[
            "did nothing about disrepair in {their} privately rented home",
            "refused {them} a licence for a house in multiple occupation after long delay",
        ],
        faults: &["Category one hazards were found, yet no enforcement notice was served for {months}."],
        no_faults: &["The inspector visited within a week and the landlord made the repairs asked for."],
        improvements: &["publish how quickly it inspects reported hazards in private homes"],
    },
    Subject {
        category: Category::Housing,
        slug: "managing-council-tenancies",
        weights: [0.0, 22.0, 11.0, 13.0, 24.0],
        growth: 0.0,
        issues: &[
            "handled {their} right to buy application badly",
            "took no action over antisocial behaviour by a neighbouring leaseholder",
        ],
        faults: &["The Council lost diary sheets and did not agree an action plan about the noise and threats."],
        no_faults: &["The tenancy officer agreed a plan and kept to it; stronger action was not in proportion."],
        improvements: &["introduce a risk assessment for each new report of antisocial behaviour"],
    },
];
