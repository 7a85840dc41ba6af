//! What was wanted, beside what was measured.

use std::fmt::Write as _;

use super::{Results, SIZES, short};
use crate::configured::Subject;
use crate::data;
use crate::hot_path::HotPath;

/// One of the things that were wanted.
struct Goal {
    what: String,
    wanted: String,
    measured: String,
    is_met: bool,
}

/// A row for each goal of which all has been measured.
pub(super) fn table(results: &Results) -> String {
    let goals = [
        count_goal(results, "length", "the length of the slice"),
        count_goal(results, "first", "its first element"),
        hot_path_goal(results),
        walk_goal(
            results,
            "call",
            "walk and call, beside `[&dyn I]` written by hand",
        ),
        call_goal_with_lto(results),
        walk_goal(
            results,
            "data",
            "walk of data, beside a slice of them written by hand",
        ),
        million_goal(results),
        cast_goal(results),
        find_goal(results, "hit", "a name that is there", 107.0),
        find_goal(results, "miss", "a name that is not", 140.0),
        compile_goal(
            results,
            "clean",
            "compile time of 2000 plugins of two interfaces",
        ),
        compile_goal(results, "changed", "the same, after a change of one"),
        own_types_goal(
            results,
            "clean",
            "the same from nothing, with a type for each plugin",
        ),
        own_types_goal(results, "changed", "the same, after a change of one"),
        constructors_goal(results),
        relocations_goal(results),
        bytes_goal(results),
        configured_goal(
            results,
            "time to parse",
            "nanoseconds,",
            &["tag first", "tag last"],
        ),
        configured_goal(
            results,
            "instructions to parse",
            "instructions,",
            &["tag first", "tag last"],
        ),
        configured_goal(
            results,
            "compile time of",
            "CPU seconds,",
            &["check", "debug", "release"],
        ),
        configured_goal(results, "bytes of a program with", "bytes,", &["stripped"]),
        twisted_goal(results),
    ];
    let mut text =
        "## What was wanted\n\n| what | wanted | measured | |\n|---|---|---|---|\n".to_owned();
    for goal in goals.into_iter().flatten() {
        let verdict = if goal.is_met { "met" } else { "**not met**" };
        writeln!(
            text,
            "| {} | {} | {} | {verdict} |",
            goal.what, goal.wanted, goal.measured
        )
        .unwrap();
    }
    text.push('\n');
    text.push_str(include_str!("../../NOTES.md"));
    text
}

fn count_goal(results: &Results, work: &str, what: &str) -> Option<Goal> {
    let counts = |subject| SIZES.map(|size| results.count("off", work, size, subject));
    let ours = range(counts("plugin-core"))?;
    let mut measured = ours.text();
    for subject in ["by hand", "linkme"] {
        if let Some(peer) = range(counts(subject)) {
            write!(measured, "; {subject} {}", peer.text()).unwrap();
        }
    }
    Some(Goal {
        what: what.to_owned(),
        wanted: "at most 3 instructions".to_owned(),
        measured,
        is_met: ours.most <= 3.0,
    })
}

fn hot_path_goal(results: &Results) -> Option<Goal> {
    let path = results.hot_path("plugin-core")?;
    let linkme = results.hot_path("linkme").map(HotPath::count);
    let beside = linkme.map_or(String::new(), |count| format!("; linkme {count}"));
    let found = |is_found: bool, what: &str| {
        let number = if is_found { "a" } else { "no" };
        format!("{number} {what}")
    };
    Some(Goal {
        what: "a function that returns the slice".to_owned(),
        wanted: "at most 5 instructions; no load of state, no branch, and no call".to_owned(),
        measured: format!(
            "{} and a return, {}, {}, {}{beside}",
            path.count(),
            found(path.uses_memory(), "load of state"),
            found(path.branches(), "branch"),
            found(path.calls(), "call"),
        ),
        is_met: path.count() <= 5 && !path.uses_memory() && !path.branches() && !path.calls(),
    })
}

fn walk_goal(results: &Results, work: &str, what: &str) -> Option<Goal> {
    let count = |size, subject| results.count("off", work, size, subject);
    let mut measured = Vec::new();
    let mut most = f64::MIN;
    for size in ["1", "10", "100", "1000", "100000"] {
        let (ours, by_hand) = (count(size, "plugin-core")?, count(size, "by hand")?);
        let more = ours - by_hand;
        most = most.max(more);
        let (ours, by_hand) = (short(ours), short(by_hand));
        measured.push(format!("{ours} beside {by_hand} of {size} ({more:+})"));
    }
    Some(Goal {
        what: what.to_owned(),
        wanted: "at most as many instructions".to_owned(),
        measured: measured.join(", "),
        is_met: most <= 0.0,
    })
}

fn call_goal_with_lto(results: &Results) -> Option<Goal> {
    let count = |size, subject| results.count("fat", "call", size, subject);
    let mut measured = Vec::new();
    let mut is_met = true;
    for size in &SIZES[1..] {
        let (ours, by_hand) = (count(size, "plugin-core")?, count(size, "by hand")?);
        is_met &= is_at_most(ours, 1.0, by_hand);
        // A short slice that the compiler can see costs nothing, which has no multiples.
        let (ours, by_hand) = match by_hand {
            0.0 => (short(ours), "beside 0 "),
            _ => (format!("{:.2}×", ours / by_hand), ""),
        };
        measured.push(format!("{ours} {by_hand}of {size}"));
    }
    Some(Goal {
        what: "the same, with fat link-time optimisation".to_owned(),
        wanted: "1.00× from 10 on".to_owned(),
        measured: measured.join(", "),
        is_met,
    })
}

fn million_goal(results: &Results) -> Option<Goal> {
    let time = |subject| results.scale.get(&["data", data::WALKS[1], subject]);
    let (ours, by_hand) = (time("plugin-core")?, time("by hand")?);
    let mut measured = format!("{:.2}×", ours / by_hand);
    if let Some(linkme) = time("linkme") {
        write!(measured, "; linkme {:.2}×", linkme / by_hand).unwrap();
    }
    Some(Goal {
        what: "the time that the walk of a million data takes, beside the same slice".to_owned(),
        wanted: "at most 1.00×".to_owned(),
        measured,
        is_met: is_at_most(ours, 1.0, by_hand),
    })
}

fn cast_goal(results: &Results) -> Option<Goal> {
    let time = |subject| Some(results.time("cast", "3", subject)? - results.no_time()?);
    let count = |subject| results.count("off", "cast", "3", subject);
    let (ours, instructions) = (time("plugin-core")?, count("plugin-core")?);
    let mut measured = format!("{} instructions, {ours:.1} ns", short(instructions));
    for peer in ["crosstrait", "HashMap"] {
        if let (Some(time), Some(count)) = (time(peer), count(peer)) {
            write!(measured, "; `{peer}` {} and {time:.0} ns", short(count)).unwrap();
        }
    }
    Some(Goal {
        what: "lookup of a plugin, cast to the third of its three interfaces, and call".to_owned(),
        wanted: "at most 31 instructions and 3 ns".to_owned(),
        measured,
        is_met: instructions <= 31.0 && ours <= 3.0,
    })
}

fn find_goal(results: &Results, work: &str, what: &str, most: f64) -> Option<Goal> {
    let counts = |subject| {
        let sizes = SIZES[1..].iter();
        sizes.map(move |size| results.count("off", work, size, subject))
    };
    let ours: Vec<f64> = counts("plugin-core").collect::<Option<_>>()?;
    let growth = ours.last()? / ours.first()?;
    let mut measured = ours
        .iter()
        .copied()
        .map(short)
        .collect::<Vec<_>>()
        .join(", ");
    if let Some(map) = range(counts("HashMap")) {
        write!(measured, "; `HashMap` {}", map.text()).unwrap();
    }
    Some(Goal {
        what: format!("find {what}, of 10, 100, 1000, 10000, and 100000"),
        wanted: format!("at most {most} instructions; flat: of 100000, at most 1.2× those of 10"),
        measured,
        is_met: ours.iter().all(|count| *count <= most) && growth <= 1.2,
    })
}

fn compile_goal(results: &Results, state: &str, what: &str) -> Option<Goal> {
    let wanted = [("check", 0.9), ("debug", 0.85), ("release", 0.8)];
    let words = |build| ["2000", "1", build, state];
    build_goal(results, what, wanted, words)
}

fn own_types_goal(results: &Results, state: &str, what: &str) -> Option<Goal> {
    let wanted = [("check", 1.0), ("debug", 1.0), ("release", 1.0)];
    let words = |build| ["own types", "2000", build, state];
    build_goal(results, what, wanted, words)
}

/// Beside linkme, which was built in the same run.
fn build_goal<'a>(
    results: &Results,
    what: &str,
    wanted: [(&'a str, f64); 3],
    words: impl Fn(&'a str) -> [&'a str; 4],
) -> Option<Goal> {
    let mut ratios = Vec::new();
    let mut is_met = true;
    for (build, most) in wanted {
        let of = |subject| {
            let words = [&words(build)[..], &[subject, "cpu"]].concat();
            results.compile_time.get(&words)
        };
        let (ours, linkme) = (of("plugin-core")?, of("linkme")?);
        ratios.push(format!("{build} {:.2}×", ours / linkme));
        is_met &= is_at_most(ours, most, linkme);
    }
    let wanted = wanted.map(|(build, most)| format!("{build} {most:.2}×"));
    Some(Goal {
        what: what.to_owned(),
        wanted: format!("at most {} of linkme's", wanted.join(", ")),
        measured: ratios.join(", "),
        is_met,
    })
}

fn constructors_goal(results: &Results) -> Option<Goal> {
    let ours = for_each(results, "constructors", "plugin-core")?;
    let inventory = for_each(results, "constructors", "inventory");
    let beside = inventory.map_or(String::new(), |count| format!("; inventory {count:.0}"));
    Some(Goal {
        what: "constructors of a plugin of two interfaces".to_owned(),
        wanted: "0".to_owned(),
        measured: format!("{}{beside}", short(ours)),
        is_met: ours == 0.0,
    })
}

fn relocations_goal(results: &Results) -> Option<Goal> {
    let ours = for_each(results, "relocations", "plugin-core")?;
    let linkme = for_each(results, "relocations", "linkme");
    let beside = linkme.map_or(String::new(), |count| format!("; linkme {count:.1}"));
    Some(Goal {
        what: "relocations of a plugin of two interfaces".to_owned(),
        wanted: "at most 8: object, its vtable, and info in each of two records; object and kind in the info"
            .to_owned(),
        measured: format!("{ours:.1}{beside}"),
        // A few belong to the program, whatever the number of its plugins.
        is_met: ours < 8.05,
    })
}

fn bytes_goal(results: &Results) -> Option<Goal> {
    let [ours, linkme] =
        ["plugin-core", "linkme"].map(|subject| for_each(results, "bytes on disk", subject));
    let (ours, linkme) = (ours?, linkme?);
    let relocations = for_each(results, "bytes of relocations", "plugin-core")?;
    let texts = for_each(results, "bytes of texts", "plugin-core")?;
    let most = 1.5 * linkme + texts;
    Some(Goal {
        what: "bytes on disk of a plugin of two interfaces".to_owned(),
        wanted: format!(
            "at most 1.5× those of linkme's two elements, and its own texts: {most:.0}"
        ),
        measured: format!(
            "{ours:.0}, of which relocations {relocations:.0} and texts {texts:.0}; linkme {linkme:.0}"
        ),
        is_met: ours.round() <= most.round(),
    })
}

/// What each of ten thousand plugins adds to a program.
fn for_each(results: &Results, quantity: &str, subject: &str) -> Option<f64> {
    let of = |plugins| results.before_main.get(&[quantity, plugins, subject]);
    Some((of("10000")? - of("0")?) / 10_000.0)
}

/// Beside typetag, whose objects can be read only: those that can be written as well are larger.
fn configured_goal(results: &Results, what: &str, quantity: &str, kinds: &[&str]) -> Option<Goal> {
    let value = |kind, subject: Subject| results.configured.get(&[quantity, kind, subject.name()]);
    let mut measured = Vec::new();
    let mut is_met = true;
    for kind in kinds {
        let (ours, peer) = (value(kind, Subject::Ours)?, value(kind, Subject::Read)?);
        measured.push(format!("{kind} {:.2}×", ours / peer));
        is_met &= is_at_most(ours, 1.0, peer);
    }
    Some(Goal {
        what: format!("{what} a hundred types with parameters"),
        wanted: "at most typetag's".to_owned(),
        measured: measured.join(", "),
        is_met,
    })
}

fn twisted_goal(results: &Results) -> Option<Goal> {
    let ours = results.time("call", "100", "plugin-core")?;
    let twisted = results.twisted.get(&["again", "100", "nanoseconds"]);
    let measured = match twisted {
        Some(twisted) => format!(
            "{:.0}×: {:.0} µs there, {ours:.0} ns here, calls included",
            twisted / ours,
            twisted / 1_000.0
        ),
        None => "Twisted is not here".to_owned(),
    };
    Some(Goal {
        what: "the same lookup in Twisted, 100 plugins".to_owned(),
        wanted: "at least 10000× faster".to_owned(),
        measured,
        is_met: twisted.is_some_and(|twisted| twisted / ours >= 10_000.0),
    })
}

/// To hundredths, as it is written.
fn is_at_most(ours: f64, times: f64, peer: f64) -> bool {
    let hundredths = |ratio: f64| (100.0 * ratio).round();
    hundredths(ours / peer) <= hundredths(times)
}

/// Numbers of one thing, for registries of several sizes.
struct Range {
    least: f64,
    most: f64,
}

impl Range {
    fn text(&self) -> String {
        let (least, most) = (short(self.least), short(self.most));
        if least == most {
            least
        } else {
            format!("{least} to {most}")
        }
    }
}

/// Of those that were measured.
fn range(numbers: impl IntoIterator<Item = Option<f64>>) -> Option<Range> {
    let mut numbers = numbers.into_iter().flatten();
    let first = numbers.next()?;
    let first = Range {
        least: first,
        most: first,
    };
    Some(numbers.fold(first, |range, number| Range {
        least: range.least.min(number),
        most: range.most.max(number),
    }))
}
