//! The same, with an allocator of its own.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../main.rs"]
mod main_with_the_allocator_of_the_system;

fn main() {
    main_with_the_allocator_of_the_system::main();
}
