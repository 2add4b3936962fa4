//! The shell: arguments, files, the terminal, exit codes. The only place with input and output; one file a command.
#![expect(clippy::disallowed_methods, reason = "the shell is where the outside world begins")]

mod advise;
mod archive;
mod ask;
mod case_files;
mod check;
mod compare;
mod coverage;
mod deadline;
mod diff;
mod evaluate;
mod explain;
mod export;
mod fmt;
mod interview;
mod load;
mod look;
mod named_rule;
mod precedents;
mod receipt;
mod replay;
mod reproduce;
mod save;
mod schema;
mod silence;
mod snapshot;
mod statements;
mod terminal;
mod test;
mod verify;
mod whatif;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// What a command came to; each has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, nothing found: 0.
    Done,
    /// Something was found that has to be mended: 1.
    Findings,
    /// Misuse, or input that cannot be read: 2.
    Refused,
}

/// The world's failure: a file, a folder, an argument.
#[derive(Debug)]
struct Failure(String);

/// Advises on partnerships between government, business and civil society.
///
/// Reads a case file, runs a pack of rules over it and gives ranked warnings and recommendations, each with its reason.
#[derive(Debug, Parser)]
#[command(name = "convener", version, max_term_width = 100, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shared: Shared,
}

/// Options that every command takes.
#[derive(Debug, clap::Args)]
struct Shared {
    /// A pack of rules to use; repeat it to lay several over each other. A pack that `extends` the built-in one is laid
    /// over it; one that extends nothing takes its place.
    #[arg(long = "pack", value_name = "DIR", global = true)]
    packs: Vec<PathBuf>,
    /// When to use colour.
    #[arg(long, value_enum, default_value_t = Colour::Auto, global = true)]
    colour: Colour,
    /// Give up after so many seconds; an interview takes as long as people take.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, global = true)]
    time_limit: u64,
    /// How much to log on standard error.
    #[arg(long, value_enum, default_value_t = Log::Off, global = true)]
    log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Log {
    Off,
    Warn,
    Info,
    Debug,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Advise on a case: warnings, what to do next, what is still open.
    Advise(advise::Arguments),
    /// Explain advice: why a rule fires, as sentences or as a proof; why it does not, and what would change that.
    Explain(explain::Arguments),
    /// Check a proof step by step, from the rules and the facts alone.
    Verify(verify::Arguments),
    /// Say what to ask next, and what each answer would change.
    Ask(ask::Arguments),
    /// Ask the same questions one at a time, in a terminal, and write every answer into the case file.
    Interview(interview::Arguments),
    /// Say what becomes of the advice on a case if some facts were different.
    #[command(name = "whatif")]
    WhatIf(whatif::Arguments),
    /// Replay a case along its timeline: what advice appeared, went, rose or fell at each event, and why.
    Replay(replay::Arguments),
    /// Find the past cases that are like one: what is alike, what differs, what was done and what came of it.
    Precedents(precedents::Arguments),
    /// Set what the rules said of cases against what came of them: hits, misses, false alarms, lead times.
    Evaluate(evaluate::Arguments),
    /// Compare two people's codings of one case: how far they agree, and which advice hangs on where they do not.
    Compare(compare::Arguments),
    /// Check packs of rules, case files and the files beside them, and say what is wrong with them.
    Check(check::Arguments),
    /// Write rule files in their canonical form.
    Fmt(fmt::Arguments),
    /// Run the examples of a pack, and what is expected of cases.
    Test(test::Arguments),
    /// Count what of the guide a pack accounts for, and what becomes of its rules over many cases.
    Coverage(coverage::Arguments),
    /// Compare two packs: which items differ, which conclusions on which case change for them, and a made-up case.
    Diff(diff::Arguments),
    /// Write a receipt: what the advice on cases is, and all that it rests on.
    Snapshot(snapshot::Arguments),
    /// Work out the results of a receipt again, and name and explain every difference.
    Reproduce(reproduce::Arguments),
    /// Write packs and cases as a program for an independent solver, to compare what it concludes.
    Export(export::Arguments),
    /// Print the JSON Schema of case files, for editors.
    Schema(schema::Arguments),
}

/// Runs the program on the process's arguments: 0 for done, 1 for findings, 2 for misuse or unreadable input.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let shared = &arguments.shared;
    start_log(shared);
    if !matches!(arguments.command, Command::Interview(_)) {
        deadline::watch(shared.time_limit);
    }
    let outcome = match arguments.command {
        Command::Advise(ref command) => advise::run(command, shared),
        Command::Explain(ref command) => explain::run(command, shared),
        Command::Verify(ref command) => verify::run(command, shared),
        Command::Ask(ref command) => ask::run(command, shared),
        Command::Interview(ref command) => interview::run(command, shared),
        Command::WhatIf(ref command) => whatif::run(command, shared),
        Command::Replay(ref command) => replay::run(command, shared),
        Command::Precedents(ref command) => precedents::run(command, shared),
        Command::Evaluate(ref command) => evaluate::run(command, shared),
        Command::Compare(ref command) => compare::run(command, shared),
        Command::Check(ref command) => check::run(command, shared),
        Command::Fmt(ref command) => fmt::run(command),
        Command::Test(ref command) => test::run(command, shared),
        Command::Coverage(ref command) => coverage::run(command, shared),
        Command::Diff(ref command) => diff::run(command, shared),
        Command::Snapshot(ref command) => snapshot::run(command, shared),
        Command::Reproduce(ref command) => reproduce::run(command, shared),
        Command::Export(ref command) => export::run(command, shared),
        Command::Schema(ref command) => schema::run(command, shared),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Refused) => ExitCode::from(2),
        Err(Failure(message)) => {
            terminal::complain(&format!("error: {message}"));
            ExitCode::from(2)
        }
    }
}

fn start_log(shared: &Shared) {
    let level = match shared.log {
        Log::Off => return,
        Log::Warn => tracing::Level::WARN,
        Log::Info => tracing::Level::INFO,
        Log::Debug => tracing::Level::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(terminal::colours_complaints(shared.colour))
        .with_target(false)
        .without_time()
        .init();
}
