//! What one address is: where it stands, what may be asked for, how it is answered and described.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};

use crate::domain::representation::Representation;
use crate::export::geojson::LayerJson;
use crate::export::openapi::params::Param;
use crate::export::openapi::{Answer, Described, Schema};
use crate::pages::ahead::Ahead;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{self, Page};
use crate::pages::sitemap::Listed;
use crate::site::encoded::Encoded;

pub(super) type Later<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// How an address is answered.
#[derive(Clone, Copy)]
pub(super) enum Serve {
    /// With bytes that are kept as long as the edition is in force.
    Kept(fn(Asked) -> Later<Arc<Encoded>>),
    /// With what is true of this request alone.
    Now(fn(HttpRequest, Asked) -> Later<HttpResponse>),
}

/// An address, or several that differ in a part of the path.
pub(super) struct Route {
    /// Parts that vary stand in braces.
    pub(super) path: &'static str,
    /// What stands there, in a few words.
    pub(super) summary: &'static str,
    /// What may be asked for.
    pub(super) parameters: &'static [Param],
    /// Whether a well-formed request may find nothing.
    may_be_missing: bool,
    /// Which addresses of it the sitemap names.
    pub(super) listed: Listed,
    /// Which addresses of it are made before anybody asks.
    pub(super) ahead: Ahead,
    answers: Answers,
    pub(super) serve: Serve,
    /// The address of the page that was asked for, without making it.
    #[cfg(fuzzing)]
    pub(super) address: Option<fn(&Asked) -> Result<String, AppError>>,
}

/// What an address answers with.
#[derive(Clone, Copy)]
pub(super) enum Answers {
    /// A page and its twins; the schema of its JSON.
    Page(fn() -> Vec<Representation>, Schema),
    /// One thing.
    One(Answer),
}

impl Route {
    pub(super) const fn page<P: Page>(path: &'static str, summary: &'static str, parameters: &'static [Param]) -> Self {
        let answers = Answers::Page(|| P::FORMS.representations(), Schema::of::<P::Json<'static>>());
        Self {
            #[cfg(fuzzing)]
            address: Some(|asked| P::parse(asked).map(|page| page.address())),
            ..Self::one(path, summary, parameters, answers, Serve::Kept(|asked| Box::pin(page::serve::<P>(asked))))
        }
    }

    const fn one(
        path: &'static str,
        summary: &'static str,
        parameters: &'static [Param],
        answers: Answers,
        serve: Serve,
    ) -> Self {
        Self {
            path,
            summary,
            parameters,
            may_be_missing: false,
            listed: Listed::No,
            ahead: Ahead::No,
            answers,
            serve,
            #[cfg(fuzzing)]
            address: None,
        }
    }

    pub(super) const fn kept(
        path: &'static str,
        summary: &'static str,
        parameters: &'static [Param],
        answer: Answer,
        make: fn(Asked) -> Later<Arc<Encoded>>,
    ) -> Self {
        Self::one(path, summary, parameters, Answers::One(answer), Serve::Kept(make))
    }

    pub(super) const fn now(
        path: &'static str,
        summary: &'static str,
        parameters: &'static [Param],
        answer: Answer,
        make: fn(HttpRequest, Asked) -> Later<HttpResponse>,
    ) -> Self {
        Self::one(path, summary, parameters, Answers::One(answer), Serve::Now(make))
    }

    pub(super) const fn in_sitemap(self, listed: Listed) -> Self {
        Self { listed, ..self }
    }

    pub(super) const fn made_ahead(self, ahead: Ahead) -> Self {
        Self { ahead, ..self }
    }

    /// A well-formed request may find nothing.
    pub(super) const fn sometimes(self) -> Self {
        Self { may_be_missing: true, ..self }
    }

    /// The representations of a page; none of what is no page.
    pub(super) fn representations(&self) -> Vec<Representation> {
        match self.answers {
            Answers::Page(all, _) => all(),
            Answers::One(_) => Vec::new(),
        }
    }

    /// The names of the parts of its path that vary, in order.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// The path of a twin. The map's twins have a name, since its path has none.
    pub(super) fn twin(&self, extension: &str) -> String {
        let base = if self.path == "/" { "/map" } else { self.path };
        format!("{base}.{extension}")
    }

    /// How the description of the site tells of it: an entry for each representation.
    pub(super) fn described(&self) -> Vec<Described> {
        let entry = |path: String, answer: Answer| Described {
            path,
            summary: self.summary,
            params: self.parameters,
            answer,
            may_be_missing: self.may_be_missing,
        };
        match self.answers {
            Answers::One(answer) => vec![entry(self.path.to_owned(), answer)],
            Answers::Page(all, schema) => all()
                .into_iter()
                .map(|one| match one {
                    Representation::Html => entry(self.path.to_owned(), Answer::Html),
                    Representation::Json => entry(self.twin(one.extension()), Answer::Json(schema)),
                    Representation::Csv => entry(self.twin(one.extension()), Answer::Csv),
                    Representation::GeoJson => {
                        entry(self.twin(one.extension()), Answer::JsonAs(one.media_type(), Schema::of::<LayerJson>()))
                    }
                    Representation::Xlsx | Representation::Pdf | Representation::Svg | Representation::Png => {
                        entry(self.twin(one.extension()), Answer::File(one.media_type()))
                    }
                    Representation::Atom | Representation::Calendar => {
                        entry(self.path.to_owned(), Answer::File(one.media_type()))
                    }
                })
                .collect(),
        }
    }
}
