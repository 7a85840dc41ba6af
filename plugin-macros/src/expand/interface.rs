use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{FnArg, ReturnType, Token, TraitItem, TraitItemFn, TypeParamBound, parse_quote};

use super::{allow_deprecated, as_generated, cfgs, docs, lazy, signature, tags, token, unraw};
use crate::ast::{Interface, Marks};
use crate::compilation::Compilation;

pub(crate) fn interface(compilation: &Compilation, interface: &Interface) -> TokenStream {
    let Interface {
        settings,
        item,
        marks,
        ..
    } = interface;
    let krate = &settings.krate;
    let core = quote!(#krate::__private::core);
    let (vis, ident) = (as_generated(item.vis.to_token_stream()), &item.ident);
    let name = unraw(ident);
    // What the compiler has to say of the object, it says once, of the trait.
    let object = quote_spanned!(ident.span()=> dyn #ident);

    let (slot, chosen) = match &settings.slot {
        Some(slot) => (slot.value(), Some(quote!(once))),
        None => (compilation.slot_identifier(&name), None),
    };
    let key = key(&slot);
    let slot_ident = Ident::new(&slot, Span::call_site());

    let bases = supertraits(&interface.item).map(|base| {
        let base = as_generated(base.to_token_stream());
        quote!(#krate::__private::Probe::<dyn #base>::INFO)
    });
    let count = supertraits(&interface.item).count();
    let members = item
        .items
        .iter()
        .zip(marks)
        .filter_map(|(item, marks)| match item {
            TraitItem::Fn(function) => Some(member(interface, function, marks)),
            _ => None,
        });

    let declared = declaration(interface);
    let allow = allow_deprecated(&item.attrs);
    let Compilation {
        package, version, ..
    } = compilation;
    let path = format!("::{name}");
    let docs = docs(krate, &interface.docs);
    let one = settings.one;
    let tags = tags(krate, &interface.tags);
    let token = token::constants(compilation, interface);
    let lazy = lazy::implementation(interface);

    quote! {
        #declared

        #krate::declare! {
        #krate::declare_slot! { #allow #vis static #slot_ident as #ident: [#object] [dyn] #chosen }

        #allow
        const _: () = {
            use #krate::__private::{NotAnInterface as _, ShapeUnknown as _};

            static __PLUGIN_BASES: #krate::__private::Bases<#count> =
                #krate::__private::Bases::of([#(#bases),*]);
            impl #krate::Interface for #object {
                const IDENTITY: #krate::__private::Identity<Self> = #krate::identity! {
                    key: #key,
                    name: #name,
                    path: #core::concat!(#core::module_path!(), #path),
                    docs: #docs,
                    package: #package,
                    version: #version,
                    file: #core::file!(),
                    line: #core::line!(),
                    wants_one: #one,
                    tags: #tags,
                    extends: __PLUGIN_BASES.list(),
                    members: &[#(#members),*],
                    erased: #krate::__private::erased::<#object>(),
                };
                #token

                #[inline]
                fn slot() -> &'static #krate::Slot<Self> {
                    static __PLUGIN_SLOT: #krate::Slot<#object> = #krate::__private::slot();
                    &__PLUGIN_SLOT
                }

                #[inline]
                fn plugins() -> &'static [#krate::Plugin<Self>] {
                    #krate::slot_plugins!(#slot_ident: [#object])
                }

                fn only_the_interface_attribute_implements_this_trait() {}
            }

            impl<TheProvider: #ident + 'static> #krate::__private::Provider<TheProvider> for #object {
                const CAST: #krate::__private::CastOf<TheProvider, Self> =
                    #krate::cast!(TheProvider as #object);
            }

            #lazy
        };

        const _: () = {
            // Inside a function body, this name is all that the next block sees; in a module, the
            // slot hides it.
            use #krate::__private::InFunctionBody as #slot_ident;
            const _: () = {
                use self::*;
                #krate::__private::in_a_module(&#slot_ident);
            };
        };
        }
    }
}

/// What tells the interface from every other in constants, where numbers are compared faster than
/// names.
fn key(slot: &str) -> Literal {
    let mut hash = DefaultHasher::new();
    slot.hash(&mut hash);
    Literal::u64_unsuffixed(hash.finish())
}

/// The trait as it was written, with `Send + Sync`.
fn declaration(interface: &Interface) -> TokenStream {
    let mut item = interface.item.clone();
    // Also where the user names them: what is in scope under these names need not be they.
    if !item.supertraits.empty_or_trailing() {
        item.supertraits.push_punct(Token![+](Span::call_site()));
    }
    item.supertraits
        .push_value(parse_quote!(::core::marker::Send));
    item.supertraits.push_punct(Token![+](Span::call_site()));
    item.supertraits
        .push_value(parse_quote!(::core::marker::Sync));
    item.colon_token.get_or_insert_default();
    item.into_token_stream()
}

/// The supertraits that might be interfaces.
pub(super) fn supertraits(item: &syn::ItemTrait) -> impl Iterator<Item = &syn::Path> {
    let of_self = item
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
        .filter_map(|predicate| match predicate {
            syn::WherePredicate::Type(predicate) => match &predicate.bounded_ty {
                syn::Type::Path(ty) if ty.path.is_ident("Self") => Some(&predicate.bounds),
                _ => None,
            },
            _ => None,
        });
    item.supertraits
        .iter()
        .chain(of_self.flatten())
        .filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) if bound.lifetimes.is_none() && bound.maybe.is_none() => {
                Some(&bound.path)
            }
            _ => None,
        })
}

fn member(interface: &Interface, function: &TraitItemFn, marks: &Marks) -> TokenStream {
    let krate = &interface.settings.krate;
    let sig = &function.sig;
    let cfgs = cfgs(&function.attrs);
    let name = unraw(&sig.ident);
    let docs = docs(krate, &marks.docs);
    let signature = signature::text(sig.to_token_stream());
    let parameters = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => {
            let name = signature::text(input.pat.to_token_stream());
            let ty = signature::text(input.ty.to_token_stream());
            Some(quote!(#krate::__private::parameter(#name, #ty)))
        }
        FnArg::Receiver(_) => None,
    });
    let return_type = match &sig.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => signature::text(ty.to_token_stream()),
    };
    let has_default = function.default.is_some();
    let kind = Ident::new(
        if marks.attributes.is_empty() {
            "Method"
        } else {
            "Attribute"
        },
        Span::call_site(),
    );
    let tags = tags(krate, &marks.tags);
    quote! {
        #(#cfgs)*
        #krate::__private::member(#krate::__private::MemberData {
            name: #name,
            docs: #docs,
            signature: #signature,
            parameters: &[#(#parameters),*],
            return_type: #return_type,
            has_default: #has_default,
            kind: #krate::MemberKind::#kind,
            tags: #tags,
        })
    }
}
