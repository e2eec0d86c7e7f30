//! Embeds the web anew when it has been built anew.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
