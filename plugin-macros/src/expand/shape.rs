//! The layouts of types, as far as one declaration tells: what it mentions, the compiler follows.

mod across;
mod derived;
mod lifetimes;
mod traits;

pub(crate) use self::derived::derived;
pub(crate) use self::traits::plain;
pub(super) use self::traits::{of_interface, of_struct};

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, GenericArgument, Path, PathArguments, Type, TypePath};

use self::lifetimes::Place;
use super::{as_generated, cfgs, signature};
use crate::compilation::Compilation;

/// A type that a declaration mentions.
struct Part {
    /// It is there under these conditions.
    cfgs: Vec<Attribute>,
    ty: TokenStream,
    span: Span,
    /// As it is written.
    text: String,
    /// Who says which types are foreign.
    by: TokenStream,
}

impl Part {
    fn new(attrs: &[Attribute], ty: &Type, place: &Place<'_>, by: &TokenStream) -> Self {
        let tokens = ty.to_token_stream();
        Self {
            cfgs: cfgs(attrs).cloned().collect(),
            span: ty.span().resolved_at(Span::call_site()),
            text: signature::text(tokens.clone()),
            ty: as_generated(place.settled(tokens)),
            by: by.clone(),
        }
    }

    /// What the compiler has to say of the type, it says of the mention.
    fn node(&self, krate: &Path) -> TokenStream {
        let Self {
            cfgs, ty, by, span, ..
        } = self;
        let krate = super::located_at(krate.to_token_stream(), *span);
        let node = quote_spanned!(*span=> <#ty as #krate::Shape<#by>>::NODE);
        quote!(#(#cfgs)* #node)
    }
}

/// What a declaration is, for the constants of its shape.
struct Declared<'a> {
    krate: &'a Path,
    name: String,
    /// With `__PluginBy`, which says what is foreign in the arguments.
    generics: TokenStream,
    ty: TokenStream,
    clause: TokenStream,
    /// Numbers for the generic arguments, if there may be any.
    arguments: Option<Vec<TokenStream>>,
    /// Numbers for what is written.
    texts: Vec<TokenStream>,
    parts: &'a [Part],
    /// How what is owned in it is carried.
    carried: Option<TokenStream>,
    deprecated: bool,
}

fn declared(compilation: &Compilation, declared: Declared<'_>) -> TokenStream {
    let Declared {
        krate,
        name,
        generics,
        ty,
        clause,
        arguments,
        texts,
        parts,
        carried,
        deprecated,
    } = declared;
    let private = quote!(#krate::__private);
    let core = quote!(#private::core);
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    // A type is laid out with the flags of its own crate.
    let flags = Some(Compilation::flags())
        .filter(|flags| !flags.is_empty())
        .map(hash);
    let texts = texts
        .into_iter()
        .chain(flags.map(quote::ToTokens::into_token_stream));
    let (name, origin) = (format!("::{name}"), origin(compilation));
    let name = quote!(#core::concat!(#core::module_path!(), #name));
    let texts: Vec<TokenStream> = texts.collect();
    let parts = parts.iter().map(|part| part.node(krate));
    let node = |key: &TokenStream| {
        quote! {
            #private::Node {
                name: #name,
                origin: #origin,
                key: #key,
                text: #private::mixed(&[#(#texts),*]),
                parts: &[#(#parts),*],
            }
        }
    };
    // Only a static may lead to others that lead back to it, and none can have parameters.
    let (items, node) = if arguments.is_some() {
        let node = node(&quote!(<Self as #krate::Shape<__PluginBy>>::KEY));
        (None, quote!(&#node))
    } else {
        let node = node(&quote!(#private::key(#name, #origin, &[])));
        let place = quote!(#allow static __PLUGIN_SHAPE: #private::Node = #node;);
        (Some(place), quote!(&__PLUGIN_SHAPE))
    };
    let arguments = arguments.unwrap_or_default();
    quote! {
        #items
        #krate::declare_shape! {
            #allow [#generics] #ty, __PluginBy, [#clause] {
                const KEY: #core::primitive::u128 =
                    #private::key(#name, #origin, &[#(#arguments),*]);
                const NODE: #private::At = #private::At { node: #node };
                #carried
            }
        }
    }
}

/// As in `imatsim 0.1.0`.
fn origin(compilation: &Compilation) -> String {
    let Compilation {
        package, version, ..
    } = compilation;
    format!("{package} {version}")
}

/// The types of other crates that `by` names: the builds of their crates stand for them.
fn foreign(
    compilation: &Compilation,
    krate: &Path,
    types: &[TypePath],
    [generics, by, clause]: [&TokenStream; 3],
) -> TokenStream {
    let private = quote!(#krate::__private);
    let core = quote!(#private::core);
    let of_type = |ty: &TypePath| {
        let name = signature::text(without_arguments(&ty.path).to_token_stream());
        let build = compilation.build_of(&ty.path).unwrap_or_default();
        let (origin, text) = (&build.said, hash(&build.identity));
        let place = Place::default();
        let parts: Vec<Part> = arguments(&ty.path)
            .map(|ty| Part::new(&[], ty, &place, by))
            .collect();
        let keys = parts
            .iter()
            .map(|Part { ty, .. }| quote!(<#ty as #krate::Shape<#by>>::KEY));
        let nodes = parts.iter().map(|part| part.node(krate));
        let ty = as_generated(place.settled(ty.to_token_stream()));
        quote! {
            #krate::declare_shape! {
                [#generics] #ty, #by, [#clause] {
                    const KEY: #core::primitive::u128 =
                        #private::key(#name, "", &[#(#keys),*]);
                    const NODE: #private::At = #private::At {
                        node: &#private::Node {
                            name: #name,
                            origin: #origin,
                            key: <Self as #krate::Shape<#by>>::KEY,
                            text: #text,
                            parts: &[#(#nodes),*],
                        },
                    };
                }
            }
        }
    };
    types.iter().map(of_type).collect()
}

fn without_arguments(path: &Path) -> Path {
    let mut path = path.clone();
    for segment in &mut path.segments {
        segment.arguments = PathArguments::None;
    }
    path.leading_colon = None;
    path
}

/// The generic arguments that are types.
fn arguments(path: &Path) -> impl Iterator<Item = &Type> {
    let arguments = path
        .segments
        .iter()
        .filter_map(|segment| match &segment.arguments {
            PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
            _ => None,
        });
    arguments.flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// FNV-1a, of 128 bits.
fn hash(text: &str) -> Literal {
    let hash = text
        .bytes()
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        });
    Literal::u128_suffixed(hash)
}

/// A type that is deprecated may be mentioned in silence where the declaration says so.
fn speaks_of_deprecated(attr: &Attribute) -> bool {
    let path = attr.path();
    path.is_ident("deprecated")
        || (path.is_ident("allow") || path.is_ident("expect"))
            && lifetimes::has_word(attr.meta.to_token_stream(), &["deprecated"])
}
