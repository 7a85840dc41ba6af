//! What a plugin of a drop-in says of itself, to who reads the file and to who has loaded it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

use super::plugin::seen;
use super::{as_generated, located_at};
use crate::ast::Plugin;

/// The items, beside which the plugin's kind leads to `__PLUGIN_DROP_IN`.
pub(super) fn offer(
    krate: &Path,
    plugin: &Plugin,
    object: &Ident,
    priority: &TokenStream,
) -> TokenStream {
    let tags = super::tags(krate, &plugin.tags);
    let mut interfaces = TokenStream::new();
    let mut tokens = TokenStream::new();
    let mut plugins = TokenStream::new();
    for (index, path) in plugin.interfaces.iter().enumerate() {
        let span = path.span().resolved_at(Span::call_site());
        let interface = as_generated(path.to_token_stream());
        let krate = located_at(krate.to_token_stream(), span);
        let index = Literal::usize_unsuffixed(index);
        let seen = seen(plugin, &interface, span);
        interfaces.extend(quote_spanned!(span=> <#seen as #krate::Interface>::INFO,));
        tokens.extend(quote_spanned!(span=> <#seen as #krate::Interface>::TOKEN,));
        plugins.extend(quote_spanned! {span=>
            #krate::__private::plugin::<#seen, _>((&#object, &__PLUGIN_INFO, #index)),
        });
    }
    quote! {
        #krate::declare_offer! {
            #priority, [#interfaces], #tags, [#tokens], [#plugins]
        }
    }
}
