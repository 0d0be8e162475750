//! Header lines that have fooled caches before: spellings of "do not keep", conditions, and headers that no
//! cache has in its key (<https://portswigger.net/web-security/web-cache-poisoning>, 2026-11).

/// Stands in every header that is no part of any key: it may reach nobody who did not send it.
pub const POISON: &str = "poison-7f3a.example";

/// Header lines of one request.
pub type Lines = &'static [(&'static str, &'static str)];

/// One after another; the first sends none.
pub const SPELLINGS: &[Lines] = &[
    &[],
    &[("cache-control", "no-store")],
    &[("Cache-Control", "No-Store, Private")],
    &[("CACHE-CONTROL", "PRIVATE=\"set-cookie\"")],
    &[("cache-control", "max-age=0")],
    &[("cache-control", "only-if-cached, max-stale=999999")],
    &[("cache-control", "public, max-age=31536000, immutable"), ("surrogate-control", "max-age=999")],
    &[("pragma", "no-cache"), ("expires", "0")],
    &[("if-none-match", "*")],
    &[("if-none-match", "W/\"1\", \"x\""), ("if-modified-since", "Sat, 21 Nov 2026 12:00:00 GMT")],
    &[("if-match", "*"), ("if-unmodified-since", "Sat, 21 Nov 2026 12:00:00 GMT")],
    &[("range", "bytes=0-99")],
    &[("range", "bytes=-1,0-0,5-"), ("if-range", "\"x\"")],
    &[("accept-encoding", "gzip, br;q=1.0, *;q=0.5, poison-7f3a.example")],
    &[("accept-language", "de-DE,de;q=0.9")],
    &[("accept-language", "xx-poison, *;q=0.1, \u{e4}, ;;;q=9, en-GB-x-poison-7f3a")],
    &[("accept", "application/json"), ("content-type", "text/poison-7f3a.example")],
    &[("host", POISON)],
    &[("x-forwarded-host", POISON), ("x-forwarded-server", POISON), ("x-host", POISON)],
    &[("x-forwarded-scheme", "nothttps"), ("x-forwarded-proto", POISON), ("x-forwarded-port", "7")],
    &[("forwarded", "for=1.2.3.4;host=poison-7f3a.example;proto=https"), ("via", "1.1 poison-7f3a.example")],
    &[("x-original-url", "/en-gb/cart"), ("x-rewrite-url", "/en-gb/cart")],
    &[("x-http-method-override", "POST"), ("x-method-override", "DELETE")],
    &[("spin-full-url", "http://poison-7f3a.example/x"), ("spin-path-info", "/poison-7f3a.example")],
    &[("spin-client-addr", POISON), ("x-real-ip", POISON), ("true-client-ip", POISON)],
    &[("user-agent", POISON), ("referer", "http://poison-7f3a.example/"), ("from", POISON)],
    &[("authorization", "Bearer poison-7f3a.example"), ("cookie2", "$Version=1")],
    &[("vary", "poison-7f3a.example"), ("set-cookie", "hw_session=poison-7f3a.example")],
    &[("headwater-slots", POISON), ("headwater-customer-token", POISON), ("idempotency-key", POISON)],
    &[("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("x-request-id", POISON)],
];
