//! By whom, and how, a program or a library was compiled.

/// What must be the same on both sides of a call between a host and a drop-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// As in `1.95.0`.
    pub release: String,
    /// The commit of the compiler's sources.
    pub commit: String,
    /// As in `x86_64-unknown-linux-gnu`.
    pub target: String,
    /// `unwind` or `abort`.
    pub panic: String,
    /// Those of the compiler's flags that change how data lie in memory, in a fixed order.
    pub flags: String,
    /// The number of the agreement between `plugin-core` and `plugin-loader`.
    pub abi: u32,
}
