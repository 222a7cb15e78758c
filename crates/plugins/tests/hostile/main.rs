//! Modules that mean harm or are broken: each is told of in one sentence, and nobody else notices.

mod guest;
mod loading;
mod output;
mod running;
