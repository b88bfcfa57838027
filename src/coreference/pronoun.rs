//! Pronouns: the first person by who speaks, the third by number, gender, and the subject before.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::CoreferenceSieve;
use super::agreement::{Number, number};
use super::binding::bound_apart;
use super::definite::is_subject;
use super::resolution::{Resolution, is_value};
use super::role::Bodies;
use crate::mention::MentionForm;
use crate::text::{Dep, Pos};

/// Joins pronouns to what they stand for, where that is fairly certain.
pub(super) struct Pronoun;

/// How many sentences back a person is looked for.
const PERSON_WINDOW: usize = 3;

impl CoreferenceSieve for Pronoun {
    fn apply(&self, resolution: &mut Resolution<'_, '_>) {
        let mut last_we: Option<(usize, Option<usize>)> = None;
        let mut bodies = Bodies::default();
        let countries = countries(resolution);
        // "We are ready," he said: who `he` is must be known before `we` is asked.
        for (mention, first_person) in [false, true]
            .into_iter()
            .flat_map(|f| (0..resolution.mentions.len()).map(move |m| (m, f)))
        {
            if resolution.mentions[mention].form != MentionForm::Pronoun {
                continue;
            }
            let head = resolution.mentions[mention].head as usize;
            let word = resolution.text.tokens[head].lower.clone();
            if first_person != is_first_person(&word) {
                continue;
            }
            let speaker = speaker(resolution, head);
            let (antecedent, sieve) = match word.as_str() {
                "i" | "me" | "my" | "mine" | "myself" => (speaker, "sieve:speaker"),
                "we" | "us" | "our" | "ours" | "ourselves" => {
                    let body = speaker.and_then(|s| body(resolution, &mut bodies, s));
                    if is_of_state(resolution, head) {
                        let country =
                            body.and_then(|body| country_of(resolution, &countries, body));
                        if let Some(country) = country {
                            resolution.join(mention, country, "sieve:speakers-country");
                        }
                        continue;
                    }
                    let same = last_we.filter(|(_, before)| {
                        speaker.is_some()
                            && before.map(|b| resolution.chain_number(b))
                                == speaker.map(|s| resolution.chain_number(s))
                    });
                    last_we = Some((mention, speaker));
                    (body.or(same.map(|(we, _)| we)), "sieve:speaker")
                }
                "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
                    (person(resolution, mention, speaker), "sieve:pronoun")
                }
                word if is_several(word) => {
                    (several(resolution, mention, speaker), "sieve:pronoun")
                }
                "it" | "its" | "itself" => (thing(resolution, mention), "sieve:pronoun"),
                // "another": none of those told before.
                _ => (None, "sieve:pronoun"),
            };
            if let Some(antecedent) = antecedent {
                resolution.join(mention, antecedent, sieve);
            }
        }
    }
}

fn is_several(word: &str) -> bool {
    matches!(word, "they" | "them" | "their" | "theirs" | "themselves")
}

fn is_first_person(word: &str) -> bool {
    matches!(
        word,
        "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
    )
}

/// The mention of who says the quotation that a token stands in.
fn speaker(resolution: &Resolution<'_, '_>, token: usize) -> Option<usize> {
    let attribution = resolution.attributions.at(token);
    let head = attribution.speaker.filter(|_| attribution.quoted)?;
    resolution.mention_covering(head as usize)
}

/// For whom a speaker says `we`: the body that speaks, or the one that the speaker heads.
fn body(resolution: &Resolution<'_, '_>, bodies: &mut Bodies, speaker: usize) -> Option<usize> {
    if resolution.entity_type(speaker) != "person" {
        return Some(speaker);
    }
    let body = bodies.only(resolution, speaker)?;
    resolution.chain_numbered(body).map(|chain| chain.first)
}

/// Whether `we` or `our` stands beside what only a state has or does: `our embassy`, `we expelled
/// them`.
fn is_of_state(resolution: &Resolution<'_, '_>, pronoun: usize) -> bool {
    let text = resolution.text;
    let usage = &resolution.pack.usage;
    let Some(over) = text.head(pronoun) else { return false };
    match text.tokens[pronoun].dep {
        Dep::Poss => {
            let noun = &text.tokens[over].lemma;
            let before = over.checked_sub(1).map_or("", |t| text.tokens[t].lower.as_str());
            usage.state_nouns.contains(noun)
                || usage.state_nouns.contains(format!("{before} {noun}").as_str())
        }
        Dep::Nsubj => usage.state_verbs.contains(&text.tokens[over].lemma),
        _ => false,
    }
}

/// A mention of each chain that is known to be a country, by the country.
fn countries(resolution: &Resolution<'_, '_>) -> FxHashMap<SmolStr, Vec<usize>> {
    let mut countries: FxHashMap<SmolStr, Vec<usize>> = FxHashMap::default();
    for mention in 0..resolution.mentions.len() {
        let chain = resolution.chain(mention);
        if let Some(entry) = chain.entry.as_ref().filter(|_| chain.first == mention) {
            countries.entry(entry.clone()).or_default().push(mention);
        }
    }
    countries
}

/// A mention of the country whose body a mention names; the country itself.
fn country_of(
    resolution: &Resolution<'_, '_>,
    countries: &FxHashMap<SmolStr, Vec<usize>>,
    body: usize,
) -> Option<usize> {
    let entry = resolution.chain(body).entry.clone()?;
    let entry = resolution.pack.gazetteer.entry(&entry)?;
    let country =
        if entry.entity_type == "country" { &entry.id } else { entry.country.as_ref()? };
    let named = countries.get(country)?.iter().filter(|m| resolution.has_name(**m));
    named.map(|m| resolution.chain(*m).first).min()
}

/// Whether a mention may stand for a person in the singular.
fn is_person(resolution: &Resolution<'_, '_>, mention: usize) -> bool {
    let here = &resolution.mentions[mention];
    let singular = matches!(
        resolution.text.tokens[here.head as usize].tag.as_str(),
        "NN" | "NNP" | "PRP" | "PRP$"
    );
    match here.form {
        MentionForm::Pronoun => {
            !resolution.is_single(mention) && resolution.entity_type(mention) == "person"
        }
        MentionForm::Name => here.entity_type == "person",
        // A jury is several people, and no "he".
        MentionForm::Nominal => {
            singular
                && (here.entity_type == "person"
                    || here.entity_type == "group"
                        && number(resolution.text, resolution.pack, here) == Number::Singular)
        }
    }
}

fn person(
    resolution: &Resolution<'_, '_>,
    pronoun: usize,
    speaker: Option<usize>,
) -> Option<usize> {
    let here = &resolution.mentions[pronoun];
    let quoted = resolution.attributions.at(here.head as usize).quoted;
    let fits = |m: usize| {
        is_person(resolution, m)
            && resolution.may_join(pronoun, m)
            && speaker.is_none_or(|s| resolution.chain_number(s) != resolution.chain_number(m))
            && (quoted || !resolution.attributions.at(resolution.mentions[m].head as usize).quoted)
            && !bound_apart(resolution, pronoun, m)
            && !said_by(resolution, pronoun, m)
    };
    let told_of = |m: usize| fits(m) && !is_source(resolution, pronoun, m);
    search(resolution, pronoun, PERSON_WINDOW, told_of)
        .or_else(|| search(resolution, pronoun, PERSON_WINDOW, fits))
}

/// Whether a mention is somebody who only says what the pronoun is part of: in "an officer said he
/// was shot near his home" it is rarely the officer who was shot. Whoever is named may tell of himself.
fn is_source(resolution: &Resolution<'_, '_>, pronoun: usize, mention: usize) -> bool {
    let text = resolution.text;
    let here = &resolution.mentions[mention];
    let head = here.head as usize;
    let Some(verb) = text.head(head) else { return false };
    let pronoun = resolution.mentions[pronoun].head as usize;
    // "The office said they are suspected": not the office.
    let undergoes = text.tokens[pronoun].dep == Dep::NsubjPass;
    let definite = text
        .children_by(head, &[Dep::Det, Dep::Poss])
        .any(|d| !matches!(text.tokens[d].lower.as_str(), "a" | "an" | "one" | "another"));
    here.form == MentionForm::Nominal
        && (!definite || undergoes && here.entity_type != "person")
        && text.tokens[head].dep == Dep::Nsubj
        && resolution.pack.frames.lists.speech.contains(&text.tokens[verb].lemma)
        && text
            .ancestry(pronoun)
            .skip(1)
            .any(|t| text.tokens[t].dep == Dep::Ccomp && text.tokens[t].head as usize == verb)
}

/// Whether a mention stands in what a pronoun is the speaker of: in "X launched the war, he
/// said", "he" is not X.
fn said_by(resolution: &Resolution<'_, '_>, pronoun: usize, mention: usize) -> bool {
    let speaker = resolution.mentions[pronoun].head;
    let head = resolution.mentions[mention].head as usize;
    resolution.attributions.at(head).speaker == Some(speaker)
}

fn several(
    resolution: &Resolution<'_, '_>,
    pronoun: usize,
    speaker: Option<usize>,
) -> Option<usize> {
    let is_plural = |m: usize| {
        let head = resolution.mentions[m].head as usize;
        matches!(resolution.text.tokens[head].tag.as_str(), "NNS" | "NNPS")
    };
    let fits = |m: usize| {
        let mention = &resolution.mentions[m];
        // "They" once more is whom "they" were before.
        let again = mention.form == MentionForm::Pronoun
            && !resolution.is_single(m)
            && is_several(&resolution.text.tokens[mention.head as usize].lower);
        let plural = is_plural(m) || again;
        let body = matches!(
            resolution.entity_type(m).as_str(),
            "threat_actor" | "agency" | "organization" | "group"
        );
        (mention.form != MentionForm::Pronoun || again)
            && (plural
                && matches!(
                    mention.entity_type.as_str(),
                    "group" | "country" | "agency" | "threat_actor" | "organization"
                )
                || body
                    && (is_subject(resolution, m))
                    && !matches!(mention.entity_type.as_str(), "person"))
            && resolution.may_join(pronoun, m)
            && speaker.is_none_or(|s| resolution.chain_number(s) != resolution.chain_number(m))
            && !bound_apart(resolution, pronoun, m)
            && !is_captor(resolution, pronoun, m)
    };
    if let Some(accused) = accused(resolution, pronoun, &fits) {
        return Some(accused);
    }
    let told_of = |m: usize| fits(m) && !is_source(resolution, pronoun, m);
    let found =
        search(resolution, pronoun, 1, told_of).or_else(|| search(resolution, pronoun, 1, fits))?;
    // A body as the subject, and people in the plural after it: either may be meant.
    let people_between = || {
        let sentence = resolution.sentence(found);
        let after = resolution.before_in(sentence, pronoun).iter().filter(|m| **m > found);
        after.copied().any(|m| is_plural(m) && fits(m))
    };
    (is_plural(found) || !people_between()).then_some(found)
}

/// Whether a mention is who arrested or accused somebody, where it is told of the pronoun that they were
/// held or accused: in "Police arrested two men. They were charged" it is not the police.
fn is_captor(resolution: &Resolution<'_, '_>, pronoun: usize, mention: usize) -> bool {
    let text = resolution.text;
    let accusing = &resolution.pack.frames.lists.accusing;
    let over = |m: usize, dep: Dep| {
        let head = resolution.mentions[m].head as usize;
        let verb = text.head(head).filter(|_| text.tokens[head].dep == dep);
        verb.filter(|verb| accusing.contains(&text.tokens[*verb].lemma))
    };
    over(pronoun, Dep::NsubjPass).is_some()
        && over(mention, Dep::Nsubj)
            .is_some_and(|verb| text.children_by(verb, &[Dep::Dobj]).next().is_some())
}

/// Whom somebody accuses, of what "they" are said to have done: `police held the men on suspicion
/// that they had planned an attack`.
fn accused(
    resolution: &Resolution<'_, '_>,
    pronoun: usize,
    fits: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let text = resolution.text;
    let head = resolution.mentions[pronoun].head as usize;
    if text.tokens[head].dep != Dep::Nsubj {
        return None;
    }
    let accusing = &resolution.pack.frames.lists.accusing;
    let over = text.ancestry(head).skip(2).take(ACCUSED_REACH);
    let verbs = over.filter(|t| accusing.contains(&text.tokens[*t].lemma));
    let mut objects = verbs.flat_map(|verb| {
        let own = text.children_by(verb, &[Dep::Dobj, Dep::NsubjPass]).collect::<Vec<_>>();
        // `men arrested on suspicion that they ...`
        let noun = text.head(verb).filter(|_| text.tokens[verb].dep == Dep::Acl);
        own.into_iter().chain(noun)
    });
    objects.find_map(|object| {
        let mention = resolution.mention_covering(object)?;
        let before = resolution.mentions[mention].tokens.end <= head as u32;
        (before && fits(mention)).then_some(mention)
    })
}

/// How far above a pronoun a verb of accusing may stand.
const ACCUSED_REACH: usize = 6;

/// The antecedent nearest before: the subject of the pronoun's own sentence, else the only one
/// in it that fits, else the same in the sentences before.
fn search(
    resolution: &Resolution<'_, '_>,
    pronoun: usize,
    window: usize,
    fits: impl Fn(usize) -> bool,
) -> Option<usize> {
    let here = resolution.sentence(pronoun);
    let start = resolution.mentions[pronoun].tokens.start;
    for back in 0..=window {
        let sentence = here.checked_sub(back)?;
        let before = resolution.before_in(sentence, pronoun).iter().copied();
        let fitting: Vec<usize> =
            before.filter(|m| resolution.mentions[*m].tokens.end <= start && fits(*m)).collect();
        let Some(first) = fitting.first().copied() else { continue };
        if let Some(subject) = fitting.iter().rev().copied().find(|m| is_subject(resolution, *m)) {
            return Some(subject);
        }
        let chain = resolution.chain_number(first);
        let one = fitting.iter().all(|m| resolution.chain_number(*m) == chain);
        return one.then_some(first);
    }
    None
}

/// What `it` and `its` stand for: the subject of the clause, or of the sentence before, if that
/// is a mention of a body, a country or a thing.
fn thing(resolution: &Resolution<'_, '_>, pronoun: usize) -> Option<usize> {
    let text = resolution.text;
    let head = resolution.mentions[pronoun].head as usize;
    let fits = |token: usize| {
        // A subject that is no mention is what the pronoun stands for, and no entity.
        let mention = resolution.mention_covering(token)?;
        let here = &resolution.mentions[mention];
        let resolved_type = resolution.entity_type(mention);
        let singular = !matches!(text.tokens[here.head as usize].tag.as_str(), "NNS" | "NNPS");
        let kind = matches!(
            resolved_type.as_str(),
            "agency"
                | "organization"
                | "threat_actor"
                | "country"
                | "equipment"
                | "facility"
                | "place"
        ) || resolved_type == "group"
            && here.form == MentionForm::Nominal
            && number(text, resolution.pack, here) == Number::Either;
        let pronoun_alone = here.form == MentionForm::Pronoun && resolution.is_single(mention);
        (singular
            && kind
            && !pronoun_alone
            && !is_value(here)
            && resolution.may_join(pronoun, mention))
        .then_some(mention)
    };
    // The subjects of the clauses around the pronoun, from the inside out.
    let subject_before =
        |verb: usize| text.children_by(verb, &[Dep::Nsubj, Dep::NsubjPass]).find(|s| *s < head);
    // `The body opened an inquiry, its director said`: what is said comes first.
    let said_before = |verb: usize| text.children_by(verb, &[Dep::Ccomp]).rfind(|c| *c < head);
    for token in text.ancestry(head).skip(1) {
        if !matches!(text.tokens[token].pos, Pos::Verb | Pos::Aux) {
            continue;
        }
        if let Some(subject) = said_before(token).and_then(subject_before)
            && subject_before(token).is_none()
            && let Some(mention) = fits(subject)
        {
            return Some(mention);
        }
        if let Some(subject) = subject_before(token) {
            let object = matches!(text.tokens[head].dep, Dep::Dobj | Dep::Dative)
                && text.tokens[head].head as usize == token;
            if object {
                continue;
            }
            // "The man left a bag there, but it was empty": nobody is `it`, so the object is.
            let object = || text.children_by(token, &[Dep::Dobj]).find(|o| *o < head);
            let is_somebody = resolution
                .mention_covering(subject)
                .is_some_and(|m| matches!(resolution.entity_type(m).as_str(), "person" | "group"));
            return fits(subject).or_else(|| object().filter(|_| is_somebody).and_then(fits));
        }
    }
    let sentence = resolution.sentence(pronoun).checked_sub(1)?;
    let before = text.sentences.get(sentence)?;
    let same_block = before.block == text.sentences[sentence + 1].block;
    let root = before
        .tokens
        .range()
        .find(|t| text.head(*t).is_none() && text.tokens[*t].pos != Pos::Space)?;
    let subject = text.children_by(root, &[Dep::Nsubj, Dep::NsubjPass]).next()?;
    fits(subject).filter(|_| same_block || is_subject(resolution, pronoun))
}
