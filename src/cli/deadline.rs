//! The clock, which can only end a run: a partial result is never given.

use std::time::Duration;

use super::terminal::complain;

/// Ends the process with exit code 2 once so many seconds have passed; 0 means never.
pub(super) fn watch(seconds: u64) {
    if seconds == 0 {
        return;
    }
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds));
        complain(&format!(
            "error: gave up after the time limit of {seconds} seconds\nhelp: `--time-limit` sets another one"
        ));
        std::process::exit(2);
    });
}
