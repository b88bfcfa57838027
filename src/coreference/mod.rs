//! Mentions to coreference chains: which mentions of one document refer to the same thing.
//! Precision-ordered sieves (Raghunathan et al. 2010), a sieve per file.

mod acronym;
mod agreement;
mod apposition;
mod binding;
mod chain;
mod country_body;
mod definite;
mod described;
mod headline;
mod name;
mod person_name;
mod predicate;
mod pronoun;
mod resolution;
mod role;
mod speaker_body;
mod weapon;

use smol_str::SmolStr;

use crate::attribution::Attributions;
use crate::mention::Mention;
use crate::ontology::EntityType;
use crate::pack::Pack;
use crate::span::{MentionId, RuleId};
use crate::text::AnnotatedText;
use resolution::Resolution;

/// All mentions of one thing in one document. Every mention is in exactly one chain.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreferenceChain {
    /// The mentions, in text order; never empty.
    pub mentions: Vec<MentionId>,
    /// The mention whose text names it best: the fullest name, else the first nominal.
    pub representative: MentionId,
    /// Type of what the chain refers to.
    pub entity_type: EntityType,
    /// A finer type, where one is known.
    pub subtype: Option<SmolStr>,
    /// The gazetteer entry it refers to, where one is certain.
    pub entry: Option<SmolStr>,
    /// Why each mention after the first is in the chain: the sieve that added it and the mention
    /// it was joined to. As long as `mentions`; the first is `None`.
    pub links: Vec<Option<CoreferenceLink>>,
}

/// Why a mention is in its chain.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreferenceLink {
    /// The mention it was joined to.
    pub antecedent: MentionId,
    /// The sieve that joined them.
    pub sieve: RuleId,
}

/// One way of telling that two mentions refer to the same thing. Sieves run in a fixed order, the
/// most certain first; each sees the chains that those before it made.
trait CoreferenceSieve {
    /// Joins mentions.
    fn apply(&self, resolution: &mut Resolution<'_, '_>);
}

/// The chains of a document, ordered by their first mentions; every mention is in exactly one.
/// `mentions` must be those of `text`, each with its index as its id.
#[must_use]
pub fn resolve(
    text: &AnnotatedText<'_>,
    mentions: &[Mention],
    attributions: &Attributions,
    pack: &Pack,
) -> Vec<CoreferenceChain> {
    let sieves: [&dyn CoreferenceSieve; 20] = [
        &name::SameEntry,
        &name::SameName,
        &name::MistakenDigit,
        &acronym::Acronym,
        &person_name::PersonName,
        &apposition::Apposition,
        &predicate::PredicateNominative,
        &predicate::NameGiven,
        &role::Role,
        &headline::Headline,
        &definite::DefiniteNominal,
        &definite::SameNominal,
        &definite::SameHead,
        &weapon::SameWeapon,
        &described::DescribedPeople,
        &weapon::ExplodingIt,
        &pronoun::Pronoun,
        &predicate::NameGivenToPronoun,
        // Again, as pronouns tell whose office and whose body is meant.
        &role::Role,
        &speaker_body::SpeakersBody,
    ];
    let mut resolution = Resolution::new(text, mentions, attributions, pack);
    for sieve in sieves {
        sieve.apply(&mut resolution);
    }
    resolution.into_chains()
}
