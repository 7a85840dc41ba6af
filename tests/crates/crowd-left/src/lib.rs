//! The first half of the plugins.

// Clippy takes minutes over as many, and has looked at generated code elsewhere.
#[cfg(not(clippy))]
mod plugins {
    crowd::beginning_with! { 0 1 2 3 4 }
}
