//! Mentions to coreference chains: which mentions of one document refer to the same thing.
//! Precision-ordered sieves (Raghunathan et al. 2010), a sieve per file.

use smol_str::SmolStr;

use crate::ontology::EntityType;
use crate::span::{MentionId, RuleId};

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
