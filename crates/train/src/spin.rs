//! Simulated rewording: a text as a context-blind spinner would leave it, and what it changed.
//!
//! Every document gets a spinner of its own, so that no style can be learnt by heart: which dictionary, how much of
//! it, how many of the words, always the same choice or another each time, whether it keeps out of names and quotations,
//! whether it mends `a` and `an`.

use unspin_lang::{article, is_function_word, transfer_case};
use unspin_lint::Document;
use unspin_text::{Case, Token, TokenKind};

use crate::channel::{Alternative, Surface};
use crate::random::{Random, fixed};

/// Longest original, in tokens.
const LONGEST: usize = 4;

/// The dictionaries a spinner may have, each with the chance that it is the one.
pub(crate) struct Dictionaries<'d> {
    pub(crate) sources: Vec<(f64, &'d Surface)>,
}

/// How one spinner works.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each habit is there or not, whatever the others"
)]
pub(crate) struct Style {
    seed: u64,
    source: usize,
    /// A second dictionary that it also has, or the same.
    second: usize,
    /// Share of the eligible words that are replaced.
    pub(crate) rate: f64,
    function_rate: f64,
    name_rate: f64,
    /// Share of the dictionary's originals that it has.
    breadth: f64,
    /// How many of an original's alternatives it has.
    depth: usize,
    /// It always makes the same choice.
    consistent: bool,
    /// It mostly takes the first.
    first: bool,
    quotations: bool,
    articles: bool,
    /// Share of the replacements that are replaced once more.
    cascade: f64,
    /// Share of the prepositions that become another, whatever the dictionaries say; and of the articles.
    preposition_rate: f64,
    determiner_rate: f64,
    /// The stretch of the text that it rewords, as shares of its length.
    stretch: (f64, f64),
}

impl Style {
    pub(crate) fn random(random: &mut Random, dictionaries: &Dictionaries<'_>) -> Self {
        let total: f64 = dictionaries.sources.iter().map(|(weight, _)| weight).sum();
        let pick = |random: &mut Random| {
            let mut at = random.unit() * total;
            dictionaries.sources.iter().position(|(weight, _)| {
                at -= weight;
                at < 0.0
            })
        };
        let source = pick(random).unwrap_or(0);
        let light = random.chance(0.12);
        let rarely = |random: &mut Random, chance: f64, most: f64| {
            if random.chance(chance) { random.between(0.05, most) } else { 0.0 }
        };
        let cascade = rarely(random, 0.2, 0.6);
        let preposition_rate = rarely(random, 0.15, 0.5);
        let determiner_rate = rarely(random, 0.12, 0.5);
        let stretch = if random.chance(0.15) {
            let length = random.between(0.2, 0.7);
            let from = random.between(0.0, 1.0 - length);
            (from, from + length)
        } else {
            (0.0, 1.0)
        };
        Self {
            cascade,
            preposition_rate,
            determiner_rate,
            stretch,
            seed: random.next(),
            source,
            second: if random.chance(0.4) { pick(random).unwrap_or(source) } else { source },
            rate: if light {
                random.between(0.02, 0.08)
            } else {
                0.08 + 0.57 * random.unit().powf(1.4)
            },
            function_rate: if random.chance(0.3) { 0.0 } else { random.between(0.02, 0.5) },
            name_rate: if random.chance(0.6) { 0.0 } else { random.between(0.0, 0.6) },
            breadth: random.between(0.35, 1.0),
            depth: 1 + (8.0 * random.unit().powi(2)) as usize,
            consistent: random.chance(0.55),
            first: random.chance(0.4),
            quotations: random.chance(0.75),
            articles: random.chance(0.4),
        }
    }

    /// The same with another rate, all over the text.
    pub(crate) fn throughout(self, rate: f64) -> Self {
        Self { rate, stretch: (0.0, 1.0), ..self }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// Where the replacement stands in the new text, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// In lower case.
    pub(crate) original: String,
    /// In lower case.
    pub(crate) replacement: String,
}

/// A reworded text.
pub(crate) struct Spun {
    pub(crate) text: String,
    pub(crate) changes: Vec<Change>,
}

/// Rewords a document.
pub(crate) fn spin(
    document: &Document<'_>,
    style: &Style,
    dictionaries: &Dictionaries<'_>,
) -> Spun {
    let mut random = Random::new(style.seed);
    let tokens = document.tokens();
    let quoted = quoted(document);
    let starts: std::collections::HashSet<u32> =
        document.sentences().iter().map(|s| s.tokens.start).collect();
    let mut spun =
        Spun { text: String::with_capacity(document.text().len() * 9 / 8), changes: Vec::new() };
    let mut copied = 0;
    let mut at = 0;
    while at < tokens.len() {
        let within = at as f64 / tokens.len() as f64;
        let eligible = tokens[at].kind == TokenKind::Word
            && matches!(tokens[at].case, Case::Lower | Case::Title)
            && (style.quotations || !quoted[at])
            && (style.stretch.0..style.stretch.1).contains(&within);
        if eligible
            && let Some((original, replacement)) = particle(document, at, style, &mut random)
        {
            let (from, to) = (tokens[at].span.start as usize, tokens[at].span.end as usize);
            spun.text.push_str(&document.text()[copied..from]);
            let start = spun.text.len();
            spun.text.push_str(&transfer_case(&document.text()[from..to], replacement));
            copied = to;
            if replacement.is_empty() {
                // The gap after a dropped word goes with it.
                copied += usize::from(document.text()[to..].starts_with(' '));
            } else {
                let replacement = replacement.to_owned();
                spun.changes.push(Change { start, end: spun.text.len(), original, replacement });
            }
            at += 1;
            continue;
        }
        let found = eligible.then(|| longest(document, tokens, at, style, dictionaries)).flatten();
        let Some((length, original, alternatives)) = found else {
            at += 1;
            continue;
        };
        let inside = tokens[at].case == Case::Title && !starts.contains(&(at as u32));
        let mut rate = style.rate;
        if length == 1 && is_function_word(&original) {
            rate *= style.function_rate;
        }
        if inside {
            rate *= style.name_rate;
        }
        if length > 1 {
            rate = rate.sqrt().min(0.9);
        }
        if !random.chance(rate) {
            at += 1;
            continue;
        }
        let mut replacement = choose(&original, alternatives, style, &mut random);
        if style.cascade > 0.0 && random.chance(style.cascade) {
            replacement = again(&original, replacement, style, dictionaries, &mut random);
        }
        let (from, to) =
            (tokens[at].span.start as usize, tokens[at + length - 1].span.end as usize);
        spun.text.push_str(&document.text()[copied..from]);
        if style.articles {
            mend_article(&mut spun.text, &replacement);
        }
        let start = spun.text.len();
        spun.text.push_str(&transfer_case(&document.text()[from..to], &replacement));
        spun.changes.push(Change { start, end: spun.text.len(), original, replacement });
        copied = to;
        at += length;
    }
    spun.text.push_str(&document.text()[copied..]);
    spun
}

/// The longest original that starts at a token and that the spinner has, with its alternatives.
fn longest<'d>(
    document: &Document<'_>,
    tokens: &[Token],
    at: usize,
    style: &Style,
    dictionaries: &'d Dictionaries<'_>,
) -> Option<(usize, String, &'d [Alternative])> {
    let mut phrase = String::new();
    let mut best = None;
    for (length, token) in tokens[at..].iter().take(LONGEST).enumerate() {
        let joined = match token.kind {
            TokenKind::Word | TokenKind::Number => token.spaced || length == 0,
            TokenKind::Clitic => true,
            _ => break,
        };
        if !joined {
            break;
        }
        if length > 0 && token.spaced {
            phrase.push(' ');
        }
        phrase.push_str(&document.token_text(token).to_lowercase());
        // A word before an apostrophe is an owner; the ending stays.
        for source in [style.source, style.second] {
            if let Some(alternatives) = dictionaries.sources[source].1.get(&phrase)
                && fixed(style.seed ^ source as u64, &phrase) < style.breadth
            {
                best = Some((length + 1, phrase.clone(), alternatives.as_slice()));
                break;
            }
        }
    }
    best
}

fn choose(
    original: &str,
    alternatives: &[Alternative],
    style: &Style,
    random: &mut Random,
) -> String {
    // Each spinner knows alternatives of its own: those that come first by a mixture of rank and chance.
    let rank = |i: usize| {
        let luck =
            fixed(style.seed.rotate_left(17), &format!("{original}|{}", alternatives[i].text));
        alternatives[i].share.powf(0.7) * luck
    };
    let mut order: Vec<usize> = (0..alternatives.len()).collect();
    order.sort_by(|&a, &b| rank(b).total_cmp(&rank(a)));
    order.truncate(style.depth);
    let draw =
        if style.consistent { fixed(style.seed.rotate_left(31), original) } else { random.unit() };
    let at = if style.first && draw < 0.8 { 0 } else { (draw * order.len() as f64) as usize };
    alternatives[order[at.min(order.len() - 1)]].text.clone()
}

/// The replacement of a replacement, unless that is where it came from.
fn again(
    original: &str,
    replacement: String,
    style: &Style,
    dictionaries: &Dictionaries<'_>,
    random: &mut Random,
) -> String {
    let Some(alternatives) = dictionaries.sources[style.source].1.get(&replacement) else {
        return replacement;
    };
    let next = choose(&replacement, alternatives, style, random);
    if next == original { replacement } else { next }
}

/// Prepositions that translation and rewording confuse.
const PREPOSITIONS: [&str; 14] = [
    "about", "across", "against", "among", "at", "by", "for", "from", "in", "into", "of", "on",
    "to", "with",
];

/// What a spinner that works like a bad translator makes of a preposition or an article, with the word in lower case;
/// an article may go.
fn particle(
    document: &Document<'_>,
    at: usize,
    style: &Style,
    random: &mut Random,
) -> Option<(String, &'static str)> {
    if style.preposition_rate == 0.0 && style.determiner_rate == 0.0 {
        return None;
    }
    let word = document.token_text(&document.tokens()[at]).to_lowercase();
    if PREPOSITIONS.contains(&word.as_str()) && random.chance(style.preposition_rate) {
        let other = PREPOSITIONS[(random.next() % PREPOSITIONS.len() as u64) as usize];
        return (other != word).then_some((word, other));
    }
    let others: &[&str] = match word.as_str() {
        "the" => &["a", "a", ""],
        "a" | "an" => &["the", "the", ""],
        _ => return None,
    };
    let other = others[(random.next() % 3) as usize];
    random.chance(style.determiner_rate).then_some((word, other))
}

/// Puts the article at the end of `text` right for the word that follows.
fn mend_article(text: &mut String, next: &str) {
    let Some(before) = text.strip_suffix(' ') else { return };
    let start = before.trim_end_matches(char::is_alphabetic).len();
    if let Some(right) = article::repair(&before[start..], next) {
        text.truncate(start);
        text.push_str(right);
        text.push(' ');
    }
}

fn quoted(document: &Document<'_>) -> Vec<bool> {
    let mut quoted = vec![false; document.tokens().len()];
    for quotation in document.quotations().iter().filter(|q| q.depth == 0 && q.closed) {
        quoted[quotation.tokens.start as usize..quotation.tokens.end as usize].fill(true);
    }
    quoted
}
