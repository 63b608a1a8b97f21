//! The `council-map` command.

fn main() {}
