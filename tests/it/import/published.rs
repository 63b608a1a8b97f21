//! The real figures that come with the project.

use super::support::{Site, published};

#[test]
fn the_published_figures_import_into_an_empty_directory() {
    let site = Site::empty();
    for kind in ["statistics", "national", "decisions"] {
        site.publish(kind, &[&published(&format!("{kind}.csv"))], &[]);
    }
    assert_eq!(site.cell("derby-city-council", "2019-20", "upheld"), Some(7.0));
    assert_eq!(site.cell("derby-city-council", "2019-20", "investigated"), Some(13.0));
    assert_eq!(site.count("SELECT count(*) FROM councils"), 365);
    assert_eq!(site.count("SELECT count(*) FROM decisions"), 179);
    assert_eq!(site.count("SELECT count(DISTINCT year) FROM national_cells"), 10);
    assert_eq!(site.count("SELECT count(*) FROM releases WHERE synthetic = 1"), 0);
    assert!(site.count("SELECT count(*) FROM boundaries") > 317);
    let sourceless = "SELECT count(*) FROM cells WHERE source_id IS NULL OR row IS NULL";
    assert_eq!(site.count(sourceless), 0);
    // A trust is a body of its own, and no council by accident.
    assert_eq!(
        site.count(
            "SELECT count(*) FROM bodies WHERE name = 'United Lincolnshire Hospitals NHS Trust' AND council_id IS NULL"
        ),
        1
    );
}

#[test]
fn importing_the_same_file_twice_changes_nothing() {
    let site = Site::prepared();
    let file = published("statistics.csv");
    site.publish("statistics", &[&file], &[]);
    let before = site.content();
    let again = site.publish("statistics", &[&file], &[]);
    assert!(again.out.contains("nothing new, so nothing was published"), "{}", again.out);
    assert_eq!(site.content(), before);
}

#[test]
fn without_publish_nothing_is_written_that_could_be_served() {
    let site = Site::prepared();
    let before = site.content();
    let answer = site.run(&["import", "statistics", &published("statistics.csv")]);
    assert_eq!(answer.status, 0, "{}", answer.err);
    assert!(answer.out.contains("checked only"), "{}", answer.out);
    assert_eq!(site.content(), before);
}
