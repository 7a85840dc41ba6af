//! What users rely on, tested through real crates. One binary, so that it is linked once.
