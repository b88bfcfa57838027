//! Parts of speech and irregular lemmas from tags: spaCy's attribute ruler. Every rule is tested
//! against the tokens as they were; rules are applied in order, so that later ones win.

use crate::order;

use smol_str::SmolStr;

use super::data::{RuleData, RuleTest};
use super::labels::Pos;
use super::tokenizer::AffixPattern;

/// The part of a token's morphology that decides whether it is a base form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Morph {
    pub(super) singular: bool,
    /// Whether any number is given.
    pub(super) number: bool,
    pub(super) infinitive: bool,
    pub(super) finite: bool,
    pub(super) present: bool,
    pub(super) positive: bool,
}

impl Morph {
    fn parse(features: &str) -> Self {
        let has = |feature: &str| features.split('|').any(|f| f == feature);
        Self {
            singular: has("Number=Sing"),
            number: features.split('|').any(|f| f.starts_with("Number=")),
            infinitive: has("VerbForm=Inf") || has("VerbForm=None"),
            finite: has("VerbForm=Fin"),
            present: has("Tense=Pres"),
            positive: has("Degree=Pos"),
        }
    }
}

/// A token as the rules see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuledToken<'a> {
    /// Index of the tag among the tagger's labels.
    pub(super) tag: usize,
    pub(super) lower: &'a str,
    pub(super) dep: &'a str,
    pub(super) is_space: bool,
}

/// What the rules say about a token.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    pub(super) pos: Pos,
    pub(super) morph: Morph,
    pub(super) lemma: Option<SmolStr>,
    pub(super) tag: Option<SmolStr>,
    pub(super) dep: Option<SmolStr>,
}

/// The compiled rules.
#[derive(Debug)]
pub(super) struct AttributeRuler {
    rules: Vec<Rule>,
    /// For each tag, the rules whose first token may bear it, in order.
    by_tag: Vec<Vec<u32>>,
}

#[derive(Debug)]
struct Rule {
    /// One alternative: a sequence of tokens with their tests.
    tokens: Vec<Vec<Test>>,
    index: usize,
    tag: Option<SmolStr>,
    pos: Option<Pos>,
    morph: Option<Morph>,
    lemma: Option<SmolStr>,
    dep: Option<SmolStr>,
}

#[derive(Debug)]
enum Test {
    /// By index of the tag.
    Tag(Vec<bool>),
    Lower(Vec<SmolStr>),
    LowerMatches(Box<AffixPattern>),
    Dep(Vec<SmolStr>, bool),
    Space(bool),
}

impl Test {
    fn compile(test: RuleTest, tags: &[SmolStr]) -> Result<Self, String> {
        let names = |list: Vec<String>| list.into_iter().map(SmolStr::from).collect::<Vec<_>>();
        let marks = |list: &[String], wanted: bool| {
            tags.iter().map(|tag| list.iter().any(|t| tag == t) == wanted).collect()
        };
        Ok(match test {
            RuleTest::TagIn(list) => Self::Tag(marks(&list, true)),
            RuleTest::TagNotIn(list) => Self::Tag(marks(&list, false)),
            RuleTest::LowerIn(list) => Self::Lower(names(list)),
            RuleTest::LowerMatches(pattern) => {
                if !(pattern.starts_with('^') && pattern.ends_with('$')) {
                    return Err(format!("the rule pattern {pattern:?} is not anchored"));
                }
                Self::LowerMatches(Box::new(AffixPattern::compile(&pattern)?))
            }
            RuleTest::DepIn(list) => Self::Dep(names(list), true),
            RuleTest::DepNotIn(list) => Self::Dep(names(list), false),
            RuleTest::IsSpace(wanted) => Self::Space(wanted),
        })
    }

    fn passes(&self, token: &RuledToken) -> bool {
        match self {
            Self::Tag(tags) => tags.get(token.tag).copied().unwrap_or(false),
            Self::Lower(words) => words.iter().any(|word| word == token.lower),
            Self::LowerMatches(pattern) => pattern.matches(token.lower),
            Self::Dep(labels, wanted) => labels.iter().any(|l| l == token.dep) == *wanted,
            Self::Space(wanted) => token.is_space == *wanted,
        }
    }
}

impl AttributeRuler {
    pub(super) fn new(data: Vec<RuleData>, tags: &[SmolStr]) -> Result<Self, String> {
        let mut rules = Vec::new();
        for rule in data {
            for pattern in rule.patterns {
                let compile = |tests: Vec<RuleTest>| {
                    tests.into_iter().map(|test| Test::compile(test, tags)).collect()
                };
                let tokens: Vec<Vec<Test>> =
                    pattern.into_iter().map(compile).collect::<Result<_, String>>()?;
                if rule.index >= tokens.len() {
                    return Err(format!("a rule sets token {} of {}", rule.index, tokens.len()));
                }
                rules.push(Rule {
                    tokens,
                    index: rule.index,
                    tag: rule.tag.as_deref().map(SmolStr::new),
                    pos: rule.pos.as_deref().map(Pos::from_label),
                    morph: rule.morph.as_deref().map(Morph::parse),
                    lemma: rule.lemma.as_deref().map(SmolStr::new),
                    dep: rule.dep.as_deref().map(SmolStr::new),
                });
            }
        }
        let allows = |rule: &Rule, tag: usize| {
            rule.tokens[0].iter().all(|test| match test {
                Test::Tag(tags) => tags.get(tag).copied().unwrap_or(false),
                _ => true,
            })
        };
        let by_tag = (0..tags.len())
            .map(|tag| {
                (0..rules.len() as u32).filter(|rule| allows(&rules[*rule as usize], tag)).collect()
            })
            .collect();
        Ok(Self { rules, by_tag })
    }

    /// Applies the rules to the tokens of a block; `attributes` gets one entry a token.
    pub(super) fn apply(&self, tokens: &[RuledToken], attributes: &mut Vec<Attributes>) {
        attributes.clear();
        attributes.resize(tokens.len(), Attributes::default());
        // A rule over several tokens may set another than its first: such matches wait until the
        // rules before them have been applied to that token.
        let mut waiting: Vec<(usize, u32)> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            for number in self.by_tag.get(token.tag).into_iter().flatten() {
                let rule = &self.rules[*number as usize];
                let matches = tokens.len() - i >= rule.tokens.len()
                    && rule
                        .tokens
                        .iter()
                        .zip(&tokens[i..])
                        .all(|(tests, token)| tests.iter().all(|test| test.passes(token)));
                if !matches {
                    continue;
                }
                if rule.index > 0 {
                    waiting.push((i + rule.index, *number));
                    continue;
                }
                self.catch_up(&mut waiting, i, *number, &mut attributes[i]);
                rule.set(&mut attributes[i]);
            }
            self.catch_up(&mut waiting, i, u32::MAX, &mut attributes[i]);
        }
    }

    /// Applies to token `i` the waiting rules that stand before rule `before`.
    fn catch_up(
        &self,
        waiting: &mut Vec<(usize, u32)>,
        i: usize,
        before: u32,
        attributes: &mut Attributes,
    ) {
        if waiting.is_empty() {
            return;
        }
        order::ascending(waiting);
        waiting.retain(|(token, number)| {
            let due = *token == i && *number < before;
            if due {
                self.rules[*number as usize].set(attributes);
            }
            !due
        });
    }
}

impl Rule {
    fn set(&self, attributes: &mut Attributes) {
        if let Some(pos) = self.pos {
            attributes.pos = pos;
        }
        if let Some(morph) = self.morph {
            attributes.morph = morph;
        }
        let set = |value: &Option<SmolStr>, to: &mut Option<SmolStr>| {
            if value.is_some() {
                to.clone_from(value);
            }
        };
        set(&self.lemma, &mut attributes.lemma);
        set(&self.tag, &mut attributes.tag);
        set(&self.dep, &mut attributes.dep);
    }
}
