//! An application made for one test, and a client that sends exactly the bytes it is told to.

use host::{Log, Options, Running, serve};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The guest's `.wasm`, built once in the whole run.
pub fn guest() -> &'static Path {
    static GUEST: OnceLock<PathBuf> = OnceLock::new();
    GUEST.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guests");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("guests");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--target", "wasm32-wasip2", "--target-dir"])
            .arg(&target)
            .current_dir(source)
            .env_remove("CARGO_TARGET_DIR")
            .status()
            .unwrap();
        assert!(
            status.success(),
            "the guest does not build; is the target there? rustup target add wasm32-wasip2"
        );
        target.join("wasm32-wasip2/release/guests.wasm")
    })
}

/// Where compiled code is kept over all tests, so that the guest is compiled once.
fn code_cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("code")
}

pub struct App {
    pub folder: TempDir,
    pub lines: Arc<Mutex<Vec<String>>>,
    pub running: Running,
}

/// Puts a manifest and the guest into a folder. `{guest}` in the text becomes the guest's path.
pub fn folder(manifest: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let head = "spin_manifest_version = 2\n[application]\nname = \"test\"\n";
    let text = manifest.replace("{guest}", &guest().display().to_string());
    std::fs::write(folder.path().join("spin.toml"), format!("{head}{text}")).unwrap();
    std::fs::create_dir_all(code_cache()).unwrap();
    std::fs::create_dir_all(folder.path().join("state")).unwrap();
    std::os::unix::fs::symlink(code_cache(), folder.path().join("state/code")).unwrap();
    folder
}

pub fn options(folder: &Path, lines: &Arc<Mutex<Vec<String>>>) -> Options {
    Options {
        manifest: Some(folder.to_owned()),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        state_dir: PathBuf::from("state"),
        log: Log::Lines(Arc::clone(lines)),
        drain: Duration::from_secs(5),
        ..Options::default()
    }
}

impl App {
    pub async fn start(manifest: &str) -> Self {
        Self::start_in(folder(manifest)).await
    }

    pub async fn start_in(folder: TempDir) -> Self {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let running = serve(options(folder.path(), &lines)).await.unwrap();
        Self { folder, lines, running }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")).await
    }

    pub async fn post(&self, path: &str, body: &str) -> Answer {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    /// Sends bytes and reads until the server closes.
    pub async fn send(&self, bytes: &str) -> Answer {
        send(self.running.addr(), bytes).await
    }

    pub fn logged(&self, part: &str) -> bool {
        self.lines.lock().unwrap().iter().any(|line| line.contains(part))
    }

    pub fn log(&self) -> String {
        self.lines.lock().unwrap().join("\n")
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// Whether a chunked body had its end.
    pub whole: bool,
}

pub async fn send(address: SocketAddr, bytes: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server that refuses early may close while we still write.
    stream.write_all(bytes.as_bytes()).await.ok();
    let mut answer = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    let read = async {
        while let Ok(read @ 1..) = stream.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..read]);
        }
    };
    tokio::time::timeout(Duration::from_secs(20), read).await.expect("the server neither answers nor closes");
    parse(&String::from_utf8_lossy(&answer))
}

fn parse(answer: &str) -> Answer {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let head = head.to_ascii_lowercase();
    if !head.contains("transfer-encoding: chunked") {
        return Answer { status, head, body: body.to_owned(), whole: true };
    }
    let (mut text, mut rest, mut whole) = (String::new(), body, false);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        if size == 0 {
            whole = true;
            break;
        }
        text.push_str(after.get(..size).unwrap_or(after));
        rest = after.get(size + 2..).unwrap_or("");
    }
    Answer { status, head, body: text, whole }
}
