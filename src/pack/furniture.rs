//! `lexicons/furniture.toml`: the wording of what web pages put around a story.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::hybrid::regex::{Cache as TwoWayCache, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};
use serde::{Deserialize, Serialize};

use super::PackFiles;
use crate::error::DataError;

/// Why a part of a text was cut before reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FurnitureReason {
    /// Cookie, consent or sign-up notice.
    Notice,
    /// A link to another story: `See also`, `Read more`.
    Link,
    /// `Don't miss`, `Most read`, `You may like`, `Trending`.
    Promotion,
    /// A comment form or count.
    Comments,
    /// Share buttons.
    Share,
    /// Where the text was taken from: `Source: ...`.
    Source,
    /// A picture caption or credit that repeats the body or stands inside it.
    Caption,
    /// A sentence or headline glued to its own copy.
    Repetition,
    /// Navigation, bylines, copyright lines.
    Boilerplate,
    /// Place, day and agency before the first sentence: `LONDON, Oct 8 (Reuters) -`.
    Dateline,
}

/// How much of the text a rule cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FurnitureExtent {
    /// The line or paragraph that the pattern matches as a whole.
    Line,
    /// That line, and the headline-like lines (short, no full stop) that follow it.
    Following,
    /// The end of a paragraph from where the pattern matches, after the end of a sentence.
    Tail,
}

/// One rule of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureRule {
    /// Its name.
    pub id: String,
    /// What it recognises.
    pub reason: FurnitureReason,
    /// How much it cuts.
    pub extent: FurnitureExtent,
    /// A regular expression; the file's head tells its habits.
    pub pattern: String,
    /// Whether a day in the line is the day of publication.
    #[serde(default)]
    pub published: bool,
    /// Lines that it must cut.
    pub positive: Vec<String>,
    /// Sentences of stories that no rule may cut.
    pub negative: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<FurnitureRule>,
}

/// The rules, compiled: all patterns run at once.
#[derive(Clone, Debug, Default)]
pub struct FurnitureRules {
    rules: Vec<FurnitureRule>,
    lines: Option<Arc<Patterns<DFA, Cache>>>,
    tails: Option<Arc<Patterns<Regex, TwoWayCache>>>,
}

/// Makes the memory that a search needs.
type MakeCache<C> = Box<dyn Fn() -> C + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// Patterns that run at once, as an automaton whose states are made when they are first reached.
#[derive(Debug)]
struct Patterns<A, C> {
    automaton: A,
    /// Of each thread.
    caches: Pool<C, MakeCache<C>>,
    /// Which rule each pattern is of.
    rules: Vec<usize>,
}

const FILE: &str = "lexicons/furniture.toml";

impl FurnitureRules {
    /// Reads and compiles the rules of a pack; none where the pack has no such file.
    ///
    /// # Errors
    /// A value that the file may not hold, or a pattern that is no regular expression, with
    /// the rule's name.
    pub fn load(files: &PackFiles) -> Result<Self, DataError> {
        let Some(text) = files.get(FILE) else { return Ok(Self::default()) };
        let file: RuleFile = super::files::parse_toml(FILE, text)?;
        Self::compile(file.rule)
    }

    fn compile(rules: Vec<FurnitureRule>) -> Result<Self, DataError> {
        // Bytes, not characters: a bounded repetition of any character would otherwise be
        // compiled to the whole of UTF-8 as often as it may repeat.
        let config = syntax::Config::new()
            .case_insensitive(true)
            .dot_matches_new_line(true)
            .unicode(false)
            .utf8(false);
        let parse = |is_tail: bool| {
            let chosen: Vec<usize> = (0..rules.len())
                .filter(|i| (rules[*i].extent == FurnitureExtent::Tail) == is_tail)
                .collect();
            let mut patterns = Vec::with_capacity(chosen.len());
            for i in &chosen {
                let pattern = loosen(&rules[*i].pattern);
                let pattern =
                    if is_tail { format!("(?:{pattern})$") } else { format!("^(?:{pattern})$") };
                // Each on its own, so that a mistake can be named.
                let parsed = syntax::parse_with(&pattern, &config).map_err(|error| {
                    DataError::in_file(FILE, format!("rule {:?}: {error}", rules[*i].id))
                })?;
                patterns.push(parsed);
            }
            Ok::<_, DataError>((patterns, chosen))
        };
        let automaton = |patterns: &[_], reverse: bool| {
            let failed =
                |error: &dyn std::fmt::Display| DataError::in_file(FILE, error.to_string());
            let config = thompson::Config::new()
                .utf8(false)
                .which_captures(WhichCaptures::None)
                .reverse(reverse);
            let nfa = thompson::Compiler::new()
                .configure(config)
                .build_many_from_hir(patterns)
                .map_err(|error| failed(&error))?;
            let kind = if reverse { MatchKind::All } else { MatchKind::LeftmostFirst };
            DFA::builder()
                .configure(DFA::config().match_kind(kind).skip_cache_capacity_check(true))
                .build_from_nfa(nfa)
                .map_err(|error| failed(&error))
        };
        let (lines, tails) = rayon::join(
            || {
                let (patterns, rules) = parse(false)?;
                // The whole of a line matches or nothing does: where it begins is known.
                let automaton = automaton(&patterns, false)?;
                let maker = automaton.clone();
                let caches = Pool::new(Box::new(move || maker.create_cache()) as MakeCache<Cache>);
                Ok::<_, DataError>(Patterns { automaton, caches, rules })
            },
            || {
                let (patterns, rules) = parse(true)?;
                let both = (automaton(&patterns, false)?, automaton(&patterns, true)?);
                let builder = Regex::builder();
                let maker = builder.build_from_dfas(both.0.clone(), both.1.clone());
                let automaton = builder.build_from_dfas(both.0, both.1);
                let caches =
                    Pool::new(Box::new(move || maker.create_cache()) as MakeCache<TwoWayCache>);
                Ok::<_, DataError>(Patterns { automaton, caches, rules })
            },
        );
        let lines = Some(Arc::new(lines?)).filter(|patterns| !patterns.rules.is_empty());
        let tails = Some(Arc::new(tails?)).filter(|patterns| !patterns.rules.is_empty());
        Ok(Self { rules, lines, tails })
    }

    /// The first rule whose pattern is the whole of a line or paragraph.
    #[must_use]
    pub fn line(&self, line: &str) -> Option<&FurnitureRule> {
        let patterns = self.lines.as_ref()?;
        let mut cache = patterns.caches.get();
        let whole = Input::new(line).anchored(Anchored::Yes);
        let found = patterns.automaton.try_search_fwd(&mut cache, &whole).ok()??;
        self.rules.get(patterns.rules[found.pattern().as_usize()])
    }

    /// Where the end of a paragraph is furniture, and by which rule. The caller checks that a
    /// sentence ends before it.
    #[must_use]
    pub fn tail(&self, paragraph: &str) -> Option<(usize, &FurnitureRule)> {
        let patterns = self.tails.as_ref()?;
        let mut cache = patterns.caches.get();
        let found = patterns.automaton.try_search(&mut cache, &Input::new(paragraph)).ok()??;
        let start = Some(found.start()).filter(|at| paragraph.is_char_boundary(*at))?;
        Some((start, self.rules.get(patterns.rules[found.pattern().as_usize()])?))
    }

    /// Every rule, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[FurnitureRule] {
        &self.rules
    }
}

/// Lets a space stand for any white space, a straight apostrophe for a curly one, and `\w` in a
/// character class for letters beyond ASCII too.
fn loosen(pattern: &str) -> String {
    const SPACE: &str = r"(?:(?:\s|\xC2\xA0)+)";
    const APOSTROPHE: &str = r"(?:'|\xE2\x80[\x98\x99])";
    let mut loose = String::with_capacity(pattern.len() * 2);
    let (mut class, mut escaped) = (false, false);
    for c in pattern.chars() {
        match c {
            'w' if escaped && class => loose.push_str(r"w\x80-\xFF"),
            _ if escaped => loose.push(c),
            ' ' if !class => loose.push_str(SPACE),
            '\'' if !class => loose.push_str(APOSTROPHE),
            _ => {
                class = match c {
                    '[' => true,
                    ']' => false,
                    _ => class,
                };
                loose.push(c);
            }
        }
        escaped = c == '\\' && !escaped;
    }
    loose
}
