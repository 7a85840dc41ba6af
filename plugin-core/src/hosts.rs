//! The record that `link_plugins!()` leaves in the program: the crates that were linked in for their plugins.

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

/// Not public API. Used by generated code.
#[must_use]
pub const fn host(
    package: &'static str,
    version: &'static str,
    crates: &'static [&'static str],
) -> Host {
    Host {
        package,
        version,
        crates,
    }
}

/// Not public API. Used by generated code.
///
/// Has the linker take what defines the symbol.
#[doc(hidden)]
#[macro_export]
macro_rules! __plugin_hold {
    ($symbol:literal) => {
        const _: () = {
            // SAFETY: `link_plugins!()` has read the name in a crate that is linked in, where a static
            // has it; and nothing but the static's address is taken.
            unsafe extern "C" {
                #[link_name = $symbol]
                safe static __PLUGIN_HELD: u8;
            }

            #[used]
            static __PLUGIN_HOLD: &u8 = &__PLUGIN_HELD;
        };
    };
}
