//! What the user wrote, once it is understood.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Attribute, Expr, GenericArgument, Generics, ItemEnum, ItemStruct, ItemTrait, ItemUnion,
    LitBool, LitInt, LitStr, Path, PathArguments, ReceiverKind, Signature, TraitItem, Type,
    TypeParamBound, TypePath, Visibility, WherePredicate,
};

/// `#[interface] pub trait IMaterial { … }`, `#[interface] pub struct Route { … }`
pub(crate) struct Interface {
    pub(crate) settings: InterfaceSettings,
    pub(crate) item: Declared,
    pub(crate) docs: Docs,
    pub(crate) tags: Vec<Tag>,
    /// For each of the trait's items, or of the struct's fields, what our attributes on it say.
    pub(crate) marks: Vec<Marks>,
}

/// What an interface is declared as, without the attributes that are ours.
pub(crate) enum Declared {
    Trait(ItemTrait),
    Struct(ItemStruct),
}

impl Declared {
    pub(crate) fn attrs(&self) -> &[Attribute] {
        match self {
            Self::Trait(item) => &item.attrs,
            Self::Struct(item) => &item.attrs,
        }
    }

    pub(crate) fn attrs_mut(&mut self) -> &mut Vec<Attribute> {
        match self {
            Self::Trait(item) => &mut item.attrs,
            Self::Struct(item) => &mut item.attrs,
        }
    }

    pub(crate) fn vis(&self) -> &Visibility {
        match self {
            Self::Trait(item) => &item.vis,
            Self::Struct(item) => &item.vis,
        }
    }

    pub(crate) fn ident(&self) -> &Ident {
        match self {
            Self::Trait(item) => &item.ident,
            Self::Struct(item) => &item.ident,
        }
    }

    pub(crate) fn generics(&self) -> &Generics {
        match self {
            Self::Trait(item) => &item.generics,
            Self::Struct(item) => &item.generics,
        }
    }
}

/// `#[interface(dropin, one, configured, noun = "material", slot = "MATERIALS", lazy = false, crate = plugin)]`
pub(crate) struct InterfaceSettings {
    pub(crate) one: bool,
    pub(crate) noun: Option<LitStr>,
    pub(crate) slot: Option<LitStr>,
    pub(crate) lazy: Option<LitBool>,
    pub(crate) krate: Path,
    pub(crate) configured: Option<Configured>,
    /// Whether drop-ins may provide it.
    pub(crate) dropin: bool,
    pub(crate) foreign: Vec<TypePath>,
}

/// `configured`, `configured(tag = "type")`
pub(crate) struct Configured {
    /// The word itself.
    pub(crate) word: Ident,
    pub(crate) tag: Option<LitStr>,
}

/// Our attributes on one item of a trait, or one field of a struct.
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
    pub(crate) name: Option<Text>,
    pub(crate) id: Option<Text>,
    pub(crate) priority: Option<Priority>,
    /// `crate = path`, of which only this is asked: that it leads to plugin-core.
    pub(crate) krate: Option<Path>,
}

/// `name = "steel-plate"`, `name = concat!(PREFIX, "plate")`
pub(crate) enum Text {
    Literal(LitStr),
    /// An expression, of which the compiler knows more than we.
    Constant(TokenStream),
}

/// `priority = -10`, `priority = HIGH`
pub(crate) enum Priority {
    Literal(i64, LitInt),
    /// As above.
    Constant(TokenStream),
}

pub(crate) enum PluginKind {
    /// With its type.
    Static(Box<Type>),
    UnitStruct,
    /// A struct with fields, or an enum.
    Type,
    /// With the type of a pointer to it.
    Function(TokenStream),
}

/// `link_plugins!()`, `link_plugins!(metals, ceramics)`; `dropin!()`, `dropin!(metals, ceramics)`
pub(crate) struct Link {
    /// Those that are named. Where none is, `link_plugins!()` means all.
    pub(crate) dependencies: Vec<Ident>,
    pub(crate) krate: Path,
}

/// `#[shape] pub trait Logger { … }`
pub(crate) struct PlainTrait {
    pub(crate) krate: Path,
    pub(crate) foreign: Vec<TypePath>,
    pub(crate) item: ItemTrait,
}

/// `#[derive(Shape)] pub struct Sample { … }`
pub(crate) struct Derived {
    pub(crate) krate: Path,
    pub(crate) foreign: Vec<TypePath>,
    pub(crate) data: Data,
}

pub(crate) enum Data {
    Struct(ItemStruct),
    Enum(ItemEnum),
    Union(ItemUnion),
}

impl Data {
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Enum(_) => "enum",
            Self::Union(_) => "union",
        }
    }

    pub(crate) fn attrs(&self) -> &[Attribute] {
        match self {
            Self::Struct(item) => &item.attrs,
            Self::Enum(item) => &item.attrs,
            Self::Union(item) => &item.attrs,
        }
    }

    pub(crate) fn ident(&self) -> &Ident {
        match self {
            Self::Struct(item) => &item.ident,
            Self::Enum(item) => &item.ident,
            Self::Union(item) => &item.ident,
        }
    }

    pub(crate) fn generics(&self) -> &Generics {
        match self {
            Self::Struct(item) => &item.generics,
            Self::Enum(item) => &item.generics,
            Self::Union(item) => &item.generics,
        }
    }
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

/// How a member takes the object.
#[derive(Clone, Copy)]
pub(crate) enum Callee {
    Shared,
    Mutable,
    Boxed,
}

impl Callee {
    /// Whether each call of an object can be handed on to another one.
    pub(crate) fn all_of(item: &ItemTrait) -> bool {
        item.unsafety.is_none()
            && item.items.iter().all(|item| match item {
                TraitItem::Fn(function) => {
                    let sig = &function.sig;
                    needs_sized(&sig.generics) || sig.asyncness.is_none() && Self::of(sig).is_some()
                }
                TraitItem::Type(_) => true,
                _ => false,
            })
    }

    /// Nothing where it is taken in another way.
    pub(crate) fn of(sig: &Signature) -> Option<Self> {
        let ty = match &sig.receiver()?.kind {
            ReceiverKind::Reference(_, _, Some(_)) => return Some(Self::Mutable),
            ReceiverKind::Reference(_, _, None) => return Some(Self::Shared),
            ReceiverKind::Typed(_, ty) => &**ty,
            _ => return None,
        };
        match ty {
            Type::Reference(ty) if is_self(&ty.elem) => Some(match ty.mutability {
                Some(_) => Self::Mutable,
                None => Self::Shared,
            }),
            Type::Path(path) => {
                let last = path.path.segments.last()?;
                let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                    return None;
                };
                let is_boxed = last.ident == "Box"
                    && matches!(arguments.args.first(), Some(GenericArgument::Type(ty)) if is_self(ty));
                is_boxed.then_some(Self::Boxed)
            }
            _ => None,
        }
    }
}
