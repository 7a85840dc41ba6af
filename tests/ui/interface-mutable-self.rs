// 3 mistakes
use plugin_core::interface;

#[interface]
pub trait ICounter {
    fn count(&mut self) -> u32;
    fn add(self: &mut Self, more: u32);
    fn reset(self: std::pin::Pin<&mut Self>);
}

fn main() {}
