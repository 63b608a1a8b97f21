//! A file as a response: read in pieces on blocking threads, never held whole in memory.

use std::fs::File;
use std::future::Future;
use std::io;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::time::sleep;
use actix_web::web::{self, Bytes};

use super::pace::{self, FREE};
use super::places::Place;

/// Large enough to keep a disk busy, small enough for a hundred downloads at once.
const PIECE: u64 = 64 << 10;

type Reading = Pin<Box<dyn Future<Output = io::Result<Bytes>>>>;

enum State {
    Waiting,
    Reading(Reading),
    Done,
}

/// A part of an open file, which all downloads of it share: each reads at its own place.
pub(crate) struct FileBody {
    file: Arc<File>,
    state: State,
    start: u64,
    size: u64,
    left: u64,
    _place: Option<Place>,
}

impl FileBody {
    /// `size` bytes from `start`, in a place of their own.
    pub(crate) fn new(file: Arc<File>, start: u64, size: u64, place: Place) -> Self {
        Self { file, state: State::Waiting, start, size, left: size, _place: Some(place) }
    }

    /// For HEAD: the length is told and nothing is read.
    pub(crate) fn length_only(file: Arc<File>, size: u64) -> Self {
        Self { file, state: State::Done, start: 0, size, left: 0, _place: None }
    }
}

fn read(file: Arc<File>, at: u64, most: u64, sent: u64) -> Reading {
    Box::pin(async move {
        let paced = usize::try_from(sent).is_ok_and(|sent| sent >= FREE);
        if let Some(wait) = usize::try_from(most).ok().filter(|_| paced).and_then(pace::reserve) {
            sleep(wait).await;
        }
        web::block(move || {
            let mut piece = vec![0; usize::try_from(most).map_err(io::Error::other)?];
            file.read_exact_at(&mut piece, at)?;
            Ok(Bytes::from(piece))
        })
        .await
        .map_err(io::Error::other)?
    })
}

impl MessageBody for FileBody {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.size)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        let body = &mut *self;
        loop {
            match &mut body.state {
                State::Done => return Poll::Ready(None),
                State::Waiting if body.left == 0 => body.state = State::Done,
                State::Waiting => {
                    let sent = body.size - body.left;
                    let reading = read(Arc::clone(&body.file), body.start + sent, body.left.min(PIECE), sent);
                    body.state = State::Reading(reading);
                }
                State::Reading(reading) => match reading.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(piece)) => {
                        let length = u64::try_from(piece.len()).unwrap_or(body.left);
                        body.left = body.left.saturating_sub(length);
                        body.state = State::Waiting;
                        return Poll::Ready(Some(Ok(piece)));
                    }
                    Poll::Ready(Err(error)) => {
                        body.state = State::Done;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
            }
        }
    }
}
