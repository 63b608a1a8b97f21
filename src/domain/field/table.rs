//! The table of columns: one row each. Import, checks, national sums, downloads and the demonstration read these rows.

use super::definition::CellKind::{PerHundredThousand, Percent};
use super::definition::Field;
use super::definition::YearlyTable::{Compliance, Decided, Received};

/// All columns: the fixed ones in the order of files, then the parts of the totals. Which complaint goes to
/// which service area, and what an outcome means, is the Ombudsman's to say.
pub const FIELDS: &[Field] = &[
    Field::count(Received, "received", "Complaints received", "Complaints and enquiries received in the year.", &[]),
    Field::count(Decided, "decided", "Complaints decided", "Complaints and enquiries decided in the year.", &[]),
    Field::count(
        Decided,
        "investigated",
        "Investigated in detail",
        "Decided after detailed investigation: upheld and not upheld.",
        &["decided"],
    )
    .adding(&["decided_upheld", "decided_not_upheld"]),
    Field::count(
        Decided,
        "upheld",
        "Upheld",
        "Detailed investigations in which fault was found.",
        &["investigated", "decided"],
    ),
    Field::rate(
        Decided,
        "uphold_rate",
        "Uphold rate",
        "Upheld of investigated, per cent, as published.",
        ("upheld", "investigated"),
    ),
    Field::average(Decided, Percent, "uphold_rate_similar", "uphold_rate"),
    Field::count(
        Compliance,
        "compliance_outcomes",
        "Compliance outcomes",
        "Cases whose compliance was recorded in the year.",
        &[],
    ),
    Field::count(
        Compliance,
        "complied",
        "Carried out",
        "Of these, cases in which the council did what it had agreed, late ones included.",
        &["compliance_outcomes"],
    ),
    Field::count(
        Compliance,
        "complied_late",
        "Carried out late",
        "Of these, the late ones.",
        &["complied", "compliance_outcomes"],
    ),
    Field::rate(
        Compliance,
        "compliance_rate",
        "Compliance rate",
        "Complied of compliance outcomes, per cent, as published.",
        ("complied", "compliance_outcomes"),
    ),
    Field::average(Compliance, Percent, "compliance_rate_similar", "compliance_rate"),
    Field::count(
        Compliance,
        "satisfactory_remedies",
        "Satisfactory remedies",
        "Upheld cases in which the council had offered enough before.",
        &["upheld"],
    ),
    Field::rate(
        Compliance,
        "satisfactory_remedy_rate",
        "Satisfactory remedy rate",
        "Satisfactory remedies of upheld, per cent, as published.",
        ("satisfactory_remedies", "upheld"),
    ),
    Field::average(Compliance, Percent, "satisfactory_remedy_rate_similar", "satisfactory_remedy_rate"),
    Field {
        description: Some("Upheld complaints per 100,000 residents, as published."),
        ..Field::new(Decided, PerHundredThousand, "upheld_per_100k", "Upheld per 100,000 residents")
    },
    Field::average(Decided, PerHundredThousand, "upheld_per_100k_similar", "upheld_per_100k"),
    Field::area("received_adult_care_services", "Adult care services"),
    Field::area("received_benefits_and_tax", "Benefits and tax"),
    Field::area("received_corporate_and_other_services", "Corporate and other services"),
    Field::area("received_education_and_childrens_services", "Education and children’s services"),
    Field::area(
        "received_environmental_services_public_protection_and_regulation",
        "Environmental services, public protection and regulation",
    ),
    Field::area("received_highways_and_transport", "Highways and transport"),
    Field::area("received_housing", "Housing"),
    Field::area("received_planning_and_development", "Planning and development"),
    Field::area("received_other", "Other"),
    Field::outcome("decided_invalid_or_incomplete", "Invalid or incomplete", "Not for us: invalid or incomplete"),
    Field::outcome("decided_advice_given", "Advice given", "Not for us: advice given"),
    Field::outcome(
        "decided_referred_back",
        "Referred back for local resolution",
        "Not for us: referred back for local resolution",
    ),
    Field::outcome("decided_closed_after_initial_enquiries", "Closed after initial enquiries", "Assessed and closed"),
    Field {
        at_most: &["investigated"],
        ..Field::outcome("decided_not_upheld", "Not upheld", "Investigated: not upheld")
    },
    Field {
        at_most: &["investigated"],
        same_as: Some("upheld"),
        ..Field::outcome("decided_upheld", "Upheld", "Investigated: upheld")
    },
    // The letters and the map of 2024-25 print four totals and not the outcomes that they are made of.
    Field::outcome("decided_not_for_us", "Not for us", "Not for us").adding(&[
        "decided_invalid_or_incomplete",
        "decided_advice_given",
        "decided_referred_back",
    ]),
    Field::outcome("decided_assessed_and_closed", "Assessed and closed", "Assessed and closed")
        .adding(&["decided_closed_after_initial_enquiries"]),
];
