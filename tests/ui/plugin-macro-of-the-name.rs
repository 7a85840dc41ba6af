use plugin_core::{interface, plugin};

mod tools {
    use super::interface;

    #[interface]
    pub trait ITool {}
}

// It has the interface's name, and takes everything.
macro_rules! ITool {
    ($($tokens:tt)*) => {};
}

use tools::ITool as _;

#[plugin(ITool)]
static HAMMER: u32 = 1;

fn main() {}
