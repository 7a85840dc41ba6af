//! The number that tells two forms of an interface apart.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{
    Attribute, FnArg, GenericArgument, ItemStruct, ItemTrait, Path, PathArguments, ReturnType,
    Signature, TraitItem, Type, TypeParamBound, TypePath,
};

use super::interface::supertraits;
use super::{as_generated, cfgs, signature};
use crate::ast::needs_sized;
use crate::compilation::Compilation;

/// The constants of `Interface` that tell its forms apart.
///
/// What the text says is a number here already. What only the compiler knows, it adds where the
/// constants are used, which is nowhere in a program without drop-ins.
pub(super) fn of_trait(compilation: &Compilation, krate: &Path, item: &ItemTrait) -> TokenStream {
    let bounds = &item.supertraits;
    let clause = &item.generics.where_clause;
    let bases: Vec<TokenStream> = supertraits(item)
        .map(|base| as_generated(base.to_token_stream()))
        .collect();
    let texts = item.items.iter().map(|item| {
        let (attrs, text) = match item {
            TraitItem::Fn(item) => (&*item.attrs, signature::text(item.sig.to_token_stream())),
            TraitItem::Type(item) => (&*item.attrs, format!("type {}", item.ident)),
            _ => (&[][..], String::new()),
        };
        let cfgs = cfgs(attrs);
        let text = hash(&text);
        quote!(#(#cfgs)* #text)
    });
    let shapes = item.items.iter().filter_map(|item| match item {
        TraitItem::Fn(item) if !needs_sized(&item.sig.generics) => {
            let cfgs = cfgs(&item.attrs);
            let shapes = shapes(krate, &item.sig);
            Some(quote!(#(#cfgs)* &[#(#shapes),*]))
        }
        _ => None,
    });
    let attrs = item.items.iter().flat_map(|item| match item {
        TraitItem::Fn(item) => &*item.attrs,
        _ => &[],
    });
    constants(
        krate,
        &Form {
            name: &item.ident,
            text: identity(compilation, &signature::text(quote!(#bounds #clause))),
            bases,
            texts: texts.collect(),
            shapes: shapes.collect(),
            speaks_of_deprecated: attrs.chain(&item.attrs).any(speaks_of_deprecated),
        },
    )
}

/// As above. The order of the fields is the compiler's choice, so each says where it is.
pub(super) fn of_struct(compilation: &Compilation, krate: &Path, item: &ItemStruct) -> TokenStream {
    let ident = &item.ident;
    let texts = item.fields.iter().map(|field| {
        let (cfgs, name, ty) = (cfgs(&field.attrs), &field.ident, &field.ty);
        let text = hash(&signature::text(quote!(#name: #ty)));
        quote!(#(#cfgs)* #text)
    });
    let shapes = item.fields.iter().map(|field| {
        let mut types = Vec::new();
        mentioned(&field.ty, &[], &mut types);
        let (cfgs, name) = (cfgs(&field.attrs), &field.ident);
        let shapes = types.into_iter().map(|ty| shape(krate, &ty));
        quote! {
            #(#cfgs)* &[
                #krate::__private::core::mem::offset_of!(#ident, #name) as u128,
                #(#shapes),*
            ]
        }
    });
    let whole = quote!(&[#krate::__private::Shape::<#ident>::LAYOUT]);
    let attrs = item.fields.iter().flat_map(|field| &field.attrs);
    constants(
        krate,
        &Form {
            name: ident,
            text: identity(compilation, "struct"),
            bases: Vec::new(),
            texts: texts.collect(),
            shapes: shapes.chain([whole]).collect(),
            speaks_of_deprecated: attrs.chain(&item.attrs).any(speaks_of_deprecated),
        },
    )
}

/// What tells the forms of one interface apart.
struct Form<'a> {
    name: &'a Ident,
    text: Literal,
    bases: Vec<TokenStream>,
    /// A number for the text of each member.
    texts: Vec<TokenStream>,
    /// For each member, what is asked of the types that it mentions.
    shapes: Vec<TokenStream>,
    speaks_of_deprecated: bool,
}

fn identity(compilation: &Compilation, text: &str) -> Literal {
    let Compilation {
        package, version, ..
    } = compilation;
    hash(&format!("{package}\0{version}\0{text}"))
}

fn constants(krate: &Path, form: &Form<'_>) -> TokenStream {
    let core = quote!(#krate::__private::core);
    let Form {
        text,
        bases,
        texts,
        shapes,
        ..
    } = form;
    let path = format!("::{}", super::unraw(form.name));
    // The types are in the very tokens of the interface: what a lint says of them here, it says there.
    let allow = form
        .speaks_of_deprecated
        .then(|| quote!(#[allow(deprecated)]));
    quote! {
        const FORM: #core::primitive::u128 = #krate::__private::form(
            #core::concat!(#core::module_path!(), #path),
            #text,
            &[#(#krate::__private::Shape::<dyn #bases>::FORM),*],
            &[#(#texts),*],
        );
        #allow
        const TOKEN: #core::primitive::u128 = #krate::__private::token::<Self>(
            &[#(#krate::__private::Shape::<dyn #bases>::TOKEN),*],
            &[#(#shapes),*],
        );
    }
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

/// A type that is deprecated may be mentioned in silence where the trait says so.
fn speaks_of_deprecated(attr: &Attribute) -> bool {
    fn contains(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|tree| match tree {
            TokenTree::Ident(ident) => ident == "deprecated",
            TokenTree::Group(group) => contains(group.stream()),
            _ => false,
        })
    }
    let path = attr.path();
    path.is_ident("deprecated")
        || (path.is_ident("allow") || path.is_ident("expect"))
            && contains(attr.meta.to_token_stream())
}

/// What is asked of each type that the signature mentions, and of what these are made of.
fn shapes(krate: &Path, sig: &Signature) -> Vec<TokenStream> {
    let mut types = Vec::new();
    for input in &sig.inputs {
        if let FnArg::Typed(input) = input {
            mentioned(
                &input.ty,
                &cfgs(&input.attrs).collect::<Vec<_>>(),
                &mut types,
            );
        }
    }
    if let ReturnType::Type(_, ty) = &sig.output {
        mentioned(ty, &[], &mut types);
    }
    types.iter().map(|ty| shape(krate, ty)).collect()
}

fn shape(krate: &Path, Mentioned { cfgs, ty }: &Mentioned<'_>) -> TokenStream {
    if let Type::Verbatim(name) = ty {
        let name = as_generated(name.clone());
        let asked = |shape: TokenStream| {
            quote! {{
                // A constant leaves the name to the type that is imported with all others.
                use #name as __PluginArgument;
                use #krate::__private::constant::*;
                #krate::__private::Shape::<__PluginArgument>::#shape
            }}
        };
        let (layout, form) = (asked(quote!(LAYOUT)), asked(quote!(FORM)));
        return quote!(#(#cfgs)* #layout, #(#cfgs)* #form);
    }
    let ty = without_lifetimes(ty.to_token_stream());
    quote! {
        #(#cfgs)* #krate::__private::Shape::<#ty>::LAYOUT,
        #(#cfgs)* #krate::__private::Shape::<#ty>::FORM
    }
}

struct Mentioned<'a> {
    cfgs: Vec<&'a Attribute>,
    ty: Type,
}

/// The types that may stand alone, outside of the signature that they are taken from.
fn mentioned<'a>(ty: &Type, cfgs: &[&'a Attribute], types: &mut Vec<Mentioned<'a>>) {
    // `Self` is every type, a lifetime of `for<'a>` belongs to it, and a macro, or `!`, may be
    // anything.
    if !has_word(ty.to_token_stream(), &["Self", "for", "impl", "!"]) {
        parts(ty, &mut |ty| {
            types.push(Mentioned {
                cfgs: cfgs.to_vec(),
                ty,
            });
        });
    }
}

fn has_word(tokens: TokenStream, words: &[&str]) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => words.iter().any(|word| ident == word),
        TokenTree::Punct(punct) => words.contains(&String::from(punct.as_char()).as_str()),
        TokenTree::Group(group) => has_word(group.stream(), words),
        TokenTree::Literal(_) => false,
    })
}

/// Takes a type apart into those whose layout is not plain from its text. What may also be a constant is
/// `Type::Verbatim`.
fn parts(ty: &Type, found: &mut dyn FnMut(Type)) {
    match ty {
        Type::Paren(ty) => parts(&ty.elem, found),
        Type::Group(ty) => parts(&ty.elem, found),
        Type::Reference(ty) => parts(&ty.elem, found),
        Type::Ptr(ty) => parts(&ty.elem, found),
        Type::Slice(ty) => parts(&ty.elem, found),
        Type::Array(array) => {
            found(ty.clone());
            parts(&array.elem, found);
        }
        Type::Tuple(ty) => ty.elems.iter().for_each(|ty| parts(ty, found)),
        Type::Path(path) if !is_primitive(&path.path) => {
            found(ty.clone());
            if let Some(last) = path.path.segments.last() {
                // Of other types, an argument may be a constant.
                if TAKES_TYPES.iter().any(|name| last.ident == name) {
                    arguments(&last.arguments, found);
                }
            }
        }
        Type::TraitObject(object) => {
            for bound in &object.bounds {
                let TypeParamBound::Trait(bound) = bound else {
                    continue;
                };
                let Some(last) = bound.path.segments.last() else {
                    continue;
                };
                if last.arguments.is_none() {
                    // It may be an interface, which then has a form.
                    let path = &bound.path;
                    found(syn::parse_quote!(dyn #path));
                } else {
                    associated(&last.arguments, found);
                }
            }
        }
        Type::FnPtr(function) => {
            function
                .inputs
                .iter()
                .for_each(|input| parts(&input.ty, found));
            if let ReturnType::Type(_, ty) = &function.output {
                parts(ty, found);
            }
        }
        _ => {}
    }
}

/// Types of the standard library all of whose arguments are types. Others may have these names.
const TAKES_TYPES: [&str; 18] = [
    "Arc", "BTreeMap", "BTreeSet", "Box", "Cell", "Cow", "HashMap", "HashSet", "Mutex", "Option",
    "Pin", "Range", "Rc", "RefCell", "Result", "RwLock", "Vec", "VecDeque",
];

fn is_primitive(path: &Path) -> bool {
    const PRIMITIVES: [&str; 17] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8",
        "u16", "u32", "u64", "u128", "usize",
    ];
    PRIMITIVES.iter().any(|name| path.is_ident(name))
}

fn arguments(arguments: &PathArguments, found: &mut dyn FnMut(Type)) {
    if let PathArguments::AngleBracketed(arguments) = arguments {
        for argument in &arguments.args {
            match argument {
                GenericArgument::Type(Type::Path(ty)) if may_be_constant(ty) => {
                    found(Type::Verbatim(ty.to_token_stream()));
                }
                GenericArgument::Type(ty) => parts(ty, found),
                _ => {}
            }
        }
    }
}

/// Whether it is a lone name, as of a constant that is given to a type without braces.
fn may_be_constant(TypePath { qself, path, .. }: &TypePath) -> bool {
    qself.is_none() && path.get_ident().is_some() && !is_primitive(path)
}

// dyn Iterator<Item = Type>
// dyn Fn(Type) -> Type
fn associated(arguments: &PathArguments, found: &mut dyn FnMut(Type)) {
    match arguments {
        PathArguments::AngleBracketed(arguments) => {
            for argument in &arguments.args {
                if let GenericArgument::AssocType(binding) = argument {
                    parts(&binding.ty, found);
                }
            }
        }
        PathArguments::Parenthesized(arguments) => {
            for input in &arguments.inputs {
                parts(&input.ty, found);
            }
            if let ReturnType::Type(_, ty) = &arguments.output {
                parts(ty, found);
            }
        }
        PathArguments::None => {}
    }
}

/// The type where the lifetimes of its signature are not known: none changes a layout.
fn without_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut quoted = false;
    let rename = |mut tree: TokenTree| {
        match &mut tree {
            TokenTree::Ident(name) if quoted && name != "_" => {
                *name = Ident::new("static", name.span());
            }
            TokenTree::Group(group) => {
                let (inner, span) = (without_lifetimes(group.stream()), group.span());
                tree = Group::new(group.delimiter(), inner).into();
                tree.set_span(span);
            }
            _ => {}
        }
        quoted = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '\'');
        tree
    };
    tokens.into_iter().map(rename).collect()
}
