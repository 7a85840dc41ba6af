//! An interface that is a struct: its objects are data.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Field, ItemStruct, Path};

use super::Parts;
use crate::ast::{Interface, Marks};
use crate::compilation::Compilation;
use crate::expand::{cfgs, docs, shape, signature, tags, unraw};

pub(super) fn parts(compilation: &Compilation, interface: &Interface, item: &ItemStruct) -> Parts {
    let krate = &interface.settings.krate;
    let ident = &item.ident;
    let fields = item.fields.iter().zip(&interface.marks);
    Parts {
        declared: item.to_token_stream(),
        ty: ident.to_token_stream(),
        prefix: None,
        kind: "Struct",
        bases: Vec::new(),
        members: fields
            .map(|(field, marks)| member(krate, field, marks))
            .collect(),
        shape: interface
            .settings
            .dropin
            .then(|| shape::of_struct(compilation, &interface.settings, item)),
        providers: quote! {
            impl #krate::__private::Provider<#ident> for #ident {
                const CAST: #krate::__private::CastOf<#ident, Self> =
                    #krate::__private::CastOf::to_itself();
            }
        },
    }
}

fn member(krate: &Path, field: &Field, marks: &Marks) -> TokenStream {
    let cfgs = cfgs(&field.attrs);
    let (vis, ident, ty) = (&field.vis, &field.ident, &field.ty);
    let name = ident.as_ref().map(unraw);
    let docs = docs(krate, &marks.docs);
    let signature = signature::text(quote!(#vis #ident: #ty));
    let ty = signature::text(ty.to_token_stream());
    let tags = tags(krate, &marks.tags);
    quote! {
        #(#cfgs)*
        #krate::__private::member(#krate::__private::MemberData {
            name: #name,
            docs: #docs,
            signature: #signature,
            parameters: &[],
            return_type: #ty,
            has_default: false,
            kind: #krate::MemberKind::Field,
            tags: #tags,
        })
    }
}
