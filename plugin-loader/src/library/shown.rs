//! Escapes the control characters in paths and messages of others, which a terminal would take for commands.

use std::fmt::{self, Display, Write};
use std::path::Path;

/// A path in a message, on one line.
#[derive(Debug)]
pub struct Shown<'a>(pub &'a Path);

impl Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `Plain` keeps line breaks.
        let path = self.0.to_string_lossy().replace('\n', "\\n");
        Plain(formatter).write_str(&path)
    }
}

/// Escapes what is written, except for line breaks.
pub(crate) struct Plain<'a, W>(pub(crate) &'a mut W);

impl<W: Write> Write for Plain<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for piece in text.split_inclusive(is_command) {
            let mut letters = piece.chars();
            match letters.next_back() {
                Some(last) if is_command(last) => {
                    self.0.write_str(letters.as_str())?;
                    write!(self.0, "{}", last.escape_default())?;
                }
                _ => self.0.write_str(piece)?,
            }
        }
        Ok(())
    }
}

fn is_command(letter: char) -> bool {
    // These characters change the direction of the text after them.
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && letter != '\n') || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor() {
        let path = Path::new("/a\u{1b}[2J\nb\u{9b}1m\u{202e}os.é");
        assert_eq!(
            Shown(path).to_string(),
            r"/a\u{1b}[2J\nb\u{9b}1m\u{202e}os.é"
        );
        let mut text = String::new();
        write!(Plain(&mut text), "a\r\nb\tc").unwrap();
        assert_eq!(text, "a\\r\nb\\tc");
    }
}
