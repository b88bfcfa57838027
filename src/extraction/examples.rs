//! Runs the examples that the pack's frames carry, each with its frame alone.

use crate::date::Date;

use crate::attribution::attribute;
use crate::coreference;
use crate::mention::{Mention, Quantity, detect, with_charges};
use crate::ontology::Role;
use crate::pack::{Frame, Pack, Part, PositiveExample, Yield};
use crate::span::{MentionId, Span};
use crate::text::LanguageModel;

use super::extract::{Extraction, extract_with};

/// An example that the frame does not read as it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {frame}: {problem}\n    {text}")]
pub struct ExampleFailure {
    /// The file of the frame.
    pub file: String,
    /// 1-based line of the frame.
    pub line: usize,
    /// The frame.
    pub frame: String,
    /// The example.
    pub text: String,
    /// What was found, and what should have been.
    pub problem: String,
}

/// How many examples were run, and those that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExampleReport {
    /// Examples run.
    pub run: usize,
    /// Those that failed, in the order of the pack's files.
    pub failures: Vec<ExampleFailure>,
}

/// Reads every example of every frame with that frame alone, and compares.
#[must_use]
pub fn check_examples(pack: &Pack, model: &LanguageModel) -> ExampleReport {
    let mut report = ExampleReport::default();
    for (number, frame) in pack.frames.frames.iter().enumerate() {
        let mut fail = |text: &str, problem: String| {
            report.failures.push(ExampleFailure {
                file: frame.file.clone(),
                line: frame.line,
                frame: frame.rule.to_string(),
                text: text.to_owned(),
                problem,
            });
        };
        for example in &frame.positive {
            report.run += 1;
            let read = read(pack, model, &example.text, number);
            if let Err(problem) = read.meets(frame, example) {
                fail(&example.text, problem);
            }
        }
        for example in &frame.negative {
            report.run += 1;
            let read = read(pack, model, &example.text, number);
            let found = read.found(frame);
            if !found.is_empty() {
                fail(&example.text, format!("must find nothing, found {}", found.join("; ")));
            }
        }
    }
    report
}

/// What one frame reads in one text.
struct Readout<'t> {
    text: &'t str,
    mentions: Vec<Mention>,
    extraction: Extraction,
}

fn read<'t>(pack: &Pack, model: &LanguageModel, text: &'t str, frame: usize) -> Readout<'t> {
    let annotated = model.annotate(text, &[Span::new(0, text.len())]);
    let annotated = with_charges(annotated, pack);
    let published = Date::new(2024, 3, 5);
    let mut mentions = detect(&annotated, published, pack);
    // Beside the frame, those are read that it cannot do without: the dead and injured that
    // others tell, the events that a result or a relation is about.
    let own = &pack.frames.frames[frame];
    let wanted = |other: usize| {
        let frames = &pack.frames.frames;
        let incident = matches!(frames[other].yields, Yield::Incident(_));
        let needs_all =
            own.harm.is_some() || own.needs_event || matches!(own.yields, Yield::Relation(_));
        other == frame || incident && (needs_all || frames[other].harm.is_some())
    };
    let attributions = attribute(&annotated, pack);
    let mut chains = coreference::resolve(&annotated, &mentions, &attributions, pack);
    let extraction =
        extract_with(&annotated, &mut mentions, &mut chains, &attributions, pack, &wanted);
    Readout { text, mentions, extraction }
}

impl Readout<'_> {
    fn text(&self, mention: MentionId) -> &str {
        self.mentions[mention.index()].span.of(self.text)
    }

    /// What the frame found, in words.
    fn found(&self, frame: &Frame) -> Vec<String> {
        let incidents =
            self.extraction.incidents.iter().filter(|i| i.rule == frame.rule).map(|i| {
                let parts: Vec<String> = i
                    .arguments
                    .iter()
                    .map(|(role, m)| format!("{} {:?}", role.as_str(), self.text(*m)))
                    .collect();
                format!("{} ({:?}, {:?}) {}", i.incident_type, i.stage, i.stance, parts.join(", "))
            });
        let relations =
            self.extraction.relations.iter().filter(|r| r.rule == frame.rule).map(|r| {
                format!("{:?} {} {:?}", self.text(r.subject), r.relation, self.text(r.object))
            });
        incidents.chain(relations).collect()
    }

    fn meets(&self, frame: &Frame, example: &PositiveExample) -> Result<(), String> {
        let problems: Vec<String> = match &frame.yields {
            Yield::Incident(_) => {
                let all = self.extraction.incidents.iter();
                let own = all
                    .filter(|i| i.rule == frame.rule || frame.harm.is_some() || frame.needs_event);
                own.map(|i| self.incident_problem(i, example)).collect()
            }
            Yield::Relation(_) => self
                .extraction
                .relations
                .iter()
                .filter(|r| r.rule == frame.rule)
                .map(|r| {
                    let holds = |part: Part, m: MentionId| {
                        let wanted = example.parts.iter().find(|(p, _)| *p == part);
                        wanted.is_none_or(|(_, texts)| texts.iter().any(|t| same(t, self.text(m))))
                    };
                    let fits = holds(Part::Subject, r.subject) && holds(Part::Object, r.object);
                    if fits { String::new() } else { self.found(frame).join("; ") }
                })
                .collect(),
        };
        if problems.iter().any(String::is_empty) {
            return Ok(());
        }
        let found = problems.first().cloned().unwrap_or_else(|| "finds nothing".to_owned());
        Err(found)
    }

    /// Empty where the incident is as the example says.
    fn incident_problem(&self, i: &super::IncidentMention, example: &PositiveExample) -> String {
        let mut problems = Vec::new();
        for (part, wanted) in &example.parts {
            let Part::Role(role) = part else { continue };
            let found: Vec<&str> = filled(i, *role).map(|m| self.text(m)).collect();
            let missing = wanted.iter().any(|w| !found.iter().any(|f| same(w, f)));
            if missing || wanted.is_empty() && !found.is_empty() {
                problems.push(format!("{} is {found:?}, not {wanted:?}", role.as_str()));
            }
        }
        if example.stage.is_some_and(|stage| stage != i.stage) {
            problems.push(format!("stage is {:?}", i.stage));
        }
        if example.stance.is_some_and(|stance| stance != i.stance) {
            problems.push(format!("stance is {:?}", i.stance));
        }
        let numbers = [
            ("killed", example.killed, &i.killed),
            ("injured", example.injured, &i.injured),
            ("count", example.count, &i.count),
        ];
        for (name, wanted, found) in numbers {
            let value = |q: &Quantity| q.value.round() as i64;
            if wanted.is_some() && wanted != found.as_ref().map(value) {
                problems.push(format!("{name} is {:?}", found.as_ref().map(value)));
            }
        }
        problems.join(", ")
    }
}

fn filled(incident: &super::IncidentMention, role: Role) -> impl Iterator<Item = MentionId> + '_ {
    incident.arguments.iter().filter(move |(r, _)| *r == role).map(|(_, m)| *m)
}

/// Texts are compared without case and without an article before them.
fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| -> String {
        let lower = text.to_lowercase();
        let without = ["the ", "an ", "a "].iter().find_map(|article| lower.strip_prefix(article));
        without.unwrap_or(&lower).to_owned()
    };
    bare(a) == bare(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_reads_its_examples() {
        let pack = Pack::builtin().expect("the built-in pack is valid");
        let model = LanguageModel::builtin().expect("the built-in model loads");
        let report = check_examples(&pack, &model);
        let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
        assert!(
            failures.is_empty(),
            "{} of {} examples fail:\n{}",
            failures.len(),
            report.run,
            failures.join("\n")
        );
    }
}
