//! Rebuilds the program when a file of the embedded pack is added or removed.
#![expect(clippy::print_stdout, reason = "build scripts talk to cargo on standard output")]

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
