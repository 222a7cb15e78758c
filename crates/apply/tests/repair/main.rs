//! What repairing any text comes to, whatever rules there are.

mod made_up;
mod properties;
mod rounds;
