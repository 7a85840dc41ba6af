//! What the first use of a large slot takes: `bench-scale find|sorted PLUGINS`.
//!
//! Prints nanoseconds; the bytes that stay allocated; and the most that were allocated at one time.
//!
//! And what a walk of many data takes: `bench-scale data PLUGINS SUBJECT` prints the nanoseconds of the
//! first walk, and of a later one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bench_registries::{by_hand, linkme, ours};
use plugin_core::{Interface, plugins, slot};

// Only named, so that the plugins of the small slot are linked.
use bench_left as _;
use bench_right as _;

#[global_allocator]
static MEMORY: Memory = Memory {
    now: AtomicUsize::new(0),
    most: AtomicUsize::new(0),
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match arguments[..] {
        ["data", plugins, subject] => walk(plugins, subject),
        [work, plugins] => first(work, plugins),
        _ => None,
    };
    let Some(printed) = printed else {
        eprintln!("usage: bench-scale find|sorted PLUGINS, or bench-scale data PLUGINS SUBJECT");
        return ExitCode::FAILURE;
    };
    println!("{printed}");
    ExitCode::SUCCESS
}

fn first(work: &str, plugins: &str) -> Option<String> {
    let first = match plugins {
        "100" => First::of::<dyn ours::IOf100>(work),
        #[cfg(not(clippy))]
        "10000" => First::of::<dyn ours::IOf10000>(work),
        #[cfg(not(clippy))]
        "100000" => First::of::<dyn ours::IOf100000>(work),
        #[cfg(all(million, not(clippy)))]
        "1000000" => First::of::<dyn ours::IOf1000000>(work),
        _ => None,
    }?;
    let time = first.time.as_nanos();
    Some(format!("{time} {} {}", first.kept, first.most))
}

/// How often data are walked after the first time.
const WALKS: usize = 21;

type Walk = fn() -> usize;

fn walk(elements: &str, subject: &str) -> Option<String> {
    macro_rules! walks {
        ($datum:ident $data:ident) => {
            match subject {
                "plugin-core" => {
                    let walk: Walk =
                        || sum(plugins::<ours::$datum>().iter().map(|plugin| plugin.number));
                    walk
                }
                "by hand" => || sum(by_hand::$data.iter().map(|datum| datum.number)),
                "linkme" => || sum(linkme::$data.iter().map(|datum| datum.number)),
                _ => return None,
            }
        };
    }
    let walk = match elements {
        "100" => walks!(DatumOf100 DATA_100),
        #[cfg(all(million, not(clippy)))]
        "1000000" => walks!(DatumOf1000000 DATA_1000000),
        _ => return None,
    };
    let walk = black_box(walk);
    let time = || {
        let start = Instant::now();
        black_box(walk());
        start.elapsed().as_nanos()
    };
    let first = time();
    let mut others = [(); WALKS].map(|()| time());
    others.sort_unstable();
    Some(format!("{first} {}", others[WALKS / 2]))
}

fn sum(numbers: impl Iterator<Item = usize>) -> usize {
    numbers.sum()
}

/// What a first use took.
struct First {
    time: Duration,
    kept: usize,
    most: usize,
}

impl First {
    fn of<I: ?Sized + Interface>(work: &str) -> Option<Self> {
        match work {
            "find" => Some(Self::measured(|| slot::<I>().find("p000007").is_ok())),
            "sorted" => Some(Self::measured(|| !slot::<I>().sorted().is_empty())),
            _ => None,
        }
    }

    fn measured(is_found: impl FnOnce() -> bool) -> Self {
        let before = MEMORY.now.load(Ordering::Relaxed);
        MEMORY.most.store(before, Ordering::Relaxed);
        let start = Instant::now();
        let is_found = is_found();
        let time = start.elapsed();
        assert!(is_found);
        Self {
            time,
            kept: MEMORY.now.load(Ordering::Relaxed) - before,
            most: MEMORY.most.load(Ordering::Relaxed) - before,
        }
    }
}

/// The system's allocator, and how many bytes it has given.
struct Memory {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Memory {
    fn add(&self, size: usize) {
        let now = self.now.fetch_add(size, Ordering::Relaxed) + size;
        self.most.fetch_max(now, Ordering::Relaxed);
    }
}

// SAFETY: all of it is what the system's allocator does.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    // As the system has it, whose pages are zero before anybody has written to them.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.now.fetch_sub(layout.size(), Ordering::Relaxed);
        self.add(size);
        // SAFETY: as the caller promises.
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        self.now.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(place, layout) }
    }
}
