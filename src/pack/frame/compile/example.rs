//! The examples that a frame must read.

use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::error::DataError;
use crate::pack::frame::file::{ExampleValue, FrameEntry};
use crate::pack::frame::{PositiveExample, Yield};
use crate::pack::placed::Placed;

use super::part::frame_part;
use super::source::{Source, parse_name};

pub(super) fn positives(
    source: Source<'_>,
    entry: &FrameEntry,
    yields: &Yield,
) -> Result<Vec<PositiveExample>, DataError> {
    entry.positive.iter().map(|e| positive(source, e, yields)).collect()
}

fn positive(
    source: Source<'_>,
    example: &Placed<IndexMap<String, ExampleValue>>,
    yields: &Yield,
) -> Result<PositiveExample, DataError> {
    let at = example.at;
    let mut compiled = PositiveExample {
        text: String::new(),
        parts: Vec::new(),
        stage: None,
        stance: None,
        killed: None,
        injured: None,
        count: None,
    };
    for (key, value) in example.get() {
        let key_at = Placed::new(at, key.clone());
        let text = || match value {
            ExampleValue::Text(text) => Ok(text.clone()),
            _ => Err(source.error(at, format!("{key} of an example must be a text"))),
        };
        let number = || match value {
            ExampleValue::Number(number) => Ok(Some(*number)),
            _ => Err(source.error(at, format!("{key} of an example must be a whole number"))),
        };
        match key.as_str() {
            "text" => compiled.text = text()?,
            "stage" => compiled.stage = parse_name(source, Some(&Placed::new(at, text()?)))?,
            "stance" => compiled.stance = parse_name(source, Some(&Placed::new(at, text()?)))?,
            "killed" => compiled.killed = number()?,
            "injured" => compiled.injured = number()?,
            "count" => compiled.count = number()?,
            _ => {
                let part = frame_part(source, yields, &key_at)?;
                let fillers = match value {
                    ExampleValue::Text(one) => vec![SmolStr::new(one)],
                    ExampleValue::Texts(many) => many.iter().map(SmolStr::new).collect(),
                    ExampleValue::Number(_) => {
                        return Err(
                            source.error(at, format!("{key} must be a text or a list of texts"))
                        );
                    }
                };
                compiled.parts.push((part, fillers));
            }
        }
    }
    if compiled.text.is_empty() {
        return Err(source.error(at, "an example needs a text"));
    }
    Ok(compiled)
}
