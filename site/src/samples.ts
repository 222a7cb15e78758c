// What stands in the editors for settings and packs when somebody asks for a sample.

export const sampleConfig = `# The nearest lint.toml upward from a text governs it.
[rules.repeated-passage]
severity = "off"

[vocabulary]
accept = ["ring-fence"]
reject = [{ term = "utilise", suggest = "use" }]
`;

export const samplePack = `[pack]
name = "harbour-desk"
version = "1.0.0"
license = "CC0-1.0"
unspin = "0.1"
description = "How the harbour desk writes"

[[rule]]
id = "desk-words"
kind = "substitution"
message = 'the desk writes "{suggestion}" for "{found}"'

[rule.phrases]
"<utilise>" = "<use>"
"outer islands" = "Outer Isles"

[[rule.examples]]
bad = "They [[utilised]] the pier."
fixed = "They used the pier."

[[rule.examples]]
good = "The pier is of use."
`;
