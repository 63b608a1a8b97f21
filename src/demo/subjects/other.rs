//! Other categories.

use super::Subject;
use crate::domain::decision::Category;

/// What stands in where no subject has a weight; none of the five kinds is without.
pub(super) const FALLBACK: Subject = Subject {
    category: Category::Other,
    slug: "other",
    weights: [2.0, 6.0, 3.0, 3.0, 3.0],
    growth: 0.0,
    issues: &[
        "did not answer {their} letters and refused to call {them} back",
        "restricted {their} contact with its officers to one email address",
    ],
    faults: &["The contact restriction had no end date and was never reviewed."],
    no_faults: &["The restriction followed the policy, was explained and left a way to reach the Council."],
    improvements: &["set a review date for every restriction on contact"],
};

pub(super) const SUBJECTS: [Subject; 4] = [
    Subject {
        category: Category::Other,
        slug: "councillor-conduct-and-standards",
        weights: [4.0, 40.0, 12.0, 9.0, 7.0],
        growth: 0.0,
        issues: &[
            "did not investigate {their} complaint about a parish councillor’s conduct",
            "let the monitoring officer dismiss a code of conduct complaint without reasons",
            "held a standards hearing {they} could not attend",
        ],
        faults: &["The monitoring officer did not consult the independent person before closing the matter."],
        no_faults: &["The monitoring officer consulted the independent person and gave a reasoned decision."],
        improvements: &["publish the criteria by which it assesses complaints about councillors"],
    },
    Subject {
        category: Category::Other,
        slug: "leisure-and-culture",
        weights: [3.0, 20.0, 8.0, 7.0, 5.0],
        growth: 0.0,
        issues: &[
            "raised the fees for {their} allotment and beach hut without consultation",
            "closed the library and swimming pool {they} used",
            "ended {their} mooring agreement at the marina",
        ],
        faults: &["The fee increase was applied a year earlier than the decision allowed."],
        no_faults: &["The Council consulted users and was entitled to set new charges."],
        improvements: &["consult allotment holders before it changes fees"],
    },
    Subject {
        category: Category::Other,
        slug: "land",
        weights: [5.0, 18.0, 7.0, 6.0, 4.0],
        growth: 0.0,
        issues: &[
            "would not sell {them} a strip of land beside {their} house",
            "sold a garage site without telling the people who rented it",
        ],
        faults: &["The Council agreed a sale in writing and withdrew {months} later without explanation."],
        no_faults: &["Whether to sell is for the Council, and it explained its reasons."],
        improvements: &["keep a record of advice given to people who ask to buy land"],
    },
    FALLBACK,
];
