use plugin_core::{interface, plugin, plugins};

#[interface]
trait IPrivate {
    fn private(&self) -> u8;
}

#[interface]
pub(crate) trait ICrate {
    fn of_the_crate(&self) -> u8;
}

struct Private(u8);

impl IPrivate for Private {
    fn private(&self) -> u8 {
        self.0
    }
}

impl ICrate for Private {
    fn of_the_crate(&self) -> u8 {
        self.0
    }
}

#[plugin(IPrivate, ICrate)]
static PRIVATE: Private = Private(1);

#[plugin(IPrivate)]
struct Unit;

impl IPrivate for Unit {
    fn private(&self) -> u8 {
        2
    }
}

/// Calls what nobody outside can name.
#[must_use]
pub fn call() -> u8 {
    #[plugin(IPrivate)]
    static IN_FUNCTION: Private = Private(4);

    let private: u8 = plugins::<dyn IPrivate>()
        .iter()
        .map(|plugin| plugin.private())
        .sum();
    let of_the_crate: u8 = plugins::<dyn ICrate>()
        .iter()
        .map(|plugin| plugin.of_the_crate())
        .sum();
    private + 10 * of_the_crate
}
