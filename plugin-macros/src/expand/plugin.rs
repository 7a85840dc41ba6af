use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::Path;

use super::dylib::dylib;
use super::offer::offer;
use super::way_in::{self, WayIn};
use super::{allow_deprecated, as_generated, docs, located_at, tags, unraw};
use crate::ast::{Plugin, PluginKind, Priority, Text};
use crate::compilation::{Compilation, Place};

/// The macro of the first interface, which knows where plugin-core is, gives it this name.
const PLUGIN_CORE: &str = "__plugin_core";

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
    let krate = &Path::from(Ident::new(PLUGIN_CORE, Span::call_site()));

    let mut items = dylib(compilation, krate);
    let text = text(compilation, krate, plugin, &mut items);
    let priority = priority(krate, settings.priority.as_ref());

    let (object, ty) = match kind {
        PluginKind::Static(ty) => (ident.clone(), as_generated(ty.to_token_stream())),
        PluginKind::UnitStruct => (format_ident!("__PLUGIN_OBJECT"), ident.to_token_stream()),
        PluginKind::Function(ty) => (format_ident!("__PLUGIN_OBJECT"), as_generated(ty.clone())),
        PluginKind::Type => (
            format_ident!("__PLUGIN_OBJECT"),
            quote!(#krate::Type<#ident>),
        ),
    };
    let allow = allow_deprecated(attrs);

    let mut list = Vec::new();
    let mut registrations = TokenStream::new();
    let paths = interfaces.iter().enumerate();
    let ways_in: Vec<WayIn> = paths.map(|(index, path)| WayIn::new(index, path)).collect();
    for (index, way_in) in ways_in.iter().enumerate() {
        let WayIn {
            span,
            interface,
            name,
            ..
        } = way_in;
        let span = *span;
        let krate = Ident::new(PLUGIN_CORE, span);
        let mut object = object.clone();
        object.set_span(object.span().located_at(span));
        let element = element(ident, interfaces, index);
        let seen = seen(plugin, way_in);
        let word = word(&krate, plugin, span);
        let index = Literal::usize_unsuffixed(index);
        list.push(quote_spanned!(span=> &'static #seen,));
        registrations.extend(quote_spanned! {span=>
            #name [#word] #element as [#interface] =
                #krate::__private::plugin((&#object, &__PLUGIN_INFO, #index));
        });
    }

    let mut kind = quote!(#krate::__private::Providing::<#ty, (#(#list)*)>::KIND);
    match plugin.kind {
        PluginKind::Static(_) => {}
        PluginKind::UnitStruct | PluginKind::Function(_) => {
            items.extend(quote!(static __PLUGIN_OBJECT: #ty = #ident;));
        }
        PluginKind::Type => items.extend(quote! {
            static __PLUGIN_OBJECT: #ty = #krate::declare_type!(#ident);
        }),
    }
    if compilation.is_cdylib() || !plugin.tags.is_empty() {
        let tags = tags(krate, &plugin.tags);
        let mut own = quote!(#kind.get().with_tags(#tags));
        if compilation.is_cdylib() {
            items.extend(offer(krate, plugin, &ways_in, (&object, &ty), &priority));
            own = quote!(#krate::with_offer!(#own));
        }
        items.extend(quote!(static __PLUGIN_KIND: #krate::__private::KindOf<#ty> = #own;));
        kind = quote!(__PLUGIN_KIND.at());
    }

    let Place { name, key } = compilation.next_place();
    let place = Ident::new(&name, Span::call_site());
    let block = way_in::scope(
        compilation,
        plugin,
        &ways_in,
        &quote!(#place #key (#ty), #object, #kind, #priority, (#text) { #items } { #registrations }),
    );
    let declared = block.map(|block| quote!(#allow const _: ((),) = #block;));
    let given = settings
        .krate
        .as_ref()
        .map(|krate| quote!(#krate::declare! {}));
    // The interface's author has chosen the signature, and only a pointer leads to the function.
    let allow_signature = matches!(plugin.kind, PluginKind::Function(_)).then(|| {
        quote! {
            #[allow(
                clippy::missing_const_for_fn,
                clippy::must_use_candidate,
                clippy::needless_pass_by_ref_mut,
                clippy::needless_pass_by_value,
                clippy::ptr_arg,
                clippy::single_call_fn,
                clippy::trivially_copy_pass_by_ref,
                clippy::unnecessary_wraps
            )]
        }
    });
    quote! {
        #allow_signature #(#attrs)* #item

        #given
        #declared
    }
}

/// As what a plugin is found under an interface: the macro of the interface knows.
pub(super) fn seen(plugin: &Plugin, way_in: &WayIn<'_>) -> TokenStream {
    let WayIn {
        span,
        interface,
        name,
        ..
    } = way_in;
    let word = way_in.asked(&plugin.kind);
    // An interface that is not configured has this to say.
    let error = matches!(plugin.kind, PluginKind::Type).then(|| {
        let message = format!(
            "a type can only be a plugin of a configured interface\n\
             help: put `#[plugin]` on a static: `static NAME: {} = …;`, or write `#[interface(configured)]` above the \
             trait, or remove the interface from the list",
            plugin.ident
        );
        quote_spanned!(*span=> , { ::core::compile_error! { #message } })
    });
    quote_spanned!(*span=> #name!(#word #interface #error))
}

/// How the macro of an interface makes a record of the plugin.
fn word(krate: &Ident, plugin: &Plugin, span: Span) -> TokenStream {
    let ident = &plugin.ident;
    match plugin.kind {
        PluginKind::Static(_) | PluginKind::Function(_) => quote!(static),
        PluginKind::UnitStruct => {
            let boxed = quote_spanned!(span=> <_ as #krate::Boxed<#ident>>::boxed(#ident));
            quote!(unit [#ident #boxed])
        }
        PluginKind::Type => quote!(made),
    }
}

/// The texts of the plugin, in the order of `Text` in plugin-core, which adds the place.
fn text(
    compilation: &Compilation,
    krate: &Path,
    plugin: &Plugin,
    items: &mut TokenStream,
) -> TokenStream {
    let Plugin {
        settings, ident, ..
    } = plugin;
    let Compilation {
        package, version, ..
    } = compilation;
    let core = quote!(#krate::__private::core);
    let own = unraw(ident);
    let docs = docs(krate, &plugin.docs);
    let name = match &settings.name {
        None => Ok(own.clone()),
        Some(Text::Literal(name)) => Ok(name.value()),
        Some(Text::Constant(name)) => Err(name),
    };
    if let (Ok(name), None) = (&name, &settings.id) {
        let origin = format!("{name}\0{package}\0{version}\0");
        let path = format!("::{own}\0");
        return quote!(#origin #path #docs);
    }
    let name = match name {
        Ok(name) => name.to_token_stream(),
        Err(name) => constant(krate, "Name", name, items),
    };
    let id = match &settings.id {
        None => {
            let path = format!("::{own}");
            quote!("\0", #core::module_path!(), #path)
        }
        Some(Text::Literal(id)) => quote!(#core::module_path!(), "\0", #id),
        Some(Text::Constant(id)) => {
            let id = constant(krate, "Id", id, items);
            quote!(#core::module_path!(), "\0", #id)
        }
    };
    let origin = format!("\0{package}\0{version}\0");
    quote!([#name] #origin [#id] #docs)
}

/// A text that is looked at when its value is known. What is wrong with it is said where it stands.
fn constant(krate: &Path, key: &str, given: &TokenStream, items: &mut TokenStream) -> TokenStream {
    let key = Ident::new(key, Span::call_site());
    let constant = format_ident!("__PLUGIN_{}", key.to_string().to_uppercase());
    let mut spans = given
        .clone()
        .into_iter()
        .map(|tree| tree.span().resolved_at(Span::call_site()));
    let first = spans.next().unwrap_or_else(Span::call_site);
    let last = spans.last().unwrap_or(first);
    let krate_there = located_at(krate.to_token_stream(), first);
    let check = quote_spanned!(first=> #krate_there::__private::check);
    let arguments = quote_spanned!(last=> (#krate::__private::Key::#key, #constant));
    items.extend(quote! {
        #[allow(unused_braces, unused_parens)]
        const #constant: &#krate::__private::core::primitive::str = #given;
        const _: () = #check #arguments;
    });
    constant.to_token_stream()
}

fn priority(krate: &Path, priority: Option<&Priority>) -> TokenStream {
    match priority {
        None => quote!(0),
        Some(Priority::Literal(value, _)) => Literal::i64_unsuffixed(*value).to_token_stream(),
        Some(Priority::Constant(priority)) => quote!({
            #[allow(unused_braces, unused_parens)]
            const __PLUGIN_GIVEN: #krate::__private::core::primitive::i32 = #priority;
            __PLUGIN_GIVEN
        }),
    }
}

/// What the compiler calls a plugin's record, where it has something to say of one:
/// `PLUGIN_STEEL_AS_IMATERIAL`. By such a name, `link_plugins!()` knows it in a library.
fn element(plugin: &Ident, interfaces: &[Path], index: usize) -> Ident {
    let plugin = unraw(plugin).to_uppercase();
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
