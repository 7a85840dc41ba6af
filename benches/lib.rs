//! Interfaces of ten to a hundred thousand plugins, to search.
//!
//! Written one by one, the plugins would take minutes to build. So each slot's section gets one
//! array of all its records, which a constant fills.

use plugin_core::__private::info;
use plugin_core::{InterfaceInfo, PluginInfo};

/// As `#[plugin]` writes it: name, package, version, file, line, id, docs.
pub type Text = [u8; 27];

/// Names from `p000000` on.
#[must_use]
pub const fn texts<const N: usize>() -> [Text; N] {
    let mut texts = [*b"p000000\0b\x001\0f\x001\0m::p000000\0"; N];
    let mut index = 0;
    while index < N {
        let (mut digit, mut rest) = (6, index);
        while digit > 0 {
            let letter = b"0123456789"[rest % 10];
            texts[index][digit] = letter;
            texts[index][digit + 19] = letter;
            rest /= 10;
            digit -= 1;
        }
        index += 1;
    }
    texts
}

/// The name of the plugin of that index, for the maps of others.
///
/// # Panics
///
/// From a thousand on.
#[must_use]
pub const fn name(index: usize) -> &'static str {
    static TEXTS: [Text; 1_000] = texts();
    match core::str::from_utf8(TEXTS[index].split_at(7).0) {
        Ok(name) => name,
        Err(_) => panic!("digits are ASCII"),
    }
}

/// What is known of each plugin.
#[must_use]
pub const fn infos<const N: usize>(
    texts: &'static [Text; N],
    interfaces: &'static [&'static InterfaceInfo],
) -> [PluginInfo; N] {
    let mut infos = [const { info("", 0, &[], |_| {}) }; N];
    let mut index = 0;
    while index < N {
        // SAFETY: `texts` writes ASCII alone. Checking it would take the compiler a minute.
        let text = unsafe { core::str::from_utf8_unchecked(&texts[index]) };
        infos[index] = info(text, 0, interfaces, |_| {});
        index += 1;
    }
    infos
}

/// Declares interfaces, each with a number of plugins.
#[macro_export]
macro_rules! slots {
    ($($interface:ident $slot:literal $section:literal $count:literal)*) => {
        $(
            #[doc = concat!("An interface of ", $count, " plugins.")]
            #[::plugin_core::interface(slot = $slot)]
            pub trait $interface {}

            impl $interface for u8 {}

            const _: () = {
                use ::plugin_core::__private::plugin;
                use ::plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo};

                static TEXTS: [$crate::Text; $count] = $crate::texts();
                static INTERFACES: &[&InterfaceInfo] = &[<dyn $interface>::INFO];
                static INFOS: [PluginInfo; $count] = $crate::infos(&TEXTS, INTERFACES);
                static OBJECT: u8 = 0;

                const fn plugins() -> [Plugin<dyn $interface>; $count] {
                    let mut plugins =
                        [const { plugin::<dyn $interface>(&OBJECT, &INFOS[0]) }; $count];
                    let mut index = 0;
                    while index < $count {
                        plugins[index] = plugin::<dyn $interface>(&OBJECT, &INFOS[index]);
                        index += 1;
                    }
                    plugins
                }

                #[used]
                #[unsafe(link_section = $section)]
                static PLUGINS: [Plugin<dyn $interface>; $count] = plugins();
            };
        )*
    };
}
