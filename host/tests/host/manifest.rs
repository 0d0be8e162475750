//! Every kind of mistake in a manifest is named, with its line, all at once.

use host::manifest::{Manifest, Target};

const GOOD: &str = r#"spin_manifest_version = 2
[application]
name = "shop"
version = "1"
description = "d"
authors = ["a"]
[application.tool.mine]
anything = 1
[variables]
url = { default = "http://a.test" }
key = { required = true, secret = true }
[[trigger.http]]
id = "t"
route = "/..."
component = "web"
[[trigger.http]]
route = { private = true }
component = "web"
[component.web]
source = "web.wasm"
description = "d"
allowed_outbound_hosts = ["{{ url }}"]
key_value_stores = ["default", "cache"]
files = ["a/*", { source = "b", destination = "/b" }]
environment = { A = "1" }
[component.web.variables]
url = "{{ url }}"
[component.web.build]
command = "make"
workdir = "w"
watch = ["**"]
[component.web.tool.headwater]
instance = "fresh"
memory_mib = 64
timeout_ms = 5
max_concurrent = 3
allow_private_hosts = true
[component.web.tool.other]
x = 1
"#;

#[test]
fn a_good_manifest_is_read_whole() {
    let (manifest, problems) = Manifest::parse(GOOD);
    assert!(problems.0.is_empty(), "{problems:?}");
    assert_eq!((manifest.name.as_str(), manifest.triggers.len()), ("shop", 2));
    assert!(
        manifest.triggers[1].route.is_none() && matches!(&manifest.triggers[1].target, Target::Component(_))
    );
    let web = &manifest.components["web"];
    assert!(web.limits.fresh && web.limits.allow_private_hosts);
    assert_eq!(
        (web.limits.memory, web.limits.timeout.as_millis(), web.limits.max_concurrent),
        (64 << 20, 5, 3)
    );
    assert_eq!(web.build.as_ref().unwrap().command, "make");
    assert_eq!(web.files.len(), 2);
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let table = [
        ("spin_manifest_version = 2", "spin_manifest_version = 1", 1, "version 2"),
        ("name = \"shop\"", "nome = \"shop\"", 3, "unknown key `nome` in [application]"),
        ("name = \"shop\"", "name = 5", 3, "must be a string"),
        ("version = \"1\"", "version = ", 4, ""),
        ("authors = [\"a\"]", "authors = \"a\"", 6, "must be a list"),
        (
            "url = { default = \"http://a.test\" }",
            "url = { default = \"x\", required = true }",
            10,
            "not both",
        ),
        ("url = { default = \"http://a.test\" }", "url = { }", 10, "needs a `default`"),
        ("url = { default = \"http://a.test\" }", "url = \"x\"", 10, "must be a table"),
        ("url = { default = \"http://a.test\" }", "url = { default = \"x\", sekret = true }", 10, "sekret"),
        ("key = {", "Key = {", 11, "lower_snake_case"),
        ("route = \"/...\"", "route = \"x\"", 14, "must start with /"),
        ("route = \"/...\"", "rout = \"/...\"", 14, "rout"),
        ("route = { private = true }", "route = { private = false }", 17, "{ private = true }"),
        ("route = { private = true }", "route = \"/...\"", 16, "already taken by the trigger in line 12"),
        ("component = \"web\"\n[component", "component = \"wab\"\n[component", 16, "not among: web"),
        ("component = \"web\"\n[[", "static_response = { status_code = 99 }\n[[", 15, "100 to 599"),
        (
            "component = \"web\"\n[[",
            "static_response = { headers = { \"a b\" = \"x\" } }\n[[",
            15,
            "not a header",
        ),
        ("component = \"web\"\n[[", "\n[[", 12, "either `component` or `static_response`"),
        ("[component.web]", "[component.Web]", 19, "lower-case"),
        ("source = \"web.wasm\"", "source = { url = \"https://x\", digest = \"y\" }", 20, "must be a string"),
        ("source = \"web.wasm\"", "", 19, "needs a `source`"),
        (
            "key_value_stores = [\"default\", \"cache\"]",
            "key_value_stores = [\"redis\"]",
            23,
            "`redis` is not supported",
        ),
        ("environment", "ai_models = []\nenvironment", 25, "unknown key `ai_models` in [component.web]"),
        ("destination = \"/b\"", "destination = \"b\"", 24, "must start with /"),
        ("command = \"make\"", "", 28, "needs a `command`"),
        ("workdir", "wordkir", 30, "wordkir"),
        ("instance = \"fresh\"", "instance = \"pooled\"", 33, "\"reuse\" or \"fresh\""),
        ("memory_mib = 64", "memory_mib = 0", 34, "from 1 to 4096"),
        ("max_concurrent", "max_konkurrent", 36, "max_konkurrent"),
    ];
    for (from, to, line, part) in table {
        assert!(GOOD.contains(from), "{from}");
        let (_, problems) = Manifest::parse(&GOOD.replacen(from, to, 1));
        let named =
            problems.0.iter().any(|problem| problem.line == Some(line) && problem.text.contains(part));
        assert!(named, "{to:?} should be named in line {line} with {part:?}: {problems:#?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_and_say_what_is_supported() {
    let text = GOOD
        .replace("id = \"t\"", "executor = { type = \"wagi\" }")
        .replace("watch", "wotch")
        .replace("A = \"1\"", "A = 1");
    let (_, problems) = Manifest::parse(&text);
    assert_eq!(problems.0.len(), 3, "{problems:#?}");
    let error = problems.into_result().unwrap_err().to_string();
    assert!(error.contains("supported there: command, watch, workdir"), "{error}");
    let (_, problems) = Manifest::parse("");
    assert!(problems.has_errors());
}
