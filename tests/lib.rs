//! The tests of `plugin-core`, from outside: `it` for behaviour, through the crates in `crates`.
