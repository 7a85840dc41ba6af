//! A library with a module.

mod steps;
