//! A library that others link against.

use imat::{IMaterial, Material};

pub fn steel() -> &'static dyn IMaterial {
    static STEEL: Material = Material(5);
    &STEEL
}
