//! What is too long to be read as a request is refused below all layers, by a bare head without a word. Here it gets the
//! body that every refusal has.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::http::StatusCode;
use domain::words::http as words;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::new_trace_id;
use crate::problem::Problem;

/// A bare head is no longer than this.
const HEAD_MAX: usize = 512;
/// Address, and address with headers.
const TOO_LONG: [StatusCode; 2] = [StatusCode::URI_TOO_LONG, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE];

/// A connection over which such refusals go out in words.
pub(crate) struct Worded<S> {
    stream: S,
    /// What is written instead of a bare head, and how much of it was.
    instead: Option<(Vec<u8>, usize)>,
}

impl<S> Worded<S> {
    pub(crate) fn over(stream: S) -> Worded<S> {
        Worded { stream, instead: None }
    }
}

/// The status, where this is a bare head of one of them.
fn bare(head: &[u8]) -> Option<StatusCode> {
    if head.len() > HEAD_MAX || !head.ends_with(b"\r\n\r\n") {
        return None;
    }
    let head = std::str::from_utf8(head).ok()?;
    let without_body = head.contains("content-length: 0\r\n");
    let is = |status: &StatusCode| head.starts_with(&format!("HTTP/1.1 {} ", status.as_u16()));
    TOO_LONG.into_iter().find(|status| without_body && is(status))
}

/// The same refusal with its body.
fn worded(status: StatusCode) -> Vec<u8> {
    let problem = Problem::new(status, "address_too_long", words::ADDRESS_TOO_LONG);
    let trace_id = new_trace_id();
    let body = problem.body(&trace_id);
    let reason = status.canonical_reason().unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} {reason}\r\nconnection: close\r\ncontent-type: application/problem+json\r\n\
        cache-control: no-store\r\nx-content-type-options: nosniff\r\nx-trace-id: {trace_id}\r\n\
        content-length: {}\r\n\r\n",
        status.as_u16(),
        body.len()
    );
    tracing::info!(status = status.as_u16(), trace_id, "a request was too long to be read");
    [head.into_bytes(), body].concat()
}

impl<S: AsyncRead + Unpin> AsyncRead for Worded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Worded<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let this = self.get_mut();
        if this.instead.is_none() {
            this.instead = bare(bytes).map(|status| (worded(status), 0));
        }
        let Some((answer, written)) = &mut this.instead else {
            return Pin::new(&mut this.stream).poll_write(context, bytes);
        };
        while let Some(rest) = answer.get(*written..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut this.stream).poll_write(context, rest))? {
                0 => return Poll::Ready(Err(Error::from(ErrorKind::WriteZero))),
                more => *written += more,
            }
        }
        this.instead = None;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        match parts {
            [head] if self.instead.is_some() || bare(head).is_some() => self.poll_write(context, head),
            parts => Pin::new(&mut self.stream).poll_write_vectored(context, parts),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
