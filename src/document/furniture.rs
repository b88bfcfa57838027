//! What of a text is not the story: lines that the pack's rules know, captions, and sentences
//! that stand there twice.

use rustc_hash::FxHashMap;

use super::blocks::ends_sentence;
use super::{Block, BlockForm, Furniture, FurnitureReason};
use crate::pack::{FurnitureExtent, FurnitureRules};
use crate::span::Span;

/// Longer paragraphs are not furniture as a whole.
const LONGEST_LINE: usize = 2000;
/// A repeated stretch shorter than this may be meant (`No, no!`), in bytes.
const SHORTEST_REPEAT: usize = 30;
/// A repeated or quoted line of fewer words may be a heading or a name.
const FEWEST_WORDS: usize = 6;
/// Headline-like lines that are taken with the heading above them.
const MOST_FOLLOWERS: usize = 8;
/// Captions looked for in the body, so that a list of ten thousand lines costs little.
const MOST_CAPTIONS: usize = 200;

/// What was found out about the blocks of a text.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Disjoint, in text order.
    pub(super) furniture: Vec<Furniture>,
    /// A line that tells when the text was published (`Published 8 October 2024`).
    pub(super) published: Option<Span>,
}

/// Finds the furniture among the blocks of a text.
pub(super) fn find(text: &str, blocks: &[Block], rules: &FurnitureRules) -> Findings {
    let mut findings = Findings::default();
    let mut cut = vec![false; blocks.len()];
    by_rules(text, blocks, rules, &mut cut, &mut findings);
    let mut loose = repeated(text, blocks, &mut cut, &mut findings.furniture);
    captions(text, blocks, &mut cut, &mut loose, &mut findings.furniture);
    Furniture::sort(&mut findings.furniture);
    // Where two overlap the first keeps the common part.
    let mut end = 0;
    findings.furniture.retain_mut(|f| {
        f.span.start = f.span.start.max(end).min(f.span.end);
        end = end.max(f.span.end);
        !f.span.is_empty()
    });
    findings
}

/// What is left of the blocks without the furniture.
pub(super) fn without(text: &str, blocks: &[Block], furniture: &[Furniture]) -> Vec<Block> {
    let mut story = Vec::with_capacity(blocks.len());
    let mut cuts = furniture.iter().map(|f| f.span).peekable();
    for block in blocks {
        let mut from = block.span.start as usize;
        while let Some(span) = cuts.peek().copied() {
            if span.end as usize <= from {
                cuts.next();
                continue;
            }
            if span.start >= block.span.end {
                break;
            }
            push_rest(text, *block, from, span.start as usize, &mut story);
            from = (span.end as usize).min(block.span.end as usize);
            if span.end > block.span.end {
                break;
            }
            cuts.next();
        }
        push_rest(text, *block, from, block.span.end as usize, &mut story);
    }
    story
}

fn push_rest(text: &str, block: Block, from: usize, to: usize, story: &mut Vec<Block>) {
    if from >= to {
        return;
    }
    let rest = &text[from..to];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = rest.trim();
    if rest.contains(char::is_alphanumeric) {
        story.push(Block { span: Span::new(start, start + rest.len()), form: block.form });
    }
}

fn by_rules(
    text: &str,
    blocks: &[Block],
    rules: &FurnitureRules,
    cut: &mut [bool],
    findings: &mut Findings,
) {
    let mut i = 0;
    while i < blocks.len() {
        let (block, at) = (blocks[i], i);
        i += 1;
        let line = block.span.of(text);
        let rule = if line.len() <= LONGEST_LINE { rules.line(line) } else { None };
        if let Some(rule) = rule {
            cut[at] = true;
            findings.furniture.push(Furniture { span: block.span, reason: rule.reason });
            if rule.published && findings.published.is_none() {
                findings.published = Some(block.span);
            }
            if rule.extent == FurnitureExtent::Following {
                let most = if rule.reason == FurnitureReason::Link { 1 } else { MOST_FOLLOWERS };
                let list = blocks.get(i).is_some_and(|b| b.form == BlockForm::ListItem);
                let most = if list { MOST_FOLLOWERS } else { most };
                let mut taken = 0;
                while taken < most
                    && let Some(next) = blocks.get(i)
                    && rules.line(next.span.of(text)).is_none()
                    && is_headline(next.span.of(text))
                    && (!list || next.form == BlockForm::ListItem)
                {
                    cut[i] = true;
                    findings.furniture.push(Furniture { span: next.span, reason: rule.reason });
                    taken += 1;
                    i += 1;
                }
            }
        } else if let Some((start, rule)) = rules.tail(line)
            && start > 0
            && ends_sentence(&line[..start])
        {
            let span = Span::new(block.span.start as usize + start, block.span.end as usize);
            findings.furniture.push(Furniture { span, reason: rule.reason });
        }
    }
}

/// Short, with a capital in front, and without the end of a sentence.
fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().take(17).count();
    let first = line.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    words <= 16 && !ends_sentence(line) && first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Cuts the second copy of a stretch glued to its own copy, and blocks that stand there twice.
/// Returns what is left of blocks that were a doubled line without the end of a sentence: most
/// likely a caption.
fn repeated(
    text: &str,
    blocks: &[Block],
    cut: &mut [bool],
    furniture: &mut Vec<Furniture>,
) -> Vec<(usize, Span)> {
    let mut loose = Vec::new();
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, block) in blocks.iter().enumerate() {
        if cut[i] {
            continue;
        }
        let line = block.span.of(text);
        let long = line.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS;
        // The headline may stand above the text and again at its head.
        let headline = i > 0 && i < 4 && blocks[0].form == BlockForm::Heading;
        if (long || headline) && seen.contains_key(line) {
            cut[i] = true;
            let reason = FurnitureReason::Repetition;
            furniture.push(Furniture { span: block.span, reason });
            continue;
        }
        seen.insert(line, i);
        if let Some((first, second)) = glued_copy(line) {
            let shift = |range: std::ops::Range<usize>| {
                let base = block.span.start as usize;
                Span::new(base + range.start, base + range.end)
            };
            let whole = first.start == 0 && second.end == line.len();
            if whole && !ends_sentence(&line[first.clone()]) {
                loose.push((i, shift(first)));
            }
            furniture.push(Furniture { span: shift(second), reason: FurnitureReason::Repetition });
        }
    }
    loose
}

/// A stretch of at least thirty bytes that is followed at once by its own copy: both ranges.
fn glued_copy(line: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    if line.len() < 2 * SHORTEST_REPEAT {
        return None;
    }
    // From the start of the line, from the start of each sentence, and, for a copy at the end
    // of a line, from wherever its last words stand for the first time.
    let bytes = line.as_bytes();
    let starts = memchr::memchr3_iter(b'.', b'!', b'?', bytes).map(|at| {
        let mark = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | ')');
        line.len() - line[at + 1..].trim_start_matches(mark).len()
    });
    for start in std::iter::once(0).chain(starts) {
        let rest = &line[start..];
        let needle_end = rest.char_indices().map(|(i, _)| i).find(|i| *i >= SHORTEST_REPEAT);
        let Some(needle_end) = needle_end else { break };
        let needle = &rest.as_bytes()[..needle_end];
        // Bounded: a sentence is rarely longer than a few hundred bytes.
        let reach = rest.len().min(needle_end + LONGEST_LINE);
        let window = &rest.as_bytes()[needle_end..reach];
        if let Some(at) = memchr::memmem::find(window, needle) {
            let second = needle_end + at;
            let copy = rest[..second].trim_end();
            if rest[second..].starts_with(copy) {
                let first = start..start + copy.len();
                return Some((first, start + second..start + second + copy.len()));
            }
        }
    }
    let tail_start =
        line.char_indices().rev().map(|(i, _)| i).find(|i| line.len() - i >= SHORTEST_REPEAT)?;
    let tail = &bytes[tail_start..];
    let reach = tail_start.saturating_sub(LONGEST_LINE);
    let at = memchr::memmem::rfind(&bytes[reach..tail_start], tail)? + reach;
    let end = at + tail.len();
    let copy = line[end..].trim_start();
    let second = line.len() - copy.len();
    (copy.len() >= SHORTEST_REPEAT && line[..end].ends_with(copy))
        .then(|| (end - copy.len()..end, second..line.len()))
}

/// Cuts lines without the end of a sentence whose words stand in the body too: captions and
/// pulled quotes. `loose` are the stretches that a repetition left over.
fn captions(
    text: &str,
    blocks: &[Block],
    cut: &mut [bool],
    loose: &mut Vec<(usize, Span)>,
    furniture: &mut Vec<Furniture>,
) {
    let doubled: Vec<usize> = loose.iter().map(|(i, _)| *i).collect();
    for (i, block) in blocks.iter().enumerate().skip(1) {
        let line = block.span.of(text);
        let candidate =
            !cut[i] && !doubled.contains(&i) && line.len() <= 400 && !ends_sentence(line);
        if candidate && line.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS {
            loose.push((i, block.span));
        }
    }
    if loose.is_empty() {
        return;
    }
    loose.truncate(MOST_CAPTIONS);
    let bodies: Vec<(usize, String)> = blocks
        .iter()
        .enumerate()
        .filter(|(i, block)| !cut[*i] && block.span.len() > SHORTEST_REPEAT)
        .map(|(i, block)| (i, words_of(block.span.of(text))))
        .collect();
    for (i, span) in loose.drain(..) {
        let words = words_of(span.of(text));
        let finder = memchr::memmem::Finder::new(words.as_bytes());
        let within = bodies.iter().any(|(other, body)| {
            *other != i && body.len() > words.len() && finder.find(body.as_bytes()).is_some()
        });
        if within {
            cut[i] = true;
            furniture.push(Furniture { span, reason: FurnitureReason::Caption });
        }
    }
}

/// The words of a text in lower case, with a space before and after each.
fn words_of(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words.extend(word.chars().flat_map(char::to_lowercase));
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Layout, segment};
    use super::*;
    use crate::pack::{FurnitureRules, PackFiles};

    fn story(text: &str) -> Vec<String> {
        let rules = FurnitureRules::load(&PackFiles::builtin()).expect("rules");
        let blocks = segment(text, &Layout::Plain);
        let findings = find(text, &blocks, &rules);
        without(text, &blocks, &findings.furniture)
            .iter()
            .map(|b| b.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn every_rule_does_what_its_examples_say() {
        let rules = FurnitureRules::load(&PackFiles::builtin()).expect("rules");
        assert!(rules.rules().len() > 20, "the pack has its rules");
        let mut wrong = Vec::new();
        for rule in rules.rules() {
            assert!(rule.positive.len() >= 3 && rule.negative.len() >= 3, "{}: too few", rule.id);
            for line in &rule.positive {
                let found = match rule.extent {
                    FurnitureExtent::Tail => rules.tail(line).map(|(_, rule)| rule.id.as_str()),
                    _ => rules.line(line).map(|rule| rule.id.as_str()),
                };
                if found != Some(rule.id.as_str()) {
                    wrong.push(format!("{}: {line:?} is {found:?}", rule.id));
                }
            }
            for line in &rule.negative {
                let tail = rules.tail(line).filter(|(at, _)| ends_sentence(&line[..*at]));
                if let Some(found) = rules.line(line).or(tail.map(|(_, rule)| rule)) {
                    wrong.push(format!("{}: {line:?} is cut by {}", rule.id, found.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn copies_glued_together_are_cut_once() {
        for (text, kept) in [
            (
                "The minister leaves the court in Nairobi on MondayThe minister leaves the court in Nairobi on Monday",
                "The minister leaves the court in Nairobi on Monday",
            ),
            (
                "Police said the bridge would stay shut. Police said the bridge would stay shut.",
                "Police said the bridge would stay shut.",
            ),
            (
                "He fled. Two men were held at the border post on Friday.Two men were held at the border post on Friday.",
                "He fled. Two men were held at the border post on Friday.",
            ),
        ] {
            assert_eq!(story(text), [kept]);
        }
        for text in [
            "Never again, never again, never again, they sang, and again: never again.",
            "The first group went to Kano on Monday. The second group went to Kano on Monday too.",
            "We will win. We will win.",
        ] {
            assert_eq!(story(text), [text]);
        }
    }

    #[test]
    fn captions_that_repeat_the_body_are_cut() {
        let text = "Ferry stopped off Jolo\nThe navy said that marines had boarded a ferry off Jolo and freed nine people.\nMarines had boarded a ferry off Jolo and freed nine people\nMarines had boarded a ferry off Jolo and freed nine peopleMarines had boarded a ferry off Jolo and freed nine people\nThe captain thanked them.";
        assert_eq!(story(text).len(), 3, "{:#?}", story(text));
        let text = "The navy said that marines had boarded a ferry.\nA ferry lies off the port of Jolo in bad weather\nThe captain thanked them.";
        assert_eq!(story(text).len(), 3, "a caption that says something new stays");
    }

    #[test]
    fn blocks_of_links_are_cut_and_the_story_goes_on_after_them() {
        let text = "Officers searched a house in Lyon on Friday.\nMost read\nTen ways to cook rice\nStar leaves show\nThe prosecutor said that three people were held.\nRead more:\nHow the network was found\nA judge will hear them on Monday.";
        assert_eq!(
            story(text),
            [
                "Officers searched a house in Lyon on Friday.",
                "The prosecutor said that three people were held.",
                "A judge will hear them on Monday.",
            ]
        );
    }
}
