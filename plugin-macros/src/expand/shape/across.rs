//! The impl of a trait for what an object crosses in, between a program and a library.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    GenericArgument, ItemTrait, Path, PathArguments, ReturnType, TraitItem, TraitItemFn, Type,
    TypeParam, TypeParamBound, TypePath,
};

use crate::ast::{Callee, needs_sized};
use crate::expand::handed_on::HandedOn;
use crate::expand::{advice, as_generated};

/// A trait, as far as the impl depends on what it is.
pub(super) struct Crossing<'a> {
    pub(super) krate: &'a Path,
    pub(super) item: &'a ItemTrait,
    /// Its own parameters, each with a shape.
    pub(super) generics: &'a [TokenStream],
    pub(super) parameters: &'a [&'a TypeParam],
    pub(super) associated: &'a [&'a Ident],
    pub(super) object: &'a TokenStream,
    /// Who says which types are foreign in the signatures.
    pub(super) by: &'a TokenStream,
    pub(super) deprecated: bool,
}

/// What the impl asks of the object besides.
#[derive(Clone, Copy)]
pub(super) enum Asks {
    /// Each interface has `Send + Sync`, also where nobody has written it.
    ForSharing,
    ForNothing,
}

impl Crossing<'_> {
    pub(super) fn implementation(&self, asks: Asks) -> TokenStream {
        let Self {
            krate,
            item,
            generics,
            parameters,
            associated,
            ..
        } = self;
        let ident = &item.ident;
        let private = quote!(#krate::__private);
        let names = parameters.iter().map(|parameter| &parameter.ident);
        let arguments: Vec<_> = names.map(ToTokens::to_token_stream).collect();
        let bindings = associated.iter().map(|name| quote!(#name = #name));
        let target = arguments.iter().cloned().chain(bindings);
        let target = quote!(#ident<#(#target),*>);
        let own = quote!(#ident<#(#arguments),*>);
        let bounds = as_generated(item.supertraits.to_token_stream());
        let bounds = (!bounds.is_empty()).then(|| quote!(Self: #bounds,));
        let shared = match asks {
            Asks::ForSharing => Some(quote!(::core::marker::Send + ::core::marker::Sync)),
            Asks::ForNothing => None,
        };
        // What holds for an object without a word of the trait's.
        let auto_traits = item.supertraits.iter().filter(|bound| is_auto(bound));
        let auto_traits = auto_traits.map(|bound| as_generated(bound.to_token_stream()));
        let auto_traits: Vec<_> = auto_traits.chain(shared.clone()).collect();
        let shared = shared.map(|shared| quote!(Self: #shared,));
        let clause = item
            .generics
            .where_clause
            .as_ref()
            .map(|clause| as_generated(clause.predicates.to_token_stream()));
        let members = item.items.iter().filter_map(|member| match member {
            TraitItem::Fn(function) if !needs_sized(&function.sig.generics) => {
                let methods = HandedOn::all(function).into_iter();
                Some(
                    methods
                        .map(|method| self.method(&own, function, method))
                        .collect(),
                )
            }
            // No object has it, so nobody can call it.
            TraitItem::Fn(function) if function.default.is_none() => {
                let methods = HandedOn::all(function).into_iter();
                let methods = methods.map(|HandedOn { cfgs, sig, .. }| {
                    quote! {
                        #cfgs
                        #[allow(unused_variables)]
                        #sig {
                            ::core::unreachable!()
                        }
                    }
                });
                Some(methods.collect::<TokenStream>())
            }
            _ => None,
        });
        let allow = self.deprecated.then(|| quote!(#[allow(deprecated)]));
        let do_not_recommend = advice::do_not_recommend();
        let coercion = self.coercion(&target, &auto_traits, allow.as_ref());
        let across = quote!(#private::Across<__PluginHeld, __PluginSide, __PluginBy>);
        quote! {
            #krate::where_it_crosses! {
                #coercion

                #allow
                #[automatically_derived]
                #do_not_recommend
                impl<#(#generics,)* __PluginHeld, __PluginSide, __PluginBy> #own
                    for #across
                where
                    __PluginHeld: #private::Held<Target: #target>,
                    __PluginSide: #private::Side,
                    __PluginBy: ?::core::marker::Sized,
                    #bounds
                    #shared
                    #clause
                {
                    #(type #associated = #associated;)*
                    #(#members)*
                }
            }
        }
    }

    /// How an object of the trait is made of what hands each call on.
    fn coercion(
        &self,
        target: &TokenStream,
        auto_traits: &[TokenStream],
        allow: Option<&TokenStream>,
    ) -> TokenStream {
        let Self {
            krate,
            generics,
            parameters,
            associated,
            object,
            ..
        } = self;
        let private = quote!(#krate::__private);
        let plain = parameters.iter().map(|parameter| {
            let mut parameter = (*parameter).clone();
            parameter.default = None;
            parameter.into_token_stream()
        });
        let plain = plain.chain(associated.iter().map(ToTokens::to_token_stream));
        // What lives as long as the program may have a supertrait that asks for it.
        let (own_lifetime, lifetime) = if generics.is_empty() {
            (None, quote!('static))
        } else {
            (Some(quote!('__plugin,)), quote!('__plugin))
        };
        let across = quote!(#private::Across<__PluginHeld, __PluginSide, __PluginBy>);
        quote! {
                #allow
                impl<#own_lifetime #(#plain,)* __PluginObject: #target + #lifetime>
                    #private::Objects<__PluginObject> for #object + #lifetime
                {
                    #[inline]
                    fn coerce(object: *const __PluginObject) -> *const Self {
                        object
                    }
                }

                #[inline]
                fn __plugin_coerce<
                    #own_lifetime
                    #(#generics,)*
                    __PluginHeld: #private::Held<Target: #target> + #lifetime,
                    __PluginSide: #private::Side,
                    __PluginBy: ?::core::marker::Sized + #lifetime,
                >(
                    object: *const #across,
                ) -> *const (#object + #lifetime)
                where
                    #(#across: #auto_traits,)*
                {
                    #[allow(unused_imports)]
                    use #private::NotCoerced as _;
                    #private::Coerced::<#across, #object + #lifetime>::of(object)
                }
        }
    }

    fn method(&self, own: &TokenStream, function: &TraitItemFn, method: HandedOn) -> TokenStream {
        let Self { krate, by, .. } = self;
        let private = quote!(#krate::__private);
        let HandedOn {
            cfgs,
            sig,
            arguments,
        } = method;
        let name = &function.sig.ident;
        let (side, other) = (
            quote!(__PluginSide),
            quote!(<__PluginSide as #private::Side>::Other),
        );
        let given = arguments.iter().map(|argument| &argument.name);
        let mut call = quote! {
            <<__PluginHeld as #private::Held>::Target as #own>::#name(__plugin_object, #(#given),*)
        };
        if !matches!(function.sig.safety, syn::Safety::Default) {
            call = quote!(#krate::promised!(#call));
        }
        let mut call = match &function.sig.output {
            ReturnType::Default => quote!(#call;),
            ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => call,
            ReturnType::Type(..) => {
                let result = format_ident!("__plugin_result");
                let carried = self.carried(&result, &side);
                quote! {
                    let mut #result = #call;
                    #carried
                    #result
                }
            }
        };
        for argument in arguments.iter().rev() {
            let (name, ty) = (&argument.name, &argument.ty);
            call = match (Closure::of(ty), ty) {
                (Some(closure), _) => {
                    let closure = self.closure(name, ty, &closure, &other);
                    quote!(let mut #name = #name; #closure #call)
                }
                (None, Type::Reference(ty)) if ty.lifetime.is_none() => {
                    let mutable = ty.mutability.map(|_| "_mut").unwrap_or_default();
                    let lending = format_ident!("lending{mutable}");
                    quote! {
                        #private::#lending::<#by, #other, _>(#name).lend(move |#name| { #call })
                    }
                }
                (None, _) => {
                    let carried = self.carried(name, &other);
                    quote! {
                        let mut #name = #name;
                        #carried
                        #call
                    }
                }
            };
        }
        let called = match Callee::of(&function.sig) {
            Some(Callee::Mutable) => quote!(call_mut),
            Some(Callee::Boxed) => quote!(call_box),
            Some(Callee::Shared) | None => quote!(call),
        };
        quote! {
            #cfgs
            #[inline]
            #[allow(unused_mut, unused_variables)]
            #sig {
                #[allow(unused_imports)]
                use #private::{CarriesNothing as _, LendsItself as _};
                #private::Across::#called(self, move |__plugin_object| { #call })
            }
        }
    }

    /// A statement that has what the variable owns seen by the other side.
    fn carried(&self, name: &Ident, side: &TokenStream) -> TokenStream {
        let Self { krate, by, .. } = self;
        quote!(#krate::__private::carrying::<#by, #side, _>(&mut #name).carry();)
    }

    /// A statement that has the variable be a closure which hands each call on.
    fn closure(
        &self,
        name: &Ident,
        ty: &Type,
        closure: &Closure,
        side: &TokenStream,
    ) -> TokenStream {
        let krate = self.krate;
        let given = (0..closure.arity).map(|index| format_ident!("__plugin_given_{index}"));
        let given: Vec<_> = given.collect();
        let hand_on = quote! {
            |#(#given),*| #krate::__private::called::<#side, _>(|| #name(#(#given),*))
        };
        let ty = as_generated(ty.to_token_stream());
        match closure.holder {
            Holder::Box => quote!(let #name: #ty = #krate::__private::boxes(move #hand_on);),
            Holder::Mutable => quote!(let #name: #ty = &mut #hand_on;),
            Holder::Shared => quote!(let #name: #ty = &#hand_on;),
        }
    }
}

fn is_auto(bound: &TypeParamBound) -> bool {
    const AUTO: [&str; 5] = ["RefUnwindSafe", "Send", "Sync", "Unpin", "UnwindSafe"];
    match bound {
        TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| AUTO.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}

/// A closure that takes or returns something with a lifetime of the call's: no type of plugin-core's has that.
struct Closure {
    holder: Holder,
    arity: usize,
}

enum Holder {
    Shared,
    Mutable,
    Box,
}

impl Closure {
    fn of(ty: &Type) -> Option<Self> {
        let (holder, ty) = match ty {
            Type::Reference(ty) if ty.lifetime.is_none() => match ty.mutability {
                Some(_) => (Holder::Mutable, &*ty.elem),
                None => (Holder::Shared, &*ty.elem),
            },
            Type::Path(path) => (Holder::Box, boxed(path)?),
            _ => return None,
        };
        let ty = match ty {
            Type::Paren(ty) => &*ty.elem,
            ty => ty,
        };
        let Type::TraitObject(object) = ty else {
            return None;
        };
        let TypeParamBound::Trait(bound) = object.bounds.first()? else {
            return None;
        };
        let PathArguments::Parenthesized(arguments) = &bound.path.segments.last()?.arguments else {
            return None;
        };
        let text = arguments.to_token_stream().to_string();
        let has_lifetime = bound.lifetimes.is_some() || text.contains(['&', '\'']);
        has_lifetime.then(|| Self {
            holder,
            arity: arguments.inputs.len(),
        })
    }
}

/// The argument of `Box<dyn Fn(&str)>`.
fn boxed(ty: &TypePath) -> Option<&Type> {
    let last = ty.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) if last.ident == "Box" => Some(ty),
        _ => None,
    }
}
