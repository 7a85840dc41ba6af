//! A drop-in that logs, traces, and prints.

use std::fmt;
use std::sync::{Mutex, OnceLock};
use std::thread;

use imat::INote;
use plugin_core::plugin;

plugin_core::dropin!();

/// What it does when it is asked for a note.
struct Does(fn() -> u64);

impl INote for Does {
    fn note(&self) -> u64 {
        (self.0)()
    }
}

/// Says that somebody has made a text of it.
struct Made;

static MADE: Mutex<u64> = Mutex::new(0);

impl fmt::Display for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        *MADE.lock().unwrap() += 1;
        formatter.write_str("made")
    }
}

#[plugin(INote, name = "logs")]
static LOGS: Does = Does(|| {
    log::error!("an error");
    log::info!(target: "talks-of", count = 3_u64, name = "tin", made:% = Made; "{} of {}", 1, Made);
    log::debug!("{Made}");
    log::logger().flush();
    u64::from(log::log_enabled!(log::Level::Debug))
});

/// How often a text was made.
#[plugin(INote, name = "made")]
static COUNT: Does = Does(|| *MADE.lock().unwrap());

#[plugin(INote, name = "traces")]
static TRACES: Does = Does(|| {
    let outer = tracing::info_span!("outer", number = -7, text = "a b", later = tracing::field::Empty);
    let _in_outer = outer.enter();
    outer.record("later", true);
    tracing::info!(made = %Made, float = 1.5, big = u64::MAX, "an event");
    tracing::debug!("{Made}");
    let inner = tracing::warn_span!(parent: None, "root");
    inner.in_scope(|| tracing::error!(parent: &outer, code = 5, "of the outer one"));
    inner.follows_from(&outer);
    assert_eq!(tracing::Span::current().id(), outer.id());
    // In another thread, which has no span before it enters this one.
    let span = tracing::Span::current();
    thread::spawn(move || span.in_scope(|| tracing::info!(target: "talks-of", "elsewhere")))
        .join()
        .unwrap();
    0
});

/// Has a span that is open for as long as the process runs.
#[plugin(INote, name = "keeps")]
static KEEPS: Does = Does(|| {
    static KEPT: OnceLock<tracing::Span> = OnceLock::new();
    KEPT.get_or_init(|| tracing::info_span!("kept"))
        .in_scope(|| tracing::info!("in the span that is kept"));
    0
});

#[plugin(INote, name = "prints")]
static PRINTS: Does = Does(|| {
    println!("a line of the drop-in");
    print!("and its tail");
    0
});

/// Holds the output for good.
#[plugin(INote, name = "holds")]
static HOLDS: Does = Does(|| {
    let (sender, receiver) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let _held = std::io::stdout().lock();
        sender.send(()).unwrap();
        loop {
            thread::park();
        }
    });
    receiver.recv().unwrap();
    0
});

#[plugin(INote, name = "exits")]
static EXITS: Does = Does(|| std::process::exit(3));
