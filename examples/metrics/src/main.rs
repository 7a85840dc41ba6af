//! A program whose metrics are data: each is a static, and `/metrics` lists whatever there is.
//!
//! A macro declares them, so that a metric is one line, in any crate.

use std::sync::atomic::{AtomicU64, Ordering};

use plugin_core::{interface, plugin, slot};

/// Something that is counted.
#[interface]
pub struct Metric {
    /// In what it is counted.
    pub unit: &'static str,
    count: AtomicU64,
}

impl Metric {
    /// A metric that has counted nothing yet.
    #[must_use]
    pub const fn new(unit: &'static str) -> Self {
        Self {
            unit,
            count: AtomicU64::new(0),
        }
    }

    /// Counts more of it.
    pub fn add(&self, count: u64) {
        self.count.fetch_add(count, Ordering::Relaxed);
    }

    /// What has been counted.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

/// Declares a metric: `metric! { /// Docs. pub static REQUESTS: "http/requests", in "requests" }`.
macro_rules! metric {
    ($(#[$attr:meta])* $vis:vis static $ident:ident: $name:expr, in $unit:literal) => {
        #[plugin(Metric, name = $name)]
        $(#[$attr])*
        $vis static $ident: Metric = Metric::new($unit);
    };
}

const HTTP: &str = "http/requests";

metric! {
    /// Requests that were answered.
    static REQUESTS: HTTP, in "requests"
}
metric! {
    /// What was sent.
    static SENT: concat!("http/", "sent"), in "bytes"
}
metric! {
    /// Since the program was started.
    static UPTIME: stringify!(uptime), in "seconds"
}

fn report() -> String {
    let metrics = slot::<Metric>().sorted().iter();
    let lines = metrics.map(|metric| {
        let (name, docs) = (metric.info.name(), metric.info.docs());
        format!("# {docs}\n{name} {} {}\n", metric.get(), metric.unit)
    });
    lines.collect()
}

fn main() {
    for page in ["index", "about"] {
        REQUESTS.add(1);
        SENT.add(page.len() as u64);
    }
    UPTIME.add(1);
    print!("{}", report());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_reported() {
        main();
        let report = report();
        let requests = "# Requests that were answered.\nhttp/requests 2 requests\n";
        assert!(report.contains(requests), "{report}");
        assert!(report.contains("\nhttp/sent 10 bytes\n"), "{report}");
        assert!(report.contains("\nuptime 1 seconds\n"), "{report}");
    }
}
