//! `headwater check` looks at everything and says all of it.

use crate::support::{folder, guest};
use std::path::Path;

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let folder = folder(
        r#"
        [variables]
        needed = { required = true }
        key = { default = "well-known", secret = true }
        odd = { default = "not a url" }
        [[trigger.http]]
        route = "/..."
        component = "missing-file"
        [[trigger.http]]
        route = "/garbage"
        component = "garbage"
        [[trigger.http]]
        route = "/module"
        component = "module"
        [component.missing-file]
        source = "nowhere.wasm"
        allowed_outbound_hosts = ["{{ odd }}", "example.com", "{{ absent }}"]
        files = [{ source = "no-such-folder", destination = "/x" }, "../up/*"]
        [component.missing-file.variables]
        a = "{{ absent }}"
        [component.missing-file.build]
        command = "true"
        [component.garbage]
        source = "garbage.wasm"
        [component.module]
        source = "module.wasm"
        unknown = 1
    "#,
    );
    std::fs::write(folder.path().join("garbage.wasm"), "garbage").unwrap();
    // A component that exports nothing.
    std::fs::write(folder.path().join("module.wasm"), [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]).unwrap();
    let (_, problems) = host::check::check(Some(folder.path()), &[], Path::new("state")).unwrap();
    let text: Vec<String> = problems.0.iter().map(ToString::to_string).collect();
    let text = text.join("\n");
    for part in [
        "`needed` has no value; set SPIN_VARIABLE_NEEDED",
        "`key` still has its default",
        "headwater build missing-file",
        "\"{{ odd }}\" needs a scheme",
        "\"example.com\" needs a scheme",
        "\"{{ absent }}\": there is no variable `absent`",
        "variable `a` of `missing-file`",
        "\"no-such-folder\" of `missing-file` are not there",
        "must stay below",
        "`garbage`",
        "does not answer HTTP",
        "unknown key `unknown`",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert!(!text.contains("well-known"), "{text}");
}

#[test]
fn a_good_application_has_no_problems() {
    let folder = folder(
        "[[trigger.http]]\nroute = \"/...\"\ncomponent = \"web\"\n[component.web]\nsource = \"{guest}\"\n",
    );
    let (manifest, problems) = host::check::check(Some(folder.path()), &[], Path::new("state")).unwrap();
    assert!(problems.0.is_empty(), "{problems:?}");
    assert_eq!(manifest.components["web"].source, guest());
}
