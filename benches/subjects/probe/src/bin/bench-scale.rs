//! What the first use of a large slot takes: `bench-scale find|sorted PLUGINS`.
//!
//! Prints nanoseconds; the bytes that stay allocated; and the most that were allocated at one time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bench_registries::ours;
use plugin_core::{Interface, slot};

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
    let [work, plugins] = &arguments[..] else {
        return usage();
    };
    let first = match &**plugins {
        "100" => First::of::<dyn ours::IOf100>(work),
        #[cfg(not(clippy))]
        "10000" => First::of::<dyn ours::IOf10000>(work),
        #[cfg(not(clippy))]
        "100000" => First::of::<dyn ours::IOf100000>(work),
        #[cfg(all(million, not(clippy)))]
        "1000000" => First::of::<dyn ours::IOf1000000>(work),
        _ => None,
    };
    let Some(first) = first else {
        return usage();
    };
    println!("{} {} {}", first.time.as_nanos(), first.kept, first.most);
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: bench-scale find|sorted PLUGINS");
    ExitCode::FAILURE
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
