//! The interface, in five forms.

use plugin_core::{Shape, interface};

/// What a member mentions without saying more of it.
#[derive(Shape)]
pub struct Sample {
    pub mass: u32,
    #[cfg(feature = "resized")]
    pub volume: f64,
}

impl Sample {
    pub fn new(mass: u32) -> Self {
        Self {
            mass,
            #[cfg(feature = "resized")]
            volume: 1.0,
        }
    }
}

#[cfg(not(feature = "retyped"))]
pub type Byte = u8;
#[cfg(feature = "retyped")]
pub type Byte = i8;

/// A material.
#[cfg_attr(feature = "documented", doc = "", doc = "It is documented better than it was.")]
#[interface(dropin)]
pub trait IMaterial {
    #[cfg(feature = "reordered")]
    fn mass(&self, sample: &Sample) -> u32;

    /// Made by the library, dropped by the program.
    fn text(&self) -> String;

    #[cfg(not(feature = "reordered"))]
    fn mass(&self, sample: &Sample) -> u32;

    /// Made by the program, grown by the library, dropped by the program.
    #[cfg(not(feature = "retyped"))]
    fn grow(&self, bytes: Vec<u8>) -> Vec<u8>;
    #[cfg(feature = "retyped")]
    fn grow(&self, bytes: Vec<i8>) -> Vec<i8>;

    /// Made by the program, dropped by the library.
    #[cfg(not(feature = "documented"))]
    fn keep(&self, text: Box<str>) -> usize;

    /// What a member does when its author does not say what.
    #[cfg(feature = "documented")]
    fn keep(&self, text: Box<str>) -> usize {
        text.len() + 1
    }

    #[cfg(feature = "added")]
    fn added(&self) {}
}

/// Another interface, which has one form.
#[interface(dropin)]
pub trait INote {
    fn note(&self) -> u64;
}

impl INote for fn() -> u64 {
    fn note(&self) -> u64 {
        self()
    }
}

/// An interface whose plugins are data.
#[interface(dropin)]
pub struct Grade {
    pub level: u32,
    #[cfg(feature = "resized")]
    pub least: u64,
    pub name: &'static str,
}

/// What all of the plugins are.
pub struct Material(pub u32);

impl IMaterial for Material {
    fn mass(&self, sample: &Sample) -> u32 {
        self.0 * sample.mass
    }

    fn text(&self) -> String {
        format!("text {}", self.0)
    }

    fn grow(&self, mut bytes: Vec<Byte>) -> Vec<Byte> {
        for _ in 0..100_000 {
            bytes.push(1);
        }
        bytes.shrink_to_fit();
        bytes
    }

    fn keep(&self, text: Box<str>) -> usize {
        text.len()
    }
}

impl INote for Material {
    fn note(&self) -> u64 {
        u64::from(self.0) + 100
    }
}
