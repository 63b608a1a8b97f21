//! Environment and regulation.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 5] = [
    Subject {
        category: Category::Environment,
        slug: "noise",
        weights: [0.0, 38.0, 16.0, 16.0, 12.0],
        growth: 0.0,
        issues: &[
            "did not act on loud music and barking from a neighbouring property",
            "ignored night-time noise from a refrigeration unit at a supermarket",
            "would not witness noise from a pub garden out of hours",
        ],
        faults: &[
            "The noise recorder was installed {months} after the first report and its data were then lost.",
            "The Council never decided whether the noise was a statutory nuisance.",
        ],
        no_faults: &["Officers visited four times, installed a recorder and found no statutory nuisance."],
        improvements: &[
            "write to every complainant with its decision on statutory nuisance",
            "consider the community trigger in long-running noise cases",
        ],
    },
    Subject {
        category: Category::Environment,
        slug: "refuse-and-recycling",
        weights: [3.0, 62.0, 26.0, 26.0, 16.0],
        growth: 0.02,
        issues: &[
            "repeatedly missed {their} garden and food waste collections",
            "stopped the assisted bin collection {they} need because of arthritis",
            "fined {them} for fly-tipping cardboard {they} had left by a full recycling bank",
        ],
        faults: &[
            "Twenty-three collections were missed after the new rounds began.",
            "Crews were not told that the address was on the assisted list.",
        ],
        no_faults: &["The missed bins were collected within the two days that the service standard promises."],
        improvements: &[
            "monitor repeat missed collections and visit the crew when a third is reported",
            "give crews an up-to-date list of assisted collections in the cab",
        ],
    },
    Subject {
        category: Category::Environment,
        slug: "trees",
        weights: [4.0, 14.0, 8.0, 8.0, 6.0],
        growth: 0.0,
        issues: &[
            "refused to prune lime trees that drip sap on {their} drive",
            "allowed a protected oak to be felled",
            "did not deal with roots lifting the pavement and {their} garden wall",
        ],
        faults: &["The tree inspection promised in spring was not made until the following winter."],
        no_faults: &["The tree officer inspected and applied the policy, under which sap is no reason to prune."],
        improvements: &["keep a register of promised tree inspections with dates"],
    },
    Subject {
        category: Category::Environment,
        slug: "cemeteries-and-crematoria",
        weights: [0.0, 8.0, 5.0, 5.0, 4.0],
        growth: 0.0,
        issues: &[
            "let a stranger be buried in a plot reserved for {their} family",
            "laid flat {their} parents’ headstone without notice",
        ],
        faults: &["The burial register and the plan of the cemetery disagreed and nobody had noticed."],
        no_faults: &["The memorial failed a safety test and notices had been displayed for {weeks}."],
        improvements: &["check its burial registers against the plans of each cemetery"],
    },
    Subject {
        category: Category::Environment,
        slug: "licensing",
        weights: [0.0, 12.0, 5.0, 6.0, 5.0],
        growth: 0.0,
        issues: &[
            "delayed the renewal of {their} private hire driver’s licence",
            "granted a late licence to a club without consulting residents",
        ],
        faults: &["The renewal was held up for {weeks} by a background check that had already been received."],
        no_faults: &["Licensing decisions carry a right of appeal to the magistrates, which was explained."],
        improvements: &["send licence holders a reminder three months before expiry"],
    },
];
