//! An interface that is a trait: its objects are `dyn Trait`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{
    FnArg, ItemTrait, LitStr, Path, ReturnType, Token, TraitItem, TraitItemFn, Type,
    TypeParamBound, WherePredicate, parse_quote,
};

use super::{Parts, erased, key};
use crate::ast::{Configured, Interface, InterfaceSettings, Marks};
use crate::compilation::Compilation;
use crate::expand::{advice, as_generated, cfgs, docs, lazy, shape, signature, tags, unraw};

pub(super) fn parts(compilation: &Compilation, interface: &Interface, item: &ItemTrait) -> Parts {
    let krate = &interface.settings.krate;
    let ident = &item.ident;
    // What the compiler has to say of the object, it says once, of the trait.
    let ty = quote_spanned!(ident.span()=> dyn #ident);
    let bases = supertraits(item).map(|base| {
        let base = as_generated(base.to_token_stream());
        quote!(#krate::__private::Probe::<dyn #base>::INFO)
    });
    let members = item.items.iter().zip(&interface.marks);
    let members = members.filter_map(|(item, marks)| match item {
        TraitItem::Fn(function) => Some(member(krate, function, marks)),
        _ => None,
    });
    let do_not_recommend = advice::do_not_recommend();
    let lazy = lazy::implementation(&interface.settings, item);
    let configured = configured(compilation, interface, item);
    Parts {
        declared: declaration(item),
        prefix: Some(quote!(dyn)),
        kind: "Trait",
        bases: bases.collect(),
        members: members.collect(),
        shape: interface
            .settings
            .dropin
            .then(|| shape::of_interface(compilation, &interface.settings, item)),
        providers: quote! {
            #do_not_recommend
            impl<TheProvider: #ident + 'static> #krate::__private::Provider<TheProvider> for #ty {
                const CAST: #krate::__private::CastOf<TheProvider, Self> =
                    #krate::cast!(TheProvider as #ty);
            }

            #lazy
            #configured
        },
        ty,
    }
}

/// What makes the interface a configured one: a slot for what makes its plugins, and how they are owned.
fn configured(
    compilation: &Compilation,
    interface: &Interface,
    item: &ItemTrait,
) -> Option<TokenStream> {
    let InterfaceSettings {
        krate, configured, ..
    } = &interface.settings;
    let Configured { word, tag } = configured.as_ref()?;
    let ident = &item.ident;
    let ty = quote_spanned!(ident.span()=> dyn #ident);
    let tag = tag.as_ref().map_or_else(|| "use".to_owned(), LitStr::value);
    let name = format!("Maker<dyn {}>", unraw(ident));
    let path = format!("::{name}");
    let key = key(&compilation.slot_identifier(&name), compilation.is_test);
    let core = quote!(#krate::__private::core);
    let erased = Ident::new(erased(&interface.settings), Span::call_site());
    let shared = lazy::shared(&interface.settings, item);
    let record = interface.settings.dropin.then(|| {
        quote! {
            const RECORD_OF_MAKER: &'static [#core::primitive::u8] =
                #krate::declare_known! { dyn #krate::Maker<#ty> };
        }
    });
    let message = "a configured interface needs plugin-core's feature `config`\n\
                   help: `cargo add plugin-core --features config`";
    let error = quote_spanned!(word.span()=> ::core::compile_error! { #message });
    Some(quote! {
        #krate::declare_configured! { { #error } {
            impl #krate::Configurable for #ty {
                const TAG: &'static #core::primitive::str = #tag;
                const MAKER: #krate::__private::Identity<dyn #krate::Maker<Self>> = #krate::identity! {
                    key: #key,
                    name: #name,
                    path: #core::concat!(#core::module_path!(), #path),
                    erased: #krate::__private::#erased::<dyn #krate::Maker<#ty>>(),
                    ..#krate::__private::maker::<#ty>()
                };
                const SHARE: #krate::__private::Share<Self> = {
                    use #krate::__private::NotShared as _;
                    #krate::__private::Sharing::<#ty>::SHARE
                };
                #record

                fn makers() -> &'static #krate::__private::Makers<Self> {
                    static __PLUGIN_MAKERS: #krate::__private::Makers<#ty> =
                        #krate::__private::Makers::new();
                    &__PLUGIN_MAKERS
                }
            }

            impl<TheProvider: #ident + 'static> #krate::Boxed<TheProvider> for #ty {
                fn boxed(object: TheProvider) -> #krate::__private::Owned<Self> {
                    #krate::__private::Owned::<TheProvider>::new(object)
                }
            }

            #shared

            #krate::declare_listed! { dyn #krate::Maker<#ty> }
        } }
    })
}

/// The trait as it was written, with `Send + Sync`.
fn declaration(item: &ItemTrait) -> TokenStream {
    let mut item = item.clone();
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
pub(in crate::expand) fn supertraits(item: &ItemTrait) -> impl Iterator<Item = &Path> {
    let of_self = item
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
        .filter_map(|predicate| match predicate {
            WherePredicate::Type(predicate) => match &predicate.bounded_ty {
                Type::Path(ty) if ty.path.is_ident("Self") => Some(&predicate.bounds),
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

fn member(krate: &Path, function: &TraitItemFn, marks: &Marks) -> TokenStream {
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
