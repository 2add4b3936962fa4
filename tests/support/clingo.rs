//! clingo, where it can be had: runs a program and reads off its conclusions.
//!
//! `CONVENER_CLINGO` is the command that starts it (`clingo`, `python3 -m clingo`); where it is set, clingo has to be
//! there. Without it `clingo` is looked for, and tests that need it say that they were skipped.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

/// A case, a rule and its subject.
pub(crate) type Place = (String, String, Vec<String>);

/// What becomes of rules.
pub(crate) type Concluded = BTreeMap<Place, String>;

/// A command that starts clingo.
pub(crate) struct Clingo(Vec<String>);

/// clingo; none where it is not there and need not be.
pub(crate) fn find(test: &str) -> Option<Clingo> {
    let wanted = std::env::var("CONVENER_CLINGO").ok();
    let words = wanted.as_deref().unwrap_or("clingo").split_whitespace();
    let clingo = Clingo(words.map(str::to_owned).collect());
    if clingo.answers() {
        return Some(clingo);
    }
    assert!(wanted.is_none(), "CONVENER_CLINGO is {wanted:?}, and that does not start clingo");
    // The test harness keeps what passes to itself; this is to be seen.
    let note = format!("\n{test}: skipped, since `clingo` is not installed (docs/clingo.md)\n");
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

impl Clingo {
    fn command(&self) -> Command {
        let (program, arguments) = self.0.split_first().expect("a command");
        let mut command = Command::new(program);
        command.args(arguments);
        command
    }

    fn answers(&self) -> bool {
        let mut command = self.command();
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// What a program concludes. Fails where clingo complains, or finds no answer set or several.
    pub(crate) fn conclusions(&self, program: &str) -> Result<Concluded, String> {
        let mut command = self.command();
        command.args(["-", "0", "--outf=2"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().map_err(|error| error.to_string())?;
        let mut input = running.stdin.take().expect("it is piped");
        // A solver that stops at an error reads no further; what it says of it is told below.
        let _ = input.write_all(program.as_bytes());
        drop(input);
        let output = running.wait_with_output().map_err(|error| error.to_string())?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        if !complaint.trim().is_empty() {
            return Err(format!("clingo complains:\n{complaint}"));
        }
        let answer: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let witnesses = answer["Call"][0]["Witnesses"].as_array().cloned().unwrap_or_default();
        let [only] = witnesses.as_slice() else {
            return Err(format!("{} answer sets", witnesses.len()));
        };
        let atoms = only["Value"].as_array().cloned().unwrap_or_default();
        let mut concluded = Concluded::new();
        for atom in atoms.iter().filter_map(Value::as_str) {
            let (key, status) = conclusion(atom).ok_or_else(|| format!("no conclusion: {atom}"))?;
            if let Some(other) = concluded.insert(key, status) {
                return Err(format!("{atom}, and {other}"));
            }
        }
        Ok(concluded)
    }
}

/// `conclusion("orangi","newcomer",fires,"donors")`; no id has a comma or a quotation mark.
pub(crate) fn conclusion(atom: &str) -> Option<(Place, String)> {
    let terms = atom.strip_prefix("conclusion(")?.strip_suffix(')')?;
    let mut terms = terms.split(',').map(|term| term.trim_matches('"').to_owned());
    let (case, rule, status) = (terms.next()?, terms.next()?, terms.next()?);
    Some(((case, rule, terms.collect()), status))
}
