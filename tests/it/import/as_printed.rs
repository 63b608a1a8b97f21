//! Figures as they were printed can be loaded, and what cannot be meant is still refused.

use super::reader::Reader;
use super::support::Site;

#[test]
fn a_rate_that_differs_from_its_counts_is_kept_and_remarked_on() {
    let table = "authority,year,investigated,upheld,uphold_rate\nHounslow,2023-24,24,22,93\n";
    let read = Reader::new().statistics("a.csv", table, None);
    assert_eq!(read.value("london-borough-of-hounslow 2023-24 uphold_rate"), Some(93.0));
    assert!(read.remarks_on("a.csv::2:uphold_rate: uphold_rate is 93; expected 91.7, which is 22 of 24"), "{read:?}");
}

#[test]
fn more_upheld_than_investigated_is_still_refused() {
    let table = "authority,year,investigated,upheld,uphold_rate\nDerby,2023-24,13,14,100\n";
    assert!(Reader::new().statistics("a.csv", table, None).problem().contains("upheld is 14, but investigated is 13"));
}

#[test]
fn a_column_of_rates_that_are_of_other_counts_is_refused_as_a_whole() {
    let table = "authority,year,investigated,upheld,uphold_rate\n\
        Derby,2023-24,20,5,75\nLeeds,2023-24,20,4,80\nBolsover,2023-24,10,1,90\n";
    let read = Reader::new().statistics("a.csv", table, None);
    let expected = "a.csv::2:uphold_rate: uphold_rate is 75, and 3 of 3 rates in uphold_rate differ from their counts";
    assert!(read.problem().starts_with(expected), "{read:?}");
}

#[test]
fn a_ratio_among_per_cents_is_a_problem_that_names_both() {
    let reader = Reader::new();
    let table = |leeds: &str| {
        format!("authority,year,investigated,upheld,uphold_rate\nDerby,2023-24,13,8,61\nLeeds,2023-24,10,5,{leeds}\n")
    };
    let read = reader.statistics("a.csv", table("0.5"), None);
    let expected = "a.csv::3:uphold_rate: uphold_rate is 0.5 here and 61 at a.csv::2:uphold_rate";
    assert!(read.problem().starts_with(expected), "{read:?}");
    // A column of ratios alone is clear, and so is a per cent sign.
    let ratios = table("0.5").replace("61", "0.61");
    let read = reader.statistics("a.csv", ratios, None);
    assert_eq!(read.value("derby-city-council 2023-24 uphold_rate"), Some(61.0));
    assert_eq!(read.value("leeds-city-council 2023-24 uphold_rate"), Some(50.0));
    assert_eq!(
        reader.statistics("a.csv", table("50%"), None).value("leeds-city-council 2023-24 uphold_rate"),
        Some(50.0)
    );
    let own =
        "Authority Name,Not Upheld,Upheld,Uphold Rate (%)\nDerby City Council,5,8,61\nLeeds City Council,5,5,0.5\n";
    let read = reader.statistics("decided-2023-24.csv", own, None);
    let expected = "decided-2023-24.csv::3:Uphold Rate (%): uphold_rate is 0.5 here and 61 at decided-2023-24.csv::2:";
    assert!(read.problem().starts_with(expected), "{read:?}");
}

#[test]
fn a_stray_per_cent_sign_on_a_rate_per_100_000_is_left_out_with_a_remark() {
    let table = "authority,year,upheld,upheld_per_100k\nDerby,2023-24,20,7.5%\n";
    let read = Reader::new().statistics("a.csv", table, None);
    assert_eq!(read.value("derby-city-council 2023-24 upheld_per_100k"), Some(7.5));
    assert!(read.remarks_on("“7.5%” is printed with a per cent sign"), "{read:?}");
}

#[test]
fn a_year_after_the_end_of_a_council_is_kept_under_its_name_and_outside_averages() {
    let site = Site::prepared();
    let table = "authority,year,investigated,upheld,uphold_rate\n\
        Northampton Borough Council,2021-22,4,2,50\nWest Northamptonshire Council,2021-22,10,6,60\n";
    let answer = site.publish("statistics", &[&site.file("figures.csv", table)], &[]);
    assert!(
        answer.err.contains(
            "figures.csv::2:authority: Northampton Borough Council ended on 2021-04-01; its figures for 2021-22 are kept \
             under its own name, outside averages and the map; expected nothing to do, unless West Northamptonshire Council"
        ),
        "{}",
        answer.err
    );
    assert_eq!(site.cell("northampton-borough-council", "2021-22", "upheld"), Some(2.0));
    let figure = |slug: &str, column: &str| {
        site.count(&format!(
            "SELECT {column} FROM figures JOIN councils c ON c.id = council_id
             WHERE slug = '{slug}' AND year = '2021-22' AND measure = 'upheld'"
        ))
    };
    assert_eq!(figure("northampton-borough-council", "numerator"), 2);
    assert_eq!(figure("northampton-borough-council", "similar_count"), 0);
    assert_eq!(figure("northampton-borough-council", "verdict = 'not-compared'"), 1);
    assert_eq!(figure("west-northamptonshire-council", "similar_with_counts"), 1);
}

#[test]
fn no_compliance_outcomes_and_a_printed_0_per_cent_are_nothing_due() {
    let site = Site::prepared();
    let table = "authority,year,investigated,upheld,compliance_outcomes,compliance_rate\n\
        Runnymede Borough Council,2022-23,3,3,0,\nAllerdale Borough Council,2022-23,4,1,0,0\n";
    site.publish("statistics", &[&site.file("figures.csv", table)], &[]);
    let nothing_due = site.count("SELECT count(*) FROM figures WHERE measure = 'compliance' AND state = 'nothing-due'");
    assert_eq!(nothing_due, 2);
}

#[test]
fn the_four_totals_of_2024_25_are_read_alone_and_beside_the_six_outcomes() {
    let reader = Reader::new();
    let alone = "Authority,Complaints dealt with,Not for us,Assessed and closed,Investigated,Upheld,Uphold rate (%)\n\
        Derby City Council,18,6,4,8,6,75\n";
    let read = reader.statistics("decided.csv", alone, Some("2024-25"));
    for (field, value) in [
        ("decided", 18.0),
        ("decided_not_for_us", 6.0),
        ("decided_assessed_and_closed", 4.0),
        ("investigated", 8.0),
        ("upheld", 6.0),
        ("uphold_rate", 75.0),
    ] {
        assert_eq!(read.value(&format!("derby-city-council 2024-25 {field}")), Some(value), "{field}");
    }
    let wrong = reader.statistics("decided.csv", alone.replace(",18,", ",19,"), Some("2024-25"));
    assert!(wrong.problem().contains("decided is 19; expected 18, the sum of the row"), "{wrong:?}");
    let both = "Authority,Total,Not for us,Invalid or incomplete,Advice given,Referred back,Assessed and closed,\
        Closed after initial enquiries,Investigated,Not upheld,Upheld\nDerby City Council,18,6,1,2,3,4,4,8,2,6\n";
    let read = reader.statistics("decided.csv", both, Some("2024-25"));
    assert_eq!(read.value("derby-city-council 2024-25 decided_referred_back"), Some(3.0));
    let wrong = reader.statistics("decided.csv", both.replace("Council,18,6,", "Council,18,7,"), Some("2024-25"));
    assert!(wrong.problem().contains("decided_not_for_us is 7"), "{wrong:?}");
}

#[test]
fn remedies_and_rates_per_100_000_come_as_tables_of_their_own() {
    let reader = Reader::new();
    let remedies =
        "Authority Name,Upheld cases,Satisfactory remedies,Satisfactory remedy rate (%)\nDerby City Council,7,1,14\n";
    let read = reader.statistics("remedies.csv", remedies, Some("2023-24"));
    assert_eq!(read.value("derby-city-council 2023-24 satisfactory_remedies"), Some(1.0));
    let rates = "Authority Name,\"Upheld decisions per 100,000 residents\",\
        \"Average for authorities of this type per 100,000\"\nDerby City Council,4.8,4.5\n";
    let read = reader.statistics("rates.csv", rates, Some("2023-24"));
    assert_eq!(read.value("derby-city-council 2023-24 upheld_per_100k"), Some(4.8));
    assert_eq!(read.value("derby-city-council 2023-24 upheld_per_100k_similar"), Some(4.5));
}
