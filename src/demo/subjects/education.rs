//! Education.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 5] = [
    Subject {
        category: Category::Education,
        slug: "special-educational-needs",
        weights: [200.0, 0.0, 95.0, 95.0, 62.0],
        growth: 0.14,
        issues: &[
            "delayed issuing {their} son’s Education, Health and Care Plan",
            "failed to provide the speech and language therapy set out in {their} daughter’s plan",
            "took {months} to amend the plan after an annual review",
            "did not obtain advice from an educational psychologist within the statutory time",
            "consulted only one special school before naming a placement",
            "stopped occupational therapy when {their} child changed school",
        ],
        faults: &[
            "The final plan was issued {weeks} after the date the law sets.",
            "The Council blamed a national shortage of educational psychologists, but the duty to meet the deadline is its own.",
            "It did not check whether the provision in section F was being delivered.",
            "It sent no decision letter after the review meeting, so the right of appeal was delayed.",
        ],
        no_faults: &[
            "The Council kept to the statutory timescales and told the parents of their right of appeal to the tribunal.",
            "The provision was in place throughout, as the school’s records show.",
        ],
        improvements: &[
            "report each month to senior managers on plans that are past their statutory deadline",
            "put in place a system to check that new provision in a plan has started within four weeks",
            "produce an action plan to shorten waiting times for educational psychology advice",
            "issue guidance to case officers on decision letters after annual reviews",
        ],
    },
    Subject {
        category: Category::Education,
        slug: "alternative-provision",
        weights: [62.0, 0.0, 30.0, 30.0, 20.0],
        growth: 0.08,
        issues: &[
            "provided no suitable education while {their} daughter was too anxious to attend school",
            "left {their} son without full-time education for {months} after his exclusion",
            "offered only three hours of online tuition a week",
        ],
        faults: &[
            "The Council relied on the school to act and did not consider its own duty under section 19.",
            "A medical letter was turned away because it did not come from a consultant.",
            "No education was arranged for {months}, and the tuition then offered was never reviewed.",
        ],
        no_faults: &[
            "The Council considered the medical evidence and decided the school place was available and accessible.",
        ],
        improvements: &[
            "revise its policy on children out of school for medical reasons",
            "keep a register of children missing education and review it every half term",
            "train inclusion officers in the duty to arrange suitable education",
        ],
    },
    Subject {
        category: Category::Education,
        slug: "school-admissions",
        weights: [26.0, 0.0, 20.0, 20.0, 16.0],
        growth: -0.12,
        issues: &[
            "and the appeal panel did not properly consider {their} appeal for a school place",
            "measured the walking distance from home to school wrongly",
            "gave {them} misleading advice about late applications for a reception class",
        ],
        faults: &[
            "The clerk’s notes do not show how the panel reached its decision at the second stage.",
            "The panel applied the wrong test to an appeal about infant class size.",
            "The distance was measured to a gate that pupils no longer use.",
        ],
        no_faults: &[
            "The panel followed the code of practice and explained why further admissions would harm the school.",
            "The oversubscription criteria were applied as published.",
        ],
        improvements: &[
            "offer refresher training to appeal clerks and panel members",
            "arrange a fresh appeal with a new panel and clerk",
        ],
    },
    Subject {
        category: Category::Education,
        slug: "school-transport",
        weights: [30.0, 0.0, 15.0, 14.0, 8.0],
        growth: 0.02,
        issues: &[
            "refused free transport to college for {their} disabled daughter",
            "withdrew the taxi to {their} son’s special school at short notice",
            "decided that an unlit country lane was a safe walking route",
        ],
        faults: &[
            "The stage two appeal panel gave no reasons and did not let the family speak.",
            "The Council applied a blanket rule to pupils over sixteen and ignored individual need.",
        ],
        no_faults: &["The route was assessed on foot at school times and the panel explained its view."],
        improvements: &[
            "amend its school transport policy to allow for exceptional circumstances",
            "record reasons in every transport appeal decision",
        ],
    },
    Subject {
        category: Category::Education,
        slug: "elective-home-education",
        weights: [4.0, 0.0, 2.0, 2.0, 2.0],
        growth: 0.0,
        issues: &[
            "demanded home visits before it would accept that {they} educated {their} children well",
            "issued a school attendance order without reading the report {they} had sent",
        ],
        faults: &["The officer treated a home visit as compulsory, which it is not."],
        no_faults: &["The Council was entitled to make informal enquiries about the education at home."],
        improvements: &["correct its standard letters to parents who educate at home"],
    },
];
