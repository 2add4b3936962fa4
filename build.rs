//! Rebuilds the program when a file of the embedded pack or archive is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=cases");
}
