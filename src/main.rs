//! The `council-map` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    council_map::run()
}
