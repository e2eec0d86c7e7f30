//! Server settings: `huxi.default.toml` compiled in, beneath a file, beneath the environment.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::Deserialize;

/// The manual and the defaults in one.
pub const DEFAULTS: &str = include_str!("../../../huxi.default.toml");

/// The file that is read when no other is named.
const FILE: &str = "huxi.toml";
const DEFAULTS_NAME: &str = "huxi.default.toml";
const PREFIX: &str = "HUXI_";

/// Variables with our prefix that are no settings: they steer tests and tools.
const NO_SETTINGS: &[&str] = &["HUXI_DATA", "HUXI_CHECK_", "HUXI_TEST_"];

const LOG_FORMATS: &[&str] = &["text", "json"];
const LOG_LEVELS: &[&str] = &["error", "warn", "info", "debug"];
const SESSION_DAYS_MAX: i64 = 365;
const UPLOAD_MB_MAX: i64 = 200;
const BACKUP_KEEP_MAX: i64 = 400;

/// How the server runs; every value has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Database and files of a server without PostgreSQL.
    pub data_dir: PathBuf,
    /// PostgreSQL; `None` is SQLite in the data folder.
    pub database_url: Option<String>,
    /// The address that customers open, without a slash at its end.
    pub public_url: Option<String>,
    /// Files with certificate and private key; `None`: this server speaks http.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Proxies on other machines that are believed when they say for whom they ask.
    pub trusted_proxies: Vec<IpAddr>,
    /// Fonts for the PDF; `None` is where `./start` puts them.
    pub fonts_dir: Option<PathBuf>,
    /// How log lines look.
    pub log: LogFormat,
    /// How much is logged: error, warn, info or debug.
    pub log_level: String,
    /// How long one sign-in lasts.
    pub session_days: u32,
    /// The largest file that is taken in.
    pub upload_bytes_max: usize,
    /// In which minute of the day a backup is made; `None`: never by itself.
    pub backup_at: Option<u32>,
    /// Where backups are put.
    pub backup_dir: PathBuf,
    /// How many of them are kept.
    pub backup_keep: usize,
    /// Machines that may read `/metrics`, besides this one.
    pub metrics_from: Vec<IpAddr>,
    /// Messages to other systems may go to machines inside.
    pub webhook_private_targets: bool,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Why the settings stop the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsFault {
    /// A key holds what it cannot hold.
    Value { key: String, given: String, wanted: Wanted, source: String },
    /// Nobody knows this key.
    UnknownKey { key: String, source: String },
    /// The file cannot be read, or is not TOML.
    File { path: String, reason: String },
}

/// What a key can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Address,
    NotEmpty,
    Text,
    Whole {
        min: i64,
        max: i64,
    },
    OneOf(&'static [&'static str]),
    PostgresUrl,
    WebUrl,
    Addresses,
    TimeOfDay,
    YesNo,
    /// Nothing, or something together with this other key.
    WithOther(&'static str),
}

/// A value as it was written: the environment knows only text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Whole(i64),
    Other(figment::value::Value),
}

impl Settings {
    /// Reads `file` (or `huxi.toml` where the program was started, if there is one) and the environment.
    pub fn load(file: Option<&Path>) -> Result<Settings, SettingsFault> {
        let standard = Path::new(FILE);
        let path = match file {
            Some(path) => Some(path),
            None if standard.is_file() => Some(standard),
            None => None,
        };
        let text = match path {
            Some(path) => Some((path.display().to_string(), read(path)?)),
            None => None,
        };
        let file = text.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        Settings::from_parts(file, std::env::vars())
    }

    /// The settings from the text of a file and the variables of an environment.
    pub fn from_parts(
        file: Option<(&str, &str)>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Settings, SettingsFault> {
        let mut layers = Layers { all: Figment::from(Toml::string(DEFAULTS)), sources: Vec::new() };
        if let Some((name, text)) = file {
            layers.add_file(name, text)?;
        }
        for (variable, value) in environment {
            layers.add_variable(&variable, &value)?;
        }
        layers.settings()
    }
}

fn read(path: &Path) -> Result<String, SettingsFault> {
    std::fs::read_to_string(path)
        .map_err(|error| SettingsFault::File { path: path.display().to_string(), reason: error.to_string() })
}

/// What is set so far, and who set it last.
struct Layers {
    all: Figment,
    sources: Vec<(String, String)>,
}

impl Layers {
    fn add_file(&mut self, name: &str, text: &str) -> Result<(), SettingsFault> {
        let layer = Figment::from(Toml::string(text));
        let table: figment::value::Dict = layer
            .extract()
            .map_err(|error| SettingsFault::File { path: name.to_owned(), reason: error.to_string() })?;
        for key in table.keys() {
            self.note(key, name)?;
        }
        self.all = std::mem::take(&mut self.all).merge(layer);
        Ok(())
    }

    fn add_variable(&mut self, variable: &str, value: &str) -> Result<(), SettingsFault> {
        let Some(key) = variable.strip_prefix(PREFIX) else { return Ok(()) };
        if NO_SETTINGS
            .iter()
            .any(|name| *name == variable || (name.ends_with('_') && variable.starts_with(name)))
        {
            return Ok(());
        }
        let key = key.to_ascii_lowercase();
        self.note(&key, variable)?;
        self.all = std::mem::take(&mut self.all).merge(Serialized::default(&key, value));
        Ok(())
    }

    fn note(&mut self, key: &str, source: &str) -> Result<(), SettingsFault> {
        if self.all.find_value(key).is_err() {
            return Err(SettingsFault::UnknownKey { key: key.to_owned(), source: source.to_owned() });
        }
        self.sources.push((key.to_owned(), source.to_owned()));
        Ok(())
    }

    fn settings(&self) -> Result<Settings, SettingsFault> {
        let log = match self.one_of("log", LOG_FORMATS)?.as_str() {
            "json" => LogFormat::Json,
            _ => LogFormat::Text,
        };
        let data_dir = self.text("data_dir")?;
        if data_dir.is_empty() {
            return Err(self.fault("data_dir", &data_dir, Wanted::NotEmpty));
        }
        let backup_dir = match filled(self.text("backup_dir")?) {
            Some(folder) => PathBuf::from(folder),
            None => Path::new(&data_dir).join(store::BACKUPS),
        };
        let upload_mb = self.whole("upload_mb", 1, UPLOAD_MB_MAX)?;
        Ok(Settings {
            listen: self.listen()?,
            data_dir: PathBuf::from(data_dir),
            database_url: self.database_url()?,
            public_url: self.public_url()?,
            tls: self.tls()?,
            trusted_proxies: self.addresses("trusted_proxies")?,
            fonts_dir: filled(self.text("fonts_dir")?).map(PathBuf::from),
            log,
            log_level: self.one_of("log_level", LOG_LEVELS)?,
            session_days: u32::try_from(self.whole("session_days", 1, SESSION_DAYS_MAX)?).unwrap_or(1),
            upload_bytes_max: usize::try_from(upload_mb).unwrap_or(1) * 1024 * 1024,
            backup_at: self.backup_at()?,
            backup_dir,
            backup_keep: usize::try_from(self.whole("backup_keep", 1, BACKUP_KEEP_MAX)?).unwrap_or(1),
            metrics_from: self.addresses("metrics_from")?,
            webhook_private_targets: self.yes("webhook_private_targets")?,
        })
    }

    fn listen(&self) -> Result<SocketAddr, SettingsFault> {
        let text = self.text("listen")?;
        text.parse().map_err(|_| self.fault("listen", &text, Wanted::Address))
    }

    fn database_url(&self) -> Result<Option<String>, SettingsFault> {
        let Some(url) = filled(self.text("database_url")?) else { return Ok(None) };
        if is_postgres(&url) {
            return Ok(Some(url));
        }
        // The address may hold a password, so the sentence does not repeat it.
        Err(self.fault("database_url", "…", Wanted::PostgresUrl))
    }

    fn public_url(&self) -> Result<Option<String>, SettingsFault> {
        let Some(url) = filled(self.text("public_url")?) else { return Ok(None) };
        let web = url.starts_with("http://") || url.starts_with("https://");
        if web && !url.ends_with('/') && !url.contains(char::is_whitespace) {
            return Ok(Some(url));
        }
        Err(self.fault("public_url", &url, Wanted::WebUrl))
    }

    fn tls(&self) -> Result<Option<(PathBuf, PathBuf)>, SettingsFault> {
        let (certificate, key) = (filled(self.text("tls_certificate")?), filled(self.text("tls_key")?));
        match (certificate, key) {
            (Some(certificate), Some(key)) => Ok(Some((PathBuf::from(certificate), PathBuf::from(key)))),
            (None, None) => Ok(None),
            (Some(alone), None) => Err(self.fault("tls_certificate", &alone, Wanted::WithOther("tls_key"))),
            (None, Some(alone)) => Err(self.fault("tls_key", &alone, Wanted::WithOther("tls_certificate"))),
        }
    }

    fn addresses(&self, key: &str) -> Result<Vec<IpAddr>, SettingsFault> {
        let text = self.text(key)?;
        let named = text.split([',', ' ']).filter(|name| !name.is_empty());
        let read: Result<Vec<IpAddr>, _> = named.map(str::parse).collect();
        read.map_err(|_| self.fault(key, &text, Wanted::Addresses))
    }

    /// `03:30` is minute 210 of the day.
    fn backup_at(&self) -> Result<Option<u32>, SettingsFault> {
        let Some(text) = filled(self.text("backup_at")?) else { return Ok(None) };
        let part = |part: &str, most: u32| {
            let plain = part.len() == 2 && part.bytes().all(|sign| sign.is_ascii_digit());
            part.parse::<u32>().ok().filter(|value| plain && *value <= most)
        };
        let read = text.split_once(':').and_then(|(hour, minute)| Some((part(hour, 23)?, part(minute, 59)?)));
        match read {
            Some((hour, minute)) => Ok(Some(hour * 60 + minute)),
            None => Err(self.fault("backup_at", &text, Wanted::TimeOfDay)),
        }
    }

    fn text(&self, key: &str) -> Result<String, SettingsFault> {
        match self.written(key) {
            Written::Text(text) => Ok(text.trim().to_owned()),
            Written::Whole(number) => Ok(number.to_string()),
            Written::Other(value) => Err(self.fault(key, &shown(&value), Wanted::Text)),
        }
    }

    /// `true` or `false`; the environment knows only text.
    fn yes(&self, key: &str) -> Result<bool, SettingsFault> {
        let given = match self.written(key) {
            Written::Text(text) => text.trim().to_owned(),
            Written::Whole(number) => number.to_string(),
            Written::Other(value) => shown(&value),
        };
        match given.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.fault(key, &given, Wanted::YesNo)),
        }
    }

    fn one_of(&self, key: &str, choices: &'static [&'static str]) -> Result<String, SettingsFault> {
        let text = self.text(key)?;
        if choices.contains(&text.as_str()) {
            return Ok(text);
        }
        Err(self.fault(key, &text, Wanted::OneOf(choices)))
    }

    fn whole(&self, key: &str, min: i64, max: i64) -> Result<i64, SettingsFault> {
        let (number, given) = match self.written(key) {
            Written::Text(text) => (text.trim().parse().ok(), text),
            Written::Whole(number) => (Some(number), number.to_string()),
            Written::Other(value) => (None, shown(&value)),
        };
        match number.filter(|number| (min..=max).contains(number)) {
            Some(number) => Ok(number),
            None => Err(self.fault(key, &given, Wanted::Whole { min, max })),
        }
    }

    fn written(&self, key: &str) -> Written {
        // Every key stands in the defaults; one that did not would read as empty and be refused by its own check.
        self.all.extract_inner(key).unwrap_or(Written::Text(String::new()))
    }

    fn fault(&self, key: &str, given: &str, wanted: Wanted) -> SettingsFault {
        let last = self.sources.iter().rev().find(|(noted, _)| noted == key);
        let source = last.map_or(DEFAULTS_NAME, |(_, source)| source.as_str());
        SettingsFault::Value {
            key: key.to_owned(),
            given: given.to_owned(),
            wanted,
            source: source.to_owned(),
        }
    }
}

/// Whether an address is one of a PostgreSQL.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

fn filled(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

fn shown(value: &figment::value::Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::settings_fault;

    fn from(file: &str, environment: &[(&str, &str)]) -> Result<Settings, SettingsFault> {
        let variables = environment.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Settings::from_parts(Some(("huxi.toml", file)), variables)
    }

    #[track_caller]
    fn refused(file: &str, environment: &[(&str, &str)], key: &str) {
        let sentence = settings_fault(&from(file, environment).unwrap_err());
        assert!(sentence.contains(key), "{sentence}");
    }

    #[test]
    fn without_a_file_the_defaults_hold() {
        let settings = Settings::from_parts(None, []).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:7010");
        assert_eq!(settings.data_dir, PathBuf::from("data"));
        assert_eq!(settings.database_url, None);
        assert_eq!(settings.public_url, None);
        assert_eq!(settings.tls, None);
        assert!(settings.trusted_proxies.is_empty());
        assert_eq!(settings.session_days, 30);
        assert_eq!(settings.upload_bytes_max, 20 * 1024 * 1024);
        assert_eq!(settings.backup_at, Some(3 * 60 + 30));
        assert_eq!(settings.backup_dir, PathBuf::from("data/backups"));
        assert_eq!(settings.backup_keep, 7);
        assert!(settings.metrics_from.is_empty());
        assert!(!settings.webhook_private_targets);
    }

    #[test]
    fn backups_lie_in_the_data_folder_unless_they_are_put_elsewhere_and_can_be_left_off() {
        let settings = from("data_dir = \"/srv/huxi/data\"", &[]).unwrap();
        assert_eq!(settings.backup_dir, PathBuf::from("/srv/huxi/data/backups"));
        let settings = from("backup_dir = \"/mnt/nas\"\nbackup_at = \"\"", &[]).unwrap();
        assert_eq!((settings.backup_dir, settings.backup_at), (PathBuf::from("/mnt/nas"), None));
        for (at, fine) in
            [("00:00", true), ("23:59", true), ("24:00", false), ("3:30", false), ("0330", false)]
        {
            assert_eq!(from("", &[("HUXI_BACKUP_AT", at)]).is_ok(), fine, "{at}");
        }
    }

    #[test]
    fn the_environment_goes_over_the_file_over_the_defaults() {
        let file = "listen = \"0.0.0.0:80\"\nsession_days = 7\nlog = \"json\"";
        let settings = from(file, &[("HUXI_SESSION_DAYS", "9"), ("HUXI_DATA_DIR", "2026")]).unwrap();
        assert_eq!(settings.listen.to_string(), "0.0.0.0:80");
        assert_eq!(settings.session_days, 9);
        assert_eq!(settings.data_dir, PathBuf::from("2026"));
        assert_eq!(settings.log, LogFormat::Json);
    }

    #[test]
    fn a_certificate_and_its_key_are_named_together_or_not_at_all() {
        let settings = from("tls_certificate = \"/etc/huxi/a.pem\"\ntls_key = \"/etc/huxi/b.pem\"", &[]);
        let pair = (PathBuf::from("/etc/huxi/a.pem"), PathBuf::from("/etc/huxi/b.pem"));
        assert_eq!(settings.unwrap().tls, Some(pair));
        refused("tls_certificate = \"/etc/huxi/a.pem\"", &[], "tls_key");
        refused("tls_key = \"/etc/huxi/b.pem\"", &[], "tls_certificate");
    }

    #[test]
    fn messages_go_inside_only_where_somebody_said_so() {
        assert!(from("webhook_private_targets = true", &[]).unwrap().webhook_private_targets);
        assert!(from("", &[("HUXI_WEBHOOK_PRIVATE_TARGETS", "true")]).unwrap().webhook_private_targets);
        let over = [("HUXI_WEBHOOK_PRIVATE_TARGETS", "false")];
        assert!(!from("webhook_private_targets = true", &over).unwrap().webhook_private_targets);
    }

    #[test]
    fn several_proxies_are_named_in_one_line() {
        let settings = from("trusted_proxies = \"10.0.0.5, fd00::7\"", &[]).unwrap();
        let named: Vec<String> = settings.trusted_proxies.iter().map(IpAddr::to_string).collect();
        assert_eq!(named, ["10.0.0.5", "fd00::7"]);
    }

    #[test]
    fn a_wrong_value_is_refused_and_its_key_named() {
        refused("listen = \"7010\"", &[], "listen");
        refused("listen = 7010", &[], "listen");
        refused("data_dir = \"\"", &[], "data_dir");
        refused("log = \"xml\"", &[], "log");
        refused("log_level = \"loud\"", &[], "log_level");
        refused("database_url = \"mysql://x\"", &[], "database_url");
        refused("public_url = \"huxi.example.cn\"", &[], "public_url");
        refused("public_url = \"https://huxi.example.cn/\"", &[], "public_url");
        refused("trusted_proxies = \"10.0.0.5, balancer\"", &[], "trusted_proxies");
        refused("upload_mb = 20.5", &[], "upload_mb");
        refused("backup_at = \"midnight\"", &[], "backup_at");
        refused("backup_keep = 0", &[], "backup_keep");
        refused("metrics_from = \"monitor\"", &[], "metrics_from");
        refused("webhook_private_targets = \"maybe\"", &[], "webhook_private_targets");
        refused("fonts_dir = [\"a\"]", &[], "fonts_dir");
    }

    #[test]
    fn both_ends_of_a_range_are_allowed_and_what_lies_beyond_is_not() {
        for (days, fine) in [("0", false), ("1", true), ("365", true), ("366", false), ("many", false)] {
            let result = from("", &[("HUXI_SESSION_DAYS", days)]);
            assert_eq!(result.is_ok(), fine, "{days}");
        }
    }

    #[test]
    fn the_sentence_says_where_to_mend_it() {
        let from_variable = settings_fault(&from("", &[("HUXI_UPLOAD_MB", "0")]).unwrap_err());
        assert!(
            from_variable.contains("HUXI_UPLOAD_MB") && from_variable.contains("1 到 200"),
            "{from_variable}"
        );
        let from_file = settings_fault(&from("upload_mb = 0", &[]).unwrap_err());
        assert!(from_file.contains("huxi.toml"), "{from_file}");
    }

    #[test]
    fn an_unknown_key_is_refused_in_the_file_and_in_the_environment() {
        refused("listne = \"127.0.0.1:7010\"", &[], "listne");
        refused("", &[("HUXI_LISTNE", "x")], "listne");
        assert!(from("", &[("HUXI_TEST_POSTGRES", "x"), ("HUXI_DATA", "x"), ("PATH", "x")]).is_ok());
    }

    #[test]
    fn a_broken_file_is_refused_by_name() {
        refused("listen = ", &[], "huxi.toml");
        let missing = Settings::load(Some(Path::new("no/such/file.toml"))).unwrap_err();
        assert!(settings_fault(&missing).contains("no/such/file.toml"));
    }

    #[test]
    fn a_refused_database_address_keeps_its_password() {
        let sentence = settings_fault(&from("database_url = \"mysql://huxi:secret@db\"", &[]).unwrap_err());
        assert!(!sentence.contains("secret"), "{sentence}");
    }

    #[test]
    fn every_default_stands_behind_a_comment() {
        let mut above = "";
        for line in DEFAULTS.lines() {
            if !line.is_empty() && !line.starts_with('#') {
                assert!(above.starts_with('#'), "{line}");
            }
            above = line;
        }
    }
}
