use plugin_core::plugin;

pub struct Square {
    pub side: f64,
}

#[plugin(IMat::)]
static SQUARE: Square = Square { side: 1.0 };

pub fn side() -> f64 {
    // No error here: the static is kept while its list of interfaces is being typed.
    SQUARE.side
}

fn main() {}
