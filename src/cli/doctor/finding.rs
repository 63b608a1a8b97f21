//! What one check has found.

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// As it should be.
    Ok,
    /// The site works; somebody should look at it.
    Look,
    /// The site does not work, or will not.
    Bad,
}

/// One line.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) health: Health,
    what: &'static str,
    text: String,
}

impl Finding {
    pub(super) fn ok(what: &'static str, text: impl Into<String>) -> Self {
        Self { health: Health::Ok, what, text: text.into() }
    }

    /// The text says what to do.
    pub(super) fn look(what: &'static str, text: impl Into<String>) -> Self {
        Self { health: Health::Look, what, text: text.into() }
    }

    /// The text says what to do.
    pub(super) fn bad(what: &'static str, text: impl Into<String>) -> Self {
        Self { health: Health::Bad, what, text: text.into() }
    }

    /// As it is printed.
    pub(super) fn line(&self) -> String {
        let health = match self.health {
            Health::Ok => "ok  ",
            Health::Look => "look",
            Health::Bad => "bad ",
        };
        format!("{health}  {}: {}", self.what, self.text)
    }
}
