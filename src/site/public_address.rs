//! The public address of the site, as it stands in canonical links, feeds, calendars and sitemaps, from where caches
//! and readers keep it.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::Authority;
use thiserror::Error;

/// Scheme and host, without a slash at the end: `https://example.org`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicAddress(String);

/// Why a text is no public address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("“{0}” is not the address of a site; expected one like https://example.org")]
pub struct NotAPublicAddress(String);

impl fmt::Display for PublicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicAddress {
    type Err = NotAPublicAddress;

    /// Reads `https://example.org`, with or without the slash at the end; no path, since every link begins at the root.
    fn from_str(text: &str) -> Result<Self, NotAPublicAddress> {
        let no = || NotAPublicAddress(text.chars().take(80).collect());
        let uri: Uri = text.parse().map_err(|_| no())?;
        let scheme = uri.scheme_str().and_then(Scheme::parse).ok_or_else(no)?;
        let host = uri.authority().and_then(|host| Host::parse(host.as_str())).ok_or_else(no)?;
        let bare = uri.path_and_query().is_none_or(|path| path.as_str() == "/");
        if bare { Ok(Self::of(scheme, &host)) } else { Err(no()) }
    }
}

impl PublicAddress {
    pub(crate) fn of(scheme: Scheme, host: &Host) -> Self {
        Self(format!("{}://{}", scheme.as_str(), host.0))
    }
}

/// The two schemes of the web; any other, such as `javascript`, is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            text if text.eq_ignore_ascii_case("http") => Some(Self::Http),
            text if text.eq_ignore_ascii_case("https") => Some(Self::Https),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// A host with or without a port, in lower case: a name, an IPv4 address, or an IPv6 address in brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host(pub(crate) String);

/// A name in the domain name system is no longer (RFC 1035, 2.3.4); six more for the port.
const LONGEST_HOST: usize = 253 + 6;

impl Host {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let authority: Authority = text.parse().ok().filter(|_| text.len() <= LONGEST_HOST)?;
        let name = authority.host();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte == b'_';
        let named = !name.is_empty() && name.bytes().all(plain);
        let numbered = name
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
            .is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok());
        // What stands before an @ is a user, and what follows a colon must be a port.
        let port = text.strip_prefix(name)?;
        let port_is_right = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        ((named || numbered) && port_is_right).then(|| Self(text.to_ascii_lowercase()))
    }
}

impl Host {
    /// Whether it always leads to this machine, whatever anybody writes into a name server.
    pub(crate) fn is_loopback(&self) -> bool {
        let name = match self.0.rsplit_once(':') {
            Some((name, port)) if is_port(port) => name,
            _ => &self.0,
        };
        let number = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || number.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_a_publisher_gives_has_a_web_scheme_and_no_path() {
        for text in
            ["map.example", "javascript://map.example", "https://map.example/sub", "https://u@map.example", "https://"]
        {
            assert!(text.parse::<PublicAddress>().is_err(), "{text}");
        }
    }
}
