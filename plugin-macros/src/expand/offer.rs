//! What a plugin of a drop-in says of itself, to who reads the file and to who has loaded it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{as_generated, located_at};
use crate::ast::Plugin;

/// Nothing in a crate that is linked into programs, which know what they link in.
#[derive(Default)]
pub(super) struct Offer {
    /// The items.
    pub(super) record: TokenStream,
    /// The plugin's answer to who asks for them.
    pub(super) answer: TokenStream,
}

pub(super) fn offer(
    plugin: &Plugin,
    object: &Ident,
    text: &TokenStream,
    interfaces: &TokenStream,
) -> Offer {
    let krate = &plugin.settings.krate;
    let priority = plugin.settings.priority.as_ref();
    let priority = Literal::i64_unsuffixed(priority.map_or(0, |priority| priority.value));
    let tags = super::tags(krate, &plugin.tags);
    let mut tokens = TokenStream::new();
    let mut plugins = TokenStream::new();
    for path in &plugin.interfaces {
        let span = path.span().resolved_at(Span::call_site());
        let interface = as_generated(path.to_token_stream());
        let krate = located_at(krate.to_token_stream(), span);
        tokens.extend(quote_spanned!(span=> <dyn #interface as #krate::Interface>::TOKEN,));
        plugins.extend(quote_spanned! {span=>
            #krate::__private::plugin::<dyn #interface>(&#object, &__PLUGIN_INFO),
        });
    }
    Offer {
        record: quote! {
            #krate::declare_offer! {
                #text, #priority, [#interfaces], #tags, [#tokens], [#plugins]
            }
        },
        answer: quote!(#krate::answer_offer!(__plugin_answer);),
    }
}
