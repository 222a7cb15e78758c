//! How many local variables the functions of a module have.
//!
//! A call sets all locals of a function to zero and costs the same fuel however many there are, so a function with
//! tens of thousands of them would run a thousand times longer than its fuel says. A few hundred are many for a
//! compiler; beyond [`MOST`] a module is refused.

/// Locals of one function.
pub(crate) const MOST: u64 = 1_000;

/// The id of the section that holds the bodies of functions.
const CODE: u8 = 10;

/// The most locals, parameters left out, that a function of a valid module has; `None` if it cannot be read.
pub(crate) fn most_of_a_function(wasm: &[u8]) -> Option<u64> {
    let mut rest = wasm.get(8..)?;
    let mut most = 0;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let mut section = take(&mut rest)?;
        if id == CODE {
            for _ in 0..number(&mut section)? {
                most = most.max(of_function(take(&mut section)?)?);
            }
        }
    }
    Some(most)
}

fn of_function(mut body: &[u8]) -> Option<u64> {
    let mut locals = 0_u64;
    for _ in 0..number(&mut body)? {
        locals = locals.saturating_add(number(&mut body)?);
        // The types of the features that are on take one byte each.
        body = body.get(1..)?;
    }
    Some(locals)
}

/// As many bytes as the number before them says.
fn take<'w>(rest: &mut &'w [u8]) -> Option<&'w [u8]> {
    let length = usize::try_from(number(rest)?).ok()?;
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

/// An unsigned number of at most 32 bits in LEB128.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::most_of_a_function;

    #[test]
    fn locals_of_all_functions_are_counted() {
        let locals = "i64 ".repeat(200);
        let text =
            format!("(module (func (local i32 i64)) (func (local {locals} f32 i64)) (func))");
        assert_eq!(most_of_a_function(&wat::parse_str(text).unwrap()), Some(202));
        assert_eq!(most_of_a_function(&wat::parse_str("(module)").unwrap()), Some(0));
    }

    #[test]
    fn what_is_no_module_has_no_number() {
        assert_eq!(most_of_a_function(b"no"), None);
        assert_eq!(most_of_a_function(b"\0asm\x01\0\0\0\x0a\xff"), None);
        assert_eq!(most_of_a_function(b"\0asm\x01\0\0\0\x0a\x05\x01\x03\x01"), None);
    }
}
