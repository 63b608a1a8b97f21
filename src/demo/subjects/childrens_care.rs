//! Children's care services.

use super::Subject;
use crate::domain::decision::Category;

pub(super) const SUBJECTS: [Subject; 5] = [
    Subject {
        category: Category::ChildrensCare,
        slug: "child-protection",
        weights: [70.0, 0.0, 38.0, 42.0, 30.0],
        growth: 0.0,
        issues: &[
            "held a child protection conference without sharing the social worker’s report beforehand",
            "recorded false allegations about {them} and would not correct the file",
            "refused to put a complaint about a section 47 enquiry through the statutory procedure",
        ],
        faults: &[
            "The report reached the parents an hour before the conference, so they could not prepare.",
            "The Council refused a stage two investigation that the family were entitled to.",
            "It took {months} to add the parent’s statement of disagreement to the file.",
        ],
        no_faults: &["The social worker acted on information from the police and kept the family informed."],
        improvements: &[
            "remind conference chairs to check that reports were shared in good time",
            "train complaint staff in the statutory children’s complaints procedure",
        ],
    },
    Subject {
        category: Category::ChildrensCare,
        slug: "looked-after-children",
        weights: [40.0, 0.0, 24.0, 26.0, 20.0],
        growth: 0.0,
        issues: &[
            "moved {their} foster child at two days’ notice",
            "gave {them} no pathway plan or personal adviser on leaving care",
            "arranged too little contact between siblings in care",
        ],
        faults: &[
            "The pathway plan was written {months} late and without the young person.",
            "The Council lost the life story work and the savings book.",
        ],
        no_faults: &[
            "The change of placement was considered at a review chaired by the independent reviewing officer.",
        ],
        improvements: &[
            "audit pathway plans of all care leavers under twenty-one",
            "set up a central record of savings held for children in care",
        ],
    },
    Subject {
        category: Category::ChildrensCare,
        slug: "fostering",
        weights: [18.0, 0.0, 10.0, 12.0, 8.0],
        growth: 0.0,
        issues: &[
            "paid {them} no allowance as a family and friends foster carer",
            "treated the placement of {their} grandchildren as a private family arrangement",
            "ended {their} approval as foster carers without a fair hearing",
        ],
        faults: &[
            "The Council arranged the placement itself, so it should have assessed and paid the carer from the start.",
            "It paid the special guardianship allowance {months} late and at the wrong rate.",
        ],
        no_faults: &["The parents had agreed the arrangement themselves before the Council was involved."],
        improvements: &[
            "review payments to all family and friends carers since the date of its policy",
            "write clear guidance for staff on when a child becomes looked after",
        ],
    },
    Subject {
        category: Category::ChildrensCare,
        slug: "disabled-children",
        weights: [26.0, 0.0, 12.0, 12.0, 9.0],
        growth: 0.05,
        issues: &[
            "cut short breaks for {their} autistic son",
            "took no account of {their} needs as a parent carer",
            "could not find anyone to deliver the respite hours it had agreed",
        ],
        faults: &[
            "The agreed overnight respite was not provided for {months}.",
            "The assessment looked at the budget first and the child’s needs second.",
        ],
        no_faults: &["The panel considered the assessment and offered a package that met the assessed need."],
        improvements: &["develop its market of short break providers and publish what is on offer"],
    },
    Subject {
        category: Category::ChildrensCare,
        slug: "other",
        weights: [14.0, 0.0, 9.0, 9.0, 7.0],
        growth: 0.0,
        issues: &[
            "delayed its answer to a children’s services complaint at every stage",
            "gave incorrect advice about contact with {their} niece",
        ],
        faults: &["The complaint took {months} instead of the weeks the procedure allows."],
        no_faults: &["The Council’s answer was thorough and there is nothing further to investigate."],
        improvements: &["appoint a pool of independent investigators so that stage two starts on time"],
    },
];
