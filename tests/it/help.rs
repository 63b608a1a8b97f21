//! What the command says about itself.

use council_map::for_tests::ImportKind;

use crate::support::fixture::done;

const COMMANDS: [&str; 14] = [
    "serve",
    "demo",
    "real",
    "import",
    "export",
    "restore",
    "releases",
    "publish",
    "withdraw",
    "rollback",
    "check",
    "doctor",
    "completions",
    "manual",
];

#[test]
fn every_command_is_listed_and_shows_an_example_of_itself() {
    let listed = done(&["--help"]);
    assert!(listed.contains("Examples:") && listed.contains("Exit status:"), "{listed}");
    for command in COMMANDS {
        assert!(listed.contains(&format!("\n  {command} ")), "{command} is not listed");
        let help = done(&[command, "--help"]);
        let examples = help.split_once("\nExample").map(|(_, after)| after).unwrap_or_default();
        assert!(examples.contains(&format!("council-map {command}")), "{command} shows no example: {help}");
    }
}

#[test]
fn every_option_that_others_rely_on_is_explained() {
    let promised: [(&str, &[&str]); 11] = [
        (
            "serve",
            &[
                "--listen <ADDR:PORT>",
                "--data <DIR>",
                "--preview-as-of <RFC3339>",
                "--metrics <ADDR:PORT>",
                "--no-demo",
            ],
        ),
        ("demo", &["--data <DIR>", "--seed <N>", "--decisions <N>"]),
        (
            "import",
            &[
                "--data <DIR>",
                "--year <2019-20>",
                "--source <TEXT>",
                "--source-url <URL>",
                "--publish-at <RFC3339>",
                "--publish\n",
                "--report <FORM>",
                "- json",
            ],
        ),
        ("releases", &["--data <DIR>"]),
        ("publish", &["--data <DIR>", "<RELEASE>"]),
        ("rollback", &["--data <DIR>"]),
        ("check", &["--data <DIR>", "--repair", "--in-force <VERSION>"]),
        ("doctor", &["--data <DIR>", "--listen <ADDR:PORT>"]),
        ("withdraw", &["--data <DIR>", "<RELEASE>"]),
        ("export", &["--out <DIR>", "--data <DIR>"]),
        ("restore", &["<FOLDER>", "--data <DIR>"]),
    ];
    for (command, options) in promised {
        let help = done(&[command, "--help"]);
        for option in options {
            assert!(help.contains(option), "{command}: {option} is missing: {help}");
        }
    }
    let without_command = done(&["--help"]);
    for option in promised[0].1 {
        assert!(without_command.contains(option), "{option} is missing: {without_command}");
    }
    for variable in ["COUNCIL_MAP_DATA", "COUNCIL_MAP_LISTEN"] {
        assert!(without_command.contains(variable), "{variable}");
    }
}

#[test]
fn the_help_of_import_names_every_kind() {
    let help = done(&["import", "--help"]);
    for kind in ImportKind::ALL {
        assert!(help.contains(kind.as_str()), "{}", kind.as_str());
    }
}
