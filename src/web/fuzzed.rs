//! What the fuzz targets reach of this layer: what is read of a request before anything is answered.

use std::net::SocketAddr;
use std::path::Path as FilePath;
use std::sync::{Arc, LazyLock};

use actix_web::dev::{Path, ResourceDef, Url};
use actix_web::http::Uri;
use actix_web::http::header::{self, EntityTag, HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;

use super::address_policy::AddressPolicy;
use super::http::encoded::respond;
use super::http::range::Range;
use super::route::Route;
use super::routes::{ROUTES, pattern};
use crate::domain::representation::Representation;
use crate::pages::asked::Asked;
use crate::pages::context::RequestContext;
use crate::site::Site;
use crate::site::encoded::Encoded;
use crate::site::public_address::PublicAddress;

/// The table of routes and a site, for addresses to be read and not answered.
pub struct Addresses {
    context: RequestContext,
    rows: Vec<(ResourceDef, &'static Route, Representation)>,
}

impl Addresses {
    /// Opens the site of a data directory as it is at a moment. None where there is none, and the same for what follows.
    pub fn open(data_dir: &FilePath, moment: Timestamp) -> Option<Self> {
        let site = Arc::new(Site::open(data_dir, Some(moment)).ok()?);
        let context = RequestContext::begin(&site, "http://localhost".parse().ok()?, None);
        let mut rows = Vec::new();
        for route in ROUTES {
            for one in route.representations() {
                let path = if Representation::TWINS.contains(&one) {
                    route.twin(one.extension())
                } else {
                    route.path.to_owned()
                };
                rows.push((ResourceDef::new(pattern(&path)), route, one));
            }
        }
        Some(Self { context, rows })
    }

    /// The row of the table for a path and query as they stand in a request, and the one address of the page; none where there
    /// is no page, or the answer is an error.
    pub fn read(&self, text: &str) -> Option<(usize, String)> {
        let uri: Uri = text.parse().ok().filter(|_| text.starts_with('/'))?;
        let mut path = Path::new(Url::new(uri));
        let row = self.rows.iter().position(|(definition, ..)| definition.capture_match_info(&mut path))?;
        self.of_row(row, &path).map(|address| (row, address))
    }

    /// The address of a page again, read by the row that gave it. A feed or a calendar has the address of the page that it
    /// belongs to, which another row reads.
    pub fn read_again(&self, row: usize, address: &str) -> Option<String> {
        let (own, route, _) = self.rows.get(row)?;
        let mut path = Path::new(Url::new(address.parse().ok()?));
        let itself = ResourceDef::new(pattern(route.path));
        if own.capture_match_info(&mut path) || itself.capture_match_info(&mut path) {
            return self.of_row(row, &path);
        }
        self.read(address).map(|(_, again)| again)
    }

    fn of_row(&self, row: usize, path: &Path<Url>) -> Option<String> {
        let (_, route, representation) = self.rows.get(row)?;
        let texts = path.iter().map(|(_, text)| percent_decode_str(text).decode_utf8_lossy().into_owned());
        let parts = route.parts().zip(texts).collect();
        let query = path.get_ref().uri().query().unwrap_or_default();
        let context = self.context.clone();
        let asked = Asked::read(context, *representation, path.as_str(), parts, query, route.parameters).ok()?;
        route.address?(&asked).ok()
    }
}

/// What was read of the headers of a request.
#[derive(Debug)]
pub struct Heard {
    /// First byte and length of the part of the file that is asked for.
    pub part: Option<(u64, u64)>,
    /// The status of the answer with a page that is kept, and its coding.
    pub page: (u16, Option<String>),
    /// The public address, without a proxy and behind one, with whether it is what a publisher could have given.
    pub addresses: [Option<(String, bool)>; 3],
}

/// Reads the headers of a request, for a file of `size` bytes.
pub fn headers<'a>(lines: impl Iterator<Item = (&'a [u8], &'a [u8])>, size: u64) -> Heard {
    static PAGE: LazyLock<Encoded> = LazyLock::new(|| Encoded::page("text/html", "council ".repeat(200)));
    let mut request = TestRequest::get();
    for (name, value) in lines {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
            request = request.append_header((name, value));
        }
    }
    let request = request.to_http_request();
    let part = match Range::of(&request, &EntityTag::new_strong("this".to_owned()), size) {
        Range::Part(first, length) => Some((first, length)),
        Range::Whole | Range::Unsatisfiable => None,
    };
    let answer = respond(&PAGE, &request);
    let coding = answer.headers().get(header::CONTENT_ENCODING);
    let coding = coding.and_then(|coding| coding.to_str().ok()).map(str::to_owned);
    let peer = SocketAddr::from(([127, 0, 0, 1], 4000));
    let behind = AddressPolicy { trusted_proxies: vec![peer.ip()], ..AddressPolicy::default() };
    let preview = AddressPolicy { preview: true, ..AddressPolicy::default() };
    let addresses = [AddressPolicy::default(), behind, preview].map(|policy| {
        let address = policy.of(&request, Some(peer)).ok()?;
        let text = address.to_string();
        let same = text.parse::<PublicAddress>().is_ok_and(|again| again == address);
        Some((text, same))
    });
    Heard { part, page: (answer.status().as_u16(), coding), addresses }
}
