//! Interfaces of plugin-core's.

use plugin_core::interface;

use crate::Number;

macro_rules! interfaces {
    ($($interface:ident $slot:literal $count:literal)*) => {
        $(
            #[doc = concat!("An interface of ", $count, " plugins.")]
            #[interface(slot = $slot)]
            pub trait $interface {
                /// The number of the plugin.
                fn number(&self) -> usize;
            }

            impl $interface for Number {
                fn number(&self) -> usize {
                    self.0
                }
            }
        )*
    };
}

interfaces! {
    IOf1 "OURS_1" 1
    IOf10 "OURS_10" 10
    IOf100 "OURS_100" 100
    IOf1000 "OURS_1000" 1_000
    IFirst "OURS_FIRST" 1
    ISecond "OURS_SECOND" 1
    IThird "OURS_THIRD" 1
    IUnlisted "OURS_UNLISTED" 0
}

#[cfg(all(feature = "peers", not(clippy)))]
mod large {
    use plugin_core::__private::{info, plugin};
    use plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo, interface};

    use crate::{Number, numbers};

    interfaces! {
        IOf10000 "OURS_10000" 10_000
        IOf100000 "OURS_100000" 100_000
    }

    /// As `#[plugin]` writes it: name, package, version, file, line, id, docs.
    type Text = [u8; 27];

    /// Names from `p000000` on.
    const fn texts<const N: usize>() -> [Text; N] {
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

    /// What is known of each plugin.
    const fn infos<const N: usize>(
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

    macro_rules! fill {
        ($($interface:ident $section:literal $count:literal)*) => {
            $(
                const _: () = {
                    static TEXTS: [Text; $count] = texts();
                    static INTERFACES: &[&InterfaceInfo] = &[<dyn $interface>::INFO];
                    static INFOS: [PluginInfo; $count] = infos(&TEXTS, INTERFACES);
                    static NUMBERS: [Number; $count] = numbers();

                    #[used]
                    #[unsafe(link_section = $section)]
                    static PLUGINS: [Plugin<dyn $interface>; $count] = {
                        let mut plugins = [const {
                            plugin::<dyn $interface>(&NUMBERS[0], &INFOS[0])
                        }; $count];
                        let mut index = 0;
                        while index < $count {
                            plugins[index] =
                                plugin::<dyn $interface>(&NUMBERS[index], &INFOS[index]);
                            index += 1;
                        }
                        plugins
                    };
                };
            )*
        };
    }

    fill! {
        IOf10000 "linkme_OURS_10000" 10_000
        IOf100000 "linkme_OURS_100000" 100_000
    }
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{IOf10000, IOf100000};
