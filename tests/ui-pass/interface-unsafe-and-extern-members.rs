#[plugin_core::interface]
pub trait IDriver {
    /// # Safety
    ///
    /// Once.
    unsafe fn start(&self);
    extern "C" fn callback(&self, code: i32) -> i32;
}

fn main() {
    let members = plugin_core::slot::<dyn IDriver>().info().members();
    assert_eq!(members[0].signature(), "unsafe fn start(&self)");
    assert_eq!(members[1].signature(), "extern \"C\" fn callback(&self, code: i32) -> i32");
}
