//! `/data`: every whole file with its size, and how to read it.

use std::fs;

use crate::export::dataset::Dataset;
use crate::export::tables;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::pages::page::{Forms, Page, Source};
use crate::read::downloads::{Download, DownloadsPage};
use crate::{export, views};

/// The list of whole files.
pub(crate) struct Downloads;

impl Page for Downloads {
    type Model = DownloadsPage;
    type Json<'a> = export::downloads::DownloadsJson<'a>;
    const FORMS: Forms<Self> = Forms {
        html: Some(|source, page| views::downloads::page(&source.frame, page)),
        json: Some(|_, page| export::downloads::json(page)),
        ..Forms::NONE
    };

    fn parse(_: &Asked) -> Result<Self, AppError> {
        Ok(Self)
    }

    fn address(&self) -> String {
        "/data".to_owned()
    }

    fn read(&self, source: &Source<'_>) -> Result<DownloadsPage, AppError> {
        let atlas = source.atlas();
        let database = fs::metadata(source.context.snapshot.pool.path()).map_err(|error| {
            tracing::error!(%error, "the size of the published file is not known");
            AppError::Internal
        })?;
        let mut files = vec![Download {
            path: "/data/council-map.sqlite".to_owned(),
            title: "Everything in one SQLite file",
            description: "All tables, texts and documents, views that carry names and labels, and full-text search.",
            rows: None,
            bytes: database.len(),
        }];
        for dataset in Dataset::ALL {
            let (rows, bytes) = tables::size(source.conn, atlas, dataset)?;
            files.push(Download {
                path: format!("/data/{}.csv", dataset.as_str()),
                title: dataset.title(),
                description: dataset.description(),
                rows: Some(rows),
                bytes,
            });
        }
        Ok(DownloadsPage { files, synthetic: atlas.synthetic })
    }
}
