use plugin_core::{interface, plugin};

#[interface]
pub struct Route {
    pub path: &'static str,
}

pub struct Page {
    pub path: &'static str,
}

#[plugin(Route)]
static INDEX: Page = Page { path: "/" };

fn main() {}
