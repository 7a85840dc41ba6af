//! A drop-in with three plugins, of two interfaces: what `testplugin.py` is to Twisted's tests.

use itest::{ITestPlugin, ITestPlugin2};
use plugin_core::{IPlugin, plugin};

plugin_core::dropin!();

struct Test(&'static str);

impl ITestPlugin for Test {
    fn test1(&self) -> String {
        self.0.to_owned()
    }
}

impl ITestPlugin2 for Test {
    fn test(&self) -> String {
        self.0.to_owned()
    }
}

/// A plugin used solely for testing purposes.
#[plugin(ITestPlugin, IPlugin, name = "TestPlugin")]
#[tag(kind = "first")]
static TEST_PLUGIN: Test = Test("one");

/// Another plugin used solely for testing purposes.
#[plugin(ITestPlugin2, IPlugin, name = "AnotherTestPlugin")]
static ANOTHER_TEST_PLUGIN: Test = Test("another");

/// A third plugin used solely for testing purposes.
#[plugin(ITestPlugin2, IPlugin, name = "ThirdTestPlugin")]
static THIRD_TEST_PLUGIN: Test = Test("third");
