//! From where the public address of a request is taken. Never from what anybody may write into a request: it is the one
//! that the publisher gave, else the Host, checked; what a proxy forwards counts only when it comes from a proxy that is
//! named.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpMessage;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use thiserror::Error;

use crate::site::public_address::{Host, PublicAddress, Scheme};

/// What a trusted proxy may forward, on which the public address depends.
pub(super) const FORWARDED: [HeaderName; 3] = [header::FORWARDED, header::X_FORWARDED_PROTO, header::X_FORWARDED_HOST];

/// From where the public address of a request is taken.
#[derive(Clone, Debug, Default)]
pub(super) struct AddressPolicy {
    /// What the publisher gave; nothing in a request counts then.
    pub public_url: Option<PublicAddress>,
    /// Proxies whose forwarded headers count.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where the program listens.
    pub listening: Option<SocketAddr>,
    /// Whether what is shown is not published yet. A page of somebody else can have its own name lead to a loopback address,
    /// and would then be of the same origin as the preview: only names that always lead there count.
    pub preview: bool,
}

/// Why a request has no public address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(super) enum BadHost {
    /// Its Host is none.
    #[error("The Host header of the request is not valid.")]
    Invalid,
    /// It names another machine than this one.
    #[error("A preview answers to localhost alone, or to a loopback address such as 127.0.0.1.")]
    Elsewhere,
}

impl AddressPolicy {
    /// The public address for a request.
    pub(super) fn of(&self, request: &impl HttpMessage, peer: Option<SocketAddr>) -> Result<PublicAddress, BadHost> {
        let headers = request.headers();
        let own =
            headers.get(header::HOST).map(|host| host.to_str().ok().and_then(Host::parse).ok_or(BadHost::Invalid));
        if self.preview && !own.as_ref().is_none_or(|own| own.as_ref().is_ok_and(Host::is_loopback)) {
            return Err(own.and_then(Result::err).unwrap_or(BadHost::Elsewhere));
        }
        if let Some(given) = &self.public_url {
            return Ok(given.clone());
        }
        let Some(own) = own.transpose()? else { return Ok(self.without_host()) };
        let forwarded = if self.trusts(peer) { Forwarded::read(headers) } else { Forwarded::default() };
        Ok(PublicAddress::of(forwarded.scheme.unwrap_or(Scheme::Http), &forwarded.host.unwrap_or(own)))
    }

    /// Whether a request comes from a proxy that is named.
    pub(super) fn trusts(&self, peer: Option<SocketAddr>) -> bool {
        peer.is_some_and(|peer| {
            self.trusted_proxies.iter().any(|proxy| proxy.to_canonical() == peer.ip().to_canonical())
        })
    }

    /// The public address for a request that names no host, as HTTP/1.0 allows: the one that was given, else where the
    /// program listens.
    pub(super) fn without_host(&self) -> PublicAddress {
        let listening = || self.listening.map_or_else(|| "localhost".to_owned(), |address| address.to_string());
        self.public_url.clone().unwrap_or_else(|| PublicAddress::of(Scheme::Http, &Host(listening())))
    }
}

/// What a trusted proxy says of the request that it took.
#[derive(Debug, Default)]
struct Forwarded {
    scheme: Option<Scheme>,
    host: Option<Host>,
}

impl Forwarded {
    /// Reads `X-Forwarded-Proto` and `X-Forwarded-Host`, else `Forwarded` (RFC 7239): never both, since a proxy writes
    /// one family and may pass on what a visitor wrote in the other. Of several values the last counts, which the proxy
    /// itself added.
    fn read(headers: &HeaderMap) -> Self {
        let [forwarded, proto, host] = FORWARDED;
        let last = |name: HeaderName| {
            headers.get_all(name).last().and_then(|value| value.to_str().ok()).and_then(|text| text.rsplit(',').next())
        };
        let (proto, host) = (last(proto), last(host));
        if proto.is_some() || host.is_some() {
            return Self { scheme: proto.and_then(Scheme::parse), host: host.and_then(Host::parse) };
        }
        let pairs = last(forwarded).into_iter().flat_map(|element| element.split(';'));
        let mut said = Self::default();
        for (name, value) in pairs.filter_map(|pair| pair.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim() {
                name if name.eq_ignore_ascii_case("proto") => said.scheme = Scheme::parse(value),
                name if name.eq_ignore_ascii_case("host") => said.host = Host::parse(value),
                _ => {}
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const PROXY: &str = "127.0.0.1:4000";

    fn address(policy: &AddressPolicy, headers: &[(&str, &str)]) -> Result<String, BadHost> {
        let mut request = TestRequest::default();
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let peer: SocketAddr = PROXY.parse().unwrap();
        policy.of(&request.to_http_request(), Some(peer)).map(|address| address.to_string())
    }

    fn trusting() -> AddressPolicy {
        AddressPolicy { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..AddressPolicy::default() }
    }

    #[test]
    fn what_a_stranger_forwards_counts_for_nothing() {
        let headers = [
            ("Host", "map.example"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https"),
            ("Forwarded", "host=evil.example;proto=https"),
        ];
        assert_eq!(address(&AddressPolicy::default(), &headers).as_deref(), Ok("http://map.example"));
        let given = AddressPolicy { public_url: Some("https://map.example/".parse().unwrap()), ..trusting() };
        assert_eq!(address(&given, &headers).as_deref(), Ok("https://map.example"));
    }

    #[test]
    fn a_preview_answers_to_names_of_this_machine_alone() {
        let given = Some("https://map.example/".parse().unwrap());
        let policy = AddressPolicy { preview: true, public_url: given, ..AddressPolicy::default() };
        for host in ["localhost:8081", "LOCALHOST", "127.0.0.1:8081", "127.8.8.8", "[::1]:8081"] {
            assert!(address(&policy, &[("Host", host)]).is_ok(), "{host}");
        }
        for host in ["map.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]"] {
            assert_eq!(address(&policy, &[("Host", host)]), Err(BadHost::Elsewhere), "{host}");
        }
        assert_eq!(address(&policy, &[("Host", "a b")]), Err(BadHost::Invalid));
    }

    #[test]
    fn of_what_a_trusted_proxy_forwards_the_last_counts() {
        let listed = [("Host", "inner:8080"), ("X-Forwarded-Host", "evil.example, map.example")];
        assert_eq!(address(&trusting(), &listed).as_deref(), Ok("http://map.example"));
        let standard =
            [("Host", "inner"), ("Forwarded", "host=evil.example, for=1.2.3.4;host=\"map.example\";proto=https")];
        assert_eq!(address(&trusting(), &standard).as_deref(), Ok("https://map.example"));
        let mixed = [("Host", "inner"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=evil.example")];
        assert_eq!(address(&trusting(), &mixed).as_deref(), Ok("https://inner"));
        let script = [("Host", "inner"), ("X-Forwarded-Proto", "javascript"), ("X-Forwarded-Host", "a b")];
        assert_eq!(address(&trusting(), &script).as_deref(), Ok("http://inner"));
    }

    #[test]
    fn a_host_that_is_none_is_refused() {
        let policy = AddressPolicy::default();
        for host in [
            "",
            "a b",
            "user@map.example",
            "map.example:99999",
            "map.example:x",
            "map.example:+80",
            "a\"><script>",
            "[::zz]",
            "é",
        ] {
            assert_eq!(address(&policy, &[("Host", host)]), Err(BadHost::Invalid), "{host}");
        }
        assert_eq!(address(&policy, &[("Host", &"a".repeat(300))]), Err(BadHost::Invalid));
        for (host, is) in [("Map.Example:8080", "map.example:8080"), ("[::1]:80", "[::1]:80"), ("10.0.0.1", "10.0.0.1")]
        {
            assert_eq!(address(&policy, &[("Host", host)]), Ok(format!("http://{is}")));
        }
        assert_eq!(address(&policy, &[]).as_deref(), Ok("http://localhost"));
    }
}
