//! `council-map completions`.

use std::io;

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::status::DONE;

/// Print what makes a shell complete the names of commands and options.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  council-map completions bash > /etc/bash_completion.d/council-map
  council-map completions fish > ~/.config/fish/completions/council-map.fish")]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut command: Command) -> u8 {
        generate(self.shell, &mut command, "council-map", &mut io::stdout().lock());
        DONE
    }
}
