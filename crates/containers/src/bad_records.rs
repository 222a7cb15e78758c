//! When to give a file of records up.

use crate::error::Error;

/// Counts bad records until the first good one.
pub(crate) struct BadRecords {
    count: Option<u32>,
    most: u32,
}

impl BadRecords {
    pub(crate) fn new(most: u32) -> Self {
        Self { count: Some(0), most }
    }

    /// Takes note of a record; the error is that there were only bad ones, and too many.
    pub(crate) fn note(&mut self, is_good: bool) -> Result<(), Error> {
        match &mut self.count {
            count @ Some(_) if is_good => *count = None,
            Some(count) => {
                *count += 1;
                if *count >= self.most {
                    return Err(Error::NoneReadable { records: *count });
                }
            }
            None => {}
        }
        Ok(())
    }
}
