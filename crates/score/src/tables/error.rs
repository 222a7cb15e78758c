//! Why a file of rows cannot be read or written.

use arrow_schema::ArrowError;
use parquet::errors::ParquetError;

use crate::NotTexts;

/// Why a file of rows cannot be read or written. Each message is one sentence without the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file, as far as it is a container.
    #[error(transparent)]
    Container(#[from] unspin_containers::Error),
    /// Parquet that cannot be read or written.
    #[error("{}: fetch or write the file again", one_line(&source.to_string()))]
    Parquet {
        /// What the reader says.
        #[from]
        source: ParquetError,
    },
    /// Rows that cannot be held in columns.
    #[error("{}", one_line(&source.to_string()))]
    Arrow {
        /// What is wrong.
        #[from]
        source: ArrowError,
    },
    /// There is no column of that name.
    #[error("there is no column {wanted}: choose of {there}")]
    NoColumn {
        /// What was asked for.
        wanted: String,
        /// What there is.
        there: String,
    },
    /// A column that holds no texts.
    #[error("`{name}`: {source}")]
    NotTexts {
        /// Its name.
        name: String,
        /// What it holds.
        source: NotTexts,
    },
    /// The rows have a column of ours already.
    #[error(
        "there is a column `{name}` already: drop or rename it, so that nothing is written over"
    )]
    Taken {
        /// Its name.
        name: String,
    },
    /// Members of JSON that no column can hold.
    #[error("line {line}: {why}: write JSON Lines instead of Parquet")]
    Mixed {
        /// The line that does not go with those before it, from 1.
        line: u64,
        /// What does not go together.
        why: String,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Messages of libraries may quote the file and span lines.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
