//! Whole files, built here, read through the public interface.

mod build;
mod formats;
mod hostile;
mod hostile_xml;
mod properties;
mod records;
