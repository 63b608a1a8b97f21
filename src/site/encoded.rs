//! A response body in every coding, compressed once per edition (docs/adr/0003-encoded-pages.md).

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use super::cache_policy::CachePolicy;
use crate::domain::digest;

/// One body as plain, brotli and gzip bytes. Cloning `Bytes` copies a pointer.
#[derive(Clone, Debug)]
pub struct Encoded {
    pub(crate) media_type: &'static str,
    /// Names the content: equal bodies have equal tags.
    pub(crate) tag: String,
    pub(crate) plain: Bytes,
    pub(crate) brotli: Option<Bytes>,
    gzip: OnceLock<Option<Bytes>>,
    pub(crate) policy: CachePolicy,
    /// The name under which it is offered as a download.
    pub(crate) file_name: Option<String>,
    /// What a browser may do with it.
    pub(crate) confinement: Confinement,
}

/// What a browser may do with a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Confinement {
    /// A page of the site, in no frame.
    #[default]
    Page,
    /// It came from elsewhere: nothing in it runs.
    Sandbox,
    /// Made to stand in a frame of other sites: it runs nothing and sends nothing.
    Frame,
    /// A drawing with a style of its own: nothing else in it counts.
    Drawing,
}

/// Brotli quality for pages: a council's takes 4 ms, at 7 9 ms for a quarter of a per cent less, because of a table of 8 MB that the
/// kernel clears each time.
const PAGE_QUALITY: i32 = 6;
/// Brotli quality for longer pages, such as eight councils side by side: half the time for 2% more.
const LONGER_QUALITY: i32 = 5;
/// From this length on a page is longer.
const LONGER: usize = 96 << 10;
/// Brotli quality for the map that most see first, and for what a choice changes of it: an eighth less than at 6, in 75 ms for the map
/// and 20 ms for a change. At 11 the map would take 3% less in 250 ms.
const FIRST_VIEW_QUALITY: i32 = 10;
/// Brotli quality for long bodies such as a CSV of 50,000 rows.
const LONG_QUALITY: i32 = 4;
/// From this length on a body is long.
const LONG: usize = 512 << 10;
/// Brotli quality for assets, which are compressed once per start.
const ASSET_QUALITY: i32 = 11;
/// Brotli quality for whole tables: they run to 10 MB and somebody waits for the first making.
const DOWNLOAD_QUALITY: i32 = 4;
/// Powers of two: a window wider than the body holds nothing more, but is memory to clear; below 2^17 the encoder takes another
/// table, with which a page of 24 kB takes 60 ms in place of 4 ms.
const NARROWEST_WINDOW: i32 = 17;
const WIDEST_WINDOW: i32 = 22;
/// Bytes between the encoder and the compressed body.
const OUT_BUFFER: usize = 16 << 10;
/// Smaller bodies gain nothing.
const WORTH_COMPRESSING: usize = 256;

impl Encoded {
    /// A page or data of the edition.
    pub(crate) fn page(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let quality = match body.len() {
            LONG.. => LONG_QUALITY,
            LONGER.. => LONGER_QUALITY,
            _ => PAGE_QUALITY,
        };
        Self::new(media_type, body, CachePolicy::Page, quality)
    }

    /// A page that most visitors see first, or what replaces parts of it: the fewest bytes, for a longer making.
    pub(crate) fn first_view(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(media_type, body.into(), CachePolicy::Page, FIRST_VIEW_QUALITY)
    }

    /// A whole table.
    pub(crate) fn download(media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(media_type, body.into(), CachePolicy::Page, DOWNLOAD_QUALITY)
    }

    /// An asset whose address holds a hash of its content.
    pub(crate) fn asset(media_type: &'static str, body: &[u8]) -> Self {
        Self::new(media_type, body.to_vec(), CachePolicy::Immutable, ASSET_QUALITY)
    }

    /// A body that is compressed already or not worth it, such as PDF.
    pub(crate) fn opaque(media_type: &'static str, body: Vec<u8>) -> Self {
        let tag = digest::sha256(&body).chars().take(24).collect();
        Self {
            media_type,
            tag,
            plain: exact(body),
            brotli: None,
            gzip: OnceLock::from(None),
            policy: CachePolicy::Page,
            file_name: None,
            confinement: Confinement::Page,
        }
    }

    /// Offers the body as a download of this name.
    #[must_use]
    pub(crate) fn named(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Says what a browser may do with it.
    #[must_use]
    pub(crate) fn confined(mut self, confinement: Confinement) -> Self {
        self.confinement = confinement;
        self
    }

    fn new(media_type: &'static str, body: Vec<u8>, policy: CachePolicy, quality: i32) -> Self {
        let tag = digest::sha256(&body).chars().take(24).collect();
        let compress = body.len() >= WORTH_COMPRESSING;
        Self {
            media_type,
            tag,
            brotli: compress.then(|| brotli(&body, quality)).flatten(),
            gzip: match body.len() {
                ..WORTH_COMPRESSING => OnceLock::from(None),
                WORTH_COMPRESSING..LONG => OnceLock::new(),
                LONG.. => OnceLock::from(gzip(&body)),
            },
            plain: exact(body),
            policy,
            file_name: None,
            confinement: Confinement::Page,
        }
    }

    /// Its gzip bytes, made when first asked for, since every browser takes brotli. Of a long body they are made with it,
    /// away from the threads that answer.
    pub(crate) fn gzip(&self) -> Option<&Bytes> {
        self.gzip.get_or_init(|| gzip(&self.plain)).as_ref()
    }

    /// Bytes it takes in memory, or will once it was asked for in every coding.
    pub(crate) fn weight(&self) -> usize {
        let brotli = self.brotli.as_ref().map_or(0, Bytes::len);
        let gzip = self.gzip.get().map_or(brotli * 5 / 4, |made| made.as_ref().map_or(0, Bytes::len));
        self.plain.len() + brotli + gzip
    }
}

/// What is kept for long keeps no room to grow: a page that was built piece by piece has up to twice its length.
fn exact(bytes: Vec<u8>) -> Bytes {
    if bytes.len() < WORTH_COUNTING {
        return bytes.into_boxed_slice().into();
    }
    HELD.fetch_add(bytes.len(), Ordering::Relaxed);
    Bytes::from_owner(Held(bytes.into_boxed_slice()))
}

/// Shorter bodies are not counted.
const WORTH_COUNTING: usize = 256 << 10;
static HELD: AtomicUsize = AtomicUsize::new(0);

/// Bytes of long bodies that are in memory now: kept, or because somebody is still reading them.
pub(crate) fn held() -> usize {
    HELD.load(Ordering::Relaxed)
}

/// A long body. It is counted until the last who reads it has gone.
struct Held(Box<[u8]>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(self.0.len(), Ordering::Relaxed);
    }
}

fn brotli(body: &[u8], quality: i32) -> Option<Bytes> {
    let long_enough = i32::try_from(body.len().next_power_of_two().ilog2()).ok()?;
    let lgwin = long_enough.clamp(NARROWEST_WINDOW, WIDEST_WINDOW);
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin, size_hint: body.len(), ..Default::default() };
    let mut encoder = brotli::CompressorWriter::with_params(Vec::with_capacity(body.len() / 4), OUT_BUFFER, &params);
    encoder.write_all(body).ok()?;
    let out = encoder.into_inner();
    (out.len() < body.len()).then(|| exact(out))
}

fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(6));
    encoder.write_all(body).ok()?;
    let out = encoder.finish().ok()?;
    (out.len() < body.len()).then(|| exact(out))
}
