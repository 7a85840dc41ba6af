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
    use plugin_core::__private::{Described, KindAt, Providing, info, plugin};
    use plugin_core::{Plugin, interface};

    use crate::{Number, numbers_from};

    interfaces! {
        IOf10000 "OURS_10000" 10_000
        IOf100000 "OURS_100000" 100_000
    }

    #[cfg(million)]
    interfaces! {
        IOf1000000 "OURS_1000000" 1_000_000
    }

    /// As `#[plugin]` writes it: name, package, version, file, line, id, docs.
    const TEXT: &[u8; 27] = b"p000000\0b\x001\0f\x001\0m::p000000\0";

    type Info = Described<[u8; TEXT.len()]>;

    const fn described(object: &'static Number, kind: KindAt<Number>) -> Info {
        let mut text = *TEXT;
        let (mut rest, mut digit) = (object.0, 6);
        while digit > 0 {
            let figure = b'0' + (rest % 10) as u8;
            text[digit] = figure;
            text[digit + 19] = figure;
            rest /= 10;
            digit -= 1;
        }
        // SAFETY: it is ASCII.
        info(object, kind, 0, unsafe {
            std::str::from_utf8_unchecked(&text)
        })
    }

    macro_rules! fill {
        ($($interface:ident $section:literal $count:literal from $start:expr;)*) => {
            $(
                const _: () = {
                    const KIND: KindAt<Number> =
                        Providing::<Number, (&'static dyn $interface,)>::KIND;

                    static NUMBERS: [Number; $count] = numbers_from($start);

                    static INFOS: [Info; $count] = {
                        let mut infos = [const { described(&NUMBERS[0], KIND) }; $count];
                        let mut index = 0;
                        while index < $count {
                            infos[index] = described(&NUMBERS[index], KIND);
                            index += 1;
                        }
                        infos
                    };

                    #[used]
                    #[unsafe(link_section = $section)]
                    static PLUGINS: [Plugin<dyn $interface>; $count] = {
                        let mut plugins = [plugin::<dyn $interface, _>(&NUMBERS[0], &INFOS[0], 0); $count];
                        let mut index = 0;
                        while index < $count {
                            plugins[index] = plugin(&NUMBERS[index], &INFOS[index], 0);
                            index += 1;
                        }
                        plugins
                    };
                };
            )*
        };
    }

    fill! {
        IOf10000 "plugins_OURS_10000" 10_000 from 0;
        IOf100000 "plugins_OURS_100000" 100_000 from 0;
    }

    /// The million in arrays of ten thousand, since the time that an array takes grows faster than it does.
    #[cfg(million)]
    macro_rules! fill_million {
        ($($high:literal)*) => {
            $(fill_million! { $high: 0 1 2 3 4 5 6 7 8 9 })*
        };
        ($high:literal: $($low:literal)*) => {
            fill! {
                $(IOf1000000 "plugins_OURS_1000000" 10_000 from $high * 100_000 + $low * 10_000;)*
            }
        };
    }

    #[cfg(million)]
    fill_million! { 0 1 2 3 4 5 6 7 8 9 }
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{IOf10000, IOf100000};

#[cfg(all(feature = "peers", million, not(clippy)))]
pub use large::IOf1000000;
