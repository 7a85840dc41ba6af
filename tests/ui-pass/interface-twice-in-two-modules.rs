mod first {
    #[plugin_core::interface]
    pub trait IShape {}
}

mod second {
    #[plugin_core::interface]
    pub trait IShape {}
}

impl first::IShape for () {}
impl second::IShape for () {}

#[plugin_core::plugin(first::IShape)]
static ONE: () = ();

#[plugin_core::plugin(second::IShape)]
static TWO: () = ();

fn main() {
    assert_eq!(plugin_core::plugins::<dyn first::IShape>()[0].info.name(), "ONE");
    assert_eq!(plugin_core::plugins::<dyn second::IShape>()[0].info.name(), "TWO");
}
