//! `/sitemap.xml` and its parts.

use std::sync::Arc;

use crate::db::{self, Connection};
use crate::domain::decision::Category;
use crate::export::sitemap;
use crate::pages::areas;
use crate::pages::asked::Asked;
use crate::pages::error::AppError;
use crate::read::national::NationalPage;
use crate::site::encoded::Encoded;
use crate::site::snapshot::Snapshot;
use crate::site::work::Lane;
use crate::views::links;

/// Which addresses of a route the sitemap names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// None: it is for programs, or there are as many as there are questions.
    No,
    /// The one there is.
    Once,
    /// One of each council.
    Councils,
    /// One of each letter that can be read.
    Letters,
    /// One of each decision.
    Decisions,
    /// One of each category.
    Categories,
    /// One of each subcategory.
    Subcategories,
    /// One of each region.
    Regions,
    /// One of each other area.
    Areas,
}

/// `/sitemap.xml`: every page that is worth finding, or the list of files where they are too many for one;
/// `/sitemap-N.xml`: 0 holds the pages, the others the decisions.
pub(crate) async fn sitemap(
    asked: Asked,
    routes: fn() -> Vec<(&'static str, Listed)>,
) -> Result<Arc<Encoded>, AppError> {
    let parts = asked.atlas().cases.len().div_ceil(sitemap::IN_ONE_FILE);
    let part = match asked.part("part") {
        "" => None,
        text => Some(text.parse::<usize>().ok().filter(|part| *part <= parts).ok_or_else(AppError::nothing_here)?),
    };
    let key = format!("sitemap {part:?} {}", asked.context.public_address);
    let made = asked.context.page(Lane::Downloads, key, move |conn, context| {
        let origin = context.public_address.to_string();
        let xml = match part {
            None if parts <= 1 => {
                sitemap::urls(&origin, pages(conn, &context.snapshot, routes())?.into_iter().chain(decisions(conn, 1)?))
            }
            None => sitemap::index(&origin, (0..=parts).map(|part| format!("/sitemap-{part}.xml"))),
            Some(0) => sitemap::urls(&origin, pages(conn, &context.snapshot, routes())?),
            Some(part) => sitemap::urls(&origin, decisions(conn, part)?),
        };
        Ok(Encoded::page("application/xml", xml))
    });
    made.await
}

/// Every page that is not a decision.
fn pages(conn: &Connection, snapshot: &Snapshot, routes: Vec<(&'static str, Listed)>) -> Result<Vec<String>, AppError> {
    let register = &snapshot.atlas.register;
    let mut addresses = Vec::new();
    for (path, listed) in routes {
        match listed {
            Listed::Once => addresses.push(path.to_owned()),
            Listed::Councils => {
                let of = |slug: &str| path.replace("{slug}", slug);
                addresses.extend(register.councils().iter().map(|council| of(council.slug.as_str())));
            }
            Listed::Letters => {
                let letters = db::letters::all(conn)?;
                let shown = letters.iter().filter(|letter| letter.has_text || letter.has_document);
                addresses.extend(shown.filter_map(|letter| {
                    register.get(letter.council).map(|one| links::letter(&one.slug, letter.year))
                }));
            }
            Listed::Categories => {
                let of = |category: &Category| path.replace("{category}", category.as_str());
                addresses.extend(Category::ALL.iter().map(of));
            }
            Listed::Subcategories => {
                for category in Category::ALL {
                    let of = |slug: &str| path.replace("{category}", category.as_str()).replace("{subcategory}", slug);
                    addresses.extend(snapshot.atlas.cases.subcategories_of(*category).into_iter().map(of));
                }
            }
            Listed::Regions => addresses.extend(areas::addresses(&snapshot.atlas, true)),
            Listed::Areas => addresses.extend(areas::addresses(&snapshot.atlas, false)),
            Listed::No | Listed::Decisions => {}
        }
    }
    let years = NationalPage::years(&snapshot.atlas);
    addresses.extend(years.iter().map(|year| links::with_query("/national", &[("year", Some(&year.to_string()))])));
    Ok(addresses)
}

/// The decisions of a part, counted from 1.
fn decisions(conn: &Connection, part: usize) -> Result<Vec<String>, AppError> {
    let before = part.saturating_sub(1) * sitemap::IN_ONE_FILE;
    let references = db::decisions::references(conn, sitemap::IN_ONE_FILE, before)?;
    Ok(references.iter().map(links::decision).collect())
}
