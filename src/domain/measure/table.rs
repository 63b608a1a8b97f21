//! The table of measures: one row each. Addresses, menus, sentences, figures, downloads and the description for
//! programs all read these rows, so that a measure over columns that exist is a row here.

use super::definition::{Count, Definition, Denominator, Family, Judgement, Published, Sentences};

/// Makes the enumeration and its table of the same list, so that no measure is without its row.
macro_rules! measures {
    ($($(#[$attribute:meta])* $name:ident = $row:expr;)*) => {
        /// A statistic shown for every council and year.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure { $($(#[$attribute])* $name,)* }

        impl Measure {
            /// All measures: those that the letters print in their order, then the others by family.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            /// The row of the table.
            pub fn definition(self) -> &'static Definition {
                match self { $(Self::$name => { const ROW: &Definition = &$row; ROW })* }
            }
        }
    };
}

const UPHELD: Count = Count { words: "upheld complaints", ways: &[&["upheld"], &["decided_upheld"]] };
const INVESTIGATED: Count =
    Count { words: "detailed investigations", ways: &[&["investigated"], &["decided_upheld", "decided_not_upheld"]] };
const COMPLIED: Count = Count { words: "recommendations carried out", ways: &[&["complied"]] };
/// All complaints decided; since 2024-25 the letters say "dealt with".
const DECIDED: Count = Count {
    words: "complaints decided",
    ways: &[
        &["decided"],
        &[
            "decided_invalid_or_incomplete",
            "decided_advice_given",
            "decided_referred_back",
            "decided_closed_after_initial_enquiries",
            "decided_not_upheld",
            "decided_upheld",
        ],
        &["decided_not_for_us", "decided_assessed_and_closed", "investigated"],
    ],
};

/// Complaints received about one service area. It is never printed in a letter.
macro_rules! received_about {
    ($word:literal, $field:literal, $about:literal) => {
        Definition {
            word: $word,
            title: concat!("Complaints about ", $about, " per 100,000 residents"),
            term: concat!("Complaints received about ", $about, " per 100,000 residents"),
            family: Family::Received,
            numerator: Count { words: concat!("complaints about ", $about), ways: &[&[$field]] },
            denominator: Denominator::Residents,
            meaning: concat!(
                "Complaints and enquiries about ",
                $about,
                " that the Ombudsman received, for the number of people who live there."
            ),
            sentences: Sentences {
                value: concat!(
                    "{top} complaints about ",
                    $about,
                    " were received, {rate} for every 100,000 residents."
                ),
                one: Some(concat!("1 complaint about ", $about, " was received, {rate} for every 100,000 residents.")),
                nothing_due: "Nobody lives there, so there is no rate.",
                subject: concat!("complaints about ", $about, " per 100,000 residents were"),
                more: "more",
                less: "fewer",
                ..Sentences::PLAIN
            },
            ..Definition::PLAIN
        }
    };
}

measures! {
    /// Uphold rate: upheld of detailed investigations.
    #[default]
    Upheld = Definition {
        word: "upheld",
        title: "Complaints upheld",
        term: "Uphold rate",
        family: Family::Fault,
        numerator: UPHELD,
        denominator: Denominator::Own(INVESTIGATED),
        published: Some(Published { since: 2015, rate: "uphold_rate", similar: "uphold_rate_similar" }),
        meaning: "Complaints upheld, as a share of those investigated in detail (upheld and not upheld together). It is not a share of all complaints made.",
        sentences: Sentences {
            value: "In {rate} of the cases investigated ({counts}) the Ombudsman found fault.",
            nothing_due: "No complaint was investigated in detail, so there is no rate.",
            subject: "fault was found",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Compliance rate: recommendations carried out of compliance outcomes, late ones included.
    Compliance = Definition {
        word: "compliance",
        title: "Did what it agreed",
        title_of_all: Some("Councils did what they agreed"),
        term: "Compliance rate",
        family: Family::PuttingRight,
        numerator: COMPLIED,
        denominator: Denominator::Own(Count { words: "compliance outcomes", ways: &[&["compliance_outcomes"]] }),
        judgement: Judgement::HigherIsBetter,
        published: Some(Published { since: 2018, rate: "compliance_rate", similar: "compliance_rate_similar" }),
        late: Some("complied_late"),
        meaning: "Cases in which the Ombudsman was satisfied that the council did what it had agreed, as a share of the compliance outcomes recorded in the year. Late ones are included and have a rate of their own. These are not the cases upheld in the same year.",
        sentences: Sentences {
            value: "In {rate} of cases ({counts}) the Ombudsman was satisfied that the council did what it had agreed.",
            all: Some("In every case ({counts}, {rate}) the Ombudsman was satisfied that the council did what it had agreed."),
            nothing_due: "No recommendation was due to be checked, so there is no rate.",
            subject: "what was agreed was done",
            ..Sentences::PLAIN
        },
    };
    /// Satisfactory remedy rate: upheld cases where the council had already offered enough.
    SatisfactoryRemedies = Definition {
        word: "satisfactory-remedies",
        title: "Put it right before being asked",
        title_of_all: Some("Put right before being asked"),
        term: "Satisfactory remedy rate",
        family: Family::PuttingRight,
        numerator: Count { words: "satisfactory remedies", ways: &[&["satisfactory_remedies"]] },
        denominator: Denominator::Shared(UPHELD),
        published: Some(Published {
            since: 2018,
            rate: "satisfactory_remedy_rate",
            similar: "satisfactory_remedy_rate_similar",
        }),
        meaning: "Upheld cases in which the council had already offered enough before the complaint reached the Ombudsman, as a share of upheld cases.",
        sentences: Sentences {
            value: "In {rate} of upheld cases ({counts}) the council had already offered a satisfactory remedy before the complaint reached the Ombudsman.",
            nothing_due: "No complaint was upheld, so nothing was due and there is no rate.",
            subject: "things were put right before being asked",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Upheld complaints per 100,000 residents.
    UpheldPer100k = Definition {
        word: "upheld-per-100k",
        title: "Upheld per 100,000 residents",
        term: "Upheld complaints per 100,000 residents",
        family: Family::Fault,
        numerator: UPHELD,
        denominator: Denominator::Residents,
        published: Some(Published { since: 2022, rate: "upheld_per_100k", similar: "upheld_per_100k_similar" }),
        meaning: "Upheld complaints for the number of people who live there.",
        sentences: Sentences {
            value: "{top} complaints were upheld, {rate} for every 100,000 residents.",
            one: Some("1 complaint was upheld, {rate} for every 100,000 residents."),
            nothing_due: "Nobody lives there, so there is no rate.",
            subject: "complaints upheld per 100,000 residents were",
            more: "more",
            less: "fewer",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Late compliance: recommendations carried out late of those carried out.
    LateCompliance = Definition {
        word: "late-compliance",
        title: "Did it late",
        title_of_all: Some("Councils did it late"),
        term: "Late compliance rate",
        family: Family::PuttingRight,
        numerator: Count { words: "recommendations carried out late", ways: &[&["complied_late"]] },
        denominator: Denominator::Shared(COMPLIED),
        judgement: Judgement::HigherIsWorse,
        meaning: "Recommendations that the council carried out late, as a share of those it carried out. Compliance alone does not show delay: late ones count there as carried out.",
        sentences: Sentences {
            value: "Of what the council had agreed and did, {rate} ({counts}) came late.",
            all: Some("All that the council had agreed and did ({counts}, {rate}) came late."),
            nothing_due: "Nothing was carried out that could have been late, so there is no rate.",
            subject: "what was agreed was done late",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Complaints received per 100,000 residents.
    ReceivedPer100k = Definition {
        word: "received-per-100k",
        title: "Complaints received per 100,000 residents",
        term: "Complaints received per 100,000 residents",
        family: Family::Received,
        numerator: Count { words: "complaints received", ways: &[&["received"]] },
        denominator: Denominator::Residents,
        meaning: "Complaints and enquiries that the Ombudsman received, for the number of people who live there. It says how often people turn to the Ombudsman, and nothing of who was right.",
        sentences: Sentences {
            value: "{top} complaints were received, {rate} for every 100,000 residents.",
            one: Some("1 complaint was received, {rate} for every 100,000 residents."),
            nothing_due: "Nobody lives there, so there is no rate.",
            subject: "complaints received per 100,000 residents were",
            more: "more",
            less: "fewer",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// The same about adult care services.
    ReceivedAdultCare = received_about!(
        "received-adult-care-services-per-100k", "received_adult_care_services", "adult care services"
    );
    /// The same about benefits and tax.
    ReceivedBenefits = received_about!(
        "received-benefits-and-tax-per-100k", "received_benefits_and_tax", "benefits and tax"
    );
    /// The same about corporate and other services.
    ReceivedCorporate = received_about!(
        "received-corporate-and-other-services-per-100k",
        "received_corporate_and_other_services",
        "corporate and other services"
    );
    /// The same about education and children's services.
    ReceivedEducation = received_about!(
        "received-education-and-childrens-services-per-100k",
        "received_education_and_childrens_services",
        "education and children’s services"
    );
    /// The same about environmental services, public protection and regulation.
    ReceivedEnvironment = received_about!(
        "received-environmental-services-public-protection-and-regulation-per-100k",
        "received_environmental_services_public_protection_and_regulation",
        "environmental services, public protection and regulation"
    );
    /// The same about highways and transport.
    ReceivedHighways = received_about!(
        "received-highways-and-transport-per-100k", "received_highways_and_transport", "highways and transport"
    );
    /// The same about housing.
    ReceivedHousing = received_about!("received-housing-per-100k", "received_housing", "housing");
    /// The same about planning and development.
    ReceivedPlanning = received_about!(
        "received-planning-and-development-per-100k", "received_planning_and_development", "planning and development"
    );
    /// The same about anything else.
    ReceivedOther = received_about!("received-other-per-100k", "received_other", "other matters");
    /// Complaints referred back for local resolution of those decided.
    ReferredBack = Definition {
        word: "referred-back",
        title: "Referred back to the council",
        title_of_all: Some("Referred back to councils"),
        term: "Share referred back for local resolution",
        family: Family::Ended,
        numerator: Count { words: "complaints referred back", ways: &[&["decided_referred_back"]] },
        denominator: Denominator::Shared(DECIDED),
        meaning: "Complaints that came to the Ombudsman before the council had answered them, and were referred back to it, as a share of those decided.",
        sentences: Sentences {
            value: "{rate} of the complaints decided ({counts}) came too early and were referred back to the council.",
            nothing_due: "No complaint was decided, so there is no rate.",
            subject: "complaints were referred back to the council",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Complaints that were not for the Ombudsman of those dealt with.
    NotForUs = Definition {
        word: "not-for-us",
        title: "Not for the Ombudsman",
        term: "Share not for the Ombudsman",
        family: Family::Ended,
        numerator: Count {
            words: "complaints not for the Ombudsman",
            ways: &[
                &["decided_invalid_or_incomplete", "decided_advice_given", "decided_referred_back"],
                &["decided_not_for_us"],
            ],
        },
        denominator: Denominator::Shared(DECIDED),
        meaning: "Complaints that were invalid or incomplete, ended with advice, or were referred back to the council, as a share of all dealt with. The letters since 2024-25 call them “not for us”.",
        sentences: Sentences {
            value: "{rate} of the complaints dealt with ({counts}) were not for the Ombudsman: invalid, answered with advice, or referred back to the council.",
            nothing_due: "No complaint was dealt with, so there is no rate.",
            subject: "complaints were not for the Ombudsman",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
    /// Complaints closed after initial enquiries of those dealt with.
    AssessedAndClosed = Definition {
        word: "assessed-and-closed",
        title: "Assessed and closed",
        term: "Share assessed and closed",
        family: Family::Ended,
        numerator: Count {
            words: "complaints assessed and closed",
            ways: &[&["decided_closed_after_initial_enquiries"], &["decided_assessed_and_closed"]],
        },
        denominator: Denominator::Shared(DECIDED),
        meaning: "Complaints closed after initial enquiries, without a detailed investigation, as a share of all dealt with.",
        sentences: Sentences {
            value: "{rate} of the complaints dealt with ({counts}) were closed after initial enquiries, without a detailed investigation.",
            nothing_due: "No complaint was dealt with, so there is no rate.",
            subject: "complaints were closed after initial enquiries",
            ..Sentences::PLAIN
        },
        ..Definition::PLAIN
    };
}
