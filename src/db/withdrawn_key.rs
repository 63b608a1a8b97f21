//! The key with which the references of withdrawn decisions are digested.
//!
//! A published file remembers which decisions were withdrawn, so that no later list brings them back, and everybody may have
//! that file. References are so few that a plain digest tells them: all of them were tried in six seconds. So the digest needs a
//! key, which lies in the data directory and in nothing that is published.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::data_dir::{WITHDRAWN_KEY, replace};
use super::error::DbError;
use crate::domain::digest::hex;

const LENGTH: usize = 32;

/// A key.
#[derive(Clone, PartialEq, Eq)]
pub struct WithdrawnKey([u8; LENGTH]);

impl WithdrawnKey {
    /// A new one, by chance.
    ///
    /// # Errors
    /// A system without chance.
    pub fn new() -> Result<Self, DbError> {
        let mut key = [0; LENGTH];
        getrandom::fill(&mut key).map_err(|error| DbError::io(WITHDRAWN_KEY)(std::io::Error::other(error)))?;
        Ok(Self(key))
    }

    /// The key of a data directory, where there is one.
    ///
    /// # Errors
    /// A file that cannot be read or holds no key.
    pub fn read(data_dir: &Path) -> Result<Option<Self>, DbError> {
        let path = data_dir.join(WITHDRAWN_KEY);
        match fs::read(&path) {
            Ok(bytes) => {
                let broken = |_| DbError::Value(format!("{} holds no key of {LENGTH} bytes", path.display()));
                bytes.try_into().map(Self).map(Some).map_err(broken)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DbError::io(path)(error)),
        }
    }

    /// Keeps the key in a data directory.
    ///
    /// # Errors
    /// A directory that cannot be written.
    pub fn keep(&self, data_dir: &Path) -> Result<(), DbError> {
        replace(&data_dir.join(WITHDRAWN_KEY), &self.0)
    }

    /// The digest of a reference, hexadecimal. That of nothing tells by which key the others were made.
    pub fn digest(&self, reference: &str) -> String {
        // A key of any length will do.
        Hmac::<Sha256>::new_from_slice(&self.0).map_or_else(
            |_| String::new(),
            |mut digest| {
                digest.update(reference.as_bytes());
                hex(&digest.finalize().into_bytes())
            },
        )
    }
}

impl std::fmt::Debug for WithdrawnKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WithdrawnKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_hmac_and_differ_by_key() {
        // RFC 4231.
        let key = WithdrawnKey(std::array::from_fn(|at| u8::try_from(at + 1).unwrap()));
        let mut padded = [0_u8; LENGTH];
        padded[..20].fill(0x0b);
        assert_eq!(
            WithdrawnKey(padded).digest("Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            "test case 1: shorter keys are filled with zeros"
        );
        assert_ne!(key.digest("19-012-345"), WithdrawnKey(padded).digest("19-012-345"));
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(WithdrawnKey::read(dir.path()).unwrap(), None);
        key.keep(dir.path()).unwrap();
        assert_eq!(WithdrawnKey::read(dir.path()).unwrap(), Some(key));
        fs::write(dir.path().join(WITHDRAWN_KEY), "short").unwrap();
        assert!(WithdrawnKey::read(dir.path()).is_err());
    }
}
