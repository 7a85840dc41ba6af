//! What generated code names. Nothing here is public API.

// The compiler and the standard library.
pub use plugin_macros::exported;
#[cfg(feature = "std")]
pub use std::sync::LazyLock;

// An interface.
pub use crate::interface::{
    Erased, Identity, InFunctionBody, InterfaceData, Listed, MemberData, erased, in_a_module,
    interface, listed, member, parameter, tag,
};
pub use crate::plugin::bases::{Bases, NotAnInterface, Probe};
pub use crate::plugin::kind::{CastOf, Provider};
pub use crate::slot::declared as slot;
pub use crate::{__plugin_docs as docs, __plugin_lazy as lazy};

// A plugin.
pub use crate::plugin::info::{Described, info, module_path, plugin};
pub use crate::plugin::kind::{KindAt, KindOf, List, NotProvided, Providing};
pub use crate::plugin::text::{Key, check, joined, length, text};

// How both reach the program.
pub use crate::backend::*;
pub use crate::hosts::{Host, host};
pub use crate::{__plugin_dylib as dylib, __plugin_hold as hold};

// Plugins with parameters.
#[cfg(feature = "config")]
pub use crate::configured::{
    Fault, Given, Made, Makers, Making, NotShared, Owned, Share, Shared, Sharing, made, maker,
};
#[cfg(feature = "schema")]
pub use crate::configured::{HasSchema, NoSchema, SchemaOf, nothing_described};

// Drop-ins.
#[cfg(feature = "std")]
pub use crate::dropin::across::{
    Across, Arcs, Boxes, CarriesNothing, Coerced, Crosses, Guard, Guarded, Guarding, Held,
    LendsItself, NotCoerced, NotGuarded, Objects, Own, Rcs, Side, Standing, Table, Unguarded,
    boxes, called, carry_arc, carry_box, carry_rc, carry_ref, carrying, lend, lend_mut, lending,
    lending_mut,
};
pub use crate::dropin::crossing::{Crossing, crossed, erased as crossing};
pub use crate::dropin::shape::{
    Again, At, Found, Node, Reached, key, mixed, reached, text as hash,
};

/// Not public API. Used by generated code, and by plugin-loader.
#[cfg(feature = "std")]
pub mod dropin {
    pub use crate::dropin::installed::{Installed, install};
    pub use crate::dropin::*;
    pub use crate::find::{Found, Index, Missing, Several, those_called};
    pub use crate::origin::{Origin, Package};
}

/// Not public API. Used by generated code.
///
/// Not the crate itself: the compiler would call all that is in it by this path, in the errors of
/// every crate that depends on this one.
pub mod core {
    pub mod mem {
        pub use ::core::mem::offset_of;
    }
    pub use ::core::ops::FnOnce;
    pub use ::core::{
        assert, compile_error, concat, file, line, module_path, primitive, stringify,
    };
}

/// Not public API. Used by generated code.
///
/// What stands beside a plugin. One import costs less than two.
pub mod beside {
    pub use crate as __plugin_core;
    pub use crate::plugin::kind::NotProvided as _;
}

/// Not public API. Used by generated code.
///
/// The macros of a plugin's interfaces, where there are none. Each name costs every plugin that imports it.
pub mod refused {
    pub use plugin_macros::{
        no_interface as __plugin_0, no_interface as __plugin_1, no_interface as __plugin_2,
        no_interface as __plugin_3,
    };

    pub mod more {
        pub use plugin_macros::{
            no_interface as __plugin_4, no_interface as __plugin_5, no_interface as __plugin_6,
            no_interface as __plugin_7, no_interface as __plugin_8, no_interface as __plugin_9,
            no_interface as __plugin_10, no_interface as __plugin_11, no_interface as __plugin_12,
            no_interface as __plugin_13, no_interface as __plugin_14, no_interface as __plugin_15,
        };
    }
}
