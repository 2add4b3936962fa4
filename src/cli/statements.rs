//! What the passages of the guide say, by their ids: told by packs in a file that no rule reads, and shown with what carries
//! each of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Failure;
use super::load::{BUILT_IN, read_text};

/// The name of the file in a pack's folder.
pub(super) const STATEMENTS: &str = "statements.toml";

/// What the passages say, as the pack that comes with the program and the packs in use tell it.
pub(super) fn statements(packs: &[PathBuf]) -> Result<BTreeMap<String, String>, Failure> {
    let built_in = BUILT_IN.get_file(STATEMENTS).and_then(|file| file.contents_utf8());
    let mut texts: Vec<(String, String)> = Vec::new();
    texts.extend(built_in.map(|text| (format!("rules/{STATEMENTS}"), text.to_owned())));
    for file in packs.iter().map(|pack| pack.join(STATEMENTS)).filter(|file| file.is_file()) {
        texts.push((file.display().to_string(), read_text(&file)?));
    }
    let mut all = BTreeMap::new();
    for (name, text) in texts {
        let read: BTreeMap<String, String> = toml::from_str(&text)
            .map_err(|error| Failure(format!("{name}: {}", error.message())))?;
        all.extend(read);
    }
    Ok(all)
}
