//! Numbers, each under the words that say what it is, in files that people can read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::cargo;

/// Numbers, each under the words that say what it is.
#[derive(Default)]
pub(crate) struct Measured(BTreeMap<String, f64>);

impl Measured {
    pub(crate) const INSTRUCTIONS: &str = "instructions";
    pub(crate) const TIME: &str = "time";
    pub(crate) const BEFORE_MAIN: &str = "before-main";
    pub(crate) const TWISTED: &str = "twisted";
    pub(crate) const COMPILE_TIME: &str = "compile-time";
    pub(crate) const CONFIGURED: &str = "configured";
    pub(crate) const SCALE: &str = "scale";

    pub(crate) fn set(&mut self, words: &[&str], value: f64) {
        self.0.insert(words.join(" "), value);
    }

    pub(crate) fn get(&self, words: &[&str]) -> Option<f64> {
        self.0.get(&words.join(" ")).copied()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(words, value)| (words.as_str(), *value))
    }

    pub(crate) fn save(&self, name: &str) {
        let mut text = String::new();
        for (words, value) in &self.0 {
            writeln!(text, "{words}\t{value}").unwrap();
        }
        cargo::write(&path(name), &text);
    }

    /// Empty where nothing has been measured yet.
    pub(crate) fn load(name: &str) -> Self {
        let text = fs::read_to_string(path(name)).unwrap_or_default();
        let number = |line: &str| {
            let (words, value) = line.split_once('\t')?;
            Some((words.to_owned(), value.parse().ok()?))
        };
        Self(text.lines().filter_map(number).collect())
    }
}

fn path(name: &str) -> PathBuf {
    let file = format!("benches/measured/{name}.tsv");
    cargo::workspace().join(file)
}

/// The one in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A count of things that fit into a program.
pub(crate) fn count<T: TryInto<u32>>(things: T) -> f64 {
    let things = things
        .try_into()
        .ok()
        .expect("at most four thousand millions");
    f64::from(things)
}
