//! A file that is kept while people go on with it: written whole or not at all, and never over what somebody else wrote.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;
use super::load::{plain, read_text};

/// The mark that some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file, as it was read or written last.
#[derive(Debug)]
pub(super) struct Kept {
    path: PathBuf,
    /// Where it is, links followed.
    place: PathBuf,
    /// What stood in it; none where it is not there yet.
    bytes: Option<Vec<u8>>,
}

impl Kept {
    /// Opens a file, there or not, with its text; makes sure that it can be written.
    pub(super) fn open(path: &Path) -> Result<(Kept, String), Failure> {
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let there = std::fs::symlink_metadata(path).is_ok();
        let text = if there { read_text(path)? } else { String::new() };
        let kept = Kept { path: path.to_owned(), bytes: on_disk(&place), place };
        kept.writable()?;
        kept.temporary()?;
        Ok((kept, text))
    }

    /// Where it is, as it was named.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a text whole: into a file beside it, which then takes its place.
    pub(super) fn save(&mut self, text: &str) -> Result<(), Failure> {
        let mark = self.bytes.as_ref().is_some_and(|bytes| bytes.starts_with(MARK));
        let mut bytes = if mark { MARK.to_vec() } else { Vec::new() };
        bytes.extend_from_slice(text.as_bytes());
        if self.bytes.as_ref() == Some(&bytes) {
            return Ok(());
        }
        if on_disk(&self.place) != self.bytes {
            return Err(Failure(format!(
                "{} was changed by somebody else in the meantime, so your last answer was not written\nhelp: start the interview again; it goes on from the file as it is now",
                self.path.display()
            )));
        }
        self.writable()?;
        let mut beside = self.temporary()?;
        let done =
            beside.write_all(&bytes).and_then(|()| beside.as_file().sync_all()).and_then(|()| {
                match std::fs::metadata(&self.place) {
                    Ok(old) => std::fs::set_permissions(beside.path(), old.permissions()),
                    Err(_) => Ok(()),
                }
            });
        done.map_err(|error| self.cannot(&error))?;
        beside.persist(&self.place).map_err(|error| self.cannot(&error.error))?;
        // The name is as lasting as the folder; some systems cannot be told to make sure of that.
        let _ = std::fs::File::open(self.folder()).and_then(|folder| folder.sync_all());
        self.bytes = Some(bytes);
        Ok(())
    }

    fn folder(&self) -> &Path {
        self.place
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
    }

    /// Says where file or folder are not to be written to, whatever the system would let us do.
    fn writable(&self) -> Result<(), Failure> {
        let read_only = |path: &Path| {
            std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
        };
        let what = if read_only(&self.place) {
            format!("{} is read-only", self.path.display())
        } else if read_only(self.folder()) {
            format!("the folder {} is read-only", self.folder().display())
        } else {
            return Ok(());
        };
        Err(Failure(format!(
            "{what}, and an interview writes every answer\nhelp: name a file that can be written, or use `convener ask`"
        )))
    }

    /// A new file beside it. One that is left over from a run that was cut off bothers nobody: it has a name of its own.
    fn temporary(&self) -> Result<NamedTempFile, Failure> {
        let mut prefix = OsString::from(".");
        prefix.push(self.place.file_name().unwrap_or_default());
        prefix.push(".");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(self.folder()).map_err(|error| self.cannot(&error))
    }

    fn cannot(&self, error: &std::io::Error) -> Failure {
        Failure(format!("cannot write {}: {}", self.path.display(), plain(error)))
    }
}

fn on_disk(place: &Path) -> Option<Vec<u8>> {
    std::fs::read(place).ok()
}
