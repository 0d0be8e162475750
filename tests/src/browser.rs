//! Headless Chromium, driven over WebDriver, with axe-core at hand.

use crate::house::root;
use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fs;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A ChromeDriver of our own, on a free port; it ends with the value.
pub struct Driver {
    address: String,
    _process: Child,
    _profile: tempfile::TempDir,
}

/// How a browser window is set up.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether pages may run scripts.
    pub scripts: bool,
}

impl Driver {
    /// Starts ChromeDriver; `None`, with the reason and the cure printed, where it or Chromium is missing.
    ///
    /// # Errors
    /// It is there but does not start.
    pub async fn start() -> Result<Option<Self>> {
        let missing = ["chromium", "chromedriver"].into_iter().find(|program| find(program).is_none());
        if let Some(program) = missing {
            eprintln!("SKIPPED: no {program} here; on Debian: apt-get install chromium chromium-driver");
            // Where everything is to be checked, a missing browser is a failure and not a skip.
            ensure!(std::env::var_os("CI").is_none(), "CI must install {program}");
            return Ok(None);
        }
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(process.stdout.take().context("its output")?).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, port)) = line.split_once("successfully on port ") {
                let port: u16 = port.trim_end_matches('.').parse()?;
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                let address = format!("http://127.0.0.1:{port}");
                return Ok(Some(Self { address, _process: process, _profile: tempfile::tempdir()? }));
            }
        }
        bail!("chromedriver ended without a port")
    }

    /// Opens a window with an empty profile.
    ///
    /// # Errors
    /// Chromium does not start.
    pub async fn open(&self, window: Window) -> Result<Page> {
        let profile = self._profile.path().join(format!("{:?}", std::time::Instant::now()));
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".into(),
            "--disable-quic".into(),
            "--no-first-run".into(),
            "--hide-scrollbars".into(),
            "--force-prefers-reduced-motion".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--force-device-scale-factor=1".into(),
            format!("--window-size={},{}", window.width, window.height),
            format!("--user-data-dir={}", profile.display()),
        ];
        // Chromium's own sandbox does not start as root, as which containers run.
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            arguments.push("--no-sandbox".into());
        }
        let scripts = if window.scripts { 1 } else { 2 };
        let options = json!({
            "args": arguments,
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        });
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = ClientBuilder::new(connector).capabilities(capabilities).connect(&self.address).await?;
        let page = Page { client };
        // The window's size includes Chromium's frame; the page is to have the size asked for.
        let (w, h) = (window.width, window.height);
        page.client.set_window_size(w, h).await?;
        if window.scripts {
            let frame = page.run("return [outerWidth - innerWidth, outerHeight - innerHeight]").await?;
            let extra = |at: usize| frame[at].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            page.client.set_window_size(w + extra(0), h + extra(1)).await?;
        }
        Ok(page)
    }
}

fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A browser window.
pub struct Page {
    /// The WebDriver client.
    pub client: Client,
}

impl Page {
    /// Runs a script and gives what it returns.
    ///
    /// # Errors
    /// The script throws.
    pub async fn run(&self, script: &str) -> Result<Value> {
        self.client.execute(script, Vec::new()).await.with_context(|| script.to_owned())
    }

    /// Waits up to ten seconds until a script's value is true.
    ///
    /// # Errors
    /// It never is.
    pub async fn until(&self, condition: &str) -> Result<()> {
        for _ in 0..200 {
            if self.run(&format!("return Boolean({condition})")).await? == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        bail!("never true: {condition}")
    }

    /// Presses a key in the page, such as `ArrowRight`, as a remote control does.
    ///
    /// # Errors
    /// The key is not known here.
    pub async fn press(&self, key: &str) -> Result<()> {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        use fantoccini::key::Key;
        let key = match key {
            "ArrowLeft" => Key::Left,
            "ArrowRight" => Key::Right,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "Enter" => Key::Enter,
            "Escape" => Key::Escape,
            other => bail!("no key {other}"),
        };
        let value: char = key.into();
        let press =
            KeyActions::new("remote".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(press).await?;
        Ok(())
    }

    /// What axe-core finds serious or critical on the page; `None` where axe-core is not installed.
    ///
    /// # Errors
    /// axe-core does not run.
    pub async fn barriers(&self) -> Result<Option<Vec<String>>> {
        let path = root().join("tests/node_modules/axe-core/axe.min.js");
        let Ok(source) = fs::read_to_string(&path) else {
            eprintln!("SKIPPED: no axe-core here; run: npm ci --prefix tests");
            ensure!(std::env::var_os("CI").is_none(), "CI must install axe-core");
            return Ok(None);
        };
        // In the middle of a fade, colours have less contrast than they will have.
        self.until(
            "document.getAnimations().every(one => one.playState !== 'running' \
             || one.effect.getComputedTiming().iterations === Infinity)",
        )
        .await?;
        self.client.execute(&source, Vec::new()).await?;
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations), \
            error => done([{impact: 'critical', id: 'axe', nodes: [{html: String(error)}]}]))";
        let found = self.client.execute_async(script, Vec::new()).await?;
        let heavy = found.as_array().into_iter().flatten().filter(|violation| {
            ["serious", "critical"].contains(&violation["impact"].as_str().unwrap_or_default())
        });
        Ok(Some(heavy.map(|v| format!("{}: {}", v["id"], v["nodes"][0]["html"])).collect()))
    }

    /// Saves what the window shows as `docs/pictures/NAME.png` when `SCREENSHOTS` is set.
    ///
    /// # Errors
    /// The picture cannot be written.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let folder = match std::env::var_os("SCREENSHOTS") {
            Some(_) => root().join("docs/pictures"),
            None => root().join("target/pictures"),
        };
        fs::create_dir_all(&folder)?;
        // What is moving comes to rest first.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?;
        Ok(())
    }

    /// Closes the window.
    ///
    /// # Errors
    /// ChromeDriver is gone.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}
