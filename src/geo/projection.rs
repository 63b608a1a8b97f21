//! Degrees on the globe to metres on the British National Grid (EPSG:27700).

use proj4rs::Proj;
use proj4rs::errors::Error;
use proj4rs::transform::transform;

/// Metres east and north of the grid's origin, south-west of Scilly.
pub type Metres = (f64, f64);

/// Airy 1830 with the seven-parameter shift of EPSG:1314. Good to 5 m and better over England, where
/// Ordnance Survey's own grid of shifts (OSTN15) is good to 0.1 m: a twentieth of a pixel on our map.
const NATIONAL_GRID: &str = "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 \
    +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";

/// WGS84 to British National Grid, ready to use.
pub struct NationalGrid {
    degrees: Proj,
    metres: Proj,
}

impl NationalGrid {
    /// Sets the projection up.
    ///
    /// # Errors
    /// Only if the built-in definition were wrong.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            degrees: Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs")?,
            metres: Proj::from_proj_string(NATIONAL_GRID)?,
        })
    }

    /// Eastings and northings of a longitude and latitude in degrees; `None` far from Britain, where
    /// the projection has no answer.
    pub fn project(&self, lon: f64, lat: f64) -> Option<Metres> {
        let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(&self.degrees, &self.metres, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some((point.0, point.1))
    }

    /// Longitude and latitude in degrees of eastings and northings, to seven places, which is a centimetre; `None` where
    /// the projection has no answer.
    pub fn degrees(&self, east: f64, north: f64) -> Option<(f64, f64)> {
        let mut point = (east, north, 0.0);
        transform(&self.metres, &self.degrees, &mut point).ok()?;
        let rounded = |radians: f64| (radians.to_degrees() * 1e7).round() / 1e7;
        (point.0.is_finite() && point.1.is_finite()).then(|| (rounded(point.0), rounded(point.1)))
    }
}
