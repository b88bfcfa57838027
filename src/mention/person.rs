//! Names of people: titles before names, given names, nicknames in quotation marks.

use rustc_hash::FxHashMap;

use super::context::DetectionContext;
use super::family_name;
use super::located::Located;
use super::model::is_personal_name;
use super::organization::{is_building, type_by_name};
use super::phrase::{head_of, left_edge};
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::pack::{Title, TitleForm, is_arabic_article};
use crate::span::TokenRange;
use crate::text::{Dep, Pos};

/// Finds titled names (`Foreign Secretary X`, `Gen. X`) as one mention each, completes names that
/// the model cuts at a hyphen or particle, and finds names by their given names.
pub struct PersonDetector;

const TITLED: &str = "detector:title-name";
const GIVEN: &str = "detector:given-name";

/// The longest name that is read, in tokens.
const LONGEST_NAME: usize = 7;

impl MentionDetector for PersonDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        complete(context, found);
        given_names(context, found);
        titled(context, found);
        family_name::complete(context, found);
        found.retain(|m| m.entity_type != "person" || !names_weapon(context, m.name_tokens()));
    }
}

/// `the nerve agent Novichok`: what the pack knows as a weapon and as nobody's name.
pub(super) fn names_weapon(context: &DetectionContext<'_, '_>, name: TokenRange) -> bool {
    let known = context.phrase_at(&context.pack.lexicons.nominals, name.start as usize);
    known.is_some_and(|(phrase, nominals)| {
        phrase.contains(name) && nominals.iter().all(|n| n.entity_type == "equipment")
    }) && !name.range().any(|token| is_personal_name(context, token))
}

/// Words inside names that are written small.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "ul"
            | "bin"
            | "ibn"
            | "bint"
            | "abu"
            | "umm"
            | "von"
            | "van"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "la"
            | "le"
            | "da"
            | "di"
            | "dos"
            | "du"
            | "ter"
            | "ad"
            | "ar"
            | "as"
            | "ash"
            | "at"
            | "az"
            | "an"
            | "ud"
            | "ur"
    )
}

/// Completes names of people over hyphens and particles: `Haider al` + `-Abadi`.
///
/// The model also cuts names of three and four words: `Ana` + `Maria Lopez Ruiz`. Known names of
/// people that stand beside a name without a comma are of it.
fn complete(context: &DetectionContext<'_, '_>, found: &mut [Mention]) {
    let text = context.text;
    // Where the first of the mentions that begin at a token ends.
    let mut taken: FxHashMap<usize, usize> = FxHashMap::default();
    for mention in found.iter() {
        taken.entry(mention.tokens.start as usize).or_insert(mention.tokens.end as usize);
    }
    let neighbours = Neighbours::new(context, found);
    for mention in found.iter_mut().filter(|m| m.entity_type == "person") {
        let end = name_end(context, mention.tokens.start as usize, mention.tokens.end as usize);
        let mut start = mention.tokens.start as usize;
        if start >= 2
            && text.surface(start - 1) == "-"
            && !text.tokens[start - 1].space_after
            && is_arabic_article(&text.tokens[start - 2].lower, &text.tokens[start].lower)
        {
            start -= 2;
        }
        // Quotation marks inside: First "Nick" Last.
        let mut end = nickname_end(context, end, &taken).unwrap_or(end);
        (start, end) = neighbours.around(context, start, end);
        if (start, end) != (mention.tokens.start as usize, mention.tokens.end as usize) {
            mention.reshape(text, TokenRange::new(start, end));
        }
    }
}

/// Which tokens other detectors have given away, for names that grow over their neighbours.
struct Neighbours {
    /// Covered by something that is no person.
    taken: Vec<bool>,
    /// Covered by a person.
    person: Vec<bool>,
}

impl Neighbours {
    fn new(context: &DetectionContext<'_, '_>, found: &[Mention]) -> Self {
        let length = context.text.tokens.len();
        let mut neighbours = Self { taken: vec![false; length], person: vec![false; length] };
        for mention in found {
            if mention.entity_type == "person" {
                neighbours.person[mention.tokens.range()].fill(true);
            } else if mention.entity_type != "place"
                || mention.tokens.len() > 1
                || !is_given_name(context, mention.tokens.start as usize)
            {
                // A town may have the name of a person; a country hardly has.
                neighbours.taken[mention.tokens.range()].fill(true);
            }
        }
        neighbours
    }

    /// The name from `start` to `end` with the names of people right before and after it.
    fn around(
        &self,
        context: &DetectionContext<'_, '_>,
        mut start: usize,
        mut end: usize,
    ) -> (usize, usize) {
        let text = context.text;
        let sentence = text.sentences[text.sentence_of(start)].tokens;
        let is_name = |t: usize| {
            text.tokens[t].pos == Pos::Propn
                && !self.taken[t]
                && text.surface(t).chars().count() > 1
                && text.surface(t).chars().skip(1).any(char::is_lowercase)
                && is_personal_name(context, t)
                && context.phrase_at(&context.pack.lexicons.titles, t).is_none()
        };
        let whole = is_name_written(context, start, end);
        while whole
            && end < sentence.end as usize
            && end - start < LONGEST_NAME
            && (is_name(end) || self.person[end] && context.is_capitalised(end) && !self.taken[end])
        {
            end += 1;
        }
        while whole
            && start > sentence.start as usize
            && end - start < LONGEST_NAME
            && is_given_name(context, start - 1)
            && is_name(start - 1)
        {
            start -= 1;
        }
        (start, end)
    }
}

/// Whether a range starts and ends with a word that looks like part of a name.
fn is_name_written(context: &DetectionContext<'_, '_>, start: usize, end: usize) -> bool {
    let written = |t: usize| {
        context.is_capitalised(t) && context.text.surface(t).chars().skip(1).any(char::is_lowercase)
    };
    start < end && written(start) && written(end - 1)
}

fn is_given_name(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let folded = crate::pack::fold_name(context.text.surface(token)).join(" ");
    context.pack.lexicons.first_names.contains_key(folded.as_str())
}

/// Where a name that has reached `end` ends, when hyphens and particles are followed.
fn name_end(context: &DetectionContext<'_, '_>, start: usize, mut end: usize) -> usize {
    let text = context.text;
    let limit = (start + LONGEST_NAME).min(text.tokens.len());
    let last = text.sentences.get(text.sentence_of(start)).map_or(end, |s| s.tokens.end as usize);
    let capital =
        |t: usize| t < last && context.is_capitalised(t) && text.tokens[t].pos == Pos::Propn;
    while end < limit.min(last) {
        let joined = text.surface(end) == "-" && !text.tokens[end].space_after;
        if joined && !text.tokens[end - 1].space_after && capital(end + 1) {
            end += 2;
        } else if is_particle(&text.tokens[end].lower) && text.tokens[end].pos != Pos::Adp {
            let hyphen =
                usize::from(text.tokens.get(end + 1).is_some_and(|_| text.surface(end + 1) == "-"));
            if !capital(end + 1 + hyphen) {
                break;
            }
            end += 2 + hyphen;
        } else {
            break;
        }
    }
    end
}

/// The end of `"Nick" Last` after a given name that ends at `end`.
fn nickname_end(
    context: &DetectionContext<'_, '_>,
    end: usize,
    taken: &FxHashMap<usize, usize>,
) -> Option<usize> {
    let text = context.text;
    let is_quote = |t: usize| {
        t < text.tokens.len()
            && matches!(text.surface(t), "\"" | "“" | "”" | "'" | "‘" | "’" | "``" | "''")
    };
    if !is_quote(end) {
        return None;
    }
    let close = (end + 2..=end + 4).find(|t| is_quote(*t))?;
    let after = close + 1;
    let named = after < text.tokens.len()
        && text.tokens[after].pos == Pos::Propn
        && context.is_capitalised(after)
        && context.is_capitalised(end + 1)
        && text.sentence_of(after) == text.sentence_of(end);
    named.then(|| taken.get(&after).copied().unwrap_or(after + 1))
}

/// Runs of capitalised words that start with a given name and that no detector has found.
fn given_names(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
    let text = context.text;
    let mut free = vec![true; text.tokens.len()];
    for mention in found.iter() {
        // A single word that the model alone calls a place may be the first of a name.
        let doubtful = mention.tokens.len() == 1
            && mention.entry.is_none()
            && mention.entity_type == "place"
            && mention.form == MentionForm::Name;
        if !doubtful {
            free[mention.tokens.range()].fill(false);
        }
    }
    let mut token = 0;
    while token + 1 < text.tokens.len() {
        let start = token;
        token += 1;
        let proper =
            |t: usize| free[t] && text.tokens[t].pos == Pos::Propn && context.is_capitalised(t);
        if !proper(start) || context.is_shouted(start) {
            continue;
        }
        let sentence_end = text.sentences[text.sentence_of(start)].tokens.end as usize;
        let mut end = start + 1;
        while end < sentence_end && end - start < 4 && proper(end) {
            end += 1;
        }
        end = name_end(context, start, end);
        let before_is_name = start > 0 && text.tokens[start - 1].pos == Pos::Propn;
        if end - start >= 2
            && !before_is_name
            && is_personal_name(context, start)
            && (is_personal_name(context, end - 1) || end - start <= 3)
            && type_by_name(context, TokenRange::new(start, end)).is_none()
        {
            let lexicons = &context.pack.lexicons;
            let given = crate::pack::fold_name(text.surface(start)).join(" ");
            if lexicons.first_names.contains_key(given.as_str()) {
                let tokens = TokenRange::new(start, end);
                found.push(Mention::new(
                    text,
                    tokens,
                    EntityType::from("person"),
                    MentionForm::Name,
                    GIVEN,
                    0.7,
                ));
                token = end;
            }
        }
    }
}

/// Joins titles to the names that follow them, and finds names that only their title tells.
fn titled(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
    let text = context.text;
    let mut located = Located::new(text, found);
    let mut token = 0;
    while token < text.tokens.len() {
        let Some((title, values)) = context.phrase_at(&context.pack.lexicons.titles, token) else {
            token += 1;
            continue;
        };
        token = title.end as usize;
        let first = title.start as usize;
        // Further titles: `Prime Minister Dr`.
        while let Some((next, _)) = (token < text.tokens.len())
            .then(|| context.phrase_at(&context.pack.lexicons.titles, token))
            .flatten()
        {
            token = next.end as usize;
        }
        let Some(name) = name_after(context, values, first, token, &|at| {
            located.beside(found, TokenRange::new(at, at + 1))
        }) else {
            continue;
        };
        let head = head_of(text, name);
        let start = modifiers_before(context, first, head);
        let tokens = TokenRange::new(start, name.end as usize);
        let inside = located
            .beside(found, tokens)
            .into_iter()
            .find(|m| m.entity_type == "person" && tokens.contains(m.tokens) && m.entry.is_some());
        let (entry, subtype) =
            inside.map_or((None, None), |m| (m.entry.clone(), m.subtype.clone()));
        for place in located.places(found, tokens.cover(name)) {
            let m = &found[place];
            if m.entity_type == "person" && tokens.contains(m.tokens)
                || m.form == MentionForm::Name
                    && name.contains(m.tokens)
                    && !matches!(m.entity_type.as_str(), "nationality" | "person")
            {
                located.drop(place);
            }
        }
        let person =
            Mention::new(text, tokens, EntityType::from("person"), MentionForm::Name, TITLED, 0.9);
        let person = Mention { name: Some(name), head: head as u32, entry, subtype, ..person };
        located.push(found, person);
        token = name.end as usize;
    }
    located.finish(found);
}

/// The name that follows a title that ends at `at`, as far as one does. `over` tells the mentions over
/// a token.
fn name_after<'f>(
    context: &DetectionContext<'_, '_>,
    titles: &[Title],
    first: usize,
    at: usize,
    over: &dyn Fn(usize) -> Vec<&'f Mention>,
) -> Option<TokenRange> {
    let text = context.text;
    let sentence_end = text.sentences.get(text.sentence_of(first))?.tokens.end as usize;
    if at >= sentence_end {
        return None;
    }
    let person_at = |t: usize| over(t).into_iter().find(|m| m.entity_type == "person");
    if let Some(person) = person_at(at) {
        let name = TokenRange::new(at, person.tokens.end as usize);
        return (!is_building(context, name.end as usize - 1)).then_some(name);
    }
    // `Minister for the Middle East Tobias Ellwood`.
    if matches!(text.tokens[at].lower.as_str(), "for" | "of") && context.is_capitalised(first) {
        let name = (at + 1..(at + 7).min(sentence_end))
            .take_while(|t| {
                context.is_capitalised(*t)
                    || matches!(text.tokens[*t].lower.as_str(), "the" | "of" | "and")
            })
            .find_map(|t| person_at(t).filter(|p| p.tokens.start as usize == t))?;
        let follows_a_name =
            (at + 1..name.tokens.start as usize).any(|t| context.is_capitalised(t));
        return follows_a_name.then_some(name.tokens);
    }
    let known_other = over(at).into_iter().any(|m| {
        m.tokens.start as usize == at
            && m.entry.is_some()
            && m.entity_type != "person"
            && (m.tokens.len() > 1 || !is_personal_name(context, at))
    });
    let address = titles.iter().any(|t| t.form != TitleForm::Role);
    let compound =
        text.tokens[at - 1].dep == Dep::Compound && text.tokens[at - 1].head as usize >= at;
    let proper = text.tokens[at].pos == Pos::Propn && context.is_capitalised(at);
    let fits = proper
        && !context.is_shouted(at)
        && (address || compound && is_personal_name(context, at))
        && (address || !known_other);
    if !fits {
        return None;
    }
    let mut end = at + 1;
    while end < sentence_end
        && end - at < 4
        && text.tokens[end].pos == Pos::Propn
        && context.is_capitalised(end)
        && !over(end).into_iter().any(|m| m.entry.is_some())
    {
        end += 1;
    }
    let name = TokenRange::new(at, name_end(context, at, end));
    let building = is_building(context, name.end as usize - 1);
    (!building && type_by_name(context, name).is_none()).then_some(name)
}

/// Where the modifiers of a titled name start: `Iraqi President X`, `Foreign Office Minister X`.
/// Articles, possessors and lower-case adjectives stay outside.
fn modifiers_before(context: &DetectionContext<'_, '_>, title: usize, head: usize) -> usize {
    let text = context.text;
    let edge = left_edge(text, head).min(title);
    let mut start = title;
    while start > edge {
        let before = &text.tokens[start - 1];
        let joint = text.surface(start - 1) == "-";
        let modifies = matches!(before.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
            && matches!(before.pos, Pos::Propn | Pos::Adj | Pos::Noun)
            && (context.is_capitalised(start - 1) || before.pos == Pos::Noun);
        if !(modifies || joint && start - 1 > edge) {
            break;
        }
        start -= 1;
    }
    start
}
