//! `huxi serve` as a program: what keeps it from starting is said in words, with what to look at.

#![cfg(test)]

mod run;

use run::huxi_in;

const SERVE: &[&str] = &["serve", "--listen", "127.0.0.1:0"];

#[test]
fn a_postgres_that_cannot_be_reached_is_told_with_the_setting_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("HUXI_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")];
    let (code, _, sentence) = huxi_in(folder.path(), &settings, SERVE);
    assert_eq!(code, Some(1), "{sentence}");
    assert!(sentence.contains("连不上数据库") && sentence.contains("database_url"), "{sentence}");
}

/// The handbook tells service managers to try again after 1, and not after 2.
#[test]
fn a_setting_that_nobody_knows_stops_the_start_with_two() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("huxi.toml"), "nonsense = 1\n").unwrap();
    let (code, _, said) = huxi_in(folder.path(), &[], SERVE);
    assert!(code == Some(2) && said.contains("nonsense") && said.contains("huxi.toml"), "{code:?} {said}");
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn the_clock_of_a_folder_without_a_company_is_not_told_and_no_company_is_made() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["clock"][..], &["clock", "--accept", "--reason", "换了主板"]] {
        let (code, told, said) = huxi_in(folder.path(), &[], arguments);
        assert!(code == Some(1) && said.contains("还没有 Huxi 的数据"), "{code:?} {told} {said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What `huxi serve` says before it ends, with these files for certificate and key.
fn refused_tls(folder: &std::path::Path, certificate: &str, key: &str) -> (Option<i32>, String) {
    let settings = [("HUXI_TLS_CERTIFICATE", certificate), ("HUXI_TLS_KEY", key)];
    let (code, _, said) = huxi_in(folder, &settings, SERVE);
    (code, said)
}

#[test]
fn a_certificate_that_cannot_be_used_stops_the_start_and_its_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = refused_tls(folder.path(), "none.pem", "none.key");
    assert!(code == Some(2) && said.contains("none.pem") && said.contains("打不开"), "{code:?} {said}");
    let made = || rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
    let (one, other) = (made(), made());
    std::fs::write(folder.path().join("one.pem"), one.cert.pem()).unwrap();
    std::fs::write(folder.path().join("other.key"), other.signing_key.serialize_pem()).unwrap();
    let (code, said) = refused_tls(folder.path(), "one.pem", "other.key");
    assert!(code == Some(2) && said.contains("other.key") && said.contains("不是一对"), "{code:?} {said}");
    let (code, said) = refused_tls(folder.path(), "one.pem", "");
    assert!(code == Some(2) && said.contains("tls_key"), "{code:?} {said}");
}

#[cfg(target_os = "linux")]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod memory {
    use std::io::{BufRead, BufReader};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    use super::SERVE;

    /// A program that serves; it ends with this.
    struct Serving(Child);

    impl Serving {
        /// Starts it on a folder of its own; what it says when it is ready.
        fn start(folder: &Path) -> (Serving, String) {
            let mut serve = Command::new(env!("CARGO_BIN_EXE_huxi"));
            serve.args(SERVE).arg("--data").arg(folder.join("data")).current_dir(folder);
            let mut program = Serving(serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
            let out = program.0.stdout.take().unwrap();
            let (says, said) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                let mut line = String::new();
                let read = BufReader::new(out).read_line(&mut line);
                // Nobody may be listening any more.
                let _ = says.send(read.map(|_| line));
            });
            let greeting = said.recv_timeout(Duration::from_secs(60)).expect("it says where it listens");
            (program, greeting.unwrap())
        }
    }

    impl Drop for Serving {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// Whether the system lets a program keep its pages small, and tells of it. Asked of this very program, and taken back:
    /// what it starts would have it too.
    fn pages_can_be_kept_small(status: &str) -> bool {
        let allowed = rustix::thread::disable_transparent_huge_pages(true).is_ok();
        let _ = rustix::thread::disable_transparent_huge_pages(false);
        allowed && status.contains("THP_enabled:")
    }

    #[test]
    fn a_program_that_serves_holds_its_memory_in_small_pages() {
        let folder = tempfile::tempdir().unwrap();
        let (program, greeting) = Serving::start(folder.path());
        assert!(greeting.contains("http://"), "{greeting}");
        let status = std::fs::read_to_string(format!("/proc/{}/status", program.0.id())).unwrap();
        if !pages_can_be_kept_small(&status) {
            println!(
                "small pages: left out, this system does not let a program ask for them or does not tell"
            );
            return;
        }
        assert!(status.contains("THP_enabled:\t0\n"), "{status}");
    }
}
