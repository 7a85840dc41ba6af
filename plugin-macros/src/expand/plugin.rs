use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Path, parse_quote};

use super::dylib::dylib;
use super::offer::offer;
use super::{allow_deprecated, as_generated, docs, located_at, tags, unraw};
use crate::ast::{Plugin, PluginKind};
use crate::compilation::Compilation;

pub(crate) fn plugin(compilation: &Compilation, plugin: &Plugin) -> TokenStream {
    let Plugin {
        interfaces,
        settings,
        attrs,
        ident,
        kind,
        item,
        ..
    } = plugin;
    // The macro of the first interface, which knows where plugin-core is, gives it this name.
    let krate: &Path = &parse_quote!(__plugin_core);

    let id = unraw(ident);
    let name = settings
        .name
        .as_ref()
        .map_or_else(|| id.clone(), syn::LitStr::value);
    let Compilation {
        package, version, ..
    } = compilation;
    // In the order of `Text` in plugin-core, which puts the place between the two.
    let origin = format!("{name}\0{package}\0{version}\0");
    let path = format!("::{id}\0");
    let docs = docs(krate, &plugin.docs);
    let priority = settings
        .priority
        .as_ref()
        .map_or(0, |priority| priority.value);
    let priority = Literal::i64_unsuffixed(priority);

    let (object, ty) = match kind {
        PluginKind::Static(ty) => (ident.clone(), as_generated(ty.to_token_stream())),
        PluginKind::UnitStruct => (format_ident!("__PLUGIN_OBJECT"), ident.to_token_stream()),
    };
    let allow = allow_deprecated(attrs);

    let mut list = TokenStream::new();
    let mut registrations = TokenStream::new();
    for (index, path) in interfaces.iter().enumerate() {
        // The compiler finds what is wrong with an interface; we only choose where it points.
        let span = path.span().resolved_at(Span::call_site());
        let interface = as_generated(path.to_token_stream());
        let krate = located_at(krate.to_token_stream(), span);
        let mut object = object.clone();
        object.set_span(object.span().located_at(span));
        let element = element(&id, interfaces, index);
        let index = Literal::usize_unsuffixed(index);
        list.extend(quote_spanned!(span=> &'static #interface!(type #interface),));
        registrations.extend(quote_spanned! {span=>
            [#interface] #element = #krate::__private::plugin(&#object, &__PLUGIN_INFO, #index);
        });
    }

    let mut kind = quote!(#krate::__private::Providing::<#ty, (#list)>::KIND);
    let mut items = dylib(compilation, krate);
    if let PluginKind::UnitStruct = plugin.kind {
        items.extend(quote!(static __PLUGIN_OBJECT: #ident = #ident;));
    }
    if compilation.is_cdylib() || !plugin.tags.is_empty() {
        let tags = tags(krate, &plugin.tags);
        let mut own = quote!(#kind.get().with_tags(#tags));
        if compilation.is_cdylib() {
            items.extend(offer(krate, plugin, &object));
            own = quote!(#krate::with_offer!(#own));
        }
        items.extend(quote!(static __PLUGIN_KIND: #krate::__private::KindOf<#ty> = #own;));
        kind = quote!(__PLUGIN_KIND.at());
    }

    let way_in = interfaces
        .first()
        .map(|interface| as_generated(interface.to_token_stream()));
    let declared = way_in.map(|way_in| {
        // Where a macro of the user's has the name, this is the word that it does not expect.
        let word = Ident::new(
            "plugin",
            interfaces[0].span().resolved_at(Span::call_site()),
        );
        quote! {
            #way_in! { #word {
                (#allow) #object, #kind, #priority, (#origin #path #docs)
                { #items } { #registrations }
            } }
        }
    });
    let given = settings
        .krate
        .as_ref()
        .map(|krate| quote!(#krate::declare! {}));
    quote! {
        #(#attrs)* #item

        #given
        #declared
    }
}

/// What the compiler calls a plugin's record, where it has something to say of one:
/// `PLUGIN_STEEL_AS_IMATERIAL`. By such a name, `link_plugins!()` knows it in a library.
fn element(plugin: &str, interfaces: &[Path], index: usize) -> Ident {
    let last = |path: &Path| path.segments.last().map(|last| unraw(&last.ident));
    let name = last(&interfaces[index]);
    let is_first = interfaces[..index].iter().all(|path| last(path) != name);
    let name = name.unwrap_or_default().to_uppercase();
    if is_first {
        format_ident!("PLUGIN_{plugin}_AS_{name}")
    } else {
        format_ident!("PLUGIN_{plugin}_AS_{name}_{index}")
    }
}
