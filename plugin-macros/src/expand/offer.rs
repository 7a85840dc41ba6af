//! What a plugin of a drop-in says of itself, to who reads the file and to who has loaded it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Path;

use super::located_at;
use super::plugin::seen;
use super::way_in::WayIn;
use crate::ast::Plugin;

/// The items, beside which the plugin's kind leads to `__PLUGIN_DROP_IN`.
pub(super) fn offer(
    krate: &Path,
    plugin: &Plugin,
    ways_in: &[WayIn<'_>],
    (object, ty): (&Ident, &TokenStream),
    priority: &TokenStream,
) -> TokenStream {
    let tags = super::tags(krate, &plugin.tags);
    let mut interfaces = TokenStream::new();
    let mut crossed = TokenStream::new();
    let mut guarded = TokenStream::new();
    for way_in in ways_in {
        let span = way_in.span;
        let krate = located_at(krate.to_token_stream(), span);
        let seen = seen(plugin, way_in);
        interfaces.extend(quote_spanned!(span=> <#seen as #krate::Interface>::INFO,));
        crossed.extend(quote_spanned!(span=> #krate::__private::crossed::<#seen>(),));
        guarded.extend(quote_spanned! {span=>
            #krate::__private::Guarded::new(
                &#object,
                #krate::__private::Guarding::<#ty, #seen>::TABLE,
            ),
        });
    }
    quote! {
        #krate::declare_offer! {
            #priority, [#interfaces], #tags, [#crossed], [#guarded]
        }
    }
}
