//! `huxi serve` as a program: what keeps it from starting is said in words, with what to look at.

use store::events::{self, Event};
use store::{StoreError, StoreOptions};

use crate::run::huxi_in;

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

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_looked_at_beside_a_running_server_and_the_exit_code_tells_whether_it_is_behind() {
    let folder = tempfile::tempdir().unwrap();
    let serving = store::open_sqlite(&folder.path().join("data"), StoreOptions::default()).await.unwrap();
    let look = || huxi_in(folder.path(), &[], &["clock"]);
    let accept = |reason: &str| huxi_in(folder.path(), &[], &["clock", "--accept", "--reason", reason]);
    let (code, told, said) = look();
    assert!(code == Some(0) && told.contains("没有落后"), "{code:?} {told} {said}");
    let ahead = huxi::backup::now().plus_ms(96 * 86_400_000);
    let logged = serving.change(move |tx| {
        Box::pin(async move {
            let facts = serde_json::json!({});
            let event =
                Event { actor: None, kind: "company.created", entity: "company", entity_id: 1, facts };
            events::append(tx, ahead, &event).await
        })
    });
    let logged: Result<(), StoreError> = logged.await;
    logged.unwrap();
    let (code, told, said) = look();
    assert!(code == Some(3) && told.contains("慢") && told.contains("天"), "{code:?} {told} {said}");
    let (code, told, said) = accept("校时");
    assert!(code == Some(1) && said.contains("请先停掉那一个"), "{code:?} {told} {said}");
    drop(serving);
    for (reason, word) in [("长".repeat(501), "太长"), ("换了\n主板".to_string(), "换行")] {
        let (code, told, said) = accept(&reason);
        assert!(code == Some(2) && said.contains("原因") && said.contains(word), "{code:?} {told} {said}");
    }
    assert_eq!(look().0, Some(3), "nothing was accepted");
    let (code, told, said) = accept("换了主板");
    assert!(code == Some(0) && told.contains("已确认"), "{code:?} {told} {said}");
    assert_eq!(look().0, Some(0));
}

/// A reason that a terminal sends in another encoding.
#[cfg(unix)]
#[test]
fn what_is_no_utf8_on_the_command_line_is_said_so() {
    use std::os::unix::ffi::OsStrExt;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_huxi"));
    command.args(["clock", "--accept", "--reason"]).arg(std::ffi::OsStr::from_bytes(b"\xff"));
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("UTF-8"), "{said}");
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
                let address =
                    |line: &std::io::Result<String>| line.as_ref().is_ok_and(|it| it.contains("http://"));
                // Nobody may be listening any more.
                let _ = says.send(BufReader::new(out).lines().find(address));
            });
            let greeting = said.recv_timeout(Duration::from_secs(60)).expect("it says so in time");
            (program, greeting.expect("it says where it listens").unwrap())
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
