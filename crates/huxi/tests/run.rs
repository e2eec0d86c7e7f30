//! The program `huxi`, run to its end, for the tests of its commands.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Exit code, standard output, standard error.
pub type Ended = (Option<i32>, String, String);

/// What the program says that reads `input`.
pub fn huxi(arguments: &[&str], input: &str) -> Ended {
    ended(program(arguments), input)
}

/// What the program says that stands in `folder`, with these settings in its environment.
pub fn huxi_in(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Ended {
    let mut command = program(arguments);
    command.current_dir(folder).envs(settings.iter().copied());
    ended(command, "")
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huxi"));
    command.args(arguments);
    command
}

fn ended(mut command: Command, input: &str) -> Ended {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments may be gone before it has read anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}
