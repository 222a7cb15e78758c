//! Bounds-checked little-endian reads: the only way this crate looks into a file.
//!
//! `include_bytes!` promises no alignment and a given file no sense, so each read copies out of
//! the slice and answers `None` past its end.

/// The `u32` at byte offset `at`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    bytes.get(at..end)?.try_into().ok().map(u32::from_le_bytes)
}

/// The `u64` at byte offset `at`.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let end = at.checked_add(8)?;
    bytes.get(at..end)?.try_into().ok().map(u64::from_le_bytes)
}

/// Takes `count` items of `size` bytes off the front of `rest`.
pub(crate) fn take<'a>(rest: &mut &'a [u8], count: u32, size: usize) -> Option<&'a [u8]> {
    let length = usize::try_from(count).ok()?.checked_mul(size)?;
    let (head, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(head)
}

/// Takes a `u32` off the front of `rest`.
pub(crate) fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    u32_at(take(rest, 1, 4)?, 0)
}
