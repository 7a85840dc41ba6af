//! The plugins with the numbers 5000 to 9999.

// Clippy takes minutes over as many, and has looked at generated code elsewhere.
#[cfg(not(clippy))]
mod plugins {
    crowd::numbers! { 5; * * * }
    crowd::numbers! { 6; * * * }
    crowd::numbers! { 7; * * * }
    crowd::numbers! { 8; * * * }
    crowd::numbers! { 9; * * * }
}
