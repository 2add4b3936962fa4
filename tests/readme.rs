//! The README's commands do what it shows: every `$ …` line of a `console` block is run from the root of the package, and
//! prints what stands below it, up to a `…`.

use std::path::Path;

use assert_cmd::Command;

/// A command of the README with the output shown below it.
struct Transcript {
    command: String,
    output: String,
}

fn transcripts(text: &str) -> Vec<Transcript> {
    let mut found: Vec<Transcript> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            inside = !inside && fence == "console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push(Transcript { command: command.to_owned(), output: String::new() });
        } else if let Some(last) = found.last_mut().filter(|_| inside) {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    found
}

#[test]
fn commands_print_what_the_readme_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("README.md")).unwrap();
    let transcripts = transcripts(&text);
    assert!(transcripts.iter().any(|transcript| transcript.command == "cargo test"));
    let mut run = 0;
    for Transcript { command, output } in transcripts {
        let arguments = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("convener "));
        let Some(arguments) = arguments else {
            assert_eq!(
                command, "cargo test",
                "the README shows a command that this test cannot run"
            );
            continue;
        };
        let result = Command::cargo_bin("convener")
            .unwrap()
            .current_dir(root)
            .args(arguments.split_whitespace())
            .env_remove("COLUMNS")
            .output()
            .unwrap();
        let printed = String::from_utf8(result.stdout).unwrap();
        assert!(result.status.success(), "{command}: {}", String::from_utf8_lossy(&result.stderr));
        if let Some(start) = output.trim_end().strip_suffix('…') {
            assert_eq!(printed.get(..start.len()), Some(start), "{command}");
        } else if !output.trim().is_empty() {
            assert_eq!(printed.trim_end(), output.trim_end(), "{command}");
        }
        run += 1;
    }
    assert!(run > 0, "the README shows no command of convener");
}
