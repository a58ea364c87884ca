//! Model files taken to pieces and put together again with a checksum that is right.

use std::borrow::Cow;
use std::collections::HashMap;

use safetensors::tensor::{Dtype, SafeTensors, View};
use serde_json::Value;

#[derive(Clone)]
pub(crate) struct Tensor {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<usize>,
    pub(crate) bytes: Vec<u8>,
}

impl View for Tensor {
    fn dtype(&self) -> Dtype {
        self.dtype
    }
    fn shape(&self) -> &[usize] {
        &self.shape
    }
    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }
    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// A model file in pieces, to be put together again with a checksum that is right.
pub(crate) struct Forge {
    pub(crate) header: Value,
    pub(crate) tensors: Vec<(String, Tensor)>,
}

impl Forge {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let (_, metadata) = SafeTensors::read_metadata(bytes).unwrap();
        let header = serde_json::from_str(&metadata.metadata().as_ref().unwrap()["demarche"]).unwrap();
        let tensors = SafeTensors::deserialize(bytes).unwrap();
        let mut tensors: Vec<(String, Tensor)> = tensors
            .tensors()
            .into_iter()
            .filter(|(name, _)| name != "checksum")
            .map(|(name, view)| {
                let (dtype, shape, bytes) = (view.dtype(), view.shape().to_vec(), view.data().to_vec());
                (name, Tensor { dtype, shape, bytes })
            })
            .collect();
        tensors.sort_by(|a, b| a.0.cmp(&b.0));
        Forge { header, tensors }
    }

    /// Damaged bytes with a checksum that is right, if a header can still be found in them.
    pub(crate) fn resigned(bytes: &[u8]) -> Option<Vec<u8>> {
        let (_, metadata) = SafeTensors::read_metadata(bytes).ok()?;
        serde_json::from_str::<Value>(metadata.metadata().as_ref()?.get("demarche")?).ok()?;
        SafeTensors::deserialize(bytes).ok()?;
        Some(Forge::of(bytes).bytes())
    }

    pub(crate) fn tensor(&mut self, name: &str) -> &mut Tensor {
        &mut self.tensors.iter_mut().find(|(n, _)| n == name).unwrap().1
    }

    /// Sets the first value of a tensor.
    pub(crate) fn set<const N: usize>(&mut self, name: &str, value: [u8; N]) {
        self.tensor(name).bytes[..N].copy_from_slice(&value);
    }

    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        self.tensors.sort_by(|a, b| a.0.cmp(&b.0));
        let header = self.header.to_string();
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(header.as_bytes());
        for (name, tensor) in &self.tensors {
            part(name.as_bytes());
            part(format!("{:?}", tensor.shape).as_bytes());
            part(&tensor.bytes);
        }
        let bytes = hasher.finalize().as_bytes().to_vec();
        let mut tensors = self.tensors.clone();
        tensors.push(("checksum".into(), Tensor { dtype: Dtype::U8, shape: vec![32], bytes }));
        safetensors::serialize(tensors, Some(HashMap::from([("demarche".to_owned(), header)]))).unwrap()
    }
}
