//! The plugins with the numbers 0 to 4999.

// Clippy takes minutes over as many, and has looked at generated code elsewhere.
#[cfg(not(clippy))]
mod plugins {
    crowd::numbers! { 0; * * * }
    crowd::numbers! { 1; * * * }
    crowd::numbers! { 2; * * * }
    crowd::numbers! { 3; * * * }
    crowd::numbers! { 4; * * * }
}
