//! The query syntax of the Problematic Paper Screener's lists, as far as a pack can say it.
//!
//! A query is a clause and conditions: `CLAUSE (AND CLAUSE | NOT CLAUSE)*`. A clause is a term or several in brackets with
//! `OR` between them. A term is words, in quotation marks or not; `"a b"~N` wants them with at most N words between or
//! out of place, `a~N b` with at most N between them. A short form in brackets after a term, `a b (AB)`, must stand beside.

/// The longest gap of a pattern, in words.
const MAX_GAP: usize = 8;
/// A short form in brackets stands so many words after its long form or fewer.
const BESIDE: usize = 3;
/// Characters that mean something in a pattern, and nothing in a list.
const RESERVED: [char; 9] = ['(', ')', '|', '<', '>', '*', '?', '@', '{'];

/// What a row asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Patterns, each of which is found.
    pub(super) patterns: Vec<String>,
    /// One of them must stand in the document, if there are any.
    pub(super) any: Vec<String>,
    /// All of them must.
    pub(super) all: Vec<String>,
    /// None of them may.
    pub(super) none: Vec<String>,
    /// It must stand so many words from the match, or fewer.
    pub(super) near: Option<(String, usize)>,
}

/// A token of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    And,
    Or,
    Not,
    Open,
    Close,
    /// Words, how far apart each may stand from the next, and how far out of place all may be.
    Term {
        words: Vec<(String, usize)>,
        slop: usize,
    },
}

/// A phrase without operators.
pub(super) fn plain(phrase: &str) -> Result<Query, String> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    if words.is_empty() {
        return Err("the row has no phrase".into());
    }
    Ok(Query { patterns: vec![literal(&words.join(" "))?], ..Query::default() })
}

/// A phrase with operators.
pub(super) fn parse(text: &str) -> Result<Query, String> {
    let parts = parts(text)?;
    let mut rest = &parts[..];
    let first = clause(&mut rest, "AND")?;
    let mut query = Query::default();
    for term in &first {
        query.patterns.extend(patterns(term)?);
    }
    while let Some((operator, after)) = rest.split_first() {
        // "analysis of variance (ANOVA)": the short form follows at once.
        if let (Part::Open, [short @ Part::Term { .. }, Part::Close, others @ ..]) =
            (operator, after)
        {
            if query.near.replace((spell(short), BESIDE)).is_some() {
                return Err("two proximities are one too many".into());
            }
            rest = others;
            continue;
        }
        rest = after;
        let name = if *operator == Part::Not { "NOT" } else { "AND" };
        if !matches!(operator, Part::And | Part::Not) {
            return Err("`AND` or `NOT` is missing between two parts".into());
        }
        let terms = clause(&mut rest, name)?;
        if *operator == Part::Not {
            for term in &terms {
                query.none.extend(patterns(term)?);
            }
        } else {
            and(&mut query, &first, &terms)?;
        }
    }
    Ok(query)
}

/// Adds what must stand in the document besides.
fn and(query: &mut Query, first: &[Part], terms: &[Part]) -> Result<(), String> {
    match terms {
        [term] => {
            if let Some(near) = near(first, term) {
                if query.near.replace(near).is_some() {
                    return Err("two proximities are one too many".into());
                }
                return Ok(());
            }
            let mut patterns = patterns(term)?;
            if let [_] = &patterns[..] {
                query.all.append(&mut patterns);
                return Ok(());
            }
            one_of(query, patterns)
        }
        terms => {
            let patterns: Result<Vec<_>, _> = terms.iter().map(patterns).collect();
            one_of(query, patterns?.concat())
        }
    }
}

fn one_of(query: &mut Query, patterns: Vec<String>) -> Result<(), String> {
    if !query.any.is_empty() {
        return Err("two choices after `AND` are one too many".into());
    }
    query.any = patterns;
    Ok(())
}

/// A condition that says again what is found, with more words somewhere near it.
fn near(first: &[Part], term: &Part) -> Option<(String, usize)> {
    let ([Part::Term { words: found, .. }], Part::Term { words, slop }) = (first, term) else {
        return None;
    };
    let more = words.get(found.len()..).filter(|more| !more.is_empty())?;
    let is_again = joined(found).eq_ignore_ascii_case(&joined(&words[..found.len()]));
    (*slop > 0 && is_again).then(|| (joined(more), *slop))
}

/// The words of a term.
fn spell(term: &Part) -> String {
    if let Part::Term { words, .. } = term { joined(words) } else { String::new() }
}

fn joined(words: &[(String, usize)]) -> String {
    words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
}

/// One or several terms, in brackets or not.
fn clause(rest: &mut &[Part], after: &str) -> Result<Vec<Part>, String> {
    let take = |rest: &mut &[Part]| {
        let (part, others) = rest.split_first()?;
        *rest = others;
        Some(part.clone())
    };
    let mut terms = Vec::new();
    match take(rest) {
        Some(term @ Part::Term { .. }) => terms.push(term),
        Some(Part::Open) => loop {
            match take(rest) {
                Some(term @ Part::Term { .. }) => terms.push(term),
                _ => return Err("a bracket holds no words".into()),
            }
            match take(rest) {
                Some(Part::Close) => break,
                Some(Part::Or) => {}
                Some(Part::And) => return Err("`AND` inside brackets is not understood".into()),
                Some(Part::Not) => return Err("`NOT` inside brackets is not understood".into()),
                _ => return Err("a bracket is never closed".into()),
            }
        },
        Some(Part::Not) => return Err("nothing stands before `NOT`".into()),
        Some(Part::And | Part::Or) => return Err("nothing stands before an operator".into()),
        Some(Part::Close) => return Err("a bracket closes nothing".into()),
        None => return Err(format!("nothing stands after `{after}`")),
    }
    while let [Part::Or, term @ Part::Term { .. }, others @ ..] = *rest {
        terms.push(term.clone());
        *rest = others;
    }
    Ok(terms)
}

/// The patterns that a term stands for.
fn patterns(term: &Part) -> Result<Vec<String>, String> {
    let Part::Term { words, slop } = term else { return Ok(Vec::new()) };
    let mut pattern = String::new();
    for (at, (word, gap)) in words.iter().enumerate() {
        let gap = if at + 1 == words.len() { 0 } else { (*gap).max(*slop) };
        if gap > MAX_GAP {
            let message = format!("at most {MAX_GAP} words can stand between two words, not {gap}");
            return Err(message);
        }
        pattern.push_str(&literal(word)?);
        if at + 1 < words.len() {
            pattern.push_str(&gap_of(gap));
        }
    }
    let mut patterns = vec![pattern];
    // Two words out of order are two places out of place.
    if let ([(first, _), (second, _)], 2..) = (&words[..], *slop) {
        patterns.push(format!("{second}{}{first}", gap_of(slop - 2)));
    }
    Ok(patterns)
}

fn gap_of(most: usize) -> String {
    if most == 0 { " ".into() } else { format!(" *{{0,{most}}} ") }
}

/// A word of the list as a pattern.
fn literal(text: &str) -> Result<String, String> {
    match text.find(RESERVED) {
        Some(at) => Err(format!("`{}` has a meaning in patterns", &text[at..=at])),
        None => Ok(text.to_owned()),
    }
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text.trim();
    // Whether a bare word belongs to the term before it.
    let mut is_open = false;
    while let Some(c) = rest.chars().next() {
        match c {
            c if c.is_whitespace() => rest = &rest[c.len_utf8()..],
            '(' | ')' => {
                parts.push(if c == '(' { Part::Open } else { Part::Close });
                (rest, is_open) = (&rest[1..], false);
            }
            '"' | '\u{201c}' | '\u{201d}' => {
                let inside = &rest[c.len_utf8()..];
                let end = inside.find(['"', '\u{201c}', '\u{201d}']);
                let end = end.ok_or("a quotation mark is never closed")?;
                let after = &inside[end..];
                let after = &after[after.chars().next().map_or(0, char::len_utf8)..];
                let (slop, after) = proximity(after)?;
                let words = inside[..end].split_whitespace().map(|w| (w.to_owned(), 0)).collect();
                parts.push(Part::Term { words, slop });
                (rest, is_open) = (after, false);
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "()\"~".contains(c));
                let (word, after) = rest.split_at(end.unwrap_or(rest.len()).max(1));
                let (gap, after) = proximity(after)?;
                rest = after;
                let operator = match word {
                    "AND" => Some(Part::And),
                    "OR" => Some(Part::Or),
                    "NOT" => Some(Part::Not),
                    _ => None,
                };
                if let Some(operator) = operator {
                    parts.push(operator);
                    is_open = false;
                    continue;
                }
                match parts.last_mut().filter(|_| is_open) {
                    Some(Part::Term { words, .. }) => words.push((word.to_owned(), gap)),
                    _ => parts.push(Part::Term { words: vec![(word.to_owned(), gap)], slop: 0 }),
                }
                is_open = true;
            }
        }
    }
    match parts.iter().any(|part| matches!(part, Part::Term { words, .. } if words.is_empty())) {
        true => Err("a pair of quotation marks holds no words".into()),
        false if parts.is_empty() => Err("the row has no phrase".into()),
        false => Ok(parts),
    }
}

/// `~N` at the beginning of a text, and what follows it; 0 where there is none.
fn proximity(text: &str) -> Result<(usize, &str), String> {
    let Some(after) = text.strip_prefix('~') else { return Ok((0, text)) };
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    let number = after[..end].parse().map_err(|_| "`~` wants a number of words".to_owned())?;
    Ok((number, &after[end..]))
}
