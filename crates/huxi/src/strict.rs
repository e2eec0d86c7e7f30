//! Reads the JSON cases of the calculators strictly: exact decimals, no unknown or repeated names, every fault with its path.

mod node;
mod read;
mod words;

use std::io::Read;
use std::path::Path;

use serde::Serialize;

pub use read::{At, Fault, Object, Wanted, What, read};

use crate::answer::Answer;

/// Largest case that is read.
const CASE_BYTES_MAX: usize = 64_000_000;

/// What a calculator answers to a case that lies in a file, or (`-`) comes on standard input; exit 2 when there is no
/// such text.
pub fn answered(name: &str, answer: impl FnOnce(&str) -> Answer) -> Answer {
    match load(name) {
        Ok(text) => answer(&text),
        Err(sentence) => Answer::unreadable(sentence),
    }
}

/// Exit 2 and where the case cannot be read.
pub fn unreadable(fault: &Fault) -> Answer {
    Answer::unreadable(words::fault(fault))
}

/// An outcome as JSON on standard output.
pub fn written(code: u8, outcome: &impl Serialize) -> Answer {
    match serde_json::to_string_pretty(outcome) {
        Ok(json) => Answer { code, out: format!("{json}\n"), err: String::new() },
        Err(error) => Answer::unreadable(error.to_string()),
    }
}

fn load(name: &str) -> Result<String, String> {
    let limit = u64::try_from(CASE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(Path::new(name)).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| words::unreadable(name, &error.to_string()))?;
    if bytes.len() > CASE_BYTES_MAX {
        return Err(words::too_long(CASE_BYTES_MAX));
    }
    let text = String::from_utf8(bytes).map_err(|_| words::not_utf8())?;
    // Some editors begin a UTF-8 file with a mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}
