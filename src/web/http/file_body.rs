//! A file as a response: read in pieces on blocking threads, never held whole in memory.

use std::fs::File;
use std::future::Future;
use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::time::sleep;
use actix_web::web::{self, Bytes};

use super::pace::{self, FREE};

/// Large enough to keep a disk busy, small enough for a hundred downloads at once.
const PIECE: u64 = 64 << 10;

type Reading = Pin<Box<dyn Future<Output = io::Result<(File, Bytes)>>>>;

enum State {
    Waiting(File),
    Reading(Reading),
    Done,
}

/// A part of an open file.
pub(crate) struct FileBody {
    state: State,
    size: u64,
    left: u64,
}

impl FileBody {
    /// `size` bytes from `start`.
    pub(crate) fn new(mut file: File, start: u64, size: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Self { state: State::Waiting(file), size, left: size })
    }

    /// For HEAD: the length is told and nothing is read.
    pub(crate) fn length_only(size: u64) -> Self {
        Self { state: State::Done, size, left: 0 }
    }
}

fn read(mut file: File, most: u64, sent: u64) -> Reading {
    Box::pin(async move {
        let paced = usize::try_from(sent).is_ok_and(|sent| sent >= FREE);
        if let Some(wait) = usize::try_from(most).ok().filter(|_| paced).and_then(pace::reserve) {
            sleep(wait).await;
        }
        web::block(move || {
            let mut piece = Vec::new();
            file.by_ref().take(most).read_to_end(&mut piece)?;
            if piece.is_empty() {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            Ok((file, Bytes::from(piece)))
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
                State::Waiting(_) if body.left == 0 => body.state = State::Done,
                State::Waiting(_) => {
                    if let State::Waiting(file) = std::mem::replace(&mut body.state, State::Done) {
                        body.state = State::Reading(read(file, body.left.min(PIECE), body.size - body.left));
                    }
                }
                State::Reading(reading) => match reading.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok((file, piece))) => {
                        let length = u64::try_from(piece.len()).unwrap_or(body.left);
                        body.left = body.left.saturating_sub(length);
                        body.state = State::Waiting(file);
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
