use std::pin::Pin;
use std::sync::Arc;

#[plugin_core::interface]
pub trait IShape {
    fn shared(self: &Self) -> u8;
    fn boxed(self: Box<Self>);
    fn counted(self: Arc<Self>);
    fn pinned(self: Pin<&Self>);
    fn lifetime<'a>(&'a self, other: &'a str) -> &'a str;
}

fn main() {
    assert_eq!(plugin_core::slot::<dyn IShape>().info().members().len(), 5);
}
