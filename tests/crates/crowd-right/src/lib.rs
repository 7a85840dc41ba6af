//! The second half of the plugins.

// Clippy takes minutes over as many, and has looked at generated code elsewhere.
#[cfg(not(clippy))]
mod plugins {
    crowd::beginning_with! { 5 6 7 8 9 }
}
