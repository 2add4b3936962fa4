//! The program in a terminal of its own: what is typed goes in, what it shows is waited for.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A terminal in which the program runs.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    shown: Vec<u8>,
    /// How much of the words shown was waited for already.
    seen: usize,
    /// Holds the terminal open.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the program in a folder.
    pub(crate) fn start(folder: &Path, arguments: &[&str], columns: u16) -> Terminal {
        let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("convener"));
        command.args(arguments);
        command.cwd(folder);
        command.env("TERM", "xterm");
        command.env("NO_COLOR", "1");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Terminal { child, writer, bytes, shown: Vec::new(), seen: 0, _master: pair.master }
    }

    /// Waits until words are shown that were not waited for yet; gives all new words up to them.
    pub(crate) fn wait(&mut self, words: &str) -> String {
        loop {
            let all = self.words();
            let new = &all[self.seen..];
            if let Some(at) = new.find(words) {
                let end = at + words.len();
                let new = new[..end].to_owned();
                self.seen += end;
                return new;
            }
            let Ok(bytes) = self.bytes.recv_timeout(Duration::from_mins(1)) else {
                panic!("“{words}” is not shown after:\n{}", self.screen());
            };
            self.shown.extend(bytes);
        }
    }

    /// Types a line.
    pub(crate) fn send(&mut self, line: &str) {
        self.press(&format!("{line}\r"));
    }

    /// Types keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits for a question, and answers it.
    pub(crate) fn answer(&mut self, question: &str, line: &str) -> String {
        let before = self.wait(question);
        let choices = self.wait("stop");
        self.send(line);
        before + &choices
    }

    /// Ends the program at once, without a word to it.
    pub(crate) fn kill(&mut self) {
        let id = self.child.process_id().unwrap().to_string();
        let killed = std::process::Command::new("kill").args(["-9", &id]).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap();
    }

    /// Waits for the end of the program: its exit code, and all that it showed.
    pub(crate) fn end(mut self) -> (u32, String) {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(200)) {
            self.shown.extend(bytes);
        }
        (code, self.screen())
    }

    /// What was shown, without the signs that move the cursor.
    pub(crate) fn screen(&self) -> String {
        let text = String::from_utf8_lossy(&self.shown);
        let mut plain = String::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\u{1b}' => {
                    if letters.next() == Some('[') {
                        letters.by_ref().find(|letter| ('@'..='~').contains(letter));
                    }
                }
                '\r' => {}
                letter => plain.push(letter),
            }
        }
        plain
    }

    /// What was shown as words with single spaces, however the lines are broken.
    fn words(&self) -> String {
        self.screen().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
