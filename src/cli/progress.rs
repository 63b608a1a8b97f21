//! Progress bars on standard error, where somebody looks at it; nothing anywhere else.

use std::cell::RefCell;
use std::env;
use std::io::{self, IsTerminal};
use std::rc::Rc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::domain::odd_character::for_terminal;
use crate::domain::progress::{Progress, Told, unwatched};

/// How often a stage without steps shows that it is alive.
const TICK: Duration = Duration::from_millis(120);

/// One bar at a time. It is gone without a trace when the work ends, well or not.
#[derive(Debug, Default)]
pub(super) struct Bars {
    stage: RefCell<Option<(String, ProgressBar)>>,
}

impl Bars {
    /// Bars for a person at a terminal that can move its cursor; else nothing. They have no colours.
    pub(super) fn told() -> Told {
        let plain = env::var_os("TERM").is_some_and(|kind| kind == "dumb");
        if io::stderr().is_terminal() && !plain { Rc::new(Self::default()) } else { unwatched() }
    }

    fn clear(&self) {
        if let Some((_, bar)) = self.stage.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bars {
    fn begin(&self, stage: &str, steps: Option<usize>) {
        let steps = steps.and_then(|steps| u64::try_from(steps).ok());
        if let (Some((current, bar)), Some(steps)) = (&*self.stage.borrow(), steps)
            && current == stage
        {
            bar.inc_length(steps);
            return;
        }
        self.clear();
        let bar = steps.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        bar.set_style(style(steps.is_some()));
        bar.set_message(for_terminal(stage));
        bar.enable_steady_tick(TICK);
        self.stage.replace(Some((stage.to_owned(), bar)));
    }

    fn step(&self, steps: usize) {
        if let (Some((_, bar)), Ok(steps)) = (&*self.stage.borrow(), u64::try_from(steps)) {
            bar.inc(steps);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Plain characters, since a terminal may know no others.
fn style(counted: bool) -> ProgressStyle {
    let template = if counted { "{msg} [{bar:30}] {human_pos} of {human_len}" } else { "{msg} {spinner} {elapsed}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ").tick_chars("|/-\\ ")
}
