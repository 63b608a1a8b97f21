//! A drawing as PNG: the same bytes for the same drawing, since it knows no typeface but those that the program carries.

use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use thiserror::Error;

use super::typeface::{FAMILIES, FILES};

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum RasterError {
    /// The drawing is none.
    #[error("a drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// It has no area.
    #[error("a drawing has no area of {0} pixels width")]
    Size(u16),
    /// It cannot be written.
    #[error("a picture cannot be written: {0}")]
    Png(#[from] png::EncodingError),
}

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    let (sans, serif) = FAMILIES;
    fonts.set_sans_serif_family(sans);
    fonts.set_serif_family(serif);
    Arc::new(fonts)
});

/// The PNG of a drawing, as many pixels wide.
///
/// # Errors
/// The text is no drawing, or one without area.
pub fn png(drawing: &str, width: u16) -> Result<Vec<u8>, RasterError> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(drawing, &options)?;
    let size = tree.size().to_int_size().scale_to_width(u32::from(width)).ok_or(RasterError::Size(width))?;
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or(RasterError::Size(width))?;
    let scale = f32::from(width) / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    // Every drawing here has a sheet under it, so that nothing shines through.
    let opaque: Vec<u8> = picture.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, size.width(), size.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    // Even areas and letters: a third smaller than with the filters that suit photographs.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque)?;
    writer.finish()?;
    Ok(bytes)
}
