//! Names of bodies, facilities and places by the noun that such names hold: `Ministry of X`,
//! `X Brigade`, `X Hospital`, `X Province`.

use super::context::DetectionContext;
use super::located::Located;
use super::{Mention, MentionDetector, MentionForm};
use crate::ontology::EntityType;
use crate::pack::NameSense;
use crate::span::TokenRange;
use crate::text::Pos;

/// Finds names by their nouns, and abbreviations in brackets after a name.
pub struct NamePatternDetector;

const PATTERN: &str = "detector:name-noun";
const ACRONYM: &str = "detector:acronym";
const VESSEL: &str = "detector:vessel";

/// The longest name that is read, in tokens.
const LONGEST: usize = 12;

impl MentionDetector for NamePatternDetector {
    fn detect(&self, context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>) {
        let mut located = Located::new(context.text, found);
        for sentence in &context.text.sentences {
            let range = sentence.tokens.range();
            if !context.is_shouted(range.start) {
                scan(context, range.start, range.end, found, &mut located);
            }
        }
        acronyms(context, found, &mut located);
        vessels(context, found, &mut located);
        located.finish(found);
    }
}

/// The type that the nouns of a name tell: its last noun, or the first one before `of` or `for`.
/// `None` where no noun tells it, and for a noun that stands alone.
#[must_use]
pub(super) fn type_by_name(
    context: &DetectionContext<'_, '_>,
    tokens: TokenRange,
) -> Option<EntityType> {
    if tokens.len() < 2 {
        return None;
    }
    let text = context.text;
    let linked = tokens.range().find(|t| matches!(text.tokens[*t].lower.as_str(), "of" | "for"));
    let start = tokens.start as usize;
    let last = tokens.end as usize - 1;
    let leading = linked
        .filter(|link| *link > start)
        .and_then(|link| Some((link - 1, noun_type(context, link - 1)?)));
    let front = || {
        let first = &text.tokens[start].lower;
        context.pack.usage.front_nouns.get(first).map(|kind| EntityType::from(kind.as_str()))
    };
    let Some((noun, entity_type)) = leading.or_else(|| Some((last, noun_type(context, last)?)))
    else {
        // `Hotel Bristol`, `Camp Delta`: the noun stands first.
        return front();
    };
    let rest = if noun == last {
        TokenRange::new(start, last)
    } else {
        TokenRange::new(noun + 2, tokens.end as usize)
    };
    // `Cordillera Department`, `Department of Cordillera`: a division of a country, not a body.
    if entity_type == "agency"
        && context.pack.usage.naming_nouns.contains(&text.tokens[noun].lower)
        && ends_with_place(context, rest)
    {
        return Some("place".into());
    }
    Some(entity_type)
}

/// `Prince Charles Hospital`: a building by its last word, which is nobody's name, as that of Ann
/// Church is.
pub(super) fn is_building(context: &DetectionContext<'_, '_>, last: usize) -> bool {
    noun_type(context, last).is_some_and(|known| known == "facility")
        && !super::model::is_personal_name(context, last)
}

/// Whether a range ends with the name of a place that the pack knows.
fn ends_with_place(context: &DetectionContext<'_, '_>, range: TokenRange) -> bool {
    let gazetteer = &context.pack.gazetteer;
    range.range().any(|start| {
        let name = context.text.slice(TokenRange::new(start, range.end as usize));
        gazetteer.lookup(name, &context.pack.vocabulary).iter().any(|name| {
            name.sense == NameSense::Name && gazetteer.at(name.entry).entity_type == "place"
        })
    })
}

/// The type that a capitalised noun of names tells.
fn noun_type(context: &DetectionContext<'_, '_>, token: usize) -> Option<EntityType> {
    if !context.is_capitalised(token) {
        return None;
    }
    let lexicons = &context.pack.lexicons;
    let by_name = context.phrase_ending_at(&lexicons.name_nouns, token);
    if let Some(entity_type) = by_name.and_then(|(_, types)| types.first()) {
        return Some(entity_type.clone());
    }
    let (_, nominals) = context.phrase_ending_at(&lexicons.nominals, token)?;
    let locations = ["facility", "place"];
    nominals.iter().map(|n| &n.entity_type).find(|t| locations.contains(&t.as_str())).cloned()
}

fn scan(
    context: &DetectionContext<'_, '_>,
    start: usize,
    end: usize,
    found: &mut Vec<Mention>,
    located: &mut Located,
) {
    let mut token = start;
    while token < end {
        if !starts_name(context, token) {
            token += 1;
            continue;
        }
        let segment_end = segment(context, token, end);
        let name_end = through_links(context, token, segment_end, end, &|tokens| {
            located.beside(found, tokens)
        });
        let tokens = TokenRange::new(token, name_end);
        token = name_end.max(segment_end);
        let Some(entity_type) = type_by_name(context, tokens) else { continue };
        let title = context.phrase_at(&context.pack.lexicons.titles, tokens.start as usize);
        if title.is_some() && !is_building(context, name_end - 1) || tokens.len() > LONGEST {
            continue;
        }
        let known = located.beside(found, tokens).into_iter().any(|m| {
            m.tokens == tokens && (m.entry.is_some() || m.entity_type == entity_type)
                || m.entry.is_some() && m.tokens.contains(tokens)
                || m.entity_type == "person" && m.tokens.overlaps(tokens) && m.tokens.len() > 1
        });
        if !known {
            let name =
                Mention::new(context.text, tokens, entity_type, MentionForm::Name, PATTERN, 0.75);
            located.push(found, name);
        }
    }
}

fn starts_name(context: &DetectionContext<'_, '_>, token: usize) -> bool {
    let text = context.text;
    let word = text.surface(token).chars().next().is_some_and(char::is_uppercase);
    word && match text.tokens[token].pos {
        Pos::Propn => true,
        Pos::Noun | Pos::Adj | Pos::X => {
            !context.is_sentence_initial(token)
                || noun_type(context, token).is_some()
                || text
                    .tokens
                    .get(token + 1)
                    .is_some_and(|next| next.pos == Pos::Propn && context.is_capitalised(token + 1))
        }
        _ => false,
    }
}

/// The end of an unbroken run of capitalised words.
fn segment(context: &DetectionContext<'_, '_>, start: usize, limit: usize) -> usize {
    let text = context.text;
    let capital = |t: usize| {
        t < limit
            && text.surface(t).chars().next().is_some_and(char::is_uppercase)
            && !matches!(text.tokens[t].pos, Pos::Pron | Pos::Det | Pos::Aux)
    };
    let mut end = start + 1;
    while end < limit {
        if capital(end) {
            end += 1;
        } else if matches!(text.surface(end), "-" | "&") && capital(end + 1) {
            end += 2;
        } else if text.tokens[end].tag == "POS"
            && text.tokens[end - 1].tag.ends_with('S')
            && capital(end + 1)
        {
            // `Lords' Committee`; a singular possessor is not part of the name it owns.
            end += 2;
        } else if text.tokens[end].tag == "POS"
            && text.tokens[end - 1].lower == "people"
            && capital(end + 1)
        {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// The end of a name that goes on over `of`, `for` and `and`: `Ministry of Defence`. `beside` tells
/// the mentions over some tokens.
fn through_links<'f>(
    context: &DetectionContext<'_, '_>,
    start: usize,
    segment_end: usize,
    limit: usize,
    beside: &dyn Fn(TokenRange) -> Vec<&'f Mention>,
) -> usize {
    let text = context.text;
    let word = |t: usize| (t < limit).then(|| text.tokens[t].lower.as_str());
    if !matches!(word(segment_end), Some("of" | "for"))
        || noun_type(context, segment_end - 1).is_none()
    {
        return segment_end;
    }
    let mut next = segment_end + 1;
    if word(next) == Some("the") {
        next += 1;
    }
    if !(next < limit && context.is_capitalised(next) && starts_name(context, next)) {
        return segment_end;
    }
    let mut end = segment(context, next, limit);
    // `Department for Culture and Sport`, but not `Ministry of Justice and the Home Office`.
    if word(end) == Some("and")
        && end + 1 < limit
        && starts_name(context, end + 1)
        && !beside(TokenRange::new(end + 1, end + 2))
            .iter()
            .any(|m| m.tokens.start as usize == end + 1)
    {
        let further = segment(context, end + 1, limit);
        let second = TokenRange::new(next, end);
        if noun_type(context, further - 1).is_none()
            && !beside(second).iter().any(|m| m.tokens.contains(second) && m.entry.is_some())
        {
            end = further;
        }
    }
    debug_assert!(end > start);
    end
}

/// Ships and aircraft by the prefix of their names: `HMS Victory`.
fn vessels(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>, located: &mut Located) {
    let text = context.text;
    for token in 0..text.tokens.len().saturating_sub(1) {
        if !context.pack.usage.vessel_prefixes.contains(text.surface(token))
            || context.is_shouted(token)
            || !(context.is_capitalised(token + 1) && text.tokens[token + 1].pos == Pos::Propn)
            || text.sentence_of(token) != text.sentence_of(token + 1)
        {
            continue;
        }
        let limit = text.sentences[text.sentence_of(token)].tokens.end as usize;
        let end = segment(context, token + 1, limit).min(token + 5);
        let tokens = TokenRange::new(token, end);
        for place in located.places(found, tokens) {
            if tokens.contains(found[place].tokens) && found[place].form == MentionForm::Name {
                located.drop(place);
            }
        }
        let ship = Mention::new(
            text,
            tokens,
            EntityType::from("equipment"),
            MentionForm::Name,
            VESSEL,
            0.9,
        );
        let subtype = Some(smol_str::SmolStr::new_static("ship"));
        located.push(found, Mention { subtype, ..ship });
    }
}

/// Abbreviations in brackets after a name, and names in brackets after their abbreviation.
fn acronyms(context: &DetectionContext<'_, '_>, found: &mut Vec<Mention>, located: &mut Located) {
    let text = context.text;
    let mut new = Vec::new();
    for mention in found.iter().filter(|m| m.form == MentionForm::Name) {
        let open = mention.tokens.end as usize;
        if !(open + 2 < text.tokens.len() && text.surface(open) == "(") {
            continue;
        }
        let Some(close) =
            (open + 2..(open + 10).min(text.tokens.len())).find(|t| text.surface(*t) == ")")
        else {
            continue;
        };
        let mut inside = TokenRange::new(open + 1, close);
        if matches!(text.tokens[open + 1].lower.as_str(), "the") {
            inside.start += 1;
        }
        let same = |m: &&Mention| m.tokens == inside && m.entry.is_some();
        if inside.is_empty() || located.beside(found, inside).iter().any(same) {
            continue;
        }
        let (here, there) = (text.slice(mention.tokens), text.slice(inside));
        let translated = mention.tokens.len() >= 3
            && matches!(mention.entity_type.as_str(), "organization" | "agency" | "threat_actor")
            && shares_initials(there, here);
        if is_acronym_of(there, here) || is_acronym_of(here, there) || translated {
            let twin = Mention::new(
                text,
                inside,
                mention.entity_type.clone(),
                MentionForm::Name,
                ACRONYM,
                mention.confidence,
            );
            new.push(Mention {
                subtype: mention.subtype.clone(),
                entry: mention.entry.clone(),
                ..twin
            });
        }
    }
    for mention in new {
        for place in located.places(found, mention.tokens) {
            if found[place].tokens == mention.tokens {
                located.drop(place);
            }
        }
        located.push(found, mention);
    }
}

/// Whether `short` is made of the initials of `full`: `ISKP` of `Islamic State Khorasan
/// Province`. Small words may count or not; letters inside a word may be used after its initial
/// is (`CENTCOM` of `Central Command`).
#[must_use]
pub fn is_acronym_of(short: &str, full: &str) -> bool {
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let shown_in_capitals = short.chars().filter(|c| c.is_uppercase()).count() * 2 > letters.len();
    let words = lower_words(full);
    if letters.len() < 2
        || words.len() < 2
        || words.len() > 12
        || !shown_in_capitals
        || short.split_whitespace().count() > 1
    {
        return false;
    }
    // Every word that is not small must give its initial; letters left over must go on in it.
    fn fits(letters: &[char], words: &[Vec<char>]) -> bool {
        let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
        if is_small(word) && fits(letters, rest) {
            return true;
        }
        if word.first() != letters.first() || letters.is_empty() {
            return false;
        }
        let longest = word.iter().zip(letters).take_while(|(a, b)| a == b).count().min(4);
        (1..=longest).any(|taken| fits(&letters[taken..], rest))
    }
    fits(&letters, &words)
}

/// The initials that every acronym of a name has in this order: those of its words that are not
/// small.
#[must_use]
pub fn needed_initials(full: &str) -> String {
    let words = lower_words(full);
    words.iter().filter(|word| !is_small(word)).filter_map(|word| word.first()).collect()
}

fn lower_words(name: &str) -> Vec<Vec<char>> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect())
        .collect()
}

/// Whether a word may be left out of an acronym.
fn is_small(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    matches!(
        word.as_str(),
        "of" | "the" | "and" | "for" | "in" | "on" | "to" | "de" | "la" | "al" | "s" | ""
    )
}

/// Whether an acronym in brackets after a name may be the name's in its own language: `FARC` after
/// `Revolutionary Armed Forces of Colombia`. At least three of five of its letters are initials.
#[must_use]
pub fn shares_initials(short: &str, full: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if !capitals || !(3..=8).contains(&letters.len()) || short.contains(char::is_whitespace) {
        return false;
    }
    let mut initials: Vec<char> = full
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let shared = letters
        .iter()
        .filter(|letter| {
            let place = initials.iter().position(|initial| initial == *letter);
            place.map(|place| initials.swap_remove(place)).is_some()
        })
        .count();
    initials.len() + shared >= 3 && shared * 5 >= letters.len() * 3
}

#[cfg(test)]
mod tests {
    use super::{is_acronym_of, shares_initials};

    #[test]
    fn acronyms_of_translated_names_share_letters() {
        for (short, full) in [
            ("FARC", "Revolutionary Armed Forces of Colombia"),
            ("ELN", "National Liberation Army"),
            ("PKK", "Kurdistan Workers' Party of Kurdistan"),
        ] {
            assert!(shares_initials(short, full), "{short} {full}");
        }
        for (short, full) in [
            ("BBC", "Ministry of Defence"),
            ("Ann", "Army of National Needs"),
            ("US", "Union Station"),
        ] {
            assert!(!shares_initials(short, full), "{short} {full}");
        }
    }

    #[test]
    fn acronyms_take_every_initial_in_order() {
        for (short, full) in [
            ("ISKP", "Islamic State Khorasan Province"),
            ("MOD", "Ministry of Defence"),
            ("CENTCOM", "Central Command"),
            ("U.N.", "United Nations"),
            ("FARC", "Fuerzas Armadas Revolucionarias de Colombia"),
        ] {
            assert!(is_acronym_of(short, full), "{short} {full}");
        }
        for (short, full) in [
            ("ISKP", "Islamic State"),
            ("UN", "Nations"),
            ("Ms", "Mary Smith"),
            ("SDF", "Free Syrian Army"),
            ("", ""),
        ] {
            assert!(!is_acronym_of(short, full), "{short} {full}");
        }
    }
}
