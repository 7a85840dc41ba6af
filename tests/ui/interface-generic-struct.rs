// 2 mistakes
use plugin_core::{interface, plugin};

#[interface]
pub struct Route<T> {
    pub target: T,
}

#[interface]
pub struct Page<'a> {
    pub text: &'a str,
}

#[plugin(Page)]
static PAGE: Page<'static> = Page { text: "" };

fn main() {}
