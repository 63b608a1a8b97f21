//! Tells the program whether it was built to be fast: an unoptimised one is allowed more time for a page.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "cargo talks with a build script by the environment and by lines"
)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(unoptimised)");
    if std::env::var("OPT_LEVEL").is_ok_and(|level| level == "0") {
        println!("cargo::rustc-cfg=unoptimised");
    }
}
