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

/// Each error of ours is a sentence, and then what to do. Those of the compiler's own are these.
#[test]
fn every_error_of_ours_says_what_to_do() {
    const OF_THE_COMPILER: [&str; 5] = [
        "error[E",
        "error: expected `;`, found `",
        "error: free static item without body",
        "error: missing parameters for function definition",
        "error: no rules expected `",
    ];
    let mut errors = 0;
    for entry in std::fs::read_dir("ui").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "stderr") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if !line.starts_with("error") {
                continue;
            }
            errors += 1;
            if OF_THE_COMPILER.iter().any(|start| line.starts_with(start)) {
                continue;
            }
            let mut message = lines.by_ref().take_while(|line| !line.contains("--> "));
            let has_help = message.any(|line| line.trim_start().starts_with("help: "));
            assert!(has_help, "{line} ({})", path.display());
        }
    }
    assert!(errors >= 140, "only {errors} refusals were read");
}

/// One mistake, one error. A file with several mistakes says in its first line how many there are.
#[test]
fn each_mistake_has_one_error() {
    // The compiler has one of its own to add.
    const OF_THE_COMPILER_TOO: [&str; 5] = [
        "interface-auto-trait",
        "interface-unsafe-trait",
        "plugin-interface-not-found",
        "plugin-not-sync",
        "plugin-without-value",
    ];
    for entry in std::fs::read_dir("ui").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let said = source.strip_prefix("// ").and_then(|rest| {
            let (count, rest) = rest.split_once(' ')?;
            rest.starts_with("mistakes\n").then(|| count.parse().ok())?
        });
        let name = path.file_stem().unwrap().to_str().unwrap();
        let more = usize::from(OF_THE_COMPILER_TOO.contains(&name));
        let mistakes = said.unwrap_or(1) + more;
        let errors = std::fs::read_to_string(path.with_extension("stderr")).unwrap();
        let errors = errors.lines().filter(|line| line.starts_with("error"));
        assert_eq!(errors.count(), mistakes, "errors in {name}.stderr");
    }
}
