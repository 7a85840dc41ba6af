//! The macros of a plugin's interfaces, under names of their own beside the plugin.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _, Result};
use syn::spanned::Spanned as _;
use syn::{Path, Token};

use super::{as_generated, unraw};
use crate::ast::{Plugin, PluginKind};
use crate::compilation::Compilation;
use crate::errors::Errors;

/// An interface of a plugin, and its macro.
pub(super) struct WayIn<'a> {
    path: &'a Path,
    /// Its last name.
    last: &'a Ident,
    /// The compiler finds what is wrong with an interface; we only choose where it points.
    pub(super) span: Span,
    pub(super) interface: TokenStream,
    /// What the macro is called beside the plugin.
    pub(super) name: Ident,
}

impl<'a> WayIn<'a> {
    pub(super) fn new(index: usize, path: &'a Path) -> Self {
        let span = path.span().resolved_at(Span::call_site());
        let last = &path.segments.last().expect("a path has a segment").ident;
        Self {
            path,
            last,
            span,
            interface: as_generated(path.to_token_stream()),
            name: format_ident!("__plugin_{index}", span = span),
        }
    }

    /// How the macro is asked what a plugin is seen as.
    pub(super) fn asked(&self, kind: &PluginKind) -> Ident {
        let word = match kind {
            PluginKind::Static(_) | PluginKind::Function(_) => "type",
            PluginKind::UnitStruct => "unit",
            PluginKind::Type => "made",
        };
        Ident::new(word, self.last.span())
    }
}

/// A block in which each macro has its name, and the first one is called.
///
/// A path that leads to no macro imports nothing under the name, which then is that of the macro
/// further out: so the error is ours.
pub(super) fn scope(
    compilation: &Compilation,
    plugin: &Plugin,
    ways_in: &[WayIn<'_>],
    declaration: &TokenStream,
) -> Option<TokenStream> {
    let first = ways_in.first()?;
    let imports = ways_in.iter().map(|way_in| {
        let WayIn {
            path,
            last,
            span,
            interface,
            name,
        } = way_in;
        let scope = hides_the_prelude(path).then(|| quote_spanned!(*span=> self::));
        let is_unsafe = last.to_string().to_lowercase().contains("unsafe");
        let allow = is_unsafe.then(|| quote!(#[allow(clippy::unsafe_removed_from_name)]));
        quote_spanned!(*span=> #allow use #scope #interface as #name;)
    });
    let WayIn {
        last,
        interface,
        name,
        ..
    } = first;
    // Where a macro of the user's has the name, it does not expect the words, or makes no such value.
    let word = Ident::new("plugin", last.span());
    // The macro is called in a block of its own: in the block of the imports, it might define what they
    // import.
    let refused = match compilation.plugin_core_of_its_own() {
        Some(krate) => {
            let more =
                (ways_in.len() > 4).then(|| quote!(use ::#krate::__private::refused::more::*;));
            quote!(use ::#krate::__private::refused::*; #more)
        }
        None => refused(plugin, ways_in),
    };
    Some(quote!({
        #refused
        {
            #(#imports)*
            { #name! { #word #interface, { #declaration } } }
        }
    }))
}

/// `no_interface`, where nobody knows how plugin-core is called.
fn refused(plugin: &Plugin, ways_in: &[WayIn<'_>]) -> TokenStream {
    let mut arms = TokenStream::new();
    let names = ways_in.iter().map(|way_in| &way_in.name);
    for (index, way_in) in ways_in.iter().enumerate() {
        let word = match index {
            0 => Ident::new("plugin", Span::call_site()),
            _ => way_in.asked(&plugin.kind),
        };
        let (interface, mut errors) = (&way_in.interface, Errors::default());
        errors.push(way_in.last.span(), refusal(way_in.last));
        arms.extend(quote!((#word #interface $($plugin:tt)*) => { #errors };));
    }
    quote! {
        macro_rules! __plugin_refused {
            #arms
            (seen $($plugin:tt)*) => { () };
            ($($plugin:tt)*) => {};
        }
        #(use __plugin_refused as #names;)*
    }
}

/// What answers in the place of an interface's macro, where there is none: once, it says so, where the
/// word is that it was asked with.
pub(crate) fn no_interface(asked: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let first = asked.clone().into_iter().next();
    if first.is_some_and(|first| first.to_string() == "seen") {
        return quote!(());
    }
    if let Ok((word, path)) = asked_path.parse2(asked) {
        let last = path.segments.last();
        errors.push(
            word.span(),
            refusal(&last.expect("a path has a segment").ident),
        );
    }
    errors.to_token_stream()
}

// plugin IMaterial, { … }
// type IMaterial
fn asked_path(input: ParseStream<'_>) -> Result<(Ident, Path)> {
    let word = input.call(Ident::parse_any)?;
    let path = input.call(Path::parse_mod_style)?;
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
        input.parse::<TokenStream>()?;
    }
    Ok((word, path))
}

fn refusal(last: &Ident) -> String {
    format!(
        "`{}` is not an interface\n\
         help: write `#[interface]` above the trait, or above the struct with named fields, or list another \
         interface; for a trait of another crate, declare an interface that extends it",
        unraw(last)
    )
}

/// Whether the name may be one of the prelude's: what a macro has declared hides those in all but an
/// import.
fn hides_the_prelude(path: &Path) -> bool {
    const PRELUDE: [&str; 41] = [
        "AsMut",
        "AsRef",
        "AsyncFn",
        "AsyncFnMut",
        "AsyncFnOnce",
        "Box",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "DoubleEndedIterator",
        "Drop",
        "Eq",
        "ExactSizeIterator",
        "Extend",
        "Fn",
        "FnMut",
        "FnOnce",
        "From",
        "FromIterator",
        "Future",
        "Hash",
        "Into",
        "IntoFuture",
        "IntoIterator",
        "Iterator",
        "Option",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Result",
        "Send",
        "Sized",
        "String",
        "Sync",
        "ToOwned",
        "ToString",
        "TryFrom",
        "TryInto",
        "Unpin",
        "Vec",
    ];
    let name = path.get_ident().map(unraw);
    name.is_some_and(|name| PRELUDE.contains(&name.as_str()))
}
