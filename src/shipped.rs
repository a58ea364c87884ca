//! The models that are part of the program: it answers in any folder, without a file beside it.
//!
//! They were trained on `datasets/negotiation`; their cards are in `models/`. Each is parsed on first use.

use std::sync::OnceLock;

use crate::pipeline::Pipeline;

static STANCE: OnceLock<Pipeline> = OnceLock::new();
static SENTIMENT: OnceLock<Pipeline> = OnceLock::new();

/// Stance toward negotiation: against, neutral, favor.
pub fn stance() -> &'static Pipeline {
    STANCE.get_or_init(|| parse(include_bytes!("../models/stance/model.safetensors"), "stance"))
}

/// Tone of the wording: negative, neutral, positive.
pub fn sentiment() -> &'static Pipeline {
    SENTIMENT.get_or_init(|| parse(include_bytes!("../models/sentiment/model.safetensors"), "sentiment"))
}

/// The shipped model of this name.
pub fn by_name(name: &str) -> Option<&'static Pipeline> {
    match name {
        "stance" => Some(stance()),
        "sentiment" => Some(sentiment()),
        _ => None,
    }
}

fn parse(bytes: &[u8], name: &str) -> Pipeline {
    Pipeline::from_bytes(bytes, name).unwrap_or_else(|e| panic!("a shipped model does not load: {e}"))
}
