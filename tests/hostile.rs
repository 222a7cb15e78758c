//! Repositories, names and texts made by somebody who means harm; see `SECURITY.md`.

#[cfg(unix)]
mod tree;
