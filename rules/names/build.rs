//! Compiles the names of `data/` into one table that is read in place: no list is parsed when the linter starts.
//!
//! All numbers are little-endian: `u32` number of names `n`, `u32` number of content words `w`, `u32` number of words
//! `k`; 4,096 bits, of which each content word of a name that is not only to be left alone sets that of its key; `n`
//! times `u32` offset of the name's text, `u32` its length with the highest bit set for a name that is only to be left
//! alone, and `u32` the number of its first word above eight bits for how many it has; `w` times `u32` key of a content
//! word, `u16` number of its name, `u16` its place among the name's words, by key; `k` times `u32` key of a word, name
//! by name; the texts.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use unspin_text::fold_key;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=data");
    match table() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

fn table() -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let (mut names, mut words, mut texts) = (Vec::new(), Vec::new(), String::new());
    let mut count = 0_u16;
    let (mut filter, mut keys) = ([0_u8; 4_096 / 8], Vec::new());
    let rightful = 1_u32 << 31;
    for (file, flag) in [
        ("data/institutions.tsv", 0),
        ("data/name_words.tsv", rightful),
        ("data/rightful.tsv", rightful),
    ] {
        let list = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
        for (line, name) in list.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            if (flag == 0 && !name.contains(' '))
                || !name.chars().all(|c| c.is_alphabetic() || c == ' ')
            {
                return Err(format!(
                    "{file}:{}: `{name}` is no name of two words or more",
                    line + 1
                ));
            }
            names.extend((texts.len() as u32).to_le_bytes());
            names.extend((name.len() as u32 | flag).to_le_bytes());
            let length = u8::try_from(name.split(' ').count()).map_err(|e| e.to_string())?;
            names.extend(((keys.len() as u32) << 8 | u32::from(length)).to_le_bytes());
            keys.extend(name.split(' ').map(fold_key));
            for (at, word) in name.split(' ').enumerate() {
                if !unspin_lang::is_function_word(word) {
                    let key = fold_key(word);
                    words.push((key, count, at as u16));
                    if flag == 0 {
                        filter[key as usize / 8 % filter.len()] |= 1 << (key % 8);
                    }
                }
            }
            let _ = write!(texts, "{name}");
            count = count.checked_add(1).ok_or("more than 65,535 names")?;
        }
    }
    words.sort_unstable();
    let mut table = u32::from(count).to_le_bytes().to_vec();
    table.extend((words.len() as u32).to_le_bytes());
    table.extend((keys.len() as u32).to_le_bytes());
    table.extend(filter);
    table.extend(names);
    for (key, name, at) in words {
        table.extend(key.to_le_bytes());
        table.extend(name.to_le_bytes());
        table.extend(at.to_le_bytes());
    }
    table.extend(keys.into_iter().flat_map(u32::to_le_bytes));
    table.extend(texts.into_bytes());
    std::fs::write(Path::new(&out).join("institutions.bin"), table).map_err(|e| e.to_string())
}
