//! What `link_plugins!()` leaves in the program: which crates were linked in for their plugins.

/// Not public API. Used by generated code.
///
/// One use of `link_plugins!()`.
#[cfg_attr(
    not(feature = "std"),
    expect(dead_code, reason = "read where there is memory")
)]
pub struct Host {
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// The names by which the crates call themselves.
    pub(crate) crates: &'static [&'static str],
}
