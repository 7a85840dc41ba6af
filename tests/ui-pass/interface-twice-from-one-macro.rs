macro_rules! interfaces {
    ($($name:ident)*) => {
        $(
            #[plugin_core::interface]
            pub trait $name {}
        )*
    };
}

interfaces!(IFirst ISecond);

impl IFirst for () {}
impl ISecond for () {}

#[plugin_core::plugin(IFirst, ISecond)]
static BOTH: () = ();

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IFirst>().len(), 1);
    assert_eq!(plugin_core::plugins::<dyn ISecond>().len(), 1);
}
