//! What the system says of a process: how long it was at work, and how much memory it holds and has held.

use std::time::Duration;

use anyhow::Context;

const TICKS_A_SECOND: u64 = 100;
/// This program, for those who ask by the number of a process.
pub const OURSELVES: &str = "self";

/// How long the threads of a process have been at work until now, ended ones too, to a hundredth of a second: what the
/// clock says depends on what else runs on the machine.
pub fn busy(process: &str) -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program stands in brackets and may hold spaces.
    let (_, after) = stat.rsplit_once(')').context("its name")?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |place: usize| Ok::<u64, anyhow::Error>(fields.get(place).context("a field")?.parse()?);
    Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 1_000 / TICKS_A_SECOND))
}

/// MiB that a process holds now.
pub fn resident_mib(process: &str) -> anyhow::Result<u64> {
    status_mib(process, "VmRSS:")
}

/// Most MiB that a process has held since its start, or since `forget_peak`.
pub fn peak_mib(process: &str) -> anyhow::Result<u64> {
    status_mib(process, "VmHWM:")
}

/// The peak counts from now on, where the system can do so.
pub fn forget_peak(process: &str) {
    let forgotten = std::fs::write(format!("/proc/{process}/clear_refs"), "5");
    if forgotten.is_err() {
        eprintln!("the peak is that of the whole run");
    }
}

fn status_mib(process: &str, field: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).context("a line of its status")?;
    let kib: u64 = line.split_whitespace().next().context("a number")?.parse()?;
    Ok(kib / 1024)
}
