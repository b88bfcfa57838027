//! Who was hit, as far as no name tells: how many, called what, told of for the first time or again.

use smol_str::SmolStr;

use crate::extraction::IncidentMention;
use crate::extraction::event::number_at;
use crate::mention::{Mention, MentionForm};
use crate::ontology::Role;
use crate::order;
use crate::text::Dep;

use super::things::Things;

/// People or things by what they are called and how many they are: "three women", "the bakery".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Described {
    /// The lemma of the noun.
    noun: SmolStr,
    /// Whose or of what it is, where it is a thing and the text says so behind it: "the home of a judge".
    owner: Option<SmolStr>,
    /// How many, as bits of the number; `None` for a plural that is not counted.
    number: Option<u64>,
    /// Whether they are people.
    pub(super) person: bool,
    /// Whether the noun says no more than that they are people.
    plain: bool,
    /// Whether the noun says that they fight or did the deed: "gunmen", "the attackers".
    pub(super) hostile: bool,
    /// Whether the words say that nobody told of them before: "a friend of X".
    pub(super) new: bool,
    /// Whether the words say that they are not those told of before: "another friend".
    pub(super) another: bool,
    /// Whether the words speak of them as known: "the mayor", "his shop".
    pub(super) definite: bool,
}

/// Those without a name whom an incident hit.
pub(super) fn described(
    incident: &IncidentMention,
    roles: &[Role],
    things: &Things<'_, '_>,
) -> Vec<Described> {
    let hit = incident.arguments.iter().filter(|(role, _)| roles.contains(role));
    let mut found: Vec<Described> = hit
        .map(|(_, mention)| &things.mentions[mention.index()])
        .filter(|mention| mention.form == MentionForm::Nominal)
        .filter_map(|mention| describe(mention, things))
        .collect();
    order::by(&mut found, |a, b| (&a.noun, a.number).cmp(&(&b.noun, b.number)));
    found.dedup();
    found
}

fn describe(mention: &Mention, things: &Things<'_, '_>) -> Option<Described> {
    let head = mention.head as usize;
    let token = things.text.tokens.get(head)?;
    let noun = token.lemma.clone();
    let plural = token.tag.as_str() == "NNS";
    let number = number_at(things.text, things.index, head).map(|quantity| quantity.value);
    // "A pair" are two.
    let counted = || things.pack.usage.counted_people.get(&noun).map(|n| f64::from(*n));
    let number = number.or_else(counted).or_else(|| (!plural).then_some(1.0)).map(f64::to_bits);
    let lists = &things.pack.frames.lists;
    let articles = || {
        let before = things.text.children_by(head, &[Dep::Det, Dep::Poss]);
        before.map(|t| things.text.tokens[t].lower.as_str())
    };
    let weapon = mention.entity_type == "weapon";
    Some(Described {
        number,
        person: matches!(mention.entity_type.as_str(), "person" | "group"),
        plain: things.pack.usage.plain_people.contains(&noun),
        hostile: weapon
            || matches!(mention.subtype.as_deref(), Some("combatants"))
            || lists.doers.contains(&noun)
            || things.pack.usage.deed_people.contains(&noun),
        new: articles().any(|word| matches!(word, "a" | "an" | "another")),
        another: articles().any(|word| word == "another"),
        definite: articles().any(|word| !matches!(word, "a" | "an" | "another" | "some" | "no")),
        owner: owner_of(mention, things),
        noun,
    })
}

/// The noun behind "of" of a thing.
pub(super) fn owner_of(mention: &Mention, things: &Things<'_, '_>) -> Option<SmolStr> {
    let text = things.text;
    if matches!(mention.entity_type.as_str(), "person" | "group") {
        return None;
    }
    let preps = text.children_by(mention.head as usize, &[Dep::Prep]);
    let mut owners = preps
        .filter(|prep| text.tokens[*prep].lower == "of")
        .flat_map(|prep| text.children_by(prep, &[Dep::Pobj]));
    owners.next().map(|owner| text.tokens[owner].lemma.clone())
}

/// Whether two tellings describe someone alike, and nothing counts them as different. Who is only
/// called "people" is told from nobody, unless the text counts them.
pub(super) fn alike(a: &[Described], b: &[Described]) -> bool {
    let same = |x: &Described, y: &Described| {
        x.person
            && y.person
            && x.noun == y.noun
            && match (x.number, y.number) {
                (Some(n), Some(m)) => n == m && !(x.plain && n == 1.0_f64.to_bits()),
                _ => !x.plain,
            }
    };
    a.iter().any(|x| b.iter().any(|y| same(x, y)))
}

/// How many people, at least and at most; a plural that is not counted is two or more.
pub(super) fn people(all: &[Described]) -> (f64, f64) {
    number(all, true)
}

/// Whether those of the one are so many that those of the other cannot be the same: "a bomb", "three
/// bombs".
pub(super) fn numbers_differ(a: &[Described], b: &[Described], person: bool) -> bool {
    let ((few, many), (least, most)) = (number(a, person), number(b, person));
    many > 0.0 && most > 0.0 && (many < least || most < few)
}

/// Whether each speaks of one as known, and of another: "the judge", "the senator"; or each brings up
/// one, and another: "a depot", "a railway car".
pub(super) fn told_apart(a: &[Described], b: &[Described]) -> bool {
    let same = |x: &Described, y: &Described| {
        let owners = x.owner.as_ref().zip(y.owner.as_ref());
        x.noun == y.noun && owners.is_none_or(|(x, y)| x == y)
    };
    let apart = |told: &dyn Fn(&Described) -> bool| {
        let first: Vec<&Described> = a.iter().filter(|d| told(d)).collect();
        let mut later = b.iter().filter(|d| told(d)).peekable();
        !first.is_empty()
            && later.peek().is_some()
            && later.all(|y| !first.iter().any(|x| same(x, y)))
    };
    // "The victims", "the men" may be anybody told of before.
    apart(&|d| d.definite && (!d.person || d.number == Some(1.0_f64.to_bits())))
        || apart(&|d| d.new && !d.plain)
}

fn number(all: &[Described], person: bool) -> (f64, f64) {
    let each = all.iter().filter(|d| d.person == person).map(|d| match d.number {
        Some(number) => (f64::from_bits(number), f64::from_bits(number)),
        None => (2.0, f64::INFINITY),
    });
    each.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Whether two tellings describe what was hit, and no two of their nouns are the same.
pub(super) fn differ(a: &[Described], b: &[Described], person: bool) -> bool {
    let nouns = |all: &[Described]| -> Vec<SmolStr> {
        all.iter().filter(|d| d.person == person).map(|d| d.noun.clone()).collect()
    };
    let (a, b) = (nouns(a), nouns(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|noun| b.contains(noun))
}
