//! One line typed by somebody at a terminal, with a prompt library: what was typed, or that they want to stop.

use inquire::autocompletion::Replacement;
use inquire::ui::{RenderConfig, Styled};
use inquire::{Autocomplete, CustomUserError, InquireError, Text};

use crate::cli::Failure;
use crate::diagnostic::render::harmless;

/// Most words that are offered while somebody types.
const MOST_OFFERED: usize = 5;

/// Reads a line; none where somebody stops: with Esc, Ctrl-D or Ctrl-C, or since the terminal is gone.
pub(super) fn read(choices: &[String], colour: bool) -> Result<Option<String>, Failure> {
    let mut config = if colour { RenderConfig::default_colored() } else { RenderConfig::empty() };
    config = config
        .with_prompt_prefix(Styled::new(">"))
        .with_answered_prompt_prefix(Styled::new(">"))
        .with_canceled_prompt_indicator(Styled::new("stop"));
    let offers = Offers { words: choices.iter().map(|choice| harmless(choice)).collect() };
    let prompt = Text::new("")
        .with_render_config(config)
        .with_page_size(MOST_OFFERED)
        .with_autocomplete(offers);
    match prompt.prompt() {
        Ok(line) => Ok(Some(line)),
        Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => Ok(None),
        Err(InquireError::IO(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Ok(None)
        }
        Err(error) => Err(Failure(format!("cannot read from the terminal: {error}"))),
    }
}

/// The choices that go on from what was typed so far.
#[derive(Clone)]
struct Offers {
    words: Vec<String>,
}

impl Autocomplete for Offers {
    fn get_suggestions(&mut self, typed: &str) -> Result<Vec<String>, CustomUserError> {
        let typed = typed.trim().to_lowercase();
        let goes_on = |word: &&String| {
            let word = word.to_lowercase();
            word != typed && word.starts_with(&typed)
        };
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.words.iter().filter(goes_on).take(MOST_OFFERED).cloned().collect())
    }

    fn get_completion(
        &mut self,
        _typed: &str,
        chosen: Option<String>,
    ) -> Result<Replacement, CustomUserError> {
        Ok(chosen.or_else(|| self.words.first().cloned().filter(|_| self.words.len() == 1)))
    }
}
