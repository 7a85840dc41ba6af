use plugin_core::interface;

#[interface]
#[counting::doubled]
/// Documentation that is copied, and does no harm.
pub trait ITool {
    fn use_it(&self);
}

/// Each declares an interface, with a name of its own.
macro_rules! data {
    ($($(#[$attr:meta])* $name:ident)*) => {
        $(
            $(#[$attr])*
            pub struct $name {
                pub number: u32,
            }
        )*
    };
}

data! {
    #[interface]
    Route
    #[plugin_core::interface(noun = "flag")]
    Flag
}

macro_rules! interfaces {
    ($($name:ident)*) => { $(#[interface] pub struct $name { pub number: u32 })* };
}

interfaces!(Metric Counter);

fn main() {
    let double = DoubleITool { calls: 1 };
    assert_eq!(double.calls(), 1);
    assert!(plugin_core::plugins::<Route>().is_empty() && plugin_core::plugins::<Flag>().is_empty());
    assert!(plugin_core::plugins::<Metric>().is_empty() && plugin_core::plugins::<Counter>().is_empty());
}
