mod own {
    #[plugin_core::interface]
    pub trait Option {}

    impl Option for u8 {}

    #[plugin_core::plugin(Option)]
    static SOME: u8 = 1;
}

fn main() {
    assert_eq!(plugin_core::plugins::<dyn own::Option>().len(), 1);
}
