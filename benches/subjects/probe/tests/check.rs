//! That every registry that is measured has all its plugins, and does what it is measured by.

use std::process::Command;

#[test]
fn all_subjects_answer_the_same() {
    let output = Command::new(env!("CARGO_BIN_EXE_bench-probe"))
        .arg("check")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).unwrap();
    for answer in [
        "length 100 plugin-core: 100",
        "call 100 plugin-core: 4950",
        "data 100 plugin-core: 4950",
        "hit 100 plugin-core: 1",
        "cast 3 plugin-core: 3",
        "no cast 3 plugin-core: 0",
    ] {
        assert!(text.lines().any(|line| line == answer), "{text}");
    }
}
