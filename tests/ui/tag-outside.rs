#[plugin_core::tag(colour = "red")]
pub struct Square;

fn main() {}
