//! Repositories, names and texts made by somebody who means harm; see `SECURITY.md`.

#[cfg(target_os = "linux")]
mod archive;
mod terminal;
#[cfg(unix)]
mod tree;
