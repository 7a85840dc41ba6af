//! How this crate was compiled, and so the program or library of which it is a part.

/// Not public API. Used by plugin-loader, and by `dropin!()`.
///
/// It is of this crate in both, whatever the flags of other crates are: this crate has no build
/// script, and so no `--cfg` but those of its features and those that hold for all crates.
pub struct Build {
    /// As in `1.95.0`.
    pub release: &'static str,
    /// The commit of the compiler's sources; all that it says of itself where it does not know.
    pub commit: &'static str,
    /// As in `x86_64-unknown-linux-gnu`.
    pub target: &'static str,
    /// The flags that change how data lie in memory, or how functions are called.
    pub flags: &'static str,
    /// `unwind` or `abort`.
    pub panic: &'static str,
    /// Whether a program with it can load no library. Windows has the same loader for both kinds of programs.
    pub is_static: bool,
    /// As in the profile `dev`, and not in `release`: no part of what is compared.
    pub has_debug_assertions: bool,
}

impl Build {
    /// Whether the compiler has said what it is: without that, two builds cannot be compared.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !self.commit.is_empty()
    }
}

/// Release, commit, target, and flags: asked of the compiler while it compiles this.
const FACTS: [&str; 4] = plugin_macros::build!();

/// Not public API. Used by plugin-loader, and by `dropin!()`.
pub const BUILD: Build = Build {
    release: FACTS[0],
    commit: FACTS[1],
    target: FACTS[2],
    flags: FACTS[3],
    panic: if cfg!(panic = "unwind") {
        "unwind"
    } else {
        "abort"
    },
    is_static: cfg!(all(unix, target_feature = "crt-static")),
    has_debug_assertions: cfg!(debug_assertions),
};
