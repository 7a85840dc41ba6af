use plugin_core::interface;

#[interface]
pub trait IText {
    fn text(&self) -> String;
}

impl<T: std::fmt::Display + Send + Sync> IText for T {
    fn text(&self) -> String {
        self.to_string()
    }
}

fn main() {}
