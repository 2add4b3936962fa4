//! Rebuilds the program when a file of the embedded pack is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
