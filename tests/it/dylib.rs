//! That plugins are found across Rust `dylib`s, or that the build says that they would not be.

use std::sync::OnceLock;

use crate::cargo::Outside;

fn dylib() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("dylib"))
}

const HOST: [&str; 5] = ["run", "--package", "host", "--features", "dylib"];

const PRINTED: &str = "host::TRIANGLE 3 true\n\
                       round::CIRCLE 1 true\n\
                       shape::POINT 0 true\n\
                       square::SQUARE 4 true\n\
                       4\n";

// One test: Cargo would let the others wait.
#[test]
fn the_feature_finds_plugins_across_dylibs() {
    assert_eq!(dylib().stdout(&HOST), PRINTED);

    let guest = ["run", "--package", "guest", "--features", "dylib"];
    assert_eq!(dylib().stdout(&guest), "guest::OWN\nkernel::LIST\n");
}

mod long {
    use super::*;

    #[test]
    #[ignore = "long: compiles all again, optimized"]
    fn the_feature_finds_plugins_across_optimized_dylibs() {
        let release = [&HOST[..], &["--release"]].concat();
        assert_eq!(dylib().stdout(&release), PRINTED);
    }
}

#[test]
fn without_the_feature_a_dylib_is_refused() {
    let errors = dylib().stderr(&["build", "--package", "host"]);
    let error = "error: this crate is a Rust `dylib`: its plugins would not be found\n";
    assert_eq!(errors.matches(error).count(), 1, "{errors}");
    let help = "  help: enable the feature `dylib` of plugin-core, or build an `rlib` instead\n";
    assert!(errors.contains(help), "{errors}");

    let errors = dylib().stderr(&["build", "--package", "guest"]);
    let error = "error: `umbrella` is a Rust `dylib`: plugins would not be found across it\n";
    assert_eq!(errors.matches(error).count(), 1, "{errors}");
    assert!(errors.contains(help), "{errors}");
}
