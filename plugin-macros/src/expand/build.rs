use proc_macro2::TokenStream;
use quote::quote;

use crate::compilation::Build;

/// Release, commit, target, and flags.
pub(crate) fn build(build: &Build) -> TokenStream {
    let Build {
        release,
        commit,
        target,
        flags,
    } = build;
    quote!([#release, #commit, #target, #flags])
}
