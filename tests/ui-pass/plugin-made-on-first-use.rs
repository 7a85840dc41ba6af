use std::sync::LazyLock;

use plugin_core::{interface, plugin};

#[interface]
pub trait IText {
    fn text(&self) -> &str;
}

impl IText for String {
    fn text(&self) -> &str {
        self
    }
}

#[plugin(IText)]
static HELLO: LazyLock<String> = LazyLock::new(|| "hello".to_owned());

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IText>()[0].text(), "hello");
}
