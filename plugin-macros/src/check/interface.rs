use quote::ToTokens;
use syn::{FnArg, Generics, ItemTrait, ReceiverKind, ReturnType, Signature, TraitItem};

use super::object::{self, Obstacle};
use crate::ast::{Callee, Declared, Interface, InterfaceSettings, Marks, needs_sized};
use crate::errors::Errors;

pub(crate) fn interface(interface: &Interface, errors: &mut Errors) {
    noun(interface, errors);
    tag(interface, errors);
    slot(interface, errors);
    super::tags(&interface.tags, errors);
    for marks in &interface.marks {
        super::tags(&marks.tags, errors);
    }
    generics(interface.item.generics(), errors);
    match &interface.item {
        Declared::Trait(item) => of_trait(interface, item, errors),
        Declared::Struct(_) => of_struct(interface, errors),
    }
}

fn of_trait(interface: &Interface, item: &ItemTrait, errors: &mut Errors) {
    form(item, errors);
    object::supertraits(item, errors);
    for (member, marks) in item.items.iter().zip(&interface.marks) {
        written_out(member, errors);
        if marks.attributes.is_empty() {
            if let Some(obstacle) = object::obstacle(&interface.settings, item, member)
                .or_else(|| across(&interface.settings, member))
            {
                errors.push_on(obstacle.tokens, obstacle.message);
            }
        } else {
            attribute(member, marks, errors);
        }
    }
}

/// What keeps a call from being handed on between a program and a drop-in.
fn across(settings: &InterfaceSettings, member: &TraitItem) -> Option<Obstacle> {
    let TraitItem::Fn(function) = member else {
        return None;
    };
    let sig = &function.sig;
    if !settings.dropin || needs_sized(&sig.generics) {
        return None;
    }
    let name = &sig.ident;
    if let Some(asyncness) = &sig.asyncness {
        let message = format!(
            "`{name}` is `async`, so a drop-in and its host cannot compare what it returns\n\
             help: write the return type: `fn {name}(…) -> Pin<Box<dyn Future<Output = …> + Send>>`"
        );
        let tokens = asyncness.to_token_stream();
        return Some(Obstacle { tokens, message });
    }
    let receiver = sig.receiver()?;
    if Callee::of(sig).is_some() {
        return None;
    }
    let message = format!(
        "`{name}` has a receiver with which the plugins of drop-ins cannot be called\n\
         help: take `&self`, or `self: Box<Self>` in a configured interface"
    );
    let tokens = receiver.to_token_stream();
    Some(Obstacle { tokens, message })
}

fn of_struct(interface: &Interface, errors: &mut Errors) {
    if let Some(configured) = &interface.settings.configured {
        let message = "`configured` is for traits: a plugin of a struct is data\n\
                       help: remove it, or declare a trait";
        errors.push(configured.word.span(), message);
    }
    if let Some(lazy) = &interface.settings.lazy {
        let message = "`lazy` is for traits: a plugin of a struct is a value of the struct, not a `LazyLock`\n\
                       help: remove it; a field may have the type `LazyLock<T>`";
        errors.push(lazy.span(), message);
    }
    for &span in interface.marks.iter().flat_map(|marks| &marks.attributes) {
        let message =
            "a field of an interface is an attribute already\nhelp: remove `#[attribute]`";
        errors.push(span, message);
    }
}

/// A noun is printed within a sentence.
fn noun(interface: &Interface, errors: &mut Errors) {
    let Some(noun) = &interface.settings.noun else {
        return;
    };
    let value = noun.value();
    let message = if value.is_empty() {
        "a noun cannot be empty\n\
         help: write what users call such a plugin, as in `noun = \"material\"`, or leave it out"
    } else if value.chars().any(char::is_control) {
        "a noun cannot contain control characters\nhelp: remove them"
    } else if value.trim() != value {
        "a noun cannot begin or end with a space\nhelp: remove the space"
    } else {
        return;
    };
    errors.push(noun.span(), message);
}

/// A map has the key beside the parameters.
fn tag(interface: &Interface, errors: &mut Errors) {
    let configured = interface.settings.configured.as_ref();
    let Some(tag) = configured.and_then(|configured| configured.tag.as_ref()) else {
        return;
    };
    if tag.value().is_empty() {
        let message = "the key of a plugin's name cannot be empty\n\
                       help: leave `tag` out to use the key `use`";
        errors.push(tag.span(), message);
    }
}

/// A slot's name becomes part of the name of a linker section and of symbols.
fn slot(interface: &Interface, errors: &mut Errors) {
    let Some(slot) = &interface.settings.slot else {
        return;
    };
    let name = slot.value();
    let valid = name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    if !valid {
        let message = "a slot's name can have only upper-case letters, digits, and underscores\n\
                       help: `slot = \"MATERIALS\"`";
        errors.push(slot.span(), message);
    }
}

/// A slot is one static: it has no parameters.
fn generics(generics: &Generics, errors: &mut Errors) {
    if !generics.params.is_empty() {
        let message = "generic interfaces are not supported\n\
                       help: declare one interface for each use, without parameters";
        errors.push_on(&generics.params, message);
    }
}

/// What nobody can promise for a plugin.
fn form(item: &ItemTrait, errors: &mut Errors) {
    if let Some(unsafety) = item.unsafety {
        let message = "an interface cannot be an `unsafe trait`\n\
                       help: write `unsafe fn` for the methods whose callers must keep a promise";
        errors.push_on(unsafety, message);
    }
    if let Some(auto) = item.modifiers.auto_token {
        let message = "an interface cannot be an `auto trait`\n\
                       help: remove `auto`: a plugin lists its interfaces itself";
        errors.push_on(auto, message);
    }
}

/// What a macro writes, nobody can describe at run time.
fn written_out(item: &TraitItem, errors: &mut Errors) {
    if let TraitItem::Macro(item) = item {
        let message = "the members of an interface cannot come from a macro inside it\n\
                       help: write them out, or let the macro write the whole trait";
        errors.push_on(&item.mac.path, message);
    }
}

/// An attribute is something that the object has: it is read without parameters.
fn attribute(item: &TraitItem, marks: &Marks, errors: &mut Errors) {
    for &span in &marks.attributes[1..] {
        errors.push(span, "duplicate `#[attribute]`\nhelp: give it once");
    }
    match item {
        TraitItem::Fn(item) => getter(&item.sig, errors),
        _ => errors.push(
            marks.attributes[0],
            "`#[attribute]` can only be applied to a getter\n\
             help: declare it as `fn name(&self) -> Type;`",
        ),
    }
}

fn getter(sig: &Signature, errors: &mut Errors) {
    let name = &sig.ident;
    let shared = sig.receiver().is_some_and(|receiver| match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_none(),
        ReceiverKind::Typed(..) => true,
        _ => false,
    });
    if !shared {
        let place = sig
            .receiver()
            .map_or_else(|| sig.ident.to_token_stream(), ToTokens::to_token_stream);
        errors.push_on(
            place,
            format!("an attribute must take `&self`\nhelp: `fn {name}(&self) -> …`"),
        );
    }
    if let Some(parameter) = sig
        .inputs
        .iter()
        .find(|input| matches!(input, FnArg::Typed(_)))
    {
        let message = "an attribute cannot have parameters\n\
                       help: remove `#[attribute]` to make it a method";
        errors.push_on(parameter, message);
    }
    if matches!(sig.output, ReturnType::Default) {
        let message = format!(
            "an attribute must have a return type\nhelp: `fn {name}(&self) -> Type;`, \
             or remove `#[attribute]` to make it a method"
        );
        errors.push_on(&sig.ident, message);
    }
}
