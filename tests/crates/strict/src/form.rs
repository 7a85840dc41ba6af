//! Interfaces and plugins in the forms that most crates use.

use std::fmt::{Debug, Display};
use std::sync::LazyLock;

use plugin_core::{IPlugin, interface, plugin};

/// The base of the others.
#[interface]
#[tag(key = "value")]
pub trait IBase {
    /// An attribute.
    #[attribute]
    #[tag(unit = "Pa")]
    fn pressure(&self) -> f64;
}

/// An interface with members of all kinds.
#[interface(one)]
pub trait IForms: IBase + Debug
where
    Self: Display,
{
    /// A method.
    fn method(&self);
    /// A method with parameters.
    #[must_use]
    fn parameters(&self, left: u32, right: Option<&str>) -> u32;
    /// A provided method.
    fn provided(&self) -> u8 {
        1
    }
    /// A method with a lifetime.
    fn borrows<'a>(&'a self, text: &'a str) -> &'a str;
    /// A generic method.
    fn generic<T: Into<u32>>(&self, value: T) -> u32
    where
        Self: Sized,
    {
        value.into()
    }
    /// A method that fails.
    ///
    /// # Errors
    ///
    /// Never.
    fn fails(&self) -> Result<(), String>;
    /// A method that is there in tests alone.
    #[cfg(test)]
    fn tested(&self) {}
    /// A raw method.
    fn r#type(&self, r#in: u8) -> u8;
}

/// The type of the plugins.
#[derive(Clone, Copy, Debug)]
pub struct Forms(f64);

impl IBase for Forms {
    fn pressure(&self) -> f64 {
        self.0
    }
}

impl Display for Forms {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl IForms for Forms {
    fn method(&self) {}

    fn parameters(&self, left: u32, right: Option<&str>) -> u32 {
        right.map_or(left, |_| 0)
    }

    fn borrows<'a>(&'a self, text: &'a str) -> &'a str {
        text
    }

    fn fails(&self) -> Result<(), String> {
        Ok(())
    }

    fn r#type(&self, r#in: u8) -> u8 {
        r#in
    }
}

/// A plugin with all settings.
#[plugin(IPlugin, IBase, IForms, name = "forms", priority = -10)]
#[tag(key = "value")]
#[tag(other = "value")]
pub static FORMS: Forms = Forms(1.0);

/// A plugin of an interface that is named by a path.
#[plugin(crate::form::IBase, plugin_core::IPlugin)]
pub static BY_PATH: Forms = Forms(2.0);

/// A plugin that is made on its first use.
#[plugin(IBase)]
pub static LATE: LazyLock<Forms> = LazyLock::new(|| Forms(3.0));

/// A struct that is a plugin.
#[plugin(IBase)]
#[derive(Clone, Copy, Debug)]
pub struct Unit;

impl IBase for Unit {
    fn pressure(&self) -> f64 {
        4.0
    }
}

const _: () = {
    #[plugin(IBase)]
    static IN_CONST: Forms = Forms(5.0);
};

macro_rules! register {
    ($name:ident, $interface:path, $value:expr) => {
        #[plugin($interface)]
        static $name: Forms = $value;
    };
}

register!(BY_MACRO, IBase, Forms(6.0));
