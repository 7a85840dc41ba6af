//! What the compiler says of each mistake, and that it says nothing of what is odd but right.
//!
//! The texts are those of the compiler that `rust-toolchain.toml` names. After a change,
//! `TRYBUILD=overwrite cargo test -p plugin-tests --test ui` writes them anew: read the diff.

#[test]
fn every_mistake_has_its_error() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn what_is_odd_but_right_builds() {
    trybuild::TestCases::new().pass("ui-pass/*.rs");
}

/// An error speaks of what the user wrote, not of how it works.
#[test]
fn no_error_mentions_the_machinery() {
    let mut read = 0;
    for entry in std::fs::read_dir("ui").unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "stderr")
        {
            continue;
        }
        read += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["linkme", "section", "distributed", "__private", "__"] {
            assert!(!text.contains(word), "`{word}` in {}", path.display());
        }
    }
    assert!(read > 60, "only {read} errors were read");
}
