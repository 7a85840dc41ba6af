//! What others build: packages of a workspace of their own, in each profile.

use std::sync::OnceLock;

use crate::cargo::Outside;

const PRINTED: &str = "\
IPlugin: 10
IPlugin: BY_MACRO third_party::BY_MACRO third-party 4.5.6
IPlugin: IN_CONST third_party::IN_CONST third-party 4.5.6
IPlugin: IN_FUNCTION third_party::IN_FUNCTION third-party 4.5.6
IPlugin: LAZY third_party::LAZY third-party 4.5.6
IPlugin: NESTED third_party::nested::NESTED third-party 4.5.6
IPlugin: PRIVATE third_party::PRIVATE third-party 4.5.6
IPlugin: Unit third_party::Unit third-party 4.5.6
IPlugin: both third_party::BOTH third-party 4.5.6
IPlugin: of the host host::OWN host 7.8.9
IPlugin: public third_party::PUBLIC third-party 4.5.6
INumber: 9
INumber: BY_MACRO third_party::BY_MACRO third-party 4.5.6 8
INumber: IN_CONST third_party::IN_CONST third-party 4.5.6 6
INumber: IN_FUNCTION third_party::IN_FUNCTION third-party 4.5.6 7
INumber: LAZY third_party::LAZY third-party 4.5.6 3
INumber: NESTED third_party::nested::NESTED third-party 4.5.6 5
INumber: PRIVATE third_party::PRIVATE third-party 4.5.6 2
INumber: Unit third_party::Unit third-party 4.5.6 4
INumber: of the host host::OWN host 7.8.9 100
INumber: public third_party::PUBLIC third-party 4.5.6 1
IText: 2
IText: PRIVATE third_party::PRIVATE third-party 4.5.6 text 2
IText: public third_party::PUBLIC third-party 4.5.6 text 1
IEmpty: 0
old: 2
old: OWN imat::OWN imat 0.1.0 1
old: both third_party::BOTH third-party 4.5.6 10
new: 2
new: OWN imat::OWN imat 0.2.0 2
new: both third_party::BOTH third-party 4.5.6 20
sorted IPlugin: third_party::PUBLIC
sorted IPlugin: host::OWN
sorted IPlugin: third_party::BOTH
sorted IPlugin: third_party::BY_MACRO
sorted IPlugin: third_party::IN_CONST
sorted IPlugin: third_party::IN_FUNCTION
sorted IPlugin: third_party::LAZY
sorted IPlugin: third_party::PRIVATE
sorted IPlugin: third_party::Unit
sorted IPlugin: third_party::nested::NESTED
sorted INumber: third_party::PUBLIC
sorted INumber: host::OWN
sorted INumber: third_party::BY_MACRO
sorted INumber: third_party::IN_CONST
sorted INumber: third_party::IN_FUNCTION
sorted INumber: third_party::LAZY
sorted INumber: third_party::PRIVATE
sorted INumber: third_party::Unit
sorted INumber: third_party::nested::NESTED
";

#[test]
fn a_debug_build_has_every_plugin() {
    assert_eq!(run("dev"), PRINTED);
}

mod long {
    use super::*;

    #[test]
    #[ignore = "long: each profile has everything compiled again"]
    fn a_release_build_has_every_plugin() {
        assert_eq!(run("release"), PRINTED);
    }

    #[test]
    #[ignore = "long: each profile has everything compiled again"]
    fn a_build_with_fat_lto_has_every_plugin() {
        assert_eq!(run("lto"), PRINTED);
    }
}

fn run(profile: &str) -> String {
    workspace().stdout(&["run", "--package", "host", "--profile", profile])
}

pub(crate) fn workspace() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("outside"))
}
