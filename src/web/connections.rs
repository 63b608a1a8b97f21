//! How many connections are taken, in all and from one address, and how long one may stand still.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr, Shutdown, TcpListener};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use socket2::SockRef;

/// A client that takes nothing of an answer for so long is closed. Its kernel goes on acknowledging probes meanwhile, so
/// the web server itself never learns of it.
const STALLED: Duration = Duration::from_secs(30);
/// What the system keeps for a client that has not taken it yet (it allows twice that). Left to itself it keeps up to 4 MB:
/// 500 slow readers of a long table took 1.9 GB of its memory.
const KEPT_FOR_A_CLIENT: usize = 256 << 10;
/// More connections than this at once are left waiting in the queue of the system: each may hold some 80 kB.
const MOST: usize = 2_000;
/// Longer heads of requests are refused by the web server, which has the same limit.
const MOST_HEADERS: usize = 128 << 10;
/// Handles that are kept for database files, the log and connections to come.
const KEPT_BACK: u64 = 200;
/// Connections at once from one address; those beyond are closed. Browsers open six. A proxy that is named, and this machine, may
/// have all.
const MOST_OF_ONE: u32 = 256;

/// How many connections each address has.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses {
    open: Arc<Mutex<HashMap<IpAddr, u32>>>,
    free: Arc<[IpAddr]>,
}

/// A connection that is counted until it ends.
#[derive(Debug)]
pub(super) struct Counted {
    addresses: Addresses,
    of: IpAddr,
}

impl Addresses {
    /// None yet. The proxies that are named may have any number.
    pub(super) fn new(proxies: &[IpAddr]) -> Self {
        Self { open: Arc::default(), free: proxies.iter().map(IpAddr::to_canonical).collect() }
    }

    /// Counts a new connection, or closes it where its address has too many.
    pub(super) fn take(&self, connection: impl AsFd) -> Option<Counted> {
        let connection = SockRef::from(&connection);
        let peer = connection.peer_addr().ok()?.as_socket()?.ip();
        if let Ok(counted) = self.count(peer) {
            counted
        } else {
            // One that has gone meanwhile is closed too.
            let _ = connection.shutdown(Shutdown::Both);
            None
        }
    }

    fn count(&self, peer: IpAddr) -> Result<Option<Counted>, TooMany> {
        let peer = peer.to_canonical();
        if peer.is_loopback() || self.free.contains(&peer) {
            return Ok(None);
        }
        let of = network(peer);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(of).or_default();
        if *count >= MOST_OF_ONE {
            return Err(TooMany);
        }
        *count += 1;
        Ok(Some(Counted { addresses: self.clone(), of }))
    }
}

/// The address has too many connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TooMany;

/// Whoever has one address of IPv6 has the 2^64 around it.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = self.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.of) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.of);
            }
        }
    }
}

/// What this machine allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limits {
    /// Most connections at once.
    pub(super) most: usize,
    /// Handles that the process may open.
    handles: u64,
    /// Whether the system closes clients that take nothing.
    closes_stalled: bool,
}

impl Limits {
    /// Raises the number of handles as far as the system lets us, and has it close clients of the listener that stand
    /// still.
    pub(super) fn of_this_machine(listener: &TcpListener) -> Self {
        // Connections inherit the size; where it cannot be set, the system's own does.
        let _ = SockRef::from(listener).set_send_buffer_size(KEPT_FOR_A_CLIENT);
        // A long body leaves in pieces. Without this the system holds the last one back until the client has acknowledged those
        // before, which it puts off for 40 ms.
        let _ = SockRef::from(listener).set_tcp_nodelay(true);
        // Where the number cannot even be read, the least that systems give is taken.
        let handles = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(256);
        Self { most: connections_for(handles), handles, closes_stalled: close_stalled(listener, STALLED) }
    }
}

/// Most connections at once of a process that may open so many handles.
pub fn connections_for(handles: u64) -> usize {
    // A connection is one handle: the database file is opened once for all who download it.
    let room = handles.saturating_sub(KEPT_BACK);
    usize::try_from(room).unwrap_or(MOST).clamp(16, MOST)
}

/// Connections inherit the option from their listener.
#[cfg(target_os = "linux")]
fn close_stalled(listener: &TcpListener, after: Duration) -> bool {
    SockRef::from(listener).set_tcp_user_timeout(Some(after)).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn close_stalled(_: &TcpListener, _: Duration) -> bool {
    false
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "at most {} connections at once ({} handles), {MOST_OF_ONE} of one address, {} with long bodies",
            self.most,
            self.handles,
            self.most / 2
        )?;
        write!(f, "; {} kB of headers, no bodies", MOST_HEADERS >> 10)?;
        if self.closes_stalled {
            write!(f, "; a client that takes nothing for {} s is closed", STALLED.as_secs())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpStream;

    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_client_that_takes_nothing_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        assert!(close_stalled(&listener, Duration::from_secs(1)));
        let _reads_nothing = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut connection, _) = listener.accept().unwrap();
        // More than the buffers of both sides hold: the writing stands still until the system gives up.
        let error = connection.write_all(&vec![0; 64 << 20]).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut, "{error}");
    }

    #[test]
    fn the_last_piece_of_a_body_is_not_held_back() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Limits::of_this_machine(&listener);
        let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        assert!(listener.accept().unwrap().0.nodelay().unwrap());
    }

    #[test]
    fn one_address_has_so_many_connections_and_others_have_theirs() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let addresses = Addresses::new(&[proxy]);
        let count = |text: &str| addresses.count(text.parse().unwrap());
        let mut held: Vec<_> = (0..MOST_OF_ONE).map(|_| count("192.0.2.7").unwrap()).collect();
        assert_eq!(count("192.0.2.7").unwrap_err(), TooMany);
        assert_eq!(count("::ffff:192.0.2.7").unwrap_err(), TooMany, "the same address written otherwise");
        assert!(count("192.0.2.8").unwrap().is_some());
        held.pop();
        assert!(count("192.0.2.7").is_ok());
        held.extend((0..MOST_OF_ONE).map(|last| count(&format!("2001:db8::{last:x}")).unwrap()));
        assert_eq!(count("2001:db8::ffff:1").unwrap_err(), TooMany, "one network");
        assert!(count("2001:db8:1::1").unwrap().is_some());
        for free in ["10.0.0.1", "127.0.0.1", "::1"] {
            assert!(count(free).unwrap().is_none(), "{free}");
        }
        drop(held);
        assert_eq!(addresses.open.lock().unwrap().len(), 0);
    }

    #[test]
    fn connections_are_as_many_as_handles_allow_and_never_too_many() {
        assert_eq!(connections_for(1_024), 824);
        assert_eq!(connections_for(20_000), MOST);
        assert_eq!(connections_for(100), 16);
    }
}
