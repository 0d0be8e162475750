//! The phone takes the cart over from the TV.
//!
//! The TV shows a QR code of `/tv/continue/TOKEN`. The token is sealed (nobody can make or read one), holds
//! the cart, and ends after [`MINUTES`]. Opening it is a way to give somebody a foreign cart (session
//! fixation), so a browser that has a cart of its own is asked first, with a form of our own page; and the
//! page shows the code that the TV shows.

use crate::page;
use commerce::CartId;
use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use kit::seal::Seal;
use kit::visitor::Session;
use kit::{Answer, Ask, Failure, answer::Keep};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};

/// How long a handover lasts.
pub const MINUTES: i64 = 15;

/// What the seal is for.
const PURPOSE: &str = "handover";

/// Letters and digits that nobody mistakes for another on a TV.
const CLEAR: [char; 16] = ['C', 'D', 'F', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'T', 'W', 'X', '3', '7', '9'];

/// What a handover carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    #[serde(rename = "c")]
    cart: CartId,
    /// Unix seconds.
    #[serde(rename = "e")]
    end: i64,
    /// Shown on both screens.
    #[serde(rename = "k")]
    pub code: String,
}

impl Ticket {
    /// For a cart, from now on.
    pub fn new(cart: &CartId, now: Timestamp, chance: [u8; 16]) -> Self {
        let letters = chance.iter().take(4).filter_map(|byte| CLEAR.get(usize::from(byte % 16)));
        let end = now.saturating_add(SignedDuration::from_mins(MINUTES)).unwrap_or(now);
        Self { cart: cart.clone(), end: end.as_second(), code: letters.collect() }
    }

    /// When it ends.
    pub fn until(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.end).ok()
    }

    /// Seals it for an address; `chance` must be fresh.
    pub fn close(&self, seal: &Seal, chance: [u8; 16]) -> String {
        seal.close(PURPOSE, &serde_json::to_vec(self).unwrap_or_default(), chance)
    }

    /// Opens a token; `None` when it is not ours or has ended.
    pub fn open(token: &str, seal: &Seal, now: Timestamp) -> Option<Self> {
        let ticket: Self = serde_json::from_slice(&seal.open(PURPOSE, token)?).ok()?;
        (now.as_second() < ticket.end).then_some(ticket)
    }
}

/// The QR code of an address, row by row, `1` is dark; empty when it holds too much for a TV's screen.
pub fn qr(text: &str) -> Vec<String> {
    // Version 25 at most (117 modules): beyond that a phone cannot read it from a sofa.
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok().filter(|code| code.version().value() <= 25);
    let Some(code) = code else { return Vec::new() };
    let bit = |x, y| if code.get_module(x, y) { '1' } else { '0' };
    (0..code.size()).map(|y| (0..code.size()).map(|x| bit(x, y)).collect()).collect()
}

/// Opens a handover on the phone: `GET` goes straight to the cart unless there is another one, `POST`
/// (from our own page only) replaces that.
///
/// # Errors
/// When the page cannot be printed.
pub async fn continue_here(ask: &Ask) -> Result<Answer, Failure> {
    // Whatever comes of it depends on the visitor and the time.
    ask.reads.private();
    let Some(ticket) = Ticket::open(ask.part("token"), ask.seal(), ask.now) else {
        let mut answer = page::card(ask, "continue-late", "continue-late-text", None)?;
        answer.keep = Keep::Never;
        return Ok(answer.status(StatusCode::GONE));
    };
    let own = ask.session().cart.as_ref();
    let other = own.is_some_and(|own| *own != ticket.cart);
    if other && ask.method() != Method::POST {
        return page::card(ask, "continue-title", "continue-text", Some(&ticket.code));
    }
    let session = Session { cart: Some(ticket.cart), ..ask.session().clone() };
    Ok(Answer::see_other(&format!("/{}/cart", ask.market.id())).session(session))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_ends_and_cannot_be_made_outside() {
        let (seal, now) = (Seal::new("key"), "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap());
        let ticket = Ticket::new(&CartId::new("cart-1"), now, [3; 16]);
        let token = ticket.close(&seal, [1; 16]);
        let at = |minutes| now + SignedDuration::from_mins(minutes);
        assert_eq!(Ticket::open(&token, &seal, at(14)), Some(ticket.clone()));
        assert_eq!(Ticket::open(&token, &seal, at(15)), None, "it has ended");
        assert_eq!(Ticket::open(&token, &Seal::new("other"), at(1)), None);
        let session =
            Session { cart: Some(CartId::new("cart-1")), ..Session::default() }.close(&seal, [1; 16]);
        assert_eq!(Ticket::open(&session, &seal, at(1)), None, "a session is no handover");
        assert_eq!(ticket.code.chars().count(), 4);
    }

    #[test]
    fn a_qr_code_is_square_with_its_three_corners() {
        let rows = qr(&format!("http://shop.test:3000/tv/continue/{}", "a".repeat(150)));
        assert!(rows.len() >= 21 && rows.iter().all(|row| row.len() == rows.len()));
        let last = rows.len() - 7;
        for (row, column) in [(0, 0), (0, last), (last, 0)] {
            assert_eq!(rows[row].get(column..column + 7), Some("1111111"));
            assert_eq!(rows[row + 1].get(column..column + 7), Some("1000001"));
        }
        assert!(qr(&"a".repeat(4000)).is_empty());
    }
}
