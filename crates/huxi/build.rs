//! Has the program linked smaller where the linker is known to be able to: functions of the same code are kept once, and
//! the places that are mended at the start are listed in a short form.

use std::env::var;
use std::process::Command;

/// Where Rust brings its own linker, LLD.
const WITH_LLD: &str = "x86_64-unknown-linux-gnu";
/// The first glibc that reads the short form.
const SHORT_FORM_FROM: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CARGO_ENCODED_RUSTFLAGS");
    let (target, host) = (var("TARGET").unwrap_or_default(), var("HOST").unwrap_or_default());
    // Whoever chooses a linker has chosen what it is told too.
    let chosen = var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default().contains("link");
    if target != WITH_LLD || chosen {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    if host == target && glibc().is_some_and(|version| version >= SHORT_FORM_FROM) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of this machine's glibc.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
