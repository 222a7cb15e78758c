//! URLs, e-mail addresses, domain names and paths: text that is never prose.
//!
//! Whatever comes here is looked at once: a rejected stretch is reported back, so that the tokenizer does not ask again
//! from its middle, and the other kinds are bounded by [`LONGEST`].

use crate::lexicon::Lexicon;

static TAILS: Lexicon = Lexicon::new(include_str!("../data/address_tails.tsv"));

/// Bytes that are looked at for anything but a URL; a domain name has 253 at most (RFC 1035, 2.3.4).
const LONGEST: usize = 256;

/// The end of the address that starts at `start`, or the end of the stretch in which none starts.
pub(crate) fn end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let rest = &bytes[start..];
    if let Some(len) = url_len(rest) {
        return Ok(start + len);
    }
    let chunk = &rest[..rest.iter().take(LONGEST).take_while(|&&byte| is_part(byte)).count()];
    let found = email_len(chunk).or_else(|| path_len(chunk)).or_else(|| domain_len(chunk));
    found.map(|len| start + len).ok_or(start + chunk.len())
}

/// The end of the absolute path that starts at `start` with a slash: two slashes, then letters, at least.
pub(crate) fn path_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = &bytes[start..];
    let chunk = &rest[..rest.iter().take(LONGEST).take_while(|&&byte| is_part(byte)).count()];
    let is_path = chunk.get(1).is_some_and(u8::is_ascii_alphanumeric) && chunk[1..].contains(&b'/');
    is_path.then(|| start + trimmed(chunk))
}

/// URL-safe without the marks that also end clauses.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_'
                | b'%'
                | b'+'
                | b'-'
                | b'@'
                | b':'
                | b'/'
                | b'~'
                | b'?'
                | b'#'
                | b'&'
                | b'='
                | b'\\'
        )
}

/// The length without the punctuation that belongs to the sentence.
fn trimmed(chunk: &[u8]) -> usize {
    let is_sentence = |byte: &u8| {
        matches!(byte, b'.' | b',' | b':' | b';' | b'?' | b'!' | b'-' | b'\'' | b')' | b'*' | b'&')
    };
    chunk.iter().rposition(|byte| !is_sentence(byte)).map_or(0, |last| last + 1)
}

fn url_len(rest: &[u8]) -> Option<usize> {
    let scheme = rest.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let head = if rest[scheme..].starts_with(b"://") {
        scheme + 3
    } else if rest.len() > 4 && rest[..4].eq_ignore_ascii_case(b"www.") {
        4
    } else {
        return None;
    };
    let is_url =
        |byte: u8| is_part(byte) || matches!(byte, b',' | b';' | b'!' | b'$' | b'*' | b'(' | b')');
    let len = rest.iter().take_while(|&&byte| is_url(byte)).count();
    let len = trimmed(&rest[..len]);
    (len > head).then_some(len)
}

fn email_len(chunk: &[u8]) -> Option<usize> {
    let at = chunk.iter().position(|&byte| byte == b'@')?;
    let is_local = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
    };
    if !chunk[..at].iter().all(is_local) {
        return None;
    }
    let host = &chunk[at + 1..];
    let host = &host[..trimmed(&host[..host_len(host)])];
    let tail = host.iter().rposition(|&byte| byte == b'.')?;
    let is_name =
        tail > 0 && host.len() - tail > 2 && host[tail + 1..].iter().all(u8::is_ascii_alphabetic);
    is_name.then_some(at + 1 + host.len())
}

/// `crates/text/lib.rs`, `C:\notes.txt`.
fn path_len(chunk: &[u8]) -> Option<usize> {
    let len = trimmed(chunk);
    let drive = chunk.len() > 3 && chunk[0].is_ascii_alphabetic() && chunk[1..3] == *b":\\";
    let path = &chunk[..len];
    let slash = path.iter().rposition(|&byte| byte == b'/');
    let is_file = slash.is_some_and(|slash| {
        path[slash..]
            .iter()
            .rposition(|&b| b == b'.')
            .is_some_and(|dot| is_tail(&path[slash + dot + 1..]))
    });
    (drive || is_file).then_some(len)
}

fn domain_len(chunk: &[u8]) -> Option<usize> {
    let host = &chunk[..host_len(chunk)];
    let mut end = None;
    let mut label_start = 0;
    for label in host.split(|&byte| byte == b'.') {
        if label.is_empty() {
            break;
        }
        // `Amazon.com-based`: the name ends with the part before the hyphen.
        let head = label.split(|&byte| byte == b'-').next().unwrap_or(label);
        if label_start > 0 && is_tail(head) {
            end = Some(label_start + head.len());
        }
        label_start += label.len() + 1;
    }
    let end = end?;
    let has_path = end == host.len()
        && chunk.get(end).is_some_and(|byte| matches!(byte, b'/' | b':' | b'?' | b'#'));
    Some(if has_path { trimmed(chunk).max(end) } else { end })
}

fn host_len(chunk: &[u8]) -> usize {
    chunk
        .iter()
        .take_while(|&&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        .count()
}

fn is_tail(label: &[u8]) -> bool {
    let is_lower = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    label.iter().all(is_lower) && std::str::from_utf8(label).is_ok_and(|label| TAILS.has(label))
}
