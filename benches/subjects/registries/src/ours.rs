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
    use std::sync::atomic::{AtomicUsize, Ordering};

    use plugin_core::__private::{info, plugin, provided};
    use plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo, interface};

    use crate::{Number, numbers};

    interfaces! {
        IOf10000 "OURS_10000" 10_000
        IOf100000 "OURS_100000" 100_000
    }

    /// As `#[plugin]` writes it: name, package, version, file, line, id, docs.
    fn text(number: usize) -> &'static str {
        format!("p{number:06}\0b\x001\0f\x001\0m::p{number:06}\0").leak()
    }

    macro_rules! fill {
        ($($interface:ident $section:literal $count:literal)*) => {
            $(
                const _: () = {
                    static NUMBERS: [Number; $count] = numbers();
                    static INTERFACES: &[&InterfaceInfo] = &[<dyn $interface>::INFO];

                    // What is known of a plugin is code of its own, and so many functions would take
                    // minutes to build. This one tells the next name each time it is asked: who makes
                    // an index asks each plugin once, in their order.
                    static INFO: PluginInfo = info(0, |answer| {
                        static ASKED: AtomicUsize = AtomicUsize::new(0);
                        let number = ASKED.fetch_add(1, Ordering::Relaxed) % $count;
                        let object = &NUMBERS[number];
                        let interfaces = (provided::<dyn $interface>(object),);
                        answer.plugin(object, interfaces, INTERFACES, text(number), &[]);
                    });

                    #[used]
                    #[unsafe(link_section = $section)]
                    static PLUGINS: [Plugin<dyn $interface>; $count] = {
                        let mut plugins = [const {
                            plugin::<dyn $interface>(&NUMBERS[0], &INFO)
                        }; $count];
                        let mut index = 0;
                        while index < $count {
                            plugins[index] = plugin::<dyn $interface>(&NUMBERS[index], &INFO);
                            index += 1;
                        }
                        plugins
                    };
                };
            )*
        };
    }

    fill! {
        IOf10000 "plugins_OURS_10000" 10_000
        IOf100000 "plugins_OURS_100000" 100_000
    }
}

#[cfg(all(feature = "peers", not(clippy)))]
pub use large::{IOf10000, IOf100000};
