use plugin_core::interface;

#[interface]
pub struct Route {
    #[attribute]
    pub path: &'static str,
}

fn main() {}
