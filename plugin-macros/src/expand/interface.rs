mod object;
mod structure;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{LitStr, Visibility};

pub(super) use self::object::supertraits;
use super::{advice, allow_deprecated, as_generated, docs, tags, unraw};
use crate::ast::{Declared, Interface, InterfaceSettings};
use crate::compilation::Compilation;

/// What an interface has for being a trait, or a struct.
struct Parts {
    /// The item itself.
    declared: TokenStream,
    /// The type that implements `Interface`.
    ty: TokenStream,
    /// What is put before a path to get that type.
    prefix: Option<TokenStream>,
    kind: &'static str,
    /// An `Option` of an info for each supertrait.
    bases: Vec<TokenStream>,
    members: Vec<TokenStream>,
    /// Its shape, where drop-ins may provide it.
    shape: Option<TokenStream>,
    /// How a plugin is seen as the interface, and what else implements it.
    providers: TokenStream,
}

pub(crate) fn interface(compilation: &Compilation, interface: &Interface) -> TokenStream {
    let Interface { settings, item, .. } = interface;
    let krate = &settings.krate;
    let core = quote!(#krate::__private::core);
    let ident = item.ident();
    let vis = visibility(compilation, item.vis());
    let name = unraw(ident);
    let Parts {
        declared,
        ty,
        prefix,
        kind,
        bases,
        members,
        shape,
        providers,
    } = match item {
        Declared::Trait(item) => object::parts(compilation, interface, item),
        Declared::Struct(item) => structure::parts(compilation, interface, item),
    };
    let kind = Ident::new(kind, Span::call_site());
    let erased = Ident::new(erased(settings), Span::call_site());
    let do_not_recommend = advice::do_not_recommend();
    let count = bases.len();

    let configured = settings
        .configured
        .as_ref()
        .map(|_| Ident::new("configured", Span::call_site()));
    let (slot, chosen) = match &settings.slot {
        Some(slot) => (slot.value(), Some(quote!(once))),
        None => (compilation.slot_identifier(&name), None),
    };
    let key = key(&slot, compilation.is_test);
    let (short, declared_by) = (short(&slot), declared_by(settings));
    let slot_ident = Ident::new(&slot, Span::call_site());
    // Not the slot's: an import of that would take the name of a value, too.
    let way_in = format_ident!("{slot_ident}_WAY_IN");

    let allow = allow_deprecated(item.attrs());
    let Compilation {
        package, version, ..
    } = compilation;
    let path = format!("::{name}");
    let docs = docs(krate, &interface.docs);
    let one = settings.one;
    let noun = settings
        .noun
        .as_ref()
        .map_or_else(String::new, LitStr::value);
    let tags = tags(krate, &interface.tags);

    quote! {
        #declared

        #krate::declare! {
        #krate::declare_slot! {
            #allow #vis static #slot_ident #short #way_in as #ident: [#ty] [#prefix] [#configured] #declared_by #chosen
        }

        #allow
        const _: () = {
            use #krate::__private::NotAnInterface as _;

            static __PLUGIN_BASES: #krate::__private::Bases<#count> =
                #krate::__private::Bases::of([#(#bases),*]);
            #do_not_recommend
            impl #krate::Interface for #ty {
                const IDENTITY: #krate::__private::Identity<Self> = #krate::identity! {
                    key: #key,
                    kind: #krate::InterfaceKind::#kind,
                    name: #name,
                    path: #core::concat!(#core::module_path!(), #path),
                    docs: #docs,
                    package: #package,
                    version: #version,
                    file: #core::file!(),
                    line: #core::line!(),
                    noun: #noun,
                    wants_one: #one,
                    tags: #tags,
                    extends: __PLUGIN_BASES.list(),
                    members: &[#(#members),*],
                    erased: #krate::__private::#erased::<#ty>(),
                };
                #[inline]
                fn slot() -> &'static #krate::Slot<Self> {
                    static __PLUGIN_SLOT: #krate::Slot<#ty> = #krate::__private::slot();
                    &__PLUGIN_SLOT
                }

                #[inline]
                fn plugins() -> &'static [#krate::Plugin<Self>] {
                    #krate::slot_plugins!(#slot_ident #short: [#ty])
                }

                fn only_the_interface_attribute_implements_this_trait() {}
            }

            #providers
            #shape
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

/// That of the interface's slot and macro: as far as the interface can be seen, and they can.
fn visibility(compilation: &Compilation, of_item: &Visibility) -> TokenStream {
    match of_item {
        Visibility::Public(_) if compilation.exports_macros_only() => quote!(pub(crate)),
        vis => as_generated(vis.to_token_stream()),
    }
}

/// Which function of `__private` makes what only the interface's type leads to.
fn erased(settings: &InterfaceSettings) -> &'static str {
    if settings.dropin {
        "crossing"
    } else {
        "erased"
    }
}

/// Which macro of plugin-core declares its plugins.
fn declared_by(settings: &InterfaceSettings) -> Ident {
    let name = if settings.dropin {
        "declare_plugin_to_name"
    } else {
        "declare_plugin"
    };
    Ident::new(name, Span::call_site())
}

/// What tells the interface from every other in constants, where numbers are compared faster than
/// names. The last bit says whether the crate is compiled for its unit tests.
fn key(slot: &str, is_test: bool) -> Literal {
    Literal::u64_unsuffixed(hash(slot) & !1 | u64::from(is_test))
}

/// What the slot is called where a name has up to 16 bytes.
pub(super) fn short(slot: &str) -> String {
    format!("p{:015x}", hash(slot) >> 4)
}

fn hash(slot: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    slot.hash(&mut hash);
    hash.finish()
}
