//! What a program has once, and lends to the libraries that it loads.

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::cargo;
use crate::fixtures::fixtures;

/// A host that does one thing after the other, with the drop-in `talks`.
fn listens(does: &str) -> Command {
    let mut host = Command::new(cargo::target().join("debug/listens"));
    host.arg(fixtures().library("talks"));
    host.args(does.split(' '));
    host
}

/// What it has printed as errors, in a run that succeeded.
#[track_caller]
fn errors(mut host: Command) -> String {
    let Output { status, stderr, .. } = host.output().unwrap();
    let errors = String::from_utf8(stderr).unwrap();
    assert!(status.success(), "{status}: {errors}");
    errors
}

const LOGGED: &str = "\
ERROR talks Some(\"talks\") Some(\"src.rs\") true an error in Some(\"main\")
INFO talks-of Some(\"talks\") Some(\"src.rs\") true 1 of made count=3 Some(4) name=tin None made=made None in Some(\"main\")
";

#[test]
fn a_record_reaches_the_logger_of_the_program() {
    // Nothing is made for a record that is not wanted.
    assert_eq!(
        errors(listens("log info logs made")),
        format!("{LOGGED}flushed\nmade: 2\n")
    );
}

#[test]
fn the_level_of_the_program_counts_whenever_it_changes() {
    assert_eq!(
        errors(listens("logs log off logs info logs debug logs off logs")),
        format!(
            "flushed\n{LOGGED}flushed\n{LOGGED}\
             DEBUG talks Some(\"talks\") Some(\"src.rs\") true made in Some(\"main\")\n\
             flushed\nlogs: 1\nflushed\n"
        )
    );
}

#[test]
fn a_panic_of_the_logger_ends_where_it_started() {
    let mut host = listens("log info logs");
    host.env("PANIC", "1");
    let errors = errors(host);
    assert_eq!(
        errors.matches("the logger of the host").count(),
        2,
        "{errors}"
    );
    assert!(errors.ends_with("flushed\n"), "{errors}");
}

/// What `traces` does, within spans of the host.
fn traced(host: &str) -> String {
    let outer = format!("{host}outer{{number=-7 text=\"a b\"");
    format!(
        " INFO {outer}}}: talks: new\n \
         INFO {outer} later=true}}: talks: an event made=made float=1.5 big=18446744073709551615\n \
         WARN root: talks: new\n\
         ERROR {outer} later=true}}: talks: of the outer one code=5\n \
         INFO {outer} later=true}}: talks-of: elsewhere\n \
         WARN root: talks: close\n \
         INFO {outer} later=true}}: talks: close\n"
    )
}

#[test]
fn events_and_spans_reach_the_subscriber_of_the_program() {
    // Before there is a subscriber, there are none.
    assert_eq!(
        errors(listens("traces made subscribe traces made")),
        format!("{}made: 1\n", traced(""))
    );
}

#[test]
fn spans_are_inside_of_those_of_the_program() {
    let expected = format!(
        " INFO host: listens: new\n{} INFO host: listens: close\n",
        traced("host:")
    );
    assert_eq!(errors(listens("subscribe span")), expected);
}

/// One that is open for as long as the process runs.
#[test]
fn a_span_of_a_library_may_stay() {
    let again = " INFO kept: talks: in the span that is kept\n";
    let expected = format!(" INFO kept: talks: new\n{again}{again}");
    assert_eq!(errors(listens("subscribe keeps keeps")), expected);
}

/// The tail of what it has printed, which only the end of the process writes out.
#[test]
fn what_a_library_has_printed_is_not_lost_when_the_process_exits() {
    let printed = |does: &str| {
        let Output { status, stdout, .. } = listens(does).output().unwrap();
        (String::from_utf8(stdout).unwrap(), status.code())
    };
    let all = "a line of the drop-in\nthe tail of the host, and its tail";
    assert_eq!(
        printed("prints print"),
        (all.into(), Some(0)),
        "from `main`"
    );
    assert_eq!(printed("prints print exit"), (all.into(), Some(0)));
    let (mut text, code) = printed("prints print exits");
    assert_eq!(code, Some(3), "the library exits");
    // Its own is written first.
    text = text.replace(
        "and its tailthe tail of the host, ",
        "the tail of the host, and its tail",
    );
    assert_eq!(text, all);
}

#[test]
fn a_library_that_holds_the_output_does_not_keep_the_process_from_its_end() {
    let mut host = listens("prints print holds")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while host.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            host.kill().unwrap();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = host.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text, "a line of the drop-in\nthe tail of the host, ");
}
