use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::offer::{Offer, offer};
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
    let krate = &settings.krate;
    let core = quote!(#krate::__private::core);

    let id = unraw(ident);
    let name = settings
        .name
        .as_ref()
        .map_or_else(|| id.clone(), syn::LitStr::value);
    let Compilation {
        package, version, ..
    } = compilation;
    // In the order of `Text` in plugin-core.
    let origin = format!("{name}\0{package}\0{version}\0");
    let path = format!("::{id}\0");
    let docs = docs(krate, &plugin.docs);
    let text = quote! {
        #core::concat!(
            #origin, #core::file!(), "\0", #core::line!(), "\0", #core::module_path!(), #path, #docs
        )
    };
    let priority = settings
        .priority
        .as_ref()
        .map_or(0, |priority| priority.value);
    let priority = Literal::i64_unsuffixed(priority);

    let object = match kind {
        PluginKind::Static => ident.clone(),
        PluginKind::UnitStruct => format_ident!("__PLUGIN_OBJECT"),
    };
    let declare_object = matches!(kind, PluginKind::UnitStruct)
        .then(|| quote!(static __PLUGIN_OBJECT: #ident = #ident;));
    let tags = tags(krate, &plugin.tags);
    let tags = if plugin.tags.is_empty() {
        tags
    } else {
        quote!(const { #tags })
    };

    let allow = allow_deprecated(attrs);

    let mut list = TokenStream::new();
    let mut provided = TokenStream::new();
    let mut checks = TokenStream::new();
    let mut registrations = TokenStream::new();
    for (index, path) in interfaces.iter().enumerate() {
        // The compiler finds what is wrong with an interface; we only choose where it points.
        let span = path.span().resolved_at(Span::call_site());
        let interface = as_generated(path.to_token_stream());
        let krate = located_at(krate.to_token_stream(), span);
        let mut object = object.clone();
        object.set_span(object.span().located_at(span));
        let element = format_ident!("__PLUGIN_{index}");
        let index = Literal::usize_unsuffixed(index);
        list.extend(quote_spanned!(span=> <dyn #interface as #krate::Interface>::INFO,));
        provided.extend(
            quote_spanned!(span=> #krate::__private::provided::<dyn #interface>(&#object),),
        );
        checks
            .extend(quote_spanned!(span=> #krate::__private::check(__PLUGIN_INTERFACES, #index);));
        registrations.extend(quote_spanned! {span=>
            #krate::declare_plugin! {
                #element: [#interface] = #krate::__private::plugin(&#object, &__PLUGIN_INFO)
            }
        });
    }

    let Offer { record, answer } = if compilation.is_cdylib() {
        offer(plugin, &object, &text, &list)
    } else {
        Offer::default()
    };

    quote! {
        #(#attrs)* #item

        #krate::declare! { #allow const _: () = {
            #declare_object
            const __PLUGIN_INTERFACES: &[&#krate::InterfaceInfo] = &[#list];
            // Where a check fails, the compiler tells the name of the item that it is in.
            const _: () = { #checks };
            static __PLUGIN_INFO: #krate::PluginInfo =
                #krate::__private::info(#priority, |__plugin_answer| {
                    #answer
                    __plugin_answer.plugin(&#object, (#provided), __PLUGIN_INTERFACES, #text, #tags);
                });
            #registrations
            #record
        }; }
    }
}
