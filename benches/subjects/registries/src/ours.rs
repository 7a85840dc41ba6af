//! Interfaces of plugin-core's.

use plugin_core::interface;

use crate::{Datum, Number, datum};

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

macro_rules! data_interfaces {
    ($($datum:ident $slot:literal $count:literal)*) => {
        $(
            #[doc = concat!("One of ", $count, " elements of data.")]
            #[interface(slot = $slot)]
            pub struct $datum {
                /// The name of the datum.
                pub name: &'static str,
                /// What a walk adds up.
                pub number: usize,
            }

            impl $datum {
                /// The datum of that number.
                #[must_use]
                pub const fn new(number: usize) -> Self {
                    let Datum { name, number } = datum(number);
                    Self { name, number }
                }

                /// The data of a part of a large registry.
                #[must_use]
                pub const fn data_from<const N: usize>(start: usize) -> [Self; N] {
                    let mut data = [const { Self::new(0) }; N];
                    let mut index = 0;
                    while index < N {
                        data[index].number = start + index;
                        index += 1;
                    }
                    data
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

data_interfaces! {
    DatumOf1 "OURS_DATA_1" 1
    DatumOf10 "OURS_DATA_10" 10
    DatumOf100 "OURS_DATA_100" 100
    DatumOf1000 "OURS_DATA_1000" 1_000
}

#[cfg(all(feature = "peers", not(clippy)))]
mod large {
    use plugin_core::__private::{Described, KindAt, Providing, info, plugin};
    use plugin_core::{Plugin, interface};

    use crate::{Datum, Number, datum, numbers_from};

    interfaces! {
        IOf10000 "OURS_10000" 10_000
        IOf100000 "OURS_100000" 100_000
    }

    #[cfg(million)]
    interfaces! {
        IOf1000000 "OURS_1000000" 1_000_000
    }

    data_interfaces! {
        DatumOf10000 "OURS_DATA_10000" 10_000
        DatumOf100000 "OURS_DATA_100000" 100_000
    }

    #[cfg(million)]
    data_interfaces! {
        DatumOf1000000 "OURS_DATA_1000000" 1_000_000
    }

    /// As `#[plugin]` writes it: name, package, version, file, line, module, id, docs.
    const TEXT: &[u8; 28] = b"p000000\0b\x001\0f\x001\0\0m::p000000\0";

    type Info = Described<[u8; TEXT.len()]>;

    const fn described<T>(object: &'static T, number: usize, kind: KindAt<T>) -> Info {
        let mut text = *TEXT;
        let (mut rest, mut digit) = (number, 6);
        while digit > 0 {
            let figure = b'0' + (rest % 10) as u8;
            text[digit] = figure;
            text[digit + 20] = figure;
            rest /= 10;
            digit -= 1;
        }
        // SAFETY: it is ASCII.
        info(object, kind, 0, unsafe {
            std::str::from_utf8_unchecked(&text)
        })
    }

    macro_rules! fill {
        ($($section:literal $count:literal from $start:expr => $object:ident as $interface:ty = $objects:path;)*) => {
            $(
                const _: () = {
                    const KIND: KindAt<$object> =
                        Providing::<$object, (&'static $interface,)>::KIND;

                    static OBJECTS: [$object; $count] = $objects($start);

                    static INFOS: [Info; $count] = {
                        let mut infos = [const { described(&OBJECTS[0], 0, KIND) }; $count];
                        let mut index = 0;
                        while index < $count {
                            infos[index] = described(&OBJECTS[index], $start + index, KIND);
                            index += 1;
                        }
                        infos
                    };

                    #[used]
                    #[unsafe(link_section = $section)]
                    static PLUGINS: [Plugin<$interface>; $count] = {
                        let mut plugins =
                            [plugin::<$interface, _>((&OBJECTS[0], &INFOS[0], 0)); $count];
                        let mut index = 0;
                        while index < $count {
                            plugins[index] = plugin((&OBJECTS[index], &INFOS[index], 0));
                            index += 1;
                        }
                        plugins
                    };
                };
            )*
        };
    }

    fill! {
        "plugins_OURS_10000" 10_000 from 0 => Number as dyn IOf10000 = numbers_from;
        "plugins_OURS_100000" 100_000 from 0 => Number as dyn IOf100000 = numbers_from;
        "plugins_OURS_DATA_10000" 10_000 from 0 => DatumOf10000 as DatumOf10000 = DatumOf10000::data_from;
        "plugins_OURS_DATA_100000" 100_000 from 0 => DatumOf100000 as DatumOf100000 = DatumOf100000::data_from;
    }

    /// The million in arrays of ten thousand, since the time that an array takes grows faster than it does.
    #[cfg(million)]
    macro_rules! fill_million {
        ($($high:literal)*) => {
            $(fill_million! { $high: 0 1 2 3 4 5 6 7 8 9 })*
        };
        ($high:literal: $($low:literal)*) => {
            fill! {
                $(
                    "plugins_OURS_1000000" 10_000 from $high * 100_000 + $low * 10_000 =>
                        Number as dyn IOf1000000 = numbers_from;
                    "plugins_OURS_DATA_1000000" 10_000 from $high * 100_000 + $low * 10_000 =>
                        DatumOf1000000 as DatumOf1000000 = DatumOf1000000::data_from;
                )*
            }
        };
    }

    #[cfg(million)]
    fill_million! { 0 1 2 3 4 5 6 7 8 9 }
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{DatumOf10000, DatumOf100000, IOf10000, IOf100000};

#[cfg(all(feature = "peers", million, not(clippy)))]
pub use large::{DatumOf1000000, IOf1000000};
