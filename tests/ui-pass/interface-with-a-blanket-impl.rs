use std::fmt::Display;

// Without `lazy = false` this impl would overlap with the one for `LazyLock`.
#[plugin_core::interface(lazy = false)]
pub trait IText {
    fn text(&self) -> String;
}

impl<T: Display + Send + Sync + 'static> IText for T {
    fn text(&self) -> String {
        self.to_string()
    }
}

#[plugin_core::plugin(IText)]
static NUMBER: u8 = 7;

fn main() {
    assert_eq!(plugin_core::plugins::<dyn IText>()[0].text(), "7");
}
