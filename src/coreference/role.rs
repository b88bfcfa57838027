//! Offices: `the MI5 chief`, `the director general` to the person who was introduced as such.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::resolution::Resolution;
use crate::mention::{Mention, MentionForm, Value};
use crate::order;
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

/// How many mentions of an office before and after one are looked at for its holder.
const MOST: usize = 256;

impl CoreferenceSieve for Role {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let people = (0..resolution.mentions.len())
            .filter(|m| resolution.mentions[*m].entity_type == "person");
        let offices: Vec<(usize, Office<'_>)> =
            people.filter_map(|m| Some((m, office(resolution, m)?))).collect();
        let mut by_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (place, (_, office)) in offices.iter().enumerate() {
            by_title.entry(office.title.phrase.as_str()).or_default().push(place);
        }
        let leading: Vec<usize> = (0..offices.len()).filter(|o| offices[*o].1.leads).collect();
        let mut words = Words::default();
        for (place, (mention, office)) in offices.iter().enumerate() {
            let here = &resolution.mentions[*mention];
            if here.form != MentionForm::Nominal
                || resolution.has_name(*mention)
                || !is_particular(resolution, here)
            {
                continue;
            }
            let mut others = around(&by_title[office.title.phrase.as_str()], place).to_vec();
            if office.leads {
                others.extend_from_slice(around(&leading, place));
                order::unique(&mut others);
            }
            let latest = resolution.sentence(*mention) + AHEAD;
            let mut pool: Vec<usize> = Vec::new();
            for (other, held) in others.into_iter().map(|other| &offices[other]) {
                if other != mention
                    && resolution.sentence(*other) <= latest
                    && (resolution.has_name(*other) || other < mention)
                    && resolution.may_join(*mention, *other)
                    && same_office(resolution, &mut words, office, held, *other)
                {
                    pool.push(*other);
                }
            }
            if pool.iter().any(|m| resolution.has_name(*m)) {
                pool.retain(|m| resolution.has_name(*m));
            }
            let Some(first) = pool.first() else { continue };
            let chain = resolution.chain_number(*first);
            if pool.iter().all(|other| resolution.chain_number(*other) == chain) {
                let nearest = pool.iter().rev().find(|other| *other < mention).unwrap_or(first);
                resolution.join(*mention, *nearest, "sieve:role");
            }
        }
    }
}

/// Those of sorted places that are near one.
fn around(places: &[usize], place: usize) -> &[usize] {
    let at = places.partition_point(|other| *other < place);
    &places[at.saturating_sub(MOST)..places.len().min(at + MOST)]
}

/// The bodies that the offices of people name: whom a `we` of theirs stands for.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// Per chain, how many of its members have been read, and mentions of the bodies that they name.
    known: FxHashMap<usize, (usize, Vec<usize>)>,
}

impl Bodies {
    /// The chain of the one body that the offices of a person name; `None` where they name none or
    /// several.
    pub(super) fn only(&mut self, resolution: &Resolution<'_, '_>, person: usize) -> Option<usize> {
        let (read, bodies) = self.known.entry(resolution.chain_number(person)).or_default();
        let members = &resolution.chain(person).members;
        for member in &members[(*read).min(members.len())..] {
            if let Some((titled, ..)) = titled(resolution, *member) {
                bodies.extend(
                    inside(resolution, *member, titled).filter(|m| is_body(resolution, *m)),
                );
            }
        }
        *read = members.len();
        let body = resolution.chain_number(*bodies.first()?);
        // Chains only grow together, so that what is one with the first stays so.
        while bodies.get(1).is_some_and(|other| resolution.chain_number(*other) == body) {
            bodies.swap_remove(1);
        }
        (bodies.len() == 1).then_some(body)
    }
}

/// Not `a former minister`: something that points to one holder.
fn is_particular(resolution: &Resolution<'_, '_>, mention: &Mention) -> bool {
    let text = resolution.text;
    let head = mention.head as usize;
    // "his boss": whoever that is, he is known by whose boss he is.
    let owned = text
        .children_by(head, &[Dep::Poss])
        .any(|owner| resolution.pack.usage.one_persons.contains(&text.tokens[owner].lower));
    matches!(text.tokens[head].tag.as_str(), "NN" | "NNP")
        && !owned
        && !text
            .children_by(head, &[Dep::Det])
            .any(|d| !matches!(text.tokens[d].lower.as_str(), "the" | "this" | "that"))
        && !matches!(text.tokens[head].dep, Dep::Compound | Dep::Amod)
}

fn office<'a>(resolution: &Resolution<'a, '_>, mention: usize) -> Option<Office<'a>> {
    let text = resolution.text;
    let (titled, words, title) = titled(resolution, mention)?;
    let mut bodies = Vec::new();
    let mut countries = Vec::new();
    let mut named = vec![false; titled.len()];
    for index in inside(resolution, mention, titled) {
        let other = &resolution.mentions[index];
        match (&other.value, other.entity_type.as_str()) {
            (Some(Value::Nationality { country }), _) => countries.push(country.clone()),
            (_, "country") => countries.extend(resolution.chain(index).entry.clone()),
            _ if is_body(resolution, index) => {
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
    order::unique(&mut countries);
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

/// The words in which a mention tells an office, the title among them, and the title itself.
fn titled<'a>(
    resolution: &Resolution<'a, '_>,
    mention: usize,
) -> Option<(TokenRange, TokenRange, &'a Title)> {
    let here = &resolution.mentions[mention];
    let titled = match here.form {
        MentionForm::Nominal => here.tokens,
        MentionForm::Name => TokenRange { start: here.tokens.start, end: here.name?.start },
        MentionForm::Pronoun => return None,
    };
    let (words, title) = title_in(resolution, titled)?;
    Some((titled, words, title))
}

/// The mentions inside those words.
fn inside<'r>(
    resolution: &'r Resolution<'_, '_>,
    mention: usize,
    titled: TokenRange,
) -> impl Iterator<Item = usize> + 'r {
    let later = mention + 1..resolution.mentions.len();
    later
        .take_while(move |m| resolution.mentions[*m].tokens.start < titled.end)
        .filter(move |m| titled.contains(resolution.mentions[*m].tokens))
}

fn is_body(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let here = &resolution.mentions[mention];
    !matches!(here.value, Some(Value::Nationality { .. }))
        && matches!(here.entity_type.as_str(), "agency" | "organization" | "threat_actor")
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

/// The most words that a title has.
const LONGEST: usize = 12;

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
        (first + 1..=end.min(first + LONGEST)).rev().find_map(|last| {
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
    words: &mut Words,
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
    asked.others.iter().all(|word| {
        words.hold(resolution, resolution.chain_number(holder), word)
            || held.bodies.iter().any(|body| {
                words.hold(resolution, *body, word) || entry_says(resolution, *body, word)
            })
    })
}

/// Whether a word is in what the pack says of a chain.
fn entry_says(resolution: &Resolution<'_, '_>, chain: usize, word: &str) -> bool {
    let chain = resolution.chain_numbered(chain);
    let entry = chain.and_then(|chain| resolution.pack.gazetteer.entry(chain.entry.as_deref()?));
    entry.is_some_and(|entry| {
        entry.subtype.as_deref().is_some_and(|subtype| subtype.contains(word))
            || fold_name(&entry.name).iter().any(|w| w == word)
    })
}

/// The words of chains, each read once.
#[derive(Debug, Default)]
struct Words {
    /// Per chain, how many of its members have been read, and their words.
    known: FxHashMap<usize, (usize, FxHashSet<SmolStr>)>,
}

impl Words {
    /// Whether a mention of a chain has a word, or a word of that lemma.
    fn hold(&mut self, resolution: &Resolution<'_, '_>, chain: usize, word: &str) -> bool {
        let Some(members) = resolution.chain_numbered(chain).map(|chain| &chain.members) else {
            return false;
        };
        let (read, words) = self.known.entry(chain).or_default();
        for member in &members[(*read).min(members.len())..] {
            for token in &resolution.text.tokens[resolution.mentions[*member].tokens.range()] {
                words.insert(token.lower.clone());
                words.insert(fold_name(&token.lemma).join(" ").into());
            }
        }
        *read = members.len();
        words.contains(word)
    }
}
