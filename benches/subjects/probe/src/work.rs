//! One thing to do with one registry.

/// One thing to do with one registry.
pub(crate) struct Work {
    pub(crate) subject: &'static str,
    pub(crate) what: &'static str,
    pub(crate) size: usize,
    /// What it is done with, one after the other.
    pub(crate) names: &'static [&'static str],
    /// A function that is not inlined, as the host's own would be where it is hot but not small.
    pub(crate) run: fn(&'static str) -> usize,
}

impl Work {
    pub(crate) fn new(
        subject: &'static str,
        what: &'static str,
        size: usize,
        run: fn(&'static str) -> usize,
    ) -> Self {
        let names = match what {
            "hit" => names(size),
            _ => &["missing"; 100],
        };
        Self {
            subject,
            what,
            size,
            // The large ones are walked a few times only.
            names: if size > 1_000 && matches!(what, "walk" | "call" | "data") {
                &names[..2]
            } else {
                names
            },
            run,
        }
    }

    pub(crate) fn label(&self) -> String {
        format!("{} {} {}", self.what, self.size, self.subject)
    }
}

/// A hundred names, in an order that no cache foresees.
fn names(size: usize) -> &'static [&'static str] {
    let name = |index: usize| {
        let name = format!("p{:06}", index * 7_919 % size);
        &*name.leak()
    };
    (0..100).map(name).collect::<Vec<_>>().leak()
}

/// Where the object is, whatever it is.
pub(crate) fn address<T: ?Sized>(object: &T) -> usize {
    std::ptr::from_ref(object).cast::<()>().addr()
}
