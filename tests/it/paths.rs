//! By which paths a plugin may name its interfaces.

use plugin_core::plugins;

mod declared {
    #[plugin_core::interface]
    pub(crate) trait INamed {}

    impl INamed for u8 {}

    pub(crate) mod exported {
        pub(crate) use super::INamed;
        pub(crate) use super::INamed as IExported;
    }
}

mod here {
    use plugin_core::plugin;

    use super::declared::INamed;

    #[plugin(INamed)]
    static IMPORTED: u8 = 1;
    #[plugin(self::INamed)]
    static BY_SELF: u8 = 1;
    #[plugin(super::declared::INamed)]
    static BY_SUPER: u8 = 1;
    #[plugin(crate::paths::declared::INamed)]
    static BY_CRATE: u8 = 1;
    #[plugin(super::declared::exported::IExported)]
    static BY_REEXPORT: u8 = 1;
}

mod renamed {
    use plugin_core::plugin as extension;

    use super::declared::INamed as IBar;

    #[extension(IBar)]
    static RENAMED: u8 = 1;
}

mod globbed {
    use plugin_core::*;

    use super::declared::exported::*;

    #[plugin(INamed)]
    static BY_GLOB: u8 = 1;
    #[plugin(IExported)]
    static BY_RENAMING_GLOB: u8 = 1;
}

mod beneath {
    fn _function() {
        use super::declared::exported::IExported as ILocal;

        #[plugin_core::plugin(ILocal)]
        static IN_FUNCTION: u8 = 1;
    }
}

macro_rules! by_fragments {
    ($attribute:path, $path:path, $type:ty, $ident:ident, $($tokens:tt)*) => {
        #[$attribute($path)]
        static BY_PATH: u8 = 1;
        #[$attribute($type)]
        static BY_TYPE: u8 = 1;
        #[$attribute($ident)]
        static BY_IDENT: u8 = 1;
        #[$attribute($($tokens)*)]
        static BY_TOKENS: u8 = 1;
    };
}

macro_rules! register {
    ($(#[$meta:meta])* $vis:vis static $name:ident: $type:ty = $value:expr, $interface:ident, $text:literal, $priority:literal) => {
        $(#[$meta])*
        #[plugin_core::plugin($interface, name = $text, priority = $priority)]
        $vis static $name: $type = $value;
    };
}

mod from_macros {
    use super::declared::INamed;

    by_fragments! { plugin_core::plugin, super::declared::INamed, super::declared::INamed, INamed, super::declared::exported::INamed }

    register! {
        /// With all fragments.
        #[cfg(test)]
        pub(crate) static BY_FRAGMENTS: u8 = 1 + 1, INamed, "by-fragments", 4
    }
}

#[test]
fn every_path_leads_to_the_interface() {
    let mut names: Vec<_> = plugins::<dyn declared::INamed>()
        .iter()
        .map(|plugin| plugin.info.name())
        .collect();
    names.sort_unstable();
    let expected = [
        "BY_CRATE",
        "BY_GLOB",
        "BY_IDENT",
        "BY_PATH",
        "BY_REEXPORT",
        "BY_RENAMING_GLOB",
        "BY_SELF",
        "BY_SUPER",
        "BY_TOKENS",
        "BY_TYPE",
        "IMPORTED",
        "IN_FUNCTION",
        "RENAMED",
        "by-fragments",
    ];
    assert_eq!(names, expected);
}

#[test]
fn settings_may_come_from_fragments() {
    let plugins = plugins::<dyn declared::INamed>().iter();
    let plugin = plugins.max_by_key(|plugin| plugin.info.priority()).unwrap();
    assert_eq!(plugin.info.name(), "by-fragments");
    assert_eq!(plugin.info.priority(), 4);
    assert_eq!(plugin.info.docs(), "With all fragments.");
    assert_eq!(
        plugin.info.downcast_ref::<u8>(),
        Some(&from_macros::BY_FRAGMENTS)
    );
}
