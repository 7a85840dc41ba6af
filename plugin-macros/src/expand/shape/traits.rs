//! The shapes of interfaces and of plain traits: that of the table of their methods.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::spanned::Spanned as _;
use syn::{
    Attribute, FnArg, GenericParam, ItemStruct, ItemTrait, Path, ReturnType, TraitItem, Type,
    parse_quote,
};

use super::across::{Asks, Crossing};
use super::lifetimes::Place;
use super::{Declared, Part, declared, foreign, hash, speaks_of_deprecated};
use crate::ast::{Callee, InterfaceSettings, PlainTrait, needs_sized};
use crate::compilation::Compilation;
use crate::expand::interface::supertraits;
use crate::expand::{cfgs, signature, unraw};

/// That of an interface which may be crossed.
pub(in crate::expand) fn of_interface(
    compilation: &Compilation,
    settings: &InterfaceSettings,
    item: &ItemTrait,
) -> TokenStream {
    let InterfaceSettings { krate, foreign, .. } = settings;
    // Where other impls are for all types, one of these is for what crosses, too.
    let is_wanted = settings.lazy.as_ref().is_none_or(|lazy| lazy.value);
    let asks = is_wanted.then_some(Asks::ForSharing);
    let (shape, parts) = of_trait(compilation, krate, item, foreign, asks);
    let ident = &item.ident;
    let ty = quote!(dyn #ident);
    let crossing = crossing(krate, &ty, &parts);
    let private = quote!(#krate::__private);
    quote! {
        #shape
        #crossing

        #krate::where_it_crosses! {
            impl<TheProvider: #ident + 'static> #private::Crosses<TheProvider> for #ty {
                const TABLE: #private::Table = {
                    use #private::Unguarded as _;
                    #private::Standing::<TheProvider, Self>::TABLE
                };
            }
        }
    }
}

/// That of a trait which is mentioned by an interface.
pub(crate) fn plain(compilation: &Compilation, plain: &PlainTrait) -> TokenStream {
    let PlainTrait {
        krate,
        foreign,
        item,
    } = plain;
    let asks = Callee::all_of(item).then_some(Asks::ForNothing);
    let (shape, _) = of_trait(compilation, krate, item, foreign, asks);
    quote! {
        #item
        #krate::declare! { const _: () = { #shape }; }
    }
}

fn of_trait(
    compilation: &Compilation,
    krate: &Path,
    item: &ItemTrait,
    foreign_types: &[syn::TypePath],
    handed_on: Option<Asks>,
) -> (TokenStream, Vec<Part>) {
    let (ident, name) = (&item.ident, unraw(&item.ident));
    let parameters = parameters(item);
    let names: Vec<_> = parameters
        .iter()
        .map(|parameter| &parameter.ident)
        .collect();
    let associated = item.items.iter().filter_map(|item| match item {
        TraitItem::Type(ty) if !needs_sized(&ty.generics) => Some(&ty.ident),
        _ => None,
    });
    let associated: Vec<_> = associated.collect();
    let mut arguments: Vec<TokenStream> = names.iter().map(|name| quote!(#name)).collect();
    arguments.extend(associated.iter().map(|name| quote!(#name = #name)));
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    let object = quote!(dyn #ident #arguments);

    let types: Vec<_> = names.iter().chain(&associated).collect();
    let by = if types.is_empty() {
        object.clone()
    } else {
        quote!(__PluginBy)
    };
    let parts = parts(item, &by);
    let bounds = &item.supertraits;
    let clause = &item.generics.where_clause;
    let unsafety = &item.unsafety;
    let mut texts =
        vec![hash(&signature::text(quote!(#unsafety #bounds #clause))).to_token_stream()];
    texts.extend(item.items.iter().map(|item| {
        let (attrs, text) = match item {
            TraitItem::Fn(item) => (&*item.attrs, signature::text(item.sig.to_token_stream())),
            TraitItem::Type(item) => (&*item.attrs, format!("type {}", item.ident)),
            _ => (&[][..], String::new()),
        };
        let (cfgs, text) = (cfgs(attrs), hash(&text));
        quote!(#(#cfgs)* #text)
    }));
    let given: Vec<TokenStream> = parameters
        .iter()
        .map(|parameter| {
            let mut parameter = (*parameter).clone();
            parameter.default = None;
            parameter
                .bounds
                .push(parse_quote!(#krate::Shape<__PluginBy>));
            parameter.to_token_stream()
        })
        .chain(
            associated
                .iter()
                .map(|name| quote!(#name: #krate::Shape<__PluginBy>)),
        )
        .collect();
    let generics = quote!('__plugin, __PluginBy: ?Sized, #(#given),*);
    let keys = types
        .iter()
        .map(|ty| quote!(<#ty as #krate::Shape<__PluginBy>>::KEY))
        .collect();
    let deprecated = mentions_deprecated(item);
    let shape = declared(
        compilation,
        Declared {
            krate,
            name,
            generics: generics.clone(),
            ty: quote!(#object + '__plugin),
            clause: TokenStream::new(),
            arguments: (!types.is_empty()).then_some(keys),
            texts,
            parts: &parts,
            carried: handed_on
                .map(|_| quote!(#krate::carried_object! { [#object] #by, __plugin_coerce })),
            deprecated,
        },
    );
    let with_auto_traits = [quote!(Send), quote!(Sync), quote!(Send + Sync)].map(|bounds| {
        let carried = handed_on
            .map(|_| quote!(#krate::carried_object! { [#object + #bounds] #by, __plugin_coerce }));
        quote! {
            #krate::declare_object_shape! { [#generics] (#object) (#bounds) { #carried } }
        }
    });
    let crossing = handed_on.map(|asks| {
        let crossing = Crossing {
            krate,
            item,
            generics: &given,
            parameters: &parameters,
            associated: &associated,
            object: &object,
            by: &by,
            deprecated,
        };
        crossing.implementation(asks)
    });
    let nothing = &TokenStream::new();
    let foreign = foreign(compilation, krate, foreign_types, [nothing, &by, nothing]);
    (
        quote!(#shape #(#with_auto_traits)* #crossing #foreign),
        parts,
    )
}

fn mentions_deprecated(item: &ItemTrait) -> bool {
    let members = item.items.iter().flat_map(|item| match item {
        TraitItem::Fn(item) => &*item.attrs,
        _ => &[],
    });
    members.chain(&item.attrs).any(speaks_of_deprecated)
}

fn parameters(item: &ItemTrait) -> Vec<&syn::TypeParam> {
    let parameters = item
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(parameter),
            _ => None,
        });
    parameters.collect()
}

/// The supertraits, and what the signatures mention that objects have.
fn parts(item: &ItemTrait, by: &TokenStream) -> Vec<Part> {
    let mut parts: Vec<Part> = supertraits(item)
        .map(|base| {
            let mut object: syn::TypeTraitObject = parse_quote!(dyn #base);
            object.dyn_token = Some(syn::token::Dyn(base.span()));
            let mut part = Part::new(&[], &Type::TraitObject(object), &Place::default(), by);
            part.text = signature::text(base.to_token_stream());
            part
        })
        .collect();
    let associated: Vec<_> = item
        .items
        .iter()
        .filter_map(|item| match item {
            TraitItem::Type(ty) => Some(&ty.ident),
            _ => None,
        })
        .collect();
    for item in &item.items {
        let TraitItem::Fn(function) = item else {
            continue;
        };
        if needs_sized(&function.sig.generics) {
            continue;
        }
        let mut add = |attrs: &[Attribute], ty: &Type| {
            // What a signature says of its own object adds nothing to it.
            if !super::lifetimes::has_word(ty.to_token_stream(), &["impl"])
                && !matches!(ty, Type::Never(_))
            {
                let attrs = [&*function.attrs, attrs].concat();
                let mut part = Part::new(&attrs, ty, &Place::default(), by);
                part.ty = without_self(part.ty, &associated);
                parts.push(part);
            }
        };
        for input in &function.sig.inputs {
            if let FnArg::Typed(input) = input {
                add(&input.attrs, &input.ty);
            }
        }
        if let ReturnType::Type(_, ty) = &function.sig.output {
            add(&[], ty);
        }
    }
    parts
}

/// The name alone for `Self::Out`, of which an object's type knows nothing.
fn without_self(tokens: TokenStream, associated: &[&Ident]) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => {
                let inner = without_self(group.stream(), associated);
                let mut same = Group::new(group.delimiter(), inner);
                same.set_span(group.span());
                trees.push(same.into());
            }
            TokenTree::Ident(name) if associated.contains(&&name) => {
                let is_of_self = matches!(
                    &trees[..],
                    [.., TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Punct(colon)]
                        if word == "Self" && colon.as_char() == ':'
                );
                if is_of_self {
                    trees.truncate(trees.len() - 3);
                }
                trees.push(name.into());
            }
            tree => trees.push(tree),
        }
    }
    trees.into_iter().collect()
}

/// That of an interface which is a struct.
pub(in crate::expand) fn of_struct(
    compilation: &Compilation,
    settings: &InterfaceSettings,
    item: &ItemStruct,
) -> TokenStream {
    let InterfaceSettings {
        krate,
        foreign: foreign_types,
        ..
    } = settings;
    let ident = &item.ident;
    let by = &ident.to_token_stream();
    let parts: Vec<Part> = item
        .fields
        .iter()
        .map(|field| Part::new(&field.attrs, &field.ty, &Place::default(), by))
        .collect();
    let mut texts = vec![super::derived::representation("struct", &item.attrs)];
    texts.extend(item.fields.iter().map(|field| {
        let (cfgs, name) = (cfgs(&field.attrs), field.ident.as_ref().map(unraw));
        let text = hash(&name.unwrap_or_default());
        quote!(#(#cfgs)* #text)
    }));
    let attrs = item.fields.iter().flat_map(|field| &field.attrs);
    let shape = declared(
        compilation,
        Declared {
            krate,
            name: unraw(ident),
            generics: quote!(__PluginBy: ?Sized),
            ty: by.clone(),
            clause: TokenStream::new(),
            arguments: None,
            texts,
            parts: &parts,
            carried: None,
            deprecated: attrs.chain(&item.attrs).any(speaks_of_deprecated),
        },
    );
    let nothing = &TokenStream::new();
    let foreign = foreign(compilation, krate, foreign_types, [nothing, by, nothing]);
    let crossing = crossing(krate, by, &parts);
    let private = quote!(#krate::__private);
    quote! {
        #shape
        #foreign
        #crossing

        #krate::where_it_crosses! {
            impl #private::Crosses<#ident> for #ident {
                const TABLE: #private::Table = #private::Table::NONE;
            }
        }
    }
}

fn crossing(krate: &Path, ty: &TokenStream, parts: &[Part]) -> TokenStream {
    let private = quote!(#krate::__private);
    let core = quote!(#private::core);
    let mentioned = parts
        .iter()
        .map(|Part { cfgs, text, .. }| quote!(#(#cfgs)* #text));
    quote! {
        impl #private::Crossing for #ty {
            const REACHED: &'static [#private::Reached] = {
                const FOUND: #private::Found = #private::reached(&__PLUGIN_SHAPE);
                const MENTIONED: &[&#core::primitive::str] = &[#(#mentioned),*];
                const LIST: [#private::Reached; FOUND.len() + MENTIONED.len()] = FOUND.list(MENTIONED);
                &LIST
            };
            const RECORD: &'static [#core::primitive::u8] = #krate::declare_known! { #ty };
        }
    }
}
