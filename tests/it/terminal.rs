//! What long work shows to a person at a terminal, and to nobody else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::fixture::{council_map, demonstration, program_file, text};

/// Runs the program at a pseudo-terminal and answers with everything that stood on it.
fn at_a_terminal(args: &[&str], environment: &[(&str, &str)]) -> String {
    let quoted: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
    let line = format!("'{}' {}", program_file().display(), quoted.join(" "));
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).env("TERM", "xterm").env_remove("NO_COLOR");
    for (name, value) in environment {
        command.env(name, value);
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{args:?}: {shown}");
    shown
}

/// A list of so many decisions, in a folder of its own.
fn decisions(folder: &Path) -> PathBuf {
    let file = folder.join("decisions.csv");
    let mut list = "reference,authority,type,outcome,category,decision_date\n".to_owned();
    for number in 0..1_500 {
        list.push_str(&format!(
            "19 {:03} {:03},Derby,statement,upheld,housing,2019-07-22\n",
            number / 1000,
            number % 1000
        ));
    }
    std::fs::write(&file, list).unwrap();
    file
}

#[test]
fn long_work_shows_bars_with_plain_words_at_a_terminal_and_leaves_only_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let [demo, real, out, copy] = ["demo", "real", "out", "copy"].map(|name| folder.path().join(name));
    let list = decisions(folder.path());
    let works: [(&[&str], &[&str], &str); 4] = [
        (
            &["demo", "--decisions", "300", "--data", text(&demo)],
            &[
                "Starting from the register",
                "Writing decisions [",
                " of 300",
                "Working out rates",
                "Writing the new version",
            ],
            "a demonstration with invented figures is in",
        ),
        (
            &["import", "decisions", text(&list), "--publish", "--data", text(&real)],
            &["Reading the files", "Checking decisions.csv [", "Writing decisions [", " of 1,500"],
            "published release 0003-decisions",
        ),
        (
            &["export", "--out", text(&out), "--data", text(&real)],
            &["Writing whole tables [", " of 10"],
            "files of version",
        ),
        (
            &["restore", text(&out), "--data", text(&copy)],
            &["Checking ", "Writing decisions ["],
            "published as version",
        ),
    ];
    for (args, stages, answer) in works {
        let shown = at_a_terminal(args, &[]);
        for stage in stages {
            assert!(shown.contains(stage), "{args:?} shows no {stage}: {shown}");
        }
        // The last bar is wiped away before the answer.
        let last = shown.trim_end().rsplit("\x1b[2K").next().unwrap();
        assert!(last.contains(answer) && !last.contains('['), "{args:?} leaves {last}");
        assert!(!shown.contains("\x1b[3") && !shown.contains("\x1b[1m"), "{args:?}: the bars have no colours");
    }
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_the_answer_alone() {
    let folder = tempfile::tempdir().unwrap();
    let list = decisions(folder.path());
    let data = folder.path().join("data");
    let args = ["import", "decisions", text(&list), "--data", text(&data)];
    let shown = at_a_terminal(&args, &[("TERM", "dumb"), ("NO_COLOR", "1")]);
    assert!(shown.contains("checked only") && !shown.contains("Checking") && !shown.contains('\x1b'), "{shown}");
}

#[test]
fn help_at_a_terminal_has_colours_only_for_those_who_want_them() {
    assert!(at_a_terminal(&["--help"], &[]).contains("\x1b["));
    assert!(!at_a_terminal(&["--help"], &[("NO_COLOR", "1")]).contains('\x1b'));
}

#[test]
fn without_a_terminal_nothing_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let [real, out, copy] = ["real", "out", "copy"].map(|name| folder.path().join(name));
    let list = decisions(folder.path());
    let works: [&[&str]; 5] = [
        &["import", "decisions", text(&list), "--publish", "--data", text(&real)],
        &["import", "decisions", text(&list), "--report", "json", "--data", text(&real)],
        &["export", "--out", text(&out), "--data", text(&real)],
        &["restore", text(&out), "--data", text(&copy)],
        &["releases", "--data", text(demonstration())],
    ];
    for args in works {
        let answer = council_map(args);
        let said = String::from_utf8(answer.stderr).unwrap();
        assert!(answer.status.success() && said.is_empty(), "{args:?}: {said}");
        let text = String::from_utf8(answer.stdout).unwrap();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{args:?}: {text}");
    }
}
