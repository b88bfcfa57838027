//! Offices: `the MI5 chief`, `the director general` to the person who was introduced as such.

use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::{Mention, MentionForm, Value};
use crate::pack::{Title, TitleForm, fold_name};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Joins a person called by an office to the one person of the document who has it.
pub(super) struct Role;

/// How far ahead the holder of an office may be introduced, in sentences.
const AHEAD: usize = 2;

/// An office as one mention tells it.
struct Office<'a> {
    title: &'a Title,
    /// Chains of the bodies that it names.
    bodies: Vec<usize>,
    /// Countries that it names, or that its bodies belong to.
    countries: Vec<SmolStr>,
    /// `former`, `deputy`: words that make it another office.
    qualifiers: Vec<SmolStr>,
    /// What else it says: `intelligence` in `intelligence chief`.
    others: Vec<SmolStr>,
    /// Whether its holder heads the body: by the title, or as the `most senior` of his kind.
    leads: bool,
}

impl CoreferenceSieve for Role {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let people: Vec<usize> = (0..resolution.mentions.len())
            .filter(|m| resolution.mentions[*m].entity_type == "person")
            .collect();
        let mut offices: Vec<(usize, Office<'_>)> = Vec::new();
        for mention in people {
            offices.extend(office(resolution, mention).map(|office| (mention, office)));
        }
        for (mention, office) in &offices {
            let here = &resolution.mentions[*mention];
            if here.form != MentionForm::Nominal
                || resolution.has_name(*mention)
                || !is_particular(resolution, here)
            {
                continue;
            }
            let latest = resolution.sentence(*mention) + AHEAD;
            let fitting: Vec<usize> = offices
                .iter()
                .filter(|(other, held)| {
                    other != mention
                        && resolution.sentence(*other) <= latest
                        && (resolution.has_name(*other) || other < mention)
                        && same_office(resolution, office, held, *other)
                        && resolution.may_join(*mention, *other)
                })
                .map(|(other, _)| *other)
                .collect();
            let named = |m: &usize| resolution.has_name(*m);
            let pool: Vec<usize> = if fitting.iter().any(named) {
                fitting.into_iter().filter(named).collect()
            } else {
                fitting
            };
            let Some(first) = pool.first() else { continue };
            let chain = resolution.chain_number(*first);
            if pool.iter().all(|other| resolution.chain_number(*other) == chain) {
                let nearest = pool.iter().rev().find(|other| *other < mention).unwrap_or(first);
                resolution.join(*mention, *nearest, "sieve:role");
            }
        }
    }
}

/// The bodies that the offices of a person name, by chain: whom a `we` of hers stands for.
pub(super) fn bodies_of(resolution: &Resolution<'_, '_>, person: usize) -> Vec<usize> {
    let members = resolution.chain(person).members.clone();
    let mut bodies: Vec<usize> = members
        .into_iter()
        .filter_map(|m| office(resolution, m))
        .flat_map(|office| office.bodies)
        .collect();
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

/// Not `a former minister`: something that points to one holder.
fn is_particular(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let head = mention.head as usize;
    matches!(text.tokens[head].tag.as_str(), "NN" | "NNP")
        && !text
            .children_by(head, &[Dep::Det])
            .any(|d| !matches!(text.tokens[d].lower.as_str(), "the" | "this" | "that"))
        && !matches!(text.tokens[head].dep, Dep::Compound | Dep::Amod)
}

fn office<'a>(resolution: &Resolution<'a, '_>, mention: usize) -> Option<Office<'a>> {
    let text = resolution.text;
    let here = &resolution.mentions[mention];
    let titled = match here.form {
        MentionForm::Nominal => here.tokens,
        MentionForm::Name => TokenRange { start: here.tokens.start, end: here.name?.start },
        MentionForm::Pronoun => return None,
    };
    let (words, title) = title_in(resolution, titled)?;
    let mut bodies = Vec::new();
    let mut countries = Vec::new();
    let mut named = vec![false; titled.len()];
    for (index, other) in resolution.mentions.iter().enumerate().skip(mention + 1) {
        if other.tokens.start >= titled.end {
            break;
        }
        if !titled.contains(other.tokens) {
            continue;
        }
        match (&other.value, other.entity_type.as_str()) {
            (Some(Value::Nationality { country }), _) => countries.push(country.clone()),
            (_, "country") => countries.extend(resolution.chain(index).entry.clone()),
            (_, "agency" | "organization" | "threat_actor") => {
                bodies.push(resolution.chain_number(index));
                let entry = resolution.chain(index).entry.as_deref();
                let entry = entry.and_then(|id| resolution.pack.gazetteer.entry(id));
                countries.extend(entry.and_then(|e| e.country.clone()));
            }
            _ => continue,
        }
        for token in other.tokens.range() {
            named[token - titled.start as usize] = true;
        }
    }
    countries.sort();
    countries.dedup();
    let mut qualifiers = Vec::new();
    let mut others = Vec::new();
    let topmost = topmost(resolution, titled);
    for token in titled.range() {
        let word = &text.tokens[token].lower;
        let in_title = words.contains_token(token)
            && (token + 1 == words.end as usize || title.phrase.contains(' '));
        if named[token - titled.start as usize]
            || in_title
            || topmost.is_some_and(|range| range.contains_token(token))
        {
            continue;
        }
        if matches!(
            word.as_str(),
            "former"
                | "ex"
                | "late"
                | "deputy"
                | "vice"
                | "acting"
                | "assistant"
                | "then"
                | "outgoing"
                | "incoming"
                | "next"
                | "previous"
                | "designate"
                | "elect"
                | "other"
        ) {
            qualifiers.push(word.clone());
        } else if matches!(text.tokens[token].pos, Pos::Noun | Pos::Propn | Pos::Adj) {
            others.push(SmolStr::new(fold_name(&text.tokens[token].lemma).join(" ")));
        }
    }
    // `The most senior intelligence officer` heads what has to do with intelligence.
    if topmost.is_some() {
        let kind = title.phrase.rsplit_once(' ').map_or("", |(kind, _)| kind);
        others.extend(kind.split(' ').filter(|word| !word.is_empty()).map(SmolStr::new));
    }
    let leads = title.leads || topmost.is_some() && !others.is_empty();
    Some(Office { title, bodies, countries, qualifiers, others, leads })
}

/// The words of a range that make an officer the head of his kind: `most senior`.
fn topmost(resolution: &Resolution<'_, '_>, range: TokenRange) -> Option<TokenRange> {
    let words = &resolution.pack.usage.topmost_words;
    range.range().find_map(|first| {
        (first + 1..=(first + 3).min(range.end as usize)).rev().find_map(|end| {
            let tokens = TokenRange::new(first, end);
            let phrase = fold_name(resolution.text.slice(tokens)).join(" ");
            words.contains(phrase.as_str()).then_some(tokens)
        })
    })
}

/// The title in a range: the longest that ends latest before any `of` phrase.
fn title_in<'a>(
    resolution: &Resolution<'a, '_>,
    range: TokenRange,
) -> Option<(TokenRange, &'a Title)> {
    let text = resolution.text;
    let titles = &resolution.pack.lexicons.titles;
    let stop = range.range().find(|t| {
        matches!(text.tokens[*t].lower.as_str(), "of" | "for") && *t > range.start as usize
    });
    let end = stop.unwrap_or(range.end as usize);
    (range.start as usize..end).find_map(|first| {
        (first + 1..=end).rev().find_map(|last| {
            let ids: Vec<_> = fold_name(text.slice(TokenRange::new(first, last)))
                .iter()
                .map(|word| resolution.pack.vocabulary.id(word))
                .collect();
            let title = titles.get(ids).iter().find(|t| t.form != TitleForm::Honorific)?;
            Some((TokenRange::new(first, last), title))
        })
    })
}

fn same_office(
    resolution: &Resolution<'_, '_>,
    asked: &Office<'_>,
    held: &Office<'_>,
    holder: usize,
) -> bool {
    let meet = |a: &[usize], b: &[usize]| a.iter().any(|x| b.contains(x));
    let countries_differ = !asked.countries.is_empty()
        && !held.countries.is_empty()
        && !asked.countries.iter().any(|c| held.countries.contains(c));
    let bodies_differ =
        !asked.bodies.is_empty() && !held.bodies.is_empty() && !meet(&asked.bodies, &held.bodies);
    if countries_differ || bodies_differ || asked.qualifiers != held.qualifiers {
        return false;
    }
    let same_title = asked.title.phrase == held.title.phrase;
    let one_body = meet(&asked.bodies, &held.bodies);
    if !(same_title || asked.leads && held.leads && (one_body || asked.bodies.is_empty())) {
        return false;
    }
    if !same_title
        && !one_body
        && held.title.body != asked.title.body
        && held.title.body.is_some()
        && asked.title.body.is_some()
    {
        return false;
    }
    // What the phrase says beyond the title must be known of the holder.
    asked.others.iter().all(|word| is_told_of(resolution, word, held, holder))
}

/// Whether a word is among those by which the holder or a body of the office is called.
fn is_told_of(
    resolution: &Resolution<'_, '_>,
    word: &str,
    held: &Office<'_>,
    holder: usize,
) -> bool {
    let said = |m: usize| {
        let mention = &resolution.mentions[m];
        mention.tokens.range().any(|t| {
            let token = &resolution.text.tokens[t];
            token.lower == word || fold_name(&token.lemma).join(" ") == word
        })
    };
    let entry_says = |m: usize| {
        let entry = resolution.chain(m).entry.as_deref();
        entry.and_then(|id| resolution.pack.gazetteer.entry(id)).is_some_and(|entry| {
            entry.subtype.as_deref().is_some_and(|subtype| subtype.contains(word))
                || fold_name(&entry.name).iter().any(|w| w == word)
        })
    };
    resolution.chain(holder).members.iter().any(|m| said(*m))
        || (0..resolution.mentions.len()).any(|m| {
            held.bodies.contains(&resolution.chain_number(m)) && (said(m) || entry_says(m))
        })
}
