//! That a program whose plugins are linked in pays nothing for those that could be dropped in.
