#![forbid(unsafe_code)]

pub use kernel;
