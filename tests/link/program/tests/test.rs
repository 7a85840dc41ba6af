plugin_core::link_plugins!();

include!("../../print.rs");

#[test]
fn prints() {
    print("integration test");
}
