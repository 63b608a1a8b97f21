//! How many connections are taken, and how long one may stand still.

use std::fmt;
use std::net::TcpListener;
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
/// Handles that are kept for database files, the log and connections to come.
const KEPT_BACK: u64 = 200;
/// A connection is one handle, and one more while it downloads the database file.
const HANDLES_EACH: u64 = 2;

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
        Self { most: most_for(handles), handles, closes_stalled: close_stalled(listener, STALLED) }
    }
}

fn most_for(handles: u64) -> usize {
    let room = handles.saturating_sub(KEPT_BACK) / HANDLES_EACH;
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
        write!(f, "at most {} connections at once ({} handles)", self.most, self.handles)?;
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
    fn connections_are_as_many_as_handles_allow_and_never_too_many() {
        assert_eq!(most_for(1_024), 412);
        assert_eq!(most_for(20_000), MOST);
        assert_eq!(most_for(100), 16);
    }
}
