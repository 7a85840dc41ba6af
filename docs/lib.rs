//! The guides, which are read as Markdown: here, their listings are compiled and run.

/// Each idiom of linkme, inventory, typetag, and `enum_dispatch`, and what to write instead.
#[doc = include_str!("coming-from.md")]
pub mod coming_from {}
