//! The model file of unspin as bytes, and nothing else.
//!
//! It has a crate of its own since it is large (`cargo package` makes 9 MB of it, and a registry takes 10 MB) and changes
//! when a model is counted anew, not when code does. `unspin-model` reads it; where a caller brings a model of its own,
//! that crate does without this one. `manifest.toml` beside it says what the model was made from.

/// The model file, 11 MB in the format that `unspin_model::Model::from_bytes` reads. It stands in read-only memory, and
/// pages that nobody asks for are not loaded.
pub static MODEL: &[u8] = include_bytes!("../unspin.model");
