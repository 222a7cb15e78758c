//! Two texts side by side: what was kept, what was changed, and which original a text comes from.
