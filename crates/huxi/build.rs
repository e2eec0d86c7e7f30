//! Has the program linked smaller where the linker is known to be able to: functions of the same code are kept once, and
//! the places that are mended at the start are listed in a short form.

use std::env::var;
use std::process::Command;

/// Where Rust brings its own linker, LLD.
const WITH_LLD: &str = "x86_64-unknown-linux-gnu";
/// How the environment sets cargo's `linker` there.
const OWN_LINKER: &str = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER";
/// The first glibc that reads the short form.
const SHORT_FORM_FROM: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for setting in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC_LINKER", OWN_LINKER] {
        println!("cargo:rerun-if-env-changed={setting}");
    }
    let (target, host) = (var("TARGET").unwrap_or_default(), var("HOST").unwrap_or_default());
    let flags = var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    if target != WITH_LLD || is_chosen(&flags, var("RUSTC_LINKER").ok().as_deref()) {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    if host == target && glibc().is_some_and(|version| version >= SHORT_FORM_FROM) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether somebody chose a linker, by flags of the compiler or by cargo's `linker`, in a file or in `OWN_LINKER`, which
/// cargo tells as `RUSTC_LINKER`: whoever does has chosen what it is told too.
pub fn is_chosen(flags: &str, linker: Option<&str>) -> bool {
    flags.contains("link") || linker.is_some_and(|linker| !linker.is_empty())
}

/// The version of this machine's glibc.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
