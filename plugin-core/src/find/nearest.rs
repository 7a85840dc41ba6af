//! Finds the name that is nearest to a misspelt one.

use core::fmt::{self, Display};
use std::vec::Vec;

/// A name that is somebody's input: on one line, and not longer than a line.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 100;

        for letter in self.0.chars().take(LONGEST) {
            if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
                write!(formatter, "{}", letter.escape_default())?;
            } else {
                write!(formatter, "{letter}")?;
            }
        }
        if self.0.chars().nth(LONGEST).is_some() {
            formatter.write_str("…")
        } else {
            Ok(())
        }
    }
}

/// The one of `names` that somebody who wrote `name` is likely to have meant.
pub(crate) fn nearest(
    name: &str,
    names: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    // No typing error is this long, and the comparison takes the product of both lengths.
    const LONGEST: usize = 128;

    if name.len() > LONGEST {
        return None;
    }
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let near = names
        .filter(|other| other.len() <= LONGEST)
        .map(|other| (distance(&name, &other.to_lowercase()), other))
        .min_by_key(|(distance, _)| *distance);
    let (distance, nearest) = near?;
    (distance <= nearest.chars().count() / 3 + 1).then_some(nearest)
}

/// How many letters to insert, delete, replace, or swap with the next one, to make one of the other.
fn distance(left: &[char], right: &str) -> usize {
    let mut letter_before = None;
    let mut row_before = Vec::new();
    // How far the start of `right` is from each start of `left`.
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for letter in right.chars() {
        let mut next = Vec::from([row[0] + 1]);
        for (column, other) in left.iter().enumerate() {
            let replaced = row[column] + usize::from(letter != *other);
            let mut least = replaced.min(row[column + 1] + 1).min(next[column] + 1);
            if column > 0 && letter_before == Some(*other) && letter == left[column - 1] {
                least = least.min(row_before[column - 1] + 1);
            }
            next.push(least);
        }
        row_before = core::mem::replace(&mut row, next);
        letter_before = Some(letter);
    }
    row[left.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_counts_once() {
        let of = |left: &str, right: &str| {
            let left: Vec<char> = left.chars().collect();
            distance(&left, right)
        };
        assert_eq!(of("", ""), 0);
        assert_eq!(of("steel", "steel"), 0);
        assert_eq!(of("steel", ""), 5);
        assert_eq!(of("", "steel"), 5);
        assert_eq!(of("steel", "stel"), 1);
        assert_eq!(of("steel", "steeel"), 1);
        assert_eq!(of("steel", "steal"), 1);
        assert_eq!(of("steel", "setel"), 1);
        assert_eq!(of("kitten", "sitting"), 3);
        assert_eq!(of("grün", "grun"), 1);
    }

    #[test]
    fn what_is_far_is_not_near() {
        let names = ["steel", "glass"];
        assert_eq!(nearest("STEAL", names.into_iter()), Some("steel"));
        assert_eq!(nearest("oak", names.into_iter()), None);
        assert_eq!(nearest("oak", [].into_iter()), None);
        assert_eq!(nearest(&"steel".repeat(100), names.into_iter()), None);
    }
}
