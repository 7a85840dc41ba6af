//! What the user wrote, once it is understood.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Attribute, Expr, Generics, ItemTrait, LitInt, LitStr, Path, Type, TypeParamBound,
    WherePredicate,
};

/// `#[interface] pub trait IMaterial { … }`
pub(crate) struct Interface {
    pub(crate) settings: InterfaceSettings,
    /// The trait, without the attributes that are ours.
    pub(crate) item: ItemTrait,
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<Tag>,
    /// For each of the trait's items, what our attributes on it say.
    pub(crate) marks: Vec<Marks>,
}

/// `#[interface(one, slot = "MATERIALS", lazy = false, crate = plugin)]`
pub(crate) struct InterfaceSettings {
    pub(crate) one: bool,
    pub(crate) slot: Option<LitStr>,
    pub(crate) lazy: bool,
    pub(crate) krate: Path,
}

/// Our attributes on one item of a trait.
pub(crate) struct Marks {
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<Tag>,
    /// Where each `#[attribute]` is.
    pub(crate) attributes: Vec<Span>,
}

/// `#[plugin(IPlugin, IMaterial, name = "steel-plate", priority = 10)]`
pub(crate) struct Plugin {
    pub(crate) interfaces: Vec<Path>,
    pub(crate) settings: PluginSettings,
    /// The item's attributes, without those that are ours.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) kind: PluginKind,
    /// The item without its attributes, as it was written.
    pub(crate) item: TokenStream,
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<Tag>,
}

/// For longer lists, `plugin-core` has no type.
pub(crate) const MOST_INTERFACES: usize = 16;

pub(crate) struct PluginSettings {
    pub(crate) name: Option<LitStr>,
    pub(crate) priority: Option<Priority>,
    /// `crate = path`, of which only this is asked: that it leads to plugin-core.
    pub(crate) krate: Option<Path>,
}

/// `priority = -10`
pub(crate) struct Priority {
    pub(crate) value: i64,
    pub(crate) literal: LitInt,
}

pub(crate) enum PluginKind {
    /// With its type.
    Static(Box<Type>),
    UnitStruct,
}

/// `link_plugins!()`, `link_plugins!(metals, ceramics)`
pub(crate) struct Link {
    /// Those that are named; all where none is.
    pub(crate) dependencies: Vec<Ident>,
    pub(crate) krate: Path,
}

/// `dropin!()`
pub(crate) struct DropIn {
    pub(crate) krate: Path,
}

/// `#[tag(key = "value")]`
pub(crate) struct Tag {
    pub(crate) key: Ident,
    pub(crate) value: LitStr,
}

/// The parts of a doc comment.
pub(crate) struct Docs {
    pub(crate) parts: Vec<DocPart>,
}

pub(crate) enum DocPart {
    /// Lines whose text is known.
    Text(String),
    /// `#[doc = include_str!("…")]`, or another macro that makes a literal.
    Expr(Box<Expr>),
}

pub(crate) fn is_self(ty: &Type) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.is_ident("Self"))
}

/// Whether a member is kept out of the objects: `where Self: Sized`.
pub(crate) fn needs_sized(generics: &Generics) -> bool {
    let is_sized = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Sized"),
        _ => false,
    };
    let mut predicates = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    predicates.any(|predicate| match predicate {
        WherePredicate::Type(predicate) => {
            is_self(&predicate.bounded_ty) && predicate.bounds.iter().any(is_sized)
        }
        _ => false,
    })
}
