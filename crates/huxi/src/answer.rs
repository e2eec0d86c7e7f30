//! What a command ends with: its exit code, and what it writes.

use std::io::Write;
use std::process::ExitCode;

/// Exit code, standard output, standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: u8,
    pub out: String,
    pub err: String,
}

impl Answer {
    /// Exit code 2 and one sentence.
    pub fn unreadable(sentence: String) -> Answer {
        Answer { code: 2, out: String::new(), err: format!("{sentence}\n") }
    }

    /// Writes both and gives the exit code. A reader that has gone away is no fault of ours.
    pub fn finish(&self) -> ExitCode {
        let written = std::io::stdout().lock().write_all(self.out.as_bytes());
        let told = std::io::stderr().lock().write_all(self.err.as_bytes());
        match written.and(told) {
            Ok(()) => ExitCode::from(self.code),
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(self.code),
            Err(_) => ExitCode::from(2),
        }
    }
}
