//! What the user wrote → whether it can be meant.

mod dropin;
mod interface;
mod link;
pub(crate) mod object;
mod plugin;
mod shape;

pub(crate) use self::dropin::{dropin, named};
pub(crate) use self::interface::interface;
pub(crate) use self::link::{held, link};
pub(crate) use self::plugin::plugin;
pub(crate) use self::shape::foreign;

use std::collections::HashSet;

use crate::ast::Tag;
use crate::errors::Errors;

fn tags(tags: &[Tag], errors: &mut Errors) {
    let mut seen = HashSet::new();
    for tag in tags {
        if !seen.insert(&tag.key) {
            let message = format!("duplicate tag `{}`\nhelp: give it once", tag.key);
            errors.push(tag.key.span(), message);
        }
    }
}
