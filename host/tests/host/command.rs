//! The binary itself.

use crate::support::{folder, send};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const APP: &str = r#"
    [[trigger.http]]
    route = "/..."
    component = "web"
    [component.web]
    source = "{guest}"
    key_value_stores = ["default"]
"#;

fn headwater(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headwater"));
    command.args(arguments).current_dir(folder);
    command
}

struct Up {
    child: Child,
    address: SocketAddr,
}

fn up(folder: &Path) -> Up {
    let mut child = headwater(folder, &["up", "--listen", "127.0.0.1:0", "--state-dir", "state", "--quiet"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.by_ref().map(Result::unwrap).find(|line| line.contains("http://")).expect("no address");
    let address = line.split("http://").nth(1).unwrap().trim_end_matches('/').parse().unwrap();
    Up { child, address }
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

async fn set(address: SocketAddr, key: usize) -> String {
    let request =
        format!("POST /set?{key} HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
    send(address, &request).await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = folder(APP);
    let mut acknowledged = 0;
    for round in 0..3 {
        let mut up = up(folder.path());
        let address = up.address;
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        let writer = tokio::spawn(async move {
            for key in round * 1000.. {
                if set(address, key).await != "Ok(())" {
                    break;
                }
                sender.send(key).ok();
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        signal(&up.child, "-KILL");
        up.child.wait().unwrap();
        writer.abort();
        let mut keys = Vec::new();
        while let Some(key) = receiver.recv().await {
            keys.push(key);
        }
        assert!(!keys.is_empty(), "nothing was written");
        let again = self::up(folder.path());
        for key in keys {
            let get = format!("GET /get?{key} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
            assert_eq!(
                send(again.address, &get).await.body,
                r#"Ok(Some("x"))"#,
                "key {key} of round {round}"
            );
            acknowledged += 1;
        }
        let mut child = again.child;
        signal(&child, "-TERM");
        assert!(child.wait().unwrap().success());
    }
    println!("{acknowledged} acknowledged writes, all there after three kills");
}

#[test]
fn a_sigterm_ends_it_with_success() {
    let folder = folder(APP);
    let mut up = up(folder.path());
    signal(&up.child, "-TERM");
    assert!(up.child.wait().unwrap().success());
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn commands_find_the_manifest_above_and_fail_clearly() {
    let folder = folder(APP);
    let deep = folder.path().join("a/b");
    std::fs::create_dir_all(&deep).unwrap();
    let checked = headwater(&deep, &["check", "--state-dir", "state"]).output().unwrap();
    assert!(
        checked.status.success() && text(&checked).contains("test is ready: 1 components"),
        "{}",
        text(&checked)
    );

    let elsewhere = tempfile::tempdir().unwrap();
    let nowhere = headwater(elsewhere.path(), &["check"]).output().unwrap();
    assert!(!nowhere.status.success() && text(&nowhere).contains("no spin.toml"), "{}", text(&nowhere));

    let manifest = folder.path().join("spin.toml");
    let broken = std::fs::read_to_string(&manifest).unwrap().replace("source", "sauce")
        + "[component.web.build]\ncommand = \"exit 7\"\n";
    std::fs::write(&manifest, &broken).unwrap();
    for arguments in [&["check"][..], &["build"], &["up"], &[]] {
        let output = headwater(&deep, arguments).output().unwrap();
        assert!(
            !output.status.success() && text(&output).contains("unknown key `sauce`"),
            "{}",
            text(&output)
        );
    }
    std::fs::write(&manifest, broken.replace("sauce", "source")).unwrap();
    for arguments in [&["build", "web"][..], &["up"], &["--listen", "127.0.0.1:0"]] {
        let output = headwater(&deep, arguments).output().unwrap();
        assert!(!output.status.success() && text(&output).contains("exit 7"), "{}", text(&output));
    }
    let unknown = headwater(&deep, &["build", "tv"]).output().unwrap();
    assert!(text(&unknown).contains("no component `tv`"), "{}", text(&unknown));
}
