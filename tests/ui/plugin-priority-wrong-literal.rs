// 3 mistakes
use plugin_core::{IPlugin, plugin};

macro_rules! prioritised {
    ($name:ident, $priority:expr) => {
        #[plugin(IPlugin, priority = $priority)]
        static $name: u32 = 1;
    };
}

prioritised!(ONE, 5u8);

#[plugin(IPlugin, priority = 1.5)]
static TWO: u32 = 2;

#[plugin(IPlugin, name = b"steel")]
static THREE: u32 = 3;

fn main() {}
