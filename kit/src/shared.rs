//! Answering from what others were given, where that is the same.

use crate::ask::{self, Ask};
use crate::cache::answers::{has_session, may_share};
use crate::cache::rules::Rules;
use crate::decide::{self, Foreseen};
use crate::edge::Edge;
use crate::fields::Fields;
use crate::keys::Keys;
use crate::visitor::Session;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use std::fmt::Write as _;
use std::rc::Rc;

/// One request's way to the answers that its channel keeps.
pub(crate) struct Shared {
    pub(crate) channel: &'static str,
    /// Whether the request is one that may be answered so.
    pub(crate) is_open: bool,
}

impl Shared {
    /// The answer that others were given by the same `edition` of what is published.
    pub(crate) async fn recall(
        &self,
        edge: &Rc<dyn Edge>,
        request: &http::Request<Bytes>,
        visitor: &decide::Visitor,
        edition: impl Future<Output = Option<[u8; 8]>>,
    ) -> Option<http::Response<Bytes>> {
        if !self.is_open || !may_share(request) {
            return None;
        }
        let rules = Rules::of(edge).await;
        if !rules.is_on {
            return None;
        }
        let start = edge.elapsed();
        let instance = edge.instance();
        let log = instance.cache.purges.look(&**edge, rules.purge_check).await;
        let (site, query) = (ask::site(request), Fields::of_query(request));
        let answers = &instance.cache.answers;
        let varies = answers.varies(self.channel, &site, request)?;
        // Most have no session: they need no key to open it with.
        let session = match has_session(request.headers()) {
            true => Session::read(request.headers(), &Keys::of(&**edge).await.seal()).0,
            false => Session::default(),
        };
        let foreseen = Foreseen::of(edge, request, self.channel, &varies, &session, visitor).await?;
        let by = (&session, &varies, (foreseen.key, edition.await));
        let mut response = answers.get((self.channel, &site), request, &query, by, &**edge, &log)?;
        foreseen.happened(edge, self.channel, &varies, visitor).await;
        let mut timing = String::from("answer;desc=kept");
        let took = edge.elapsed().saturating_sub(start).as_secs_f64() * 1000.0;
        let _ = write!(timing, ", total;dur={took:.1}");
        if let Ok(timing) = HeaderValue::from_str(&timing) {
            response.headers_mut().insert(HeaderName::from_static("server-timing"), timing);
        }
        Some(response)
    }

    /// Keeps an answer for others, if it is for everyone.
    pub(crate) async fn keep(&self, ask: &Ask, response: &http::Response<Bytes>) {
        if self.is_open
            && Rules::of(&ask.edge).await.is_on
            && let Some(public) = ask.reads.publish(response)
        {
            ask.edge.instance().cache.answers.put(self.channel, ask, &public);
        }
    }
}
