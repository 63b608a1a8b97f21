//! Adult care services, and health cases taken up together with them.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 7] = [
    Subject {
        category: Category::AdultCare,
        slug: "assessment-and-care-plan",
        weights: [80.0, 0.0, 50.0, 50.0, 42.0],
        growth: 0.0,
        issues: &[
            "cut {their} mother’s home care hours without a proper reassessment",
            "took too long to assess {their} care needs after {they} left hospital",
            "left {their} brother’s care plan out of date for {months}",
            "failed to offer {them} a carer’s assessment",
            "did not involve the family when it reviewed {their} husband’s care and support plan",
        ],
        faults: &[
            "The review took {months} longer than it should have, and nobody explained why.",
            "The Council reduced the support before it had finished the reassessment the Care Act requires.",
            "It did not record how it had weighed the views of the family and the occupational therapist.",
            "It overlooked the effect of caring on the carer’s own health and work.",
        ],
        no_faults: &[
            "The social worker considered all relevant information and explained how eligible needs would be met.",
            "The Council reviewed the plan within a reasonable time and gave clear reasons for the new hours.",
        ],
        improvements: &[
            "remind social work teams to complete reassessments before support is changed",
            "introduce a tracker for overdue annual care reviews",
            "produce a short guide for families on carers’ assessments",
        ],
    },
    Subject {
        category: Category::AdultCare,
        slug: "residential-care",
        weights: [60.0, 0.0, 35.0, 34.0, 22.0],
        growth: 0.0,
        issues: &[
            "and the care home it commissioned did not prevent repeated falls by {their} late father",
            "moved {their} aunt to a care home far from the family",
            "ignored concerns about hygiene and medication at {their} mother’s nursing home",
            "asked for a top-up fee without offering an affordable placement",
        ],
        faults: &[
            "The home kept poor records of food, fluids and repositioning, so no one can now say what care was given.",
            "The Council named no care home that was available within the personal budget.",
            "The falls risk assessment was not updated after the second fall.",
            "Fluids were not monitored for {weeks}, and the call bell was left out of reach.",
        ],
        no_faults: &[
            "The records show the home acted on the advice of the GP and the tissue viability nurse.",
            "The Council offered two suitable homes within the budget, so the top-up was a free choice.",
        ],
        improvements: &[
            "add record keeping on falls and fluids to its contract monitoring visits",
            "check that at least one placement without a top-up fee is offered in writing",
            "share the lessons of this case with the care homes it commissions",
        ],
    },
    Subject {
        category: Category::AdultCare,
        slug: "charging",
        weights: [55.0, 0.0, 32.0, 30.0, 26.0],
        growth: 0.03,
        issues: &[
            "sent a large backdated bill for {their} grandmother’s care",
            "refused to count {their} disability related expenses in the financial assessment",
            "decided {their} father had deliberately given away his house to avoid care fees",
            "did not explain that day care would have to be paid for",
        ],
        faults: &[
            "The Council took {months} to complete the financial assessment and then demanded the arrears at once.",
            "It applied a fixed allowance instead of looking at the actual cost of laundry, heating and equipment.",
            "It gave no written information about charges before the service started.",
        ],
        no_faults: &[
            "The Council followed the statutory guidance on deprivation of assets and gave reasons for its view.",
            "The charges were explained in writing and the contribution was worked out correctly.",
        ],
        improvements: &[
            "give clear written information on charges before care begins",
            "revise its policy on disability related expenditure so that each case is looked at on its merits",
            "complete financial assessments within 28 days and report on performance each quarter",
        ],
    },
    Subject {
        category: Category::AdultCare,
        slug: "safeguarding",
        weights: [28.0, 0.0, 18.0, 18.0, 14.0],
        growth: 0.0,
        issues: &[
            "did not properly investigate {their} report that a relative was being financially abused",
            "excluded {them} from a safeguarding enquiry about {their} sister",
            "closed a safeguarding concern about bruising without telling the family",
        ],
        faults: &[
            "The enquiry lasted {months} and its outcome was never shared with the person concerned.",
            "The Council did not consider whether an advocate was needed.",
            "It closed the concern without speaking to the home’s night staff.",
        ],
        no_faults: &["The Council made proportionate enquiries, consulted the police and recorded its decision."],
        improvements: &[
            "audit a sample of closed safeguarding concerns for recorded reasons",
            "train enquiry officers in when to appoint an advocate",
        ],
    },
    Subject {
        category: Category::AdultCare,
        slug: "disabled-facilities-grants",
        weights: [4.0, 26.0, 12.0, 12.0, 9.0],
        growth: 0.0,
        issues: &[
            "delayed the level access shower {their} disabled son needs",
            "refused a disabled facilities grant for a ground floor bedroom extension",
            "left adaptations unfinished when the contractor walked off site",
        ],
        faults: &[
            "The grant application waited {months} for an occupational therapist’s visit.",
            "The Council did not decide the application within the six months the law allows.",
            "It had no plan for supervising the works once the contractor was in difficulty.",
        ],
        no_faults: &["The Council relied on the therapist’s view that the stairlift met the need, as it may."],
        improvements: &[
            "set up a joint waiting list with the occupational therapy service",
            "publish target times for each stage of a disabled facilities grant",
        ],
    },
    Subject {
        category: Category::AdultCare,
        slug: "direct-payments",
        weights: [20.0, 0.0, 11.0, 11.0, 10.0],
        growth: 0.0,
        issues: &[
            "stopped {their} direct payments without notice",
            "set a direct payment rate too low to employ a personal assistant",
            "reclaimed money {they} had saved for respite breaks",
        ],
        faults: &[
            "The Council suspended the payments for {weeks} while it looked for paperwork it already held.",
            "It could show no calculation behind the hourly rate it offered.",
        ],
        no_faults: &["The agreement allowed the Council to recover unspent money, and it left a fair reserve."],
        improvements: &[
            "review its direct payment rates against local wages each year",
            "give written notice and reasons before suspending a direct payment",
        ],
    },
    Subject {
        category: Category::Health,
        slug: "hospital-acute-services",
        weights: [6.0, 0.0, 4.0, 4.0, 3.0],
        growth: 0.0,
        issues: &[
            "and the hospital discharged {their} mother without a safe package of care",
            "and the clinical commissioning group argued for {months} over who should fund aftercare",
        ],
        faults: &[
            "Neither body took the lead in planning the discharge, so no equipment was in place at home.",
            "The two bodies disputed funding while the family paid privately for {months}.",
        ],
        no_faults: &["The discharge was planned by the ward and the social worker together and properly recorded."],
        improvements: &["agree a joint protocol with its health partners for disputes over aftercare funding"],
    },
];
