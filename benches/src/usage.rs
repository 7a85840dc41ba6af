//! What the processes that this one started have used.

use std::fs;
use std::time::{Duration, Instant};

/// What a process used, and those that it started.
pub(crate) struct Usage {
    /// Time on a processor, which other people's work on the machine hardly changes.
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    /// Pages that were mapped when they were first touched, without reading a disk.
    pub(crate) minor_faults: u64,
}

impl Usage {
    /// Of the processes that `run` starts, and waits for.
    pub(crate) fn of(run: impl FnOnce()) -> Self {
        let (before, start) = (children(), Instant::now());
        run();
        let (after, wall) = (children(), start.elapsed());
        Self {
            // Linux counts in hundredths of a second, whatever its own clock does.
            cpu: Duration::from_millis(10 * (after.ticks - before.ticks)),
            wall,
            minor_faults: after.minor_faults - before.minor_faults,
        }
    }
}

struct Children {
    ticks: u64,
    minor_faults: u64,
}

fn children() -> Children {
    let stat = fs::read_to_string("/proc/self/stat").expect("this needs Linux");
    // The second field is the program's name, in brackets, which may have spaces and brackets.
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let fields: Vec<&str> = fields.split(' ').collect();
    // As numbered in proc(5), whose first field here is its third.
    let field = |number: usize| fields[number - 3].parse::<u64>().unwrap();
    Children {
        ticks: field(16) + field(17),
        minor_faults: field(11),
    }
}
