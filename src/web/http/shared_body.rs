//! A body that all its readers share: it leaves in small pieces of one buffer, so that a slow reader costs a piece and
//! not a copy. Given whole, the web server would copy it into the buffer of each connection: 200 clients that hardly
//! read a table of 8 MB took 1.96 GB.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::time::{Sleep, sleep};
use actix_web::web::Bytes;

use super::pace::{self, FREE};
use super::places::Place;

/// Half of what the web server buffers for a connection before it waits for the client.
const PIECE: usize = 16 << 10;

/// What is left of a shared buffer.
pub(crate) struct SharedBody {
    size: usize,
    rest: Bytes,
    sent: usize,
    waiting: Option<Pin<Box<Sleep>>>,
    _place: Option<Place>,
}

impl SharedBody {
    pub(crate) fn new(rest: Bytes) -> Self {
        Self { size: rest.len(), rest, sent: 0, waiting: None, _place: None }
    }

    /// A long one, which has its place until it has left.
    pub(crate) fn in_place(rest: Bytes, place: Place) -> Self {
        Self { _place: Some(place), ..Self::new(rest) }
    }

    /// For HEAD: the length is told and nothing is sent. The web server would take the whole body, at its pace, to throw
    /// it away.
    pub(crate) fn length_only(size: usize) -> Self {
        Self { size, ..Self::new(Bytes::new()) }
    }
}

impl MessageBody for SharedBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(u64::try_from(self.size).unwrap_or(u64::MAX))
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = PIECE.min(self.rest.len());
        if self.waiting.is_none() && self.sent >= FREE && length > 0 {
            self.waiting = pace::reserve(length).map(|wait| Box::pin(sleep(wait)));
        }
        if let Some(waiting) = &mut self.waiting {
            ready!(waiting.as_mut().poll(context));
            self.waiting = None;
        }
        self.sent += length;
        let piece = self.rest.split_to(length);
        Poll::Ready((!piece.is_empty()).then_some(Ok(piece)))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;

    use super::*;

    #[actix_web::test]
    async fn a_body_of_which_only_the_length_is_told_sends_nothing() {
        let mut body = pin!(SharedBody::length_only(9_000_000));
        assert_eq!(body.size(), BodySize::Sized(9_000_000));
        assert!(poll_fn(|context| body.as_mut().poll_next(context)).await.is_none());
    }

    #[actix_web::test]
    async fn a_body_leaves_in_pieces_of_the_one_buffer() {
        let whole = Bytes::from((0..50_000_u32).map(|one| one.to_le_bytes()[0]).collect::<Vec<u8>>());
        let mut body = pin!(SharedBody::new(whole.clone()));
        assert_eq!(body.size(), BodySize::Sized(50_000));
        let (mut sent, mut pieces) = (0, 0);
        while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
            let piece = piece.unwrap();
            assert!(piece.len() <= PIECE);
            assert_eq!(piece.as_ptr(), whole[sent..].as_ptr(), "not copied");
            sent += piece.len();
            pieces += 1;
        }
        assert_eq!((sent, pieces), (50_000, 4));
    }
}
