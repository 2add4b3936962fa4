//! The `convener` program: hands its arguments to the shell and returns the shell's exit code.

fn main() -> std::process::ExitCode {
    convener::cli::run()
}
