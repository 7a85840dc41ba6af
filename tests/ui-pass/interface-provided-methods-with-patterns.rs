#[plugin_core::interface]
pub trait IShape {
    fn sum(&self, (left, right): (f64, f64), mut total: f64, _: u8) -> f64 {
        total += left + right;
        total
    }
}

fn main() {
    let members = plugin_core::slot::<dyn IShape>().info().members();
    assert!(members[0].has_default());
    assert_eq!(members[0].parameters()[0].name(), "(left, right)");
    assert_eq!(members[0].parameters()[1].name(), "mut total");
}
