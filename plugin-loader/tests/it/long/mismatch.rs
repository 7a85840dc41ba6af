//! Types that have changed behind an interface: none of them is taken for what it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::cargo::{self, Outside, copy, read, write};

/// Each interface, with the type that a refusal names.
const CHANGED: [(&str, &str); 46] = [
    ("Data", "`third::Order`"),
    ("IAlias", "`Number` differs: f32 in the library"),
    ("IArc", "`third::Sample`"),
    ("IArray", "`[u8; LEN]`"),
    ("IBoxed", "`third::Sample`"),
    ("IBoxedLog", "`third::Log`"),
    ("IBuffer", "`third::Buffer`"),
    ("IClosure", "`third::Sample`"),
    ("ICounted", "`third::Counted`"),
    ("IDescribed", "`third::Describe`"),
    ("IEven", "`third::Order`"),
    ("IFirst", "`third::Fourth`"),
    ("IFunction", "`third::Sample`"),
    ("IGrown", "`third::Grown`"),
    ("IHidden", "`third::Table`"),
    ("IImported", "`third::Sample`"),
    ("IInner", "`third::Sample`"),
    ("IIntoIter", "`third::Sample`"),
    ("IIter", "`third::Sample`"),
    ("IIterator", "`third::Sample`"),
    ("ILaid", "`third::Laid`"),
    ("ILinked", "`third::Sample`"),
    ("ILog", "`third::Log`"),
    ("IMacro", "`third::Sample`"),
    ("IMap", "`third::Sample`"),
    ("IMentions", "`third::Sample`"),
    ("INiche", "`third::Niche`"),
    ("INode", "`third::Sample`"),
    ("INonNull", "`third::Sample`"),
    ("IOnce", "`third::Sample`"),
    ("IOrder", "`third::Order`"),
    ("IPadded", "`third::Padded`"),
    ("IPayload", "`third::Payload`"),
    ("IProjected", "`third::Sample`"),
    ("IRc", "`third::Sample`"),
    ("IRenamed", "`third::Renamed`"),
    ("IRetyped", "`third::Retyped`"),
    ("ISender", "`third::Sample`"),
    ("IStack", "`third::Sample`"),
    ("ISum", "`third::Sum`"),
    ("ISwapped", "`third::Swapped`"),
    ("IThing", "other::Thing`"),
    ("ITuple", "`third::Sample`"),
    ("IUnion", "`third::Either`"),
    ("IValued", "`third::Valued`"),
    ("IWeak", "`third::Sample`"),
];

/// What is the same in both forms, or does no harm.
const SAME: [&str; 4] = ["IAny", "IJson", "IPlain", "ISelf"];

/// Hosts and libraries of the first form, and of the second one in two ways.
struct Built {
    host: PathBuf,
    new_host: PathBuf,
    old: PathBuf,
    by_feature: PathBuf,
    by_sources: PathBuf,
    /// With another feature of a foreign crate.
    precise: PathBuf,
    /// From another directory, with another dependency, optimized, and stripped.
    elsewhere: PathBuf,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let outside = Outside::new("mismatch");
        let kept = outside.path().join("kept");
        let _ = fs::remove_dir_all(&kept);
        let other = outside.path().with_extension("elsewhere");
        copy(outside.path(), &other);
        fs::create_dir(&kept).unwrap();
        let keep = |built: &str, name: &str| {
            let place = kept.join(name);
            fs::copy(cargo::target().join(built), &place).unwrap();
            place
        };
        // Both, always: features of what they depend on are then the same. Of `host`, which has no library,
        // nothing is compiled where libraries alone are built.
        let build = |arguments: &[&str]| {
            let both = ["build", "--package", "host", "--package", "plug"];
            outside.command(&[&both[..], arguments].concat())
        };
        let mut optimized = build(&["--lib", "--profile", "lto", "--features", "plug/other"]);
        cargo::stdout(optimized.current_dir(other).output().unwrap());
        let elsewhere = keep("lto/libplug.so", "elsewhere.so");
        let with = |arguments: &[&str], name: &str| {
            cargo::stdout(build(arguments).output().unwrap());
            keep("debug/libplug.so", name)
        };
        let precise = with(&["--features", "plug/precise"], "precise.so");
        let by_feature = with(&["--features", "host/v2,plug/v2"], "feature.so");
        let new_host = keep("debug/host", "new-host");
        let old = with(&[], "old.so");
        let host = keep("debug/host", "host");
        // Neither a version nor a feature says so.
        for file in ["third/src/lib.rs", "plug/src/lib.rs"] {
            let place = outside.path().join(file);
            write(&place, &read(&place).replace("feature = \"v2\"", "all()"));
        }
        let by_sources = with(&["--lib"], "sources.so");
        Built {
            host,
            new_host,
            old,
            by_feature,
            by_sources,
            precise,
            elsewhere,
        }
    })
}

/// What the host says of each interface, in the order of their names.
#[track_caller]
fn said(host: &Path, library: &Path) -> Vec<String> {
    let printed = cargo::stdout(Command::new(host).arg(library).output().unwrap());
    let mut lines: Vec<String> = printed.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

/// No value is wrong, and what has changed is refused by its name.
#[track_caller]
fn assert_refused(host: &Path, library: &Path) {
    let said = said(host, library);
    let (refused, used): (Vec<_>, Vec<_>) =
        said.iter().partition(|line| line.contains(" refused: "));
    let used: Vec<&str> = used
        .iter()
        .filter_map(|line| line.split_once(" right: "))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(used, SAME, "{said:#?}");
    let names = refused
        .iter()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, _)| name);
    assert!(names.eq(CHANGED.map(|(name, _)| name)), "{refused:#?}");
    for (line, (_, ty)) in refused.iter().zip(CHANGED) {
        assert!(line.contains(ty), "{line} names {ty}");
    }
}

/// Everything is used, and right.
#[track_caller]
fn assert_used(host: &Path, library: &Path) {
    let said = said(host, library);
    assert!(
        said.iter().all(|line| line.contains(" right: ")),
        "{said:#?}"
    );
    assert_eq!(said.len(), CHANGED.len() + SAME.len(), "{said:#?}");
}

#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn types_that_are_the_same_are_used() {
    let built = built();
    assert_used(&built.host, &built.old);
    assert_used(&built.new_host, &built.by_feature);
}

#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn types_that_a_feature_has_changed_are_refused() {
    let built = built();
    assert_refused(&built.host, &built.by_feature);
}

#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn types_whose_sources_have_changed_are_refused() {
    let built = built();
    assert_refused(&built.host, &built.by_sources);
    // The form is the same, however it was chosen.
    assert_used(&built.new_host, &built.by_sources);
}

#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn an_old_library_is_refused_by_a_new_host() {
    let built = built();
    let said = said(&built.new_host, &built.old);
    let refused = said.iter().filter(|line| line.contains(" refused: "));
    assert_eq!(refused.count(), CHANGED.len(), "{said:#?}");
    assert!(!said.iter().any(|line| line.contains("WRONG")), "{said:#?}");
}

/// What the host says of a library that differs in a foreign type alone.
#[track_caller]
fn said_of_the_foreign_type(library: &Path) -> String {
    let said = said(&built().host, library);
    let (refused, used): (Vec<_>, Vec<_>) =
        said.iter().partition(|line| line.contains(" refused: "));
    assert_eq!(used.len(), CHANGED.len() + SAME.len() - 1, "{said:#?}");
    assert!(
        used.iter().all(|line| line.contains(" right: ")),
        "{said:#?}"
    );
    let [refused] = refused[..] else {
        panic!("{refused:#?}");
    };
    refused.clone()
}

#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn a_foreign_type_is_of_one_build_of_its_crate() {
    let said = said_of_the_foreign_type(&built().precise);
    assert!(said.starts_with("IJson refused: "), "{said}");
    let builds: Vec<&str> = said.split("serde_json 1.").skip(1).collect();
    let [library, host] = builds[..] else {
        panic!("{said}");
    };
    let features = |said: &str| {
        let (_, features) = said.split_once(" with ")?;
        Some(features.split_once(", build ")?.0.to_owned())
    };
    let build = |said: &str| said.split("build ").nth(1).unwrap()[..16].to_owned();
    assert_ne!(build(library), build(host), "{said}");
    // Cargo may not have noted the features by the time at which they are asked for.
    if let (Some(library), Some(host)) = (features(library), features(host)) {
        assert_eq!(library, "arbitrary_precision, default, std", "{said}");
        assert_eq!(host, "default, std", "{said}");
    }
}

/// Of a foreign crate, the profile counts.
#[test]
#[ignore = "long: compiles fifty interfaces five times"]
fn a_library_may_be_built_elsewhere_and_otherwise() {
    let said = said_of_the_foreign_type(&built().elsewhere);
    assert!(said.starts_with("IJson refused: "), "{said}");
}
