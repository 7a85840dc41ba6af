use core::fmt::{self, Display};

use super::FindError;
use super::error::SHOWN;
use crate::interfaces;

/// An error as one sentence, for formats that put it within a line of their own.
pub(crate) struct OneLine<'a>(pub(crate) &'a FindError);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            FindError::NotFound(error) => {
                error.title(formatter)?;
                if let Some(hint) = error.hint() {
                    return write!(formatter, "; {hint}");
                }
                match &error.names()[..] {
                    [] => formatter.write_str("; there is none"),
                    [only] => write!(formatter, ", expected `{only}`"),
                    names => {
                        formatter.write_str(", expected one of ")?;
                        list(formatter, names.len(), names.iter().copied())
                    }
                }
            }
            FindError::Ambiguous(error) => {
                error.title(formatter)?;
                formatter.write_str("; use one of ")?;
                let candidates = error.candidates().iter();
                let texts = candidates.map(|info| interfaces::text_of(error.interface(), info));
                list(formatter, texts.len(), texts)
            }
        }
    }
}

/// The first of the texts, and how many more there are.
fn list(
    formatter: &mut fmt::Formatter<'_>,
    count: usize,
    texts: impl Iterator<Item = &'static str>,
) -> fmt::Result {
    for (index, text) in texts.take(SHOWN).enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(formatter, "{comma}`{text}`")?;
    }
    match count.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(formatter, ", and {more} more"),
    }
}
