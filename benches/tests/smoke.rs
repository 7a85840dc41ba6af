//! That what measures still does, with a few plugins.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

mod long {
    #[test]
    #[ignore = "long: builds programs in several ways"]
    fn a_little_of_everything_can_be_measured() {
        super::a_little_of_everything_can_be_measured();
    }
}

fn a_little_of_everything_can_be_measured() {
    // The directory in which other tests build too.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("target");
    let output = Command::new(env!("CARGO_BIN_EXE_plugin-benches"))
        .arg("smoke")
        .arg(target)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: BTreeMap<_, _> = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .collect();
    let number = |name: &str| {
        let text = lines
            .get(name)
            .unwrap_or_else(|| panic!("no {name:?} in {text}"));
        let (number, _) = text.split_once(' ').unwrap_or((text, ""));
        number.parse::<u64>().unwrap()
    };
    for state in ["clean", "changed"] {
        for plugins in ["4 2", "own types 4"] {
            let wall = format!("{plugins} debug {state} plugin-core wall");
            assert!(lines[&*wall].parse::<f64>().unwrap() > 0.0);
        }
    }
    assert_eq!(number("by hand"), 3, "an address, and two words to load");
    assert!(number("plugin-core") >= 3);
    // Each as the source says, which the report relies on.
    assert_eq!(number("texts, 4 plugins"), 4);
    // Each plugin is an element of two sections, with an object and its functions in each.
    let relocations = number("relocations, 4 plugins") - number("relocations, 0 plugins");
    assert!(relocations >= 4 * 2 * 2, "{relocations}");
    let constructors = number("constructors, 4 plugins");
    assert_eq!(constructors, number("constructors, 0 plugins"));
    assert!(number("bytes on disk, 4 plugins") > number("bytes on disk, 0 plugins"));
    for work in ["catalog", "why", "table"] {
        assert!(number(&format!("{work}, 4 interfaces")) > 0);
    }
}
