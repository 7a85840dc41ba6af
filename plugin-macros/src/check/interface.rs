use syn::spanned::Spanned as _;
use syn::{ItemTrait, Result, ReturnType, Signature, TraitItem};

use crate::ast::{Interface, Marks};
use crate::errors::Errors;

pub(crate) fn interface(interface: &Interface) -> Result<()> {
    let mut errors = Errors::default();
    slot(interface, &mut errors);
    form(&interface.item, &mut errors);
    super::tags(&interface.tags, &mut errors);
    for (item, marks) in interface.item.items.iter().zip(&interface.marks) {
        super::tags(&marks.tags, &mut errors);
        attribute(item, marks, &mut errors);
    }
    errors.finish()
}

/// A slot's name becomes part of the name of a linker section and of symbols.
fn slot(interface: &Interface, errors: &mut Errors) {
    let Some(slot) = &interface.settings.slot else {
        return;
    };
    let name = slot.value();
    let valid = name.starts_with(|letter: char| letter.is_ascii_uppercase() || letter == '_')
        && name
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    if !valid {
        let message = "a slot is named with upper-case letters, digits, and underscores\n\
                       help: `slot = \"MATERIALS\"`";
        errors.push(slot.span(), message);
    }
}

/// A slot is one static: it has no parameters, and nobody can promise for it.
fn form(item: &ItemTrait, errors: &mut Errors) {
    if !item.generics.params.is_empty() {
        let message = "generic interfaces are not supported\n\
                       help: move the parameters to the methods' types, or declare one interface for each use";
        errors.push(item.generics.params.span(), message);
    }
    if let Some(unsafety) = item.unsafety {
        let message = "an interface cannot be an `unsafe trait`\n\
                       help: make the members that need a promise `unsafe fn`";
        errors.push(unsafety.span(), message);
    }
}

/// An attribute is something that the object has: it is read without parameters.
fn attribute(item: &TraitItem, marks: &Marks, errors: &mut Errors) {
    let Some(&span) = marks.attribute.first() else {
        return;
    };
    for &span in &marks.attribute[1..] {
        errors.push(span, "duplicate `#[attribute]`\nhelp: give it once");
    }
    let TraitItem::Fn(item) = item else {
        let message = "`#[attribute]` can only be applied to a getter\n\
                       help: declare it as `fn name(&self) -> Type;`";
        errors.push(span, message);
        return;
    };
    getter(&item.sig, errors);
}

fn getter(sig: &Signature, errors: &mut Errors) {
    if sig.receiver().is_none() {
        let message = format!(
            "an attribute is read from `&self`\nhelp: `fn {}(&self{}`",
            sig.ident,
            if sig.inputs.is_empty() { ")" } else { ", …)" }
        );
        errors.push(sig.paren_token.span.join(), message);
    } else if let Some(parameter) = sig.inputs.iter().nth(1) {
        let message = "an attribute has no parameters\n\
                       help: remove `#[attribute]` to make it a method";
        errors.push(parameter.span(), message);
    }
    if matches!(sig.output, ReturnType::Default) {
        let message = format!(
            "an attribute has a type\nhelp: `fn {}(&self) -> Type;`, \
             or remove `#[attribute]` to make it a method",
            sig.ident
        );
        errors.push(sig.ident.span(), message);
    }
}
