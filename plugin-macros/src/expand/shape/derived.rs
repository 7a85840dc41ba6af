//! `#[derive(Shape)]`

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Fields, GenericParam, Generics, ItemEnum, Type, TypeParamBound, parse_quote};

use super::lifetimes::{Own, Place};
use super::{Declared, Part, declared, foreign, hash, lifetimes, speaks_of_deprecated};
use crate::ast::{Data, Derived};
use crate::compilation::Compilation;
use crate::expand::{signature, unraw};

pub(crate) fn derived(compilation: &Compilation, derived: &Derived) -> TokenStream {
    let Derived {
        krate,
        foreign: foreign_types,
        data,
    } = derived;
    let Layout { mut texts, fields } = layout(data);
    let ident = data.ident();
    let generics = data.generics();
    let own = Parameters::new(krate, ident, generics);
    let parts: Vec<Part> = fields.iter().map(|field| own.part(&field.ty)).collect();
    // There, the type with its arguments is not asked what it is.
    texts.extend(
        parts
            .iter()
            .filter(|_| own.is_generic())
            .map(|part| hash(&part.text).to_token_stream()),
    );

    let mut given = generics.clone();
    let mut projections = Vec::new();
    for parameter in &mut given.params {
        match parameter {
            GenericParam::Type(parameter) => {
                parameter.default = None;
                parameter.bounds.push(bound(krate));
            }
            GenericParam::Const(parameter) => parameter.default = None,
            GenericParam::Lifetime(_) => {}
        }
    }
    for (part, field) in parts.iter().zip(&fields) {
        if own.has_projection(&field.ty) {
            let (ty, bound) = (&part.ty, bound(krate));
            projections.push(quote!(#ty: #bound));
        }
    }
    let lifetimes = given
        .params
        .iter()
        .filter(|parameter| is_lifetime(parameter));
    let others = given
        .params
        .iter()
        .filter(|parameter| !is_lifetime(parameter));
    let parameters = quote!(#(#lifetimes,)* __PluginBy: ?Sized, #(#others),*);
    let predicates = given
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    let clause: Vec<_> = predicates
        .map(ToTokens::to_token_stream)
        .chain(projections)
        .collect();
    let clause = (!clause.is_empty()).then(|| quote!(where #(#clause),*));
    let (_, arguments, _) = generics.split_for_impl();
    let keys = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                Some(quote!(<#ident as #krate::Shape<__PluginBy>>::KEY))
            }
            GenericParam::Const(parameter) => {
                let ident = &parameter.ident;
                let core = quote!(#krate::__private::core);
                Some(quote!(#ident as #core::primitive::u128))
            }
            GenericParam::Lifetime(_) => None,
        });
    let attrs = fields.iter().flat_map(|field| &field.attrs);
    let shape = declared(
        compilation,
        Declared {
            krate,
            name: unraw(ident),
            generics: parameters,
            ty: quote!(#ident #arguments),
            clause: clause.to_token_stream(),
            arguments: own.is_generic().then(|| keys.collect()),
            texts,
            parts: &parts,
            carried: carried(krate, data, &parts),
            deprecated: attrs.chain(data.attrs()).any(speaks_of_deprecated),
        },
    );
    let foreign = (!foreign_types.is_empty()).then(|| {
        let (own, _, clause) = generics.split_for_impl();
        let own = own.to_token_stream();
        let by = quote!(#ident #arguments);
        // Without the angle brackets.
        let mut inner: Vec<_> = own.into_iter().collect();
        inner.pop();
        let own: TokenStream = inner.into_iter().skip(1).collect();
        let clause = clause.to_token_stream();
        foreign(compilation, krate, foreign_types, [&own, &by, &clause])
    });
    quote! {
        #krate::declare! { const _: () = { #shape #foreign }; }
    }
}

/// What each field owns is carried.
fn carried(krate: &syn::Path, data: &Data, parts: &[Part]) -> Option<TokenStream> {
    let is_packed = data.attrs().iter().any(|attr| {
        attr.path().is_ident("repr")
            && lifetimes::has_word(attr.meta.to_token_stream(), &["packed"])
    });
    let last = match data {
        Data::Struct(item) => item.fields.iter().last(),
        _ => None,
    };
    let has_no_size = last.is_some_and(|field| match &field.ty {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Path(path) => path.path.is_ident("str"),
        _ => false,
    });
    if is_packed || has_no_size || parts.is_empty() {
        return None;
    }
    let mut parts = parts.iter().enumerate();
    let mut arm = |path: TokenStream, fields: &Fields| {
        let parts: Vec<_> = parts.by_ref().take(fields.len()).collect();
        let names: Vec<_> = parts
            .iter()
            .map(|(index, _)| format_ident!("__plugin_{index}"))
            .collect();
        let members = fields.members();
        let carry = parts.iter().zip(&names).map(|((_, part), name)| {
            let by = &part.by;
            quote!(#krate::__private::carrying::<#by, TheSide, _>(#name).carry();)
        });
        quote!(#path { #(#members: #names),* } => { #(#carry)* })
    };
    let arms: Vec<_> = match data {
        Data::Struct(item) => vec![arm(quote!(Self), &item.fields)],
        Data::Enum(item) => item
            .variants
            .iter()
            .map(|variant| {
                let ident = &variant.ident;
                arm(quote!(Self::#ident), &variant.fields)
            })
            .collect(),
        Data::Union(_) => return None,
    };
    Some(quote! {
        #krate::where_it_crosses! {
            fn carry<TheSide: #krate::__private::Side>(&mut self) {
                #[allow(unused_imports)]
                use #krate::__private::CarriesNothing as _;
                match self { #(#arms)* }
            }

            fn carry_box<TheSide: #krate::__private::Side>(
                value: &mut #krate::__private::Boxes<Self>,
            ) {
                #[allow(unused_imports)]
                use #krate::__private::CarriesNothing as _;
                #krate::__private::carrying::<__PluginBy, TheSide, _>(&mut **value).carry();
            }
        }
    })
}

fn bound(krate: &syn::Path) -> TypeParamBound {
    parse_quote!(#krate::Shape<__PluginBy>)
}

fn is_lifetime(parameter: &GenericParam) -> bool {
    matches!(parameter, GenericParam::Lifetime(_))
}

/// What a declaration says, but for its types; and the fields with these.
struct Layout<'a> {
    texts: Vec<TokenStream>,
    fields: Vec<&'a syn::Field>,
}

fn layout(data: &Data) -> Layout<'_> {
    let mut texts = vec![representation(data.word(), data.attrs())];
    let fields = match data {
        Data::Struct(item) => {
            texts.push(names(&item.fields));
            item.fields.iter().collect()
        }
        Data::Union(item) => {
            let names = item
                .fields
                .named
                .iter()
                .filter_map(|field| field.ident.as_ref());
            let names: Vec<_> = names.map(unraw).collect();
            texts.push(hash(&names.join(",")).to_token_stream());
            item.fields.named.iter().collect()
        }
        Data::Enum(item) => {
            for variant in &item.variants {
                texts.push(hash(&unraw(&variant.ident)).to_token_stream());
                texts.push(names(&variant.fields));
                if let Some((_, value)) = &variant.discriminant {
                    let ty = discriminant(item);
                    texts.push(quote!({
                        const DISCRIMINANT: #ty = #value;
                        DISCRIMINANT as u128
                    }));
                }
            }
            item.variants
                .iter()
                .flat_map(|variant| &variant.fields)
                .collect()
        }
    };
    Layout { texts, fields }
}

/// The names of the fields, in order; and their number.
fn names(fields: &Fields) -> TokenStream {
    let names = fields
        .iter()
        .map(|field| field.ident.as_ref().map_or_else(|| "_".to_owned(), unraw));
    let names: Vec<_> = names.collect();
    hash(&names.join(",")).to_token_stream()
}

/// The kind of the type, with each `#[repr(…)]`.
pub(super) fn representation(word: &str, attrs: &[Attribute]) -> TokenStream {
    let mut text = word.to_owned();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        text.push_str(&signature::text(attr.meta.to_token_stream()));
    }
    hash(&text).to_token_stream()
}

/// The type of an enum's discriminants.
fn discriminant(item: &ItemEnum) -> TokenStream {
    const INTEGERS: [&str; 12] = [
        "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
    ];
    let representations = item
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("repr"));
    let integer = representations
        .filter_map(|attr| attr.meta.require_list().ok())
        .flat_map(|list| list.tokens.clone())
        .find(|tree| INTEGERS.contains(&tree.to_string().as_str()));
    integer.map_or_else(|| quote!(isize), |tree| tree.to_token_stream())
}

/// The parameters of a type.
struct Parameters<'a> {
    place: Place<'a>,
    types: Vec<String>,
    is_generic: bool,
    by: TokenStream,
}

impl<'a> Parameters<'a> {
    fn new(krate: &syn::Path, ident: &'a Ident, generics: &'a Generics) -> Self {
        let is_generic = generics
            .params
            .iter()
            .any(|parameter| !is_lifetime(parameter));
        let (_, arguments, _) = generics.split_for_impl();
        let (lifetimes, own, by) = if is_generic {
            let lifetimes = generics.lifetimes().map(|parameter| &parameter.lifetime);
            let again = quote!(#krate::__private::Again);
            (
                lifetimes.collect(),
                Own::Again(again),
                quote!(#ident #arguments),
            )
        } else {
            // No lifetime changes a layout.
            let own = Place::default().settled(quote!(#ident #arguments));
            (Vec::new(), Own::Named(own.clone()), own)
        };
        Self {
            place: Place {
                lifetimes,
                declared: Some((ident, own)),
            },
            types: generics
                .type_params()
                .map(|parameter| parameter.ident.to_string())
                .collect(),
            is_generic,
            by,
        }
    }

    fn is_generic(&self) -> bool {
        self.is_generic
    }

    /// What is the user's to choose, has the foreign types of whoever has chosen.
    fn part(&self, ty: &Type) -> Part {
        let types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        let chosen = quote!(__PluginBy);
        let is_chosen = lifetimes::has_word(ty.to_token_stream(), &types);
        Part::new(
            &[],
            ty,
            &self.place,
            if is_chosen { &chosen } else { &self.by },
        )
    }

    /// As in `T::Out`, and `<T as Has>::Out`.
    fn has_projection(&self, ty: &Type) -> bool {
        let mut before: Option<Ident> = None;
        has_projection(ty.to_token_stream(), &self.types, &mut before)
    }
}

fn has_projection(tokens: TokenStream, types: &[String], before: &mut Option<Ident>) -> bool {
    tokens.into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => {
            let is_as = before.is_some() && ident == "as";
            *before = types.iter().any(|ty| ident == ty).then_some(ident);
            is_as
        }
        proc_macro2::TokenTree::Punct(punct) => punct.as_char() == ':' && before.is_some(),
        proc_macro2::TokenTree::Group(group) => has_projection(group.stream(), types, before),
        proc_macro2::TokenTree::Literal(_) => false,
    })
}
