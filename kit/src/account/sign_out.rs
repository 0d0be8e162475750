//! Signing out.

use crate::ask::Ask;
use crate::visitor::{Change, Profile, Session};

impl Ask {
    /// The session of a visitor who signs out, to be kept from now on: without the customer, and without the cart and
    /// the order, which are theirs. What heads saw stays known of a visitor who agreed to that; what backends said does
    /// not. Who is not signed in keeps everything.
    pub async fn sign_out(&self) -> Session {
        self.reads.private();
        let session = self.kept.clone();
        if session.customer.is_none() {
            return session;
        }
        self.is_turning.set(true);
        let session = Session { customer: None, order: None, ..session.without_cart() };
        let Some(id) = &session.visitor else { return session };
        match Profile::write(&self.edge, id, &[Change::SignedOut], self.now).await {
            Ok(()) => session,
            Err(error) => {
                // What cannot be taken back must not be found any more.
                self.edge.log(&format!("what backends said of a visitor could not be erased: {error}"));
                Session { visitor: None, ..session }
            }
        }
    }

    /// The session without a customer whose sign-in is over; everything else stays.
    pub fn without_customer(&self) -> Session {
        self.reads.private();
        Session { customer: None, ..self.kept.clone() }
    }
}
