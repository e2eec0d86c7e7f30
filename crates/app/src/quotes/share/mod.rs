//! Share links: a customer opens a quotation without signing in, and may accept it by name and a one-time code.

mod accept;
mod links;
mod open;
mod page;

pub use accept::{AcceptRequest, Accepted, accept_share};
pub use links::{Handed, MadeLink, Shares, hand_over_code, quote_shares, share_quote, withdraw_share};
pub use open::{note_share_view, open_share, shared_pdf, shared_picture};
pub use page::{AcceptedBy, SharedAmounts, SharedLine, SharedQuote};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::documents::sha256_hex;
use store::StoreError;

use crate::Ctx;

/// A token that nobody guesses.
fn new_token(ctx: &Ctx) -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(ctx.random.bytes::<32>()?))
}

/// What is kept of a token.
fn hash_of(token: &str) -> String {
    sha256_hex(token.as_bytes())
}
