use syn::TypePath;

use crate::compilation::Compilation;
use crate::errors::Errors;

/// The build of a crate can only stand for a type whose crate is known.
pub(crate) fn foreign(compilation: &Compilation, types: &[TypePath], errors: &mut Errors) {
    for ty in types {
        if ty.qself.is_some() || compilation.build_of(&ty.path).is_none() {
            let message = "a foreign type is named from its crate on\n\
                           help: as in `foreign(bytes::Bytes)`; a type of this crate derives `Shape`";
            errors.push_on(ty, message);
        }
    }
}
