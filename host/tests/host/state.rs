//! Key-value stores, variables and files, as a guest sees them.

use crate::support::{App, folder};

const APP: &str = r#"
    [variables]
    greeting = { default = "hello" }
    key = { default = "s3cret", secret = true }
    [[trigger.http]]
    route = "/..."
    component = "web"
    [[trigger.http]]
    route = "/other/..."
    component = "other"
    [[trigger.http]]
    route = "/poor/..."
    component = "poor"
    [component.web]
    source = "{guest}"
    key_value_stores = ["default"]
    files = [{ source = "pictures", destination = "/media" }, { source = "one.txt", destination = "/deep/1.txt" }, "text/*.txt"]
    [component.web.variables]
    message = "{{ greeting }}, {{ key }}!"
    [component.other]
    source = "{guest}"
    key_value_stores = ["default", "cache"]
    [component.poor]
    source = "{guest}"
"#;

fn filled() -> tempfile::TempDir {
    let folder = folder(APP);
    for (path, text) in [
        ("pictures/a/b.svg", "<svg/>"),
        ("one.txt", "one"),
        ("text/two.txt", "two"),
        ("text/no.md", "no"),
        ("private.txt", "p"),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_shared_by_those_who_may_and_outlives_the_host() {
    let app = App::start_in(filled()).await;
    assert_eq!(app.post("/set?cart", "two lamps").await.body, "Ok(())");
    assert_eq!(app.get("/other/get?cart").await.body, r#"Ok(Some("two lamps"))"#);
    assert_eq!(app.get("/get?nothing").await.body, "Ok(None)");
    app.post("/set?b", "x").await;
    assert_eq!(app.get("/keys").await.body, r#"Ok(["b", "cart"])"#);
    assert_eq!(app.get("/delete?b").await.body, "Ok(())");
    assert_eq!(app.get("/keys").await.body, r#"Ok(["cart"])"#);
    assert!(app.post(&format!("/set?{}", "k".repeat(256)), "x").await.body.contains("255"));
    assert!(app.post("/set?big", &"x".repeat(1_000_001)).await.body.contains("1000000"));

    // What is a component's own is out of the others' reach, whatever they ask for.
    assert_eq!(app.post("/own-set?cart", "three lamps").await.body, "Ok(())");
    assert_eq!(app.get("/own-get?cart").await.body, r#"Ok(Some("three lamps"))"#);
    assert_eq!(app.get("/other/own-get?cart").await.body, "Ok(None)");
    assert_eq!(app.get("/other/get?cart").await.body, r#"Ok(Some("two lamps"))"#);
    assert_eq!(app.get("/keys").await.body, r#"Ok(["cart"])"#);
    assert!(app.get("/poor/open?own").await.body.contains("AccessDenied"));
    for guess in ["own:web", "own/web", "web", "default:own"] {
        assert!(app.get(&format!("/other/open?{guess}")).await.body.contains("NoSuchStore"), "{guess}");
    }

    assert!(app.get("/open?cache").await.body.contains("AccessDenied"));
    assert!(app.get("/poor/open?default").await.body.contains("AccessDenied"));
    assert!(app.get("/open?other").await.body.contains("NoSuchStore"));
    assert_eq!(app.get("/other/open?cache").await.body, "Ok(())");

    let App { folder, running, .. } = app;
    running.stop().await;
    let app = App::start_in(folder).await;
    assert_eq!(app.get("/get?cart").await.body, r#"Ok(Some("two lamps"))"#);
    assert_eq!(app.get("/own-get?cart").await.body, r#"Ok(Some("three lamps"))"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_are_filled_in_and_secrets_stay_out_of_the_log() {
    let app = App::start_in(filled()).await;
    assert_eq!(app.get("/variable?message").await.body, r#"Ok("hello, s3cret!")"#);
    assert!(
        app.get("/variable?greeting").await.body.contains("Undefined"),
        "only what the component declares"
    );
    assert!(app.get("/variable?Bad").await.body.contains("InvalidName"));
    assert!(app.get("/poor/variable?message").await.body.contains("Undefined"));
    assert!(app.logged("SPIN_VARIABLE_KEY"), "a secret left at its default is told");
    assert!(!app.log().contains("s3cret"), "{}", app.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_there_to_read_and_nothing_else_is() {
    let app = App::start_in(filled()).await;
    assert_eq!(app.get("/read?/media/a/b.svg").await.body, r#"Ok("<svg/>")"#);
    assert_eq!(app.get("/read?/deep/1.txt").await.body, r#"Ok("one")"#);
    assert_eq!(app.get("/read?/text/two.txt").await.body, r#"Ok("two")"#);
    std::os::unix::fs::symlink(
        app.folder.path().join("private.txt"),
        app.folder.path().join("pictures/link"),
    )
    .unwrap();
    for path in
        ["/text/no.md", "/private.txt", "/media/../private.txt", "/media/link", "/etc/passwd", "/spin.toml"]
    {
        assert!(app.get(&format!("/read?{path}")).await.body.starts_with("Err"), "{path}");
        assert!(app.get(&format!("/poor/read?{path}")).await.body.starts_with("Err"), "{path}");
    }
    for path in ["/media/new", "/media/a/b.svg", "/text/two.txt"] {
        assert!(app.get(&format!("/write?{path}")).await.body.starts_with("Err"), "{path}");
    }
    assert_eq!(std::fs::read_to_string(app.folder.path().join("pictures/a/b.svg")).unwrap(), "<svg/>");
}
