//! Several mistakes, reported together.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use syn::{Error, Result};

use crate::compilation;
use crate::expand::as_generated;

/// The mistakes found so far: one build shows them all.
#[derive(Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    /// Adds a mistake: what is wrong, and, on a line of its own after `help: `, what to do.
    pub(crate) fn push(&mut self, span: Span, message: impl Display) {
        self.0.push(Error::new(span, message));
    }

    /// Adds a mistake that is all of the tokens.
    pub(crate) fn push_on(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.0.push(Error::new_spanned(tokens, message));
    }

    /// Keeps the value of a result, or else its error.
    pub(crate) fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ToTokens for Errors {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if self.is_empty() {
            return;
        }
        let errors = self.0.iter().map(Error::to_compile_error);
        if compilation::is_edition_2015() {
            // There, `::core` is a module of the user's: these are tokens of this crate's edition.
            tokens.extend(errors.map(as_generated));
        } else {
            tokens.extend(errors);
        }
    }
}

/// The candidate that a misspelt word is likely to mean.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let (distance, candidate) = candidates
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= candidate.len() / 3 + 1).then_some(candidate)
}

/// The number of letters to insert, delete, replace or swap.
fn distance(left: &str, right: &str) -> usize {
    // A word of thousands of letters is nobody's typing error, and would take their square.
    if left.len() > 64 {
        return usize::MAX;
    }
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut letter_before = None;
    for (row, left) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, &letter) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(left != letter);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = column > 0 && letter_before == Some(letter) && left == right[column - 1];
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
        letter_before = Some(left);
    }
    above[right.len()]
}
