//! What can be wrong with a plugin.

/// Why a plugin was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PluginError {
    /// The bytes are no valid WebAssembly, or exceed what is compiled.
    #[error("the plugin `{name}` is not a WebAssembly module that can run here: {why}")]
    NotAModule {
        /// The plugin.
        name: String,
        /// What is wrong with its bytes.
        why: String,
    },
    /// It is larger than [`Limits::module`](crate::Limits::module).
    #[error("the plugin `{name}` has {bytes} bytes, and at most {most} are loaded")]
    TooLarge {
        /// The plugin.
        name: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// It wants something of its host, and a plugin is given nothing.
    #[error(
        "the plugin `{name}` imports `{import}`, and a plugin may import nothing: build it for wasm32-unknown-unknown, \
         without WASI"
    )]
    Imports {
        /// The plugin.
        name: String,
        /// Module and name of the first import.
        import: String,
    },
    /// It was made for another version of the interface.
    #[error(
        "the plugin `{name}` was made for version {version} of the interface, and this unspin speaks version {}",
        crate::VERSION
    )]
    WrongVersion {
        /// The plugin.
        name: String,
        /// The version that its exports bear.
        version: u32,
    },
    /// An export is missing or of another type.
    #[error("the plugin `{name}` does not export `{export}` as {wanted}")]
    MissingExport {
        /// The plugin.
        name: String,
        /// The name of the export.
        export: &'static str,
        /// What it must be.
        wanted: &'static str,
    },
    /// What it says of itself cannot be used.
    #[error("the plugin `{name}` describes itself wrongly: {what}")]
    Description {
        /// The plugin.
        name: String,
        /// What is wrong.
        what: String,
    },
    /// It failed before it had said what it is.
    #[error("the plugin `{name}` failed while it described itself: {failure}")]
    Failed {
        /// The plugin.
        name: String,
        /// How.
        failure: Failure,
    },
}

/// How a call of a plugin failed; to be read after "the plugin failed:".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It ran too long.
    #[error("it did not end within its {0} units of fuel")]
    Fuel(u64),
    /// It wanted too much memory.
    #[error("it asked for more than its {0} bytes of memory")]
    Memory(u64),
    /// It stopped itself: a panic, or an access out of bounds.
    #[error("it stopped with a trap ({0})")]
    Trap(String),
    /// The place that it gave for its input cannot be one.
    #[error("`unspin_v1_alloc` gave {at}, where no {length} bytes lie in its memory")]
    Alloc {
        /// The place.
        at: u32,
        /// The length of the input.
        length: usize,
    },
    /// The place of its output is not in its memory.
    #[error("its output of {length} bytes at {at} does not lie in its memory")]
    Outside {
        /// The place.
        at: u32,
        /// The length.
        length: u32,
    },
    /// Its output is longer than [`Limits::output`](crate::Limits::output).
    #[error("its output has {length} bytes, and {most} are the limit")]
    Output {
        /// The length.
        length: usize,
        /// The limit.
        most: u32,
    },
    /// Its output does not say what it must.
    #[error("its output is malformed: {0}")]
    Malformed(String),
    /// The document is too large to be given to a plugin.
    #[error("the document is too large for a plugin: {0} bytes of input")]
    Input(usize),
}
