use super::*;
use crate::attribute::{Raw, Values};
use crate::rules::{Decision, Past, PastKind, Reason, Rules, Visit};
use jiff::Timestamp;

mod experiments;
mod hostile;
mod reads;
mod recommends;

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

const ATTRIBUTES: &str = r#"timezone = "Europe/London"
[attributes]
"visits" = "int"
"orders" = "int"
"country" = "string"
"member" = "bool"
"cart.total" = "money"
"#;

fn findings(rest: &str) -> Vec<String> {
    let published = publish(&format!("{ATTRIBUTES}{rest}"), now());
    let errors = published.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(published.rules.is_some(), !errors);
    published.findings.iter().map(|finding| finding.told("p.toml").to_string()).collect()
}

fn rules(rest: &str) -> Rules {
    let published = publish(&format!("{ATTRIBUTES}{rest}"), now());
    let rules = published.rules.unwrap_or_else(|| panic!("{:#?}", published.findings));
    // A head decides by what was sent.
    let sent = rules.to_compact().unwrap();
    for end in (0..sent.len()).take(if sent.len() < 4_096 { 4_096 } else { 0 }) {
        assert!(Rules::from_compact(&sent[..end]).is_err(), "cut at {end}");
    }
    assert!(Rules::from_compact(&[&sent[..], b"x"].concat()).is_err());
    let read = Rules::from_compact(&sent).unwrap();
    assert_eq!(read, rules);
    read
}

#[track_caller]
fn told(rest: &str, expected: &[&str]) {
    let found = findings(rest);
    assert_eq!(found.len(), expected.len(), "{rest}\n{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        let (place, words) = expected.split_once(' ').unwrap();
        assert!(
            found.starts_with(&format!("p.toml:{place}: ")) && found.contains(words),
            "{found}\n{expected}"
        );
    }
}

fn values(rules: &Rules, given: &[(&str, Raw)]) -> Values {
    let mut values = Values::new(&rules.schema);
    for (name, raw) in given {
        values.read(&rules.schema, name, raw).unwrap();
    }
    values
}

fn visit<'a>(values: &'a Values) -> Visit<'a> {
    Visit {
        values,
        now: now(),
        channel: "web",
        event: None,
        consents: &PURPOSES,
        history: &[],
        id: None,
        assigned: &[],
        forced: &[],
    }
}

fn decide(rules: &Rules, visit: &Visit<'_>) -> Decision {
    let mut decision = Decision::default();
    rules.decide(visit, &mut decision);
    let first = decision.clone();
    rules.decide(visit, &mut decision);
    assert_eq!(first, decision, "what was decided before leaves no trace");
    decision
}

#[test]
fn the_example_of_a_shop_is_published_and_its_checks_pass() {
    let text = include_str!("example.toml");
    let published = publish(text, now());
    assert_eq!(published.findings, []);
    assert_eq!(published.checks, 6);
    assert!(published.rules.is_some());
    // A check that is wrong is told with its place.
    let wrong = text.replacen("free_shipping = false", "free_shipping = true", 1);
    let published = publish(&wrong, now());
    assert_eq!(published.findings.len(), 1);
    assert!(published.findings[0].message.contains("and it is false"), "{:?}", published.findings);
    assert!(published.rules.is_none());
}

#[test]
fn every_error_is_told_at_once_with_its_place_and_cure() {
    told(
        r#"[audience.first]
when = 'visit == 1'
[audience.second]
when = "true && audience.frist"
need = "personalisation"
[offer.welcome]
audience = "firts"
give = ["10 off"]
priority = "high"
channels = ["webb"]
cooldown = "a while"
from = 2026-12-01
until = 2026-11-01
[slot.hero]
show = [{ contents = "a" }]
[ofer.x]
"#,
        &[
            "9:9 `visit` is not declared under [attributes]; did you mean `visits`?",
            "11:17 there is no audience `frist`; did you mean `first`?",
            "12:1 [audience.second] has no key `need`; did you mean `needs`?",
            "14:12 there is no audience \"firts\"; did you mean `first`?",
            "15:9 \"10 off\" is no benefit",
            "16:12 priority must be a whole number of 64 bits, and this is of type string",
            "17:13 a channel cannot be \"webb\"; did you mean `web`?",
            "18:12 \"a while\" is no duration",
            "20:9 `until` must be later",
            "22:9 a variant needs `content`",
            "22:11 a variant has no key `contents`; did you mean `content`?",
            "23:2 a rule file has no `ofer`; did you mean `offer`?",
        ],
    );
}

#[test]
fn other_wrong_files_are_told_in_words() {
    for (rest, expected) in [
        ("[audience.a]\n", "8:11 needs `when`"),
        (
            "[audience.A-b]\nwhen = 'true'\n[offer.o]\naudience='A-b'\ngive=['1% off']\n",
            "8:11 cannot name an audience",
        ),
        ("[offer.o]\ngive = ['5% off']\nexcludes = ['p']\n", "10:13 there is no offer"),
        ("[offer.o]\ngive = ['5% off']\nexcludes = ['o']\n", "10:13 cannot exclude itself"),
        ("[offer.o]\ngive = []\n", "9:8 must give something"),
        ("[offer.o]\n", "8:8 needs `give`"),
        ("[offer.o]\ngive = ['5% off']\ntimezone = 'Europe/Londn'\n", "10:12 did you mean `Europe/London`?"),
        ("[offer.o]\ngive = ['5% off']\nhours = '25:00-26:00'\n", "10:9 are no hours"),
        ("[offer.o]\ngive = ['5% off']\ndays = ['monday']\n", "10:9 a day cannot be"),
        ("[offer.o]\ngive = ['5% off']\non = 'exit'\n", "10:6 on cannot be"),
        ("[offer.o]\ngive = ['5% off']\npriority = 99999999999\n", "10:12 must be from"),
        ("[offer.o]\ngive = ['5% off']\ncode = ''\n", "10:8 from 1 to 64 visible ASCII characters"),
        ("[offer.o]\ngive = ['5% off']\ncode = 'A B'\n", "10:8 \"A B\" is no code"),
        ("[slot.s]\nshow = []\n", "9:8 from 1 to 64 variants"),
        ("[[check]]\ngiven = { visit = 1 }\nexpect = {}\n", "9:11 did you mean `visits`?"),
        ("[[check]]\ngiven = { visits = 'x' }\nexpect = {}\n", "9:20 is declared int, but a string"),
        ("[[check]]\ngiven = { visits = nan }\nexpect = {}\n", "9:20 not a finite number"),
        ("[[check]]\ngiven = { visits = { a = 1 } }\nexpect = {}\n", "9:20 but a list was given"),
        (
            "[slot.s]\nshow = [{ content = 'a' }]\n[[check]]\nexpect = { slot = { s = 'b' } }\n",
            "11:25 \"a\" is shown",
        ),
        ("[[check]]\nexpect = { slot = { s = 'b' } }\n", "9:21 there is no slot"),
        ("[[check]]\ngiven = {}\n", "8:1 needs `expect`"),
        ("x = [\n", "8:6 unclosed array"),
    ] {
        let found = findings(rest);
        let (place, words) = expected.split_once(' ').unwrap();
        let at = format!("p.toml:{place}: error: ");
        assert!(found.iter().any(|told| told.starts_with(&at) && told.contains(words)), "{rest}\n{found:#?}");
    }
}

#[test]
fn circles_of_audiences_are_told_with_their_path() {
    let circle = "[audience.a]\nwhen = 'audience.b'\n[audience.b]\nwhen = 'true && audience.c'\n\
                  [audience.c]\nwhen = '!audience.a'\n[audience.d]\nwhen = 'audience.d'\n";
    told(circle, &["13:10 circle: a → b → c → a; take one out", "15:9 circle: d → d"]);
    // Any order of the file is good, and a chain may be as long as the file.
    let chain: String =
        (0..5_000).map(|n| format!("[audience.a{n}]\nwhen = 'audience.a{}'\n", n + 1)).collect();
    let rules = rules(&format!(
        "{chain}[audience.a5000]\nwhen = 'visits == 1'\n[offer.o]\naudience = 'a0'\ngive = ['5% off']\n"
    ));
    let known = values(&rules, &[("visits", Raw::Int(1))]);
    assert_eq!(decide(&rules, &visit(&known)).winners(), [0]);
}

#[test]
fn an_audience_is_used_by_whatever_names_it() {
    for user in [
        "[audience.b]\nwhen = '!audience.a'\n[offer.o]\naudience = 'b'\ngive = ['1% off']\ncode = 'X'\n",
        "[offer.o]\nwhen = 'audience.a'\ngive = ['1% off']\ncode = 'X'\n",
        "[slot.s]\nshow = [{ audience = 'a', content = 'x' }, { content = 'y' }]\n",
        "[experiment.e]\naudience = 'a'\nvariants = { x = 1, y = 1 }\n",
        "[recommend.r]\nat = ['home']\nmodel = 'looks'\npin = [{ when = 'member && audience.a', product = 'p' }]\n",
    ] {
        told(&format!("[audience.a]\nwhen = 'member'\n{user}"), &[]);
    }
}

#[test]
fn dead_shadowed_and_unused_rules_are_warned_of() {
    told(
        r#"[audience.none]
when = 'visits > 5 && visits <= 5'
[audience.gone]
when = '1 == 2 || country == "DE" && country == "FR"'
[audience.big]
when = 'visits > 10'
[offer.all]
give = ["5% off"]
code = "ALL"
[offer.less]
give = ["1% off"]
code = "LESS"
audience = "big"
priority = -1
[slot.s]
show = [{ when = 'visits > 5', content = "a" }, { audience = "big", content = "b" }, { when = 'visits >= 5', content = "c" }]
[slot.t]
show = [{ content = "a" }, { when = 'member', content = "b" }]
"#,
        &[
            "8:11 warning: nobody can ever be of the audience `none`",
            "8:11 warning: nothing uses the audience `none`",
            "10:11 warning: nobody can ever be of the audience `gone`",
            "10:11 warning: nothing uses the audience `gone`",
            "17:8 warning: the offer `less` never wins: `all` wins before it",
            "23:49 warning: `b` is never shown: whoever would see it sees `a` before",
            "23:86 warning: `s` is empty for some visitors",
            "25:28 warning: `b` is never shown",
            "25:28 warning: `t` is empty for some visitors",
        ],
    );
}

#[test]
fn an_offer_is_bound_to_a_code_of_the_backend() {
    let bound = rules("[offer.o]\ngive = ['5% off']\ncode = 'SPRING-5!'\n");
    assert_eq!(bound.offers[0].code.as_deref(), Some("SPRING-5!"));
    told("[offer.o]\ngive = ['5% off']\n", &["8:8 warning: no backend would charge the offer `o`; name the"]);
    let long = format!("[offer.o]\ngive = ['5% off']\ncode = '{}'\n", "x".repeat(65));
    told(&long, &["10:8 is no code"]);
}

#[test]
fn warnings_never_hide_an_error() {
    let many: String = (0..300).map(|n| format!("[offer.o{n}]\ngive = ['5% off']\n")).collect();
    let found = findings(&format!("{many}[[check]]\nexpect = {{ offer = false }}\n"));
    assert_eq!(found.len(), MAX_FINDINGS + 2);
    assert!(found[MAX_FINDINGS].contains("error: no offer was expected, and o0 won"), "{:?}", found.last());
    assert!(found[MAX_FINDINGS + 1].contains("there is more"), "{:?}", found.last());
}

#[test]
fn offers_lose_for_a_reason_that_is_told() {
    let rules = rules(
        r#"[audience.fans]
needs = "personalisation"
when = 'visits > 3'
[offer.fans]
audience = "fans"
give = ["10% off"]
priority = 5
once_per = "visitor"
[offer.exit]
on = "exit_intent"
give = ["5% off"]
cooldown = "7 days"
priority = 9
channels = ["web", "tv"]
[offer.evening]
give = ["GBP 3 off"]
slot = "banner"
hours = "18:00-24:00"
needs = "marketing"
[offer.germans]
when = 'country == "DE"'
give = ["free shipping"]
slot = "banner"
excludes = ["fans"]
[offer.all]
give = ["1% off"]
"#,
    );
    let fan = values(&rules, &[("visits", Raw::Int(4))]);
    let visit = visit(&fan);
    let [fans, exit, evening, germans, all] = [0, 1, 2, 3, 4];
    let first = decide(&rules, &visit);
    assert_eq!(first.winners(), [fans]);
    assert_eq!(
        first.offers,
        [
            Reason::Won,
            Reason::Event,
            Reason::Schedule,
            Reason::Condition(crate::condition::Truth::Unknown),
            Reason::Outranked { by: fans },
        ]
    );
    let reason = |visit: &Visit<'_>, place: u16| decide(&rules, visit).offers[usize::from(place)];
    let unknown = Reason::Audience { audience: 0, truth: crate::condition::Truth::Unknown };
    assert_eq!(reason(&Visit { consents: &[], ..visit }, fans), unknown, "no consent, no profile");
    let leaving = Visit { event: Some("exit_intent"), ..visit };
    assert_eq!(reason(&leaving, exit), Reason::Won);
    assert_eq!(reason(&leaving, fans), Reason::Outranked { by: exit });
    assert_eq!(reason(&Visit { channel: "watch", ..leaving }, exit), Reason::Channel);
    let past = |offer, at: &str, kind| Past { offer, at: at.parse().unwrap(), kind, this_session: false };
    let shown = [
        past("exit", "2026-11-14T12:00:01Z", PastKind::Shown),
        past("exit", "2026-01-01T00:00:00Z", PastKind::Shown),
    ];
    let until = "2026-11-21T12:00:01Z".parse().unwrap();
    assert_eq!(reason(&Visit { history: &shown, ..leaving }, exit), Reason::Cooldown { until });
    assert_eq!(reason(&Visit { history: &shown, now: until, ..leaving }, exit), Reason::Won);
    let used = [past("fans", "2026-01-01T00:00:00Z", PastKind::Used)];
    assert_eq!(reason(&Visit { history: &used, ..visit }, fans), Reason::Used);
    let seen = [past("fans", "2026-01-01T00:00:00Z", PastKind::Shown)];
    assert_eq!(reason(&Visit { history: &seen, ..visit }, fans), Reason::Won, "shown is not used");
    let evening_time = Visit { now: "2026-11-21T18:00:00Z".parse().unwrap(), ..visit };
    assert_eq!(reason(&evening_time, evening), Reason::Won);
    assert_eq!(reason(&Visit { consents: &["personalisation"], ..evening_time }, evening), Reason::Consent);
    let german = values(&rules, &[("visits", Raw::Int(4)), ("country", Raw::Text("DE".to_owned()))]);
    let german = Visit { values: &german, ..visit };
    assert_eq!(reason(&german, germans), Reason::Excluded { by: fans });
    assert_eq!(reason(&Visit { history: &used, ..german }, germans), Reason::Won);
    assert_eq!(reason(&Visit { history: &used, ..german }, all), Reason::Won);
}

#[test]
fn local_times_are_those_of_the_zone() {
    let rules = rules(
        "[offer.summer]\ngive = ['5% off']\nfrom = 2026-07-01\nuntil = 2026-07-02T00:00:00\n\
         [offer.ny]\nslot = 'b'\ngive = ['5% off']\nfrom = 2026-07-01\ntimezone = 'America/New_York'\n",
    );
    let schedule = |place: usize| rules.offers[place].schedule.clone().unwrap();
    assert_eq!(schedule(0).from.unwrap().to_string(), "2026-06-30T23:00:00Z");
    assert_eq!(schedule(0).until.unwrap().to_string(), "2026-07-01T23:00:00Z");
    assert_eq!(schedule(1).from.unwrap().to_string(), "2026-07-01T04:00:00Z");
}

#[test]
fn a_slot_shows_the_first_that_is_meant() {
    let rules = rules(
        "[slot.hero]\nshow = [{ when = 'country == \"DE\"', content = 'rain' }, { when = 'member', content = 'm' }, { content = 'd' }]\n",
    );
    let shown = |given: &[(&str, Raw)]| decide(&rules, &visit(&values(&rules, given))).slots[0];
    assert_eq!(shown(&[("country", Raw::Text("DE".to_owned())), ("member", Raw::Bool(true))]), Some(0));
    assert_eq!(shown(&[("member", Raw::Bool(true))]), Some(1));
    assert_eq!(shown(&[]), Some(2));
}

#[test]
fn a_decision_is_explained_down_to_the_part_that_failed() {
    let rules = publish(include_str!("example.toml"), now()).rules.unwrap();
    let known = values(&rules, &[("visitor.visits", Raw::Int(2)), ("visitor.orders", Raw::Int(0))]);
    let visit = Visit { consents: &[], ..visit(&known) };
    let explained = rules.explain(&visit, &decide(&rules, &visit));
    let why = |list: &[crate::rules::Explained], name: &str| {
        list.iter().find(|one| one.name == name).map(|one| one.why.clone()).unwrap()
    };
    assert_eq!(why(&explained.audiences, "first_visit"), "it does not hold");
    assert_eq!(why(&explained.audiences, "lapsed"), "the visitor did not consent to what it needs");
    assert_eq!(why(&explained.offers, "welcome"), "its audience first_visit: it does not hold");
    assert_eq!(why(&explained.offers, "winback"), "its audience lapsed: too little is known to say");
    assert_eq!(why(&explained.offers, "stay"), "what it waits for did not happen");
    assert_eq!(why(&explained.slots, "home_hero"), "it shows hero-default");
    let parts = &explained.slots[0].parts;
    assert_eq!(why(parts, "hero-rain"), "its condition: too little is known to say");
    assert_eq!(why(parts, "hero-default"), "it is the first that is meant for the visitor");
    let failed =
        explained.audiences[0].steps.iter().find(|step| step.value == "false" && step.depth == 1).unwrap();
    assert_eq!(failed.source, "visitor.visits == 1");
}
