//! Chains of all documents to entities: one node for everything that is named, whatever it is
//! called.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::facts::{ChainFacts, chains};
use super::names::{deconfused, folded, initials, is_acronym, slug};
use super::same_as::SameAs;
use super::sets::DisjointSets;
use crate::extraction::DocumentAnalysis;
use crate::ontology::EntityType;
use crate::pack::Pack;
use crate::span::{EntityId, MentionId};

/// Something that the documents tell of and that is no incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Identifier of its node.
    pub id: EntityId,
    /// Its fullest common name.
    pub label: String,
    /// Type.
    pub entity_type: EntityType,
    /// A finer type.
    pub subtype: Option<SmolStr>,
    /// Gazetteer entry.
    pub entry: Option<SmolStr>,
    /// Every name but the label, with how often it was used, most frequent first.
    pub aliases: Vec<(String, usize)>,
    /// How often it is mentioned.
    pub mentions: usize,
    /// Where: document, chain, mentions.
    pub chains: Vec<(usize, usize, Vec<MentionId>)>,
    /// Why names were joined in it.
    pub merges: Vec<String>,
    /// How sure its detectors were, the best of them.
    pub confidence: f32,
}

/// The entities of a set of documents.
#[derive(Clone, Debug, Default)]
pub struct EntityTable {
    /// The entities, ordered by id.
    pub entities: Vec<Entity>,
    by_chain: FxHashMap<(usize, usize), usize>,
    by_id: FxHashMap<EntityId, usize>,
}

impl EntityTable {
    /// The entity to which a chain of a document refers.
    #[must_use]
    pub fn of_chain(&self, document: usize, chain: usize) -> Option<usize> {
        self.by_chain.get(&(document, chain)).copied()
    }

    /// The entity to which a mention of a document refers.
    #[must_use]
    pub fn of_mention(
        &self,
        document: usize,
        analysis: &DocumentAnalysis,
        mention: MentionId,
    ) -> Option<usize> {
        let mention = analysis.mentions.get(mention.index())?;
        self.of_chain(document, mention.chain)
    }

    /// The entity with this id.
    #[must_use]
    pub fn with_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Adds an entity that no document names, or gives the one with that id.
    pub(super) fn ensure(&mut self, entity: Entity) -> usize {
        if let Some(index) = self.by_id.get(&entity.id) {
            return *index;
        }
        self.by_id.insert(entity.id.clone(), self.entities.len());
        self.entities.push(entity);
        self.entities.len() - 1
    }

    /// Links the chains of documents sorted by id.
    ///
    /// Evidence in order of precision: gazetteer entry; equal folded names; acronym and expansion
    /// inside one chain; a person's name that extends another; a surname with one bearer; names a
    /// letter or a confusable digit apart that keep the same company. What the analyst forbids
    /// is never joined, what the analyst forces always is.
    #[must_use]
    pub fn link(analyses: &[DocumentAnalysis], pack: &Pack, same_as: &SameAs) -> Self {
        let facts: Vec<ChainFacts> = analyses
            .iter()
            .enumerate()
            .flat_map(|(i, analysis)| chains(i, analysis, &pack.ontology))
            .collect();
        let mut linker = Linker::new(&facts, pack, same_as);
        linker.by_entry();
        linker.by_name();
        linker.by_description();
        linker.by_initials();
        linker.by_longer_person_name();
        linker.by_surname();
        linker.by_likeness();
        linker.by_office(analyses);
        linker.forced();
        linker.finish()
    }
}

/// Types between which a name may be shared by one entity.
fn class(entity_type: &str) -> u8 {
    match entity_type {
        "person" => 0,
        "agency" | "organization" | "threat_actor" => 1,
        "group" => 2,
        "country" | "place" => 3,
        "facility" => 4,
        "equipment" => 5,
        "threat" => 6,
        _ => 7,
    }
}

struct Linker<'a> {
    facts: &'a [ChainFacts],
    folded: Vec<Vec<String>>,
    sets: DisjointSets,
    reasons: Vec<(usize, String)>,
    pack: &'a Pack,
    same_as: &'a SameAs,
}

/// What a set of chains has come to be while it is linked.
#[derive(Debug, Default)]
struct Cluster {
    members: Vec<usize>,
    names: Vec<String>,
    entry: Option<SmolStr>,
    documents: FxHashSet<usize>,
}

impl<'a> Linker<'a> {
    fn new(facts: &'a [ChainFacts], pack: &'a Pack, same_as: &'a SameAs) -> Self {
        let folded = facts.iter().map(ChainFacts::folded_names).collect();
        let sets = DisjointSets::new(facts.len());
        Self { facts, folded, sets, reasons: Vec::new(), pack, same_as }
    }

    /// Joins the sets of two chains unless the analyst forbids it or their entries differ.
    fn join(&mut self, a: usize, b: usize, reason: impl FnOnce() -> String) {
        if self.sets.find(a) == self.sets.find(b) || self.forbidden(a, b) {
            return;
        }
        self.sets.union(a, b);
        let reason = reason();
        if !reason.is_empty() {
            self.reasons.push((a, reason));
        }
    }

    fn forbidden(&self, a: usize, b: usize) -> bool {
        let entries = (&self.facts[a].entry, &self.facts[b].entry);
        if let (Some(x), Some(y)) = entries
            && x != y
        {
            return true;
        }
        self.same_as.forbids_any()
            && self.facts[a]
                .names
                .keys()
                .any(|x| self.facts[b].names.keys().any(|y| self.same_as.forbids(x, y)))
    }

    fn by_entry(&mut self) {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (i, fact) in self.facts.iter().enumerate() {
            if let Some(entry) = &fact.entry {
                let other = *first.entry(entry).or_insert(i);
                self.join(other, i, String::new);
            }
        }
    }

    /// The clusters as they stand, by their representative, in order of it.
    fn clusters(&mut self) -> IndexMap<usize, Cluster> {
        let mut clusters: IndexMap<usize, Cluster> = IndexMap::new();
        for (i, fact) in self.facts.iter().enumerate() {
            let cluster = clusters.entry(self.sets.find(i)).or_default();
            cluster.members.push(i);
            cluster.entry = cluster.entry.take().or_else(|| fact.entry.clone());
            cluster.documents.insert(fact.document);
            cluster.names.extend(self.folded[i].iter().cloned());
        }
        for cluster in clusters.values_mut() {
            cluster.names.sort_unstable();
            cluster.names.dedup();
        }
        clusters
    }

    /// Chains that share a folded name of their class. A name that two gazetteer entries use in
    /// these documents is ambiguous and joins nothing; one word is no full name of a person.
    fn by_name(&mut self) {
        let mut holders: FxHashMap<(u8, &str), Vec<usize>> = FxHashMap::default();
        let folded = std::mem::take(&mut self.folded);
        for (i, names) in folded.iter().enumerate() {
            let class = class(self.facts[i].entity_type.as_str());
            for name in names {
                let lone_name = class == 0 && !name.contains(' ') && self.facts[i].entry.is_none();
                let has_full_name = names.iter().any(|n| n.contains(' '));
                if !(lone_name && has_full_name) && (class != 0 || name.contains(' ')) {
                    holders.entry((class, name)).or_default().push(i);
                }
            }
        }
        let mut keys: Vec<_> = holders.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            let holders = &holders[&key];
            let entries: FxHashSet<&SmolStr> =
                holders.iter().filter_map(|i| self.facts[*i].entry.as_ref()).collect();
            if entries.len() > 1 {
                continue;
            }
            for pair in holders.windows(2) {
                self.join(pair[0], pair[1], String::new);
            }
        }
        self.folded = folded;
    }

    /// Threats and kinds of equipment are their words: equal descriptions are one node. People
    /// described by a nationality or an affiliation ("Russian diplomats") are one set as well;
    /// "gunmen" of two documents are not.
    fn by_description(&mut self) {
        let mut first: FxHashMap<(u8, String), usize> = FxHashMap::default();
        for (i, fact) in self.facts.iter().enumerate() {
            if fact.entry.is_some() || !fact.names.is_empty() {
                continue;
            }
            let class = class(fact.entity_type.as_str());
            for description in fact.descriptions.keys() {
                let telling = match class {
                    5 | 6 => true,
                    2 => names_someone(description),
                    _ => false,
                };
                if telling {
                    let key = (class, folded(description));
                    let other = *first.entry(key).or_insert(i);
                    self.join(other, i, String::new);
                }
            }
        }
    }

    /// A chain known by an acronym alone, and the one body in these documents whose name has
    /// those initials.
    fn by_initials(&mut self) {
        let clusters = self.clusters();
        let mut expansions: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            if class(self.facts[*root].entity_type.as_str()) != 1 {
                continue;
            }
            let mut keys: Vec<String> = cluster
                .members
                .iter()
                .flat_map(|m| self.facts[*m].names.keys())
                .filter(|name| name.contains(' '))
                .map(|name| initials(name))
                .filter(|key| key.len() >= 3)
                .collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                expansions.entry(key).or_default().push(*root);
            }
        }
        for (root, cluster) in &clusters {
            let fact = &self.facts[*root];
            let acronym = cluster.names.len() == 1
                && cluster.entry.is_none()
                && fact.names.keys().next().is_some_and(|name| is_acronym(name));
            if class(fact.entity_type.as_str()) != 1 || !acronym {
                continue;
            }
            if let Some([expansion]) = expansions.get(&cluster.names[0]).map(Vec::as_slice)
                && expansion != root
            {
                let (short, long) = (&cluster.names[0], *expansion);
                let long_name = self.facts[long].names.keys().next().cloned().unwrap_or_default();
                let reason = format!(
                    "{:?} has the initials of {long_name:?}, the only such body in these documents",
                    short.to_uppercase()
                );
                self.join(long, *root, || reason);
            }
        }
    }

    /// "Ken McCallum" and "Kenneth McCallum", "Luis Isaacs" and "Luis Arturo Isaacs": the same
    /// last word, and the first names of one are found in the other, whole or shortened. Only
    /// where one longer name fits.
    fn by_longer_person_name(&mut self) {
        let clusters = self.clusters();
        let people: Vec<(usize, &Cluster)> = clusters
            .iter()
            .filter(|(root, _)| self.facts[**root].entity_type == "person")
            .map(|(root, cluster)| (*root, cluster))
            .collect();
        let mut by_surname: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
        for (root, cluster) in &people {
            for name in &cluster.names {
                if let Some((_, surname)) = name.rsplit_once(' ') {
                    by_surname.entry(surname).or_default().push((*root, name));
                }
            }
        }
        for (root, cluster) in &people {
            for name in cluster.names.iter().filter(|n| n.contains(' ')) {
                let surname = name.rsplit_once(' ').map_or("", |(_, s)| s);
                let mut fitting: Vec<(usize, &str)> = by_surname
                    .get(surname)
                    .into_iter()
                    .flatten()
                    .filter(|(other, longer)| other != root && extends_name(longer, name))
                    .copied()
                    .collect();
                fitting.dedup_by_key(|f| f.0);
                if let [(other, longer)] = fitting.as_slice() {
                    let reason = format!(
                        "{name:?} shortens {longer:?}, the only such name in these documents"
                    );
                    self.join(*other, *root, || reason);
                }
            }
        }
    }

    /// A person known by one word, and the one person in these documents who bears it last.
    fn by_surname(&mut self) {
        let clusters = self.clusters();
        let mut bearers: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let is_person = |root: usize| self.facts[root].entity_type == "person";
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            let mut surnames: Vec<&str> = cluster
                .names
                .iter()
                .filter_map(|name| name.rsplit_once(' ').map(|(_, surname)| surname))
                .collect();
            surnames.sort_unstable();
            surnames.dedup();
            for surname in surnames {
                bearers.entry(surname).or_default().push(*root);
            }
        }
        let mut joins = Vec::new();
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            if let [name] = cluster.names.as_slice()
                && !name.contains(' ')
            {
                match bearers.get(name.as_str()).map(Vec::as_slice) {
                    Some([bearer]) => joins.push((*bearer, *root, Some(name.clone()))),
                    Some(_) => {}
                    None => joins.extend(cluster.members.iter().map(|m| (*root, *m, None))),
                }
            }
        }
        // Chains of one word that nobody bears as a surname: equal words are one person.
        let mut lone: FxHashMap<&str, usize> = FxHashMap::default();
        for (root, cluster) in clusters.iter().filter(|(root, _)| is_person(**root)) {
            if let [name] = cluster.names.as_slice()
                && !name.contains(' ')
                && !bearers.contains_key(name.as_str())
            {
                let first = *lone.entry(name).or_insert(*root);
                joins.push((first, *root, None));
            }
        }
        for (a, b, surname) in joins {
            self.join(a, b, || {
                surname.map_or_else(String::new, |surname| {
                    format!("one person in these documents bears the surname {surname:?}")
                })
            });
        }
    }

    /// Misspelt and misread names: a letter apart or a digit for a letter, of one class, keeping
    /// company with an entity that the right name keeps company with.
    fn by_likeness(&mut self) {
        let clusters = self.clusters();
        let mut entities_of: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            for document in &cluster.documents {
                entities_of.entry(*document).or_default().insert(*root);
            }
        }
        // Candidates share the skeleton of a name or, for one letter apart, its ends.
        let mut blocks: FxHashMap<(u8, String), Vec<(usize, &str)>> = FxHashMap::default();
        for (root, cluster) in &clusters {
            let class = class(self.facts[*root].entity_type.as_str());
            if !matches!(class, 0 | 1 | 3) {
                continue;
            }
            for name in &cluster.names {
                let mut keys = vec![deconfused(name)];
                if name.chars().count() >= 6 {
                    let half = name.char_indices().nth(name.chars().count() / 2).map_or(0, |x| x.0);
                    keys.push(format!("<{}", &name[..half]));
                    keys.push(format!(">{}", &name[half..]));
                }
                for key in keys {
                    blocks.entry((class, key)).or_default().push((*root, name));
                }
            }
        }
        let mut keys: Vec<_> = blocks.keys().cloned().collect();
        keys.sort_unstable();
        let mut joins = Vec::new();
        for key in keys {
            let block = &blocks[&key];
            // A block of this many names is a common word, no name misread.
            if block.len() > 50 {
                continue;
            }
            for (i, (a, name_a)) in block.iter().enumerate() {
                for (b, name_b) in &block[i + 1..] {
                    if a == b || !alike(name_a, name_b) {
                        continue;
                    }
                    let (x, y) = (&clusters[a], &clusters[b]);
                    if x.entry.is_some() && y.entry.is_some() {
                        continue;
                    }
                    let shared = shared_company(x, y, &entities_of, *a, *b);
                    if shared {
                        joins.push((*a, *b, name_a.to_string(), name_b.to_string()));
                    }
                }
            }
        }
        for (a, b, x, y) in joins {
            self.join(a, b, || {
                format!("{x:?} and {y:?} are one letter apart and keep the same company")
            });
        }
    }

    /// A person known only by an office ("the head of MI5") and the one person who is named as
    /// its holder in these documents.
    fn by_office(&mut self, analyses: &[DocumentAnalysis]) {
        let mut of_chain: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for (i, fact) in self.facts.iter().enumerate() {
            of_chain.insert((fact.document, fact.chain), i);
        }
        // For each body its holders: the roots of people, with or without a name.
        let mut holders: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
        for (document, analysis) in analyses.iter().enumerate() {
            for relation in analysis.relations.iter().filter(|r| r.relation == "leads") {
                let fact = |id: MentionId| {
                    let chain = analysis.mentions.get(id.index())?.chain;
                    of_chain.get(&(document, chain)).copied()
                };
                if let (Some(person), Some(body)) = (fact(relation.subject), fact(relation.object))
                    && class(self.facts[body].entity_type.as_str()) == 1
                {
                    let (person, body) = (self.sets.find(person), self.sets.find(body));
                    holders.entry(body).or_default().push(person);
                }
            }
        }
        let clusters = self.clusters();
        // An office is no name, even where capitals make it look like one.
        let has_name = |root: usize| {
            clusters.get(&root).is_some_and(|c| {
                c.entry.is_some() || c.members.iter().any(|m| self.is_personal_name(*m))
            })
        };
        let mut joins = Vec::new();
        for (body, mut people) in holders {
            people.sort_unstable();
            people.dedup();
            let (named, unnamed): (Vec<usize>, Vec<usize>) =
                people.into_iter().partition(|p| has_name(*p));
            if let [holder] = named.as_slice() {
                joins.extend(unnamed.into_iter().map(|p| (*holder, p, body)));
            }
        }
        for (holder, person, body) in joins {
            let name = |i: usize| {
                let fact = &self.facts[i];
                fact.names
                    .keys()
                    .chain(fact.descriptions.keys())
                    .next()
                    .cloned()
                    .unwrap_or_default()
            };
            let (who, office) = (name(holder), name(person));
            let body = name(body);
            self.join(holder, person, || {
                format!("{office:?}: {who:?} is the only head of {body:?} in these documents")
            });
        }
    }

    /// Whether a chain is called by a name that is more than titles and the names of bodies.
    fn is_personal_name(&self, fact: usize) -> bool {
        self.facts[fact].entity_type == "person"
            && self.facts[fact].names.keys().any(|name| {
                let last = name.rsplit(' ').next().unwrap_or(name);
                let word = pack_word(last);
                self.pack.lexicons.titles.get([self.pack.vocabulary.id(&word)]).is_empty()
                    && last.chars().next().is_some_and(char::is_uppercase)
            })
    }

    fn forced(&mut self) {
        let pairs: Vec<(String, String)> =
            self.same_as.forced().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        for (a, b) in pairs {
            let bearers = |name: &str| -> Vec<usize> {
                (0..self.facts.len())
                    .filter(|i| self.folded[*i].iter().any(|n| n == name))
                    .collect()
            };
            let all = [bearers(&a), bearers(&b)].concat();
            for pair in all.windows(2) {
                // The analyst's word stands above the gazetteer's.
                if self.sets.union(pair[0], pair[1]) {
                    self.reasons.push((pair[0], format!("the analyst says that {a:?} is {b:?}")));
                }
            }
        }
    }

    fn finish(mut self) -> EntityTable {
        let clusters = self.clusters();
        let mut merges: FxHashMap<usize, Vec<String>> = FxHashMap::default();
        for (member, reason) in std::mem::take(&mut self.reasons) {
            merges.entry(self.sets.find(member)).or_default().push(reason);
        }
        let mut entities: Vec<Entity> = clusters
            .into_iter()
            .map(|(root, cluster)| {
                let mut merges = merges.remove(&root).unwrap_or_default();
                merges.sort_unstable();
                merges.dedup();
                self.entity(&cluster, merges)
            })
            .collect();
        make_unique(&mut entities);
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        let mut table = EntityTable::default();
        for (i, entity) in entities.iter().enumerate() {
            table.by_id.insert(entity.id.clone(), i);
            for (document, chain, _) in &entity.chains {
                table.by_chain.insert((*document, *chain), i);
            }
        }
        table.entities = entities;
        table
    }

    fn entity(&self, cluster: &Cluster, merges: Vec<String>) -> Entity {
        let facts: Vec<&ChainFacts> = cluster.members.iter().map(|m| &self.facts[*m]).collect();
        let mut names: IndexMap<&str, usize> = IndexMap::new();
        let mut descriptions: IndexMap<&str, usize> = IndexMap::new();
        for fact in &facts {
            for (name, count) in &fact.names {
                *names.entry(name).or_default() += count;
            }
            for (text, count) in &fact.descriptions {
                *descriptions.entry(text).or_default() += count;
            }
        }
        let entry = cluster.entry.as_ref().and_then(|id| self.pack.gazetteer.entry(id));
        let entity_type = entry.map_or_else(|| majority_type(&facts), |e| e.entity_type.clone());
        let threat = cluster.entry.as_ref().and_then(|id| self.pack.threats.get(id));
        let known = entry.map(|e| &e.name).or(threat.map(|t| &t.label));
        let label = known.map(ToString::to_string).unwrap_or_else(|| {
            if names.is_empty() { fullest(&descriptions) } else { fullest(&names) }
        });
        // Descriptions such as "the agency" are no names; they label what has none.
        let shown = if names.is_empty() { &descriptions } else { &names };
        let mut aliases: Vec<(String, usize)> = shown
            .iter()
            .filter(|(name, _)| **name != label)
            .map(|(name, count)| ((*name).to_owned(), *count))
            .collect();
        aliases.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let id = match cluster.entry.as_ref() {
            Some(entry) => EntityId::from(entry.as_str()),
            None => {
                let slug = slug(&label, 48);
                let slug = if slug.is_empty() { "unnamed".to_owned() } else { slug };
                EntityId::from(format!("{entity_type}:{slug}"))
            }
        };
        Entity {
            id,
            label,
            subtype: entry
                .and_then(|e| e.subtype.clone())
                .or_else(|| facts.iter().find_map(|f| f.subtype.clone())),
            entity_type,
            entry: cluster.entry.clone(),
            aliases,
            mentions: facts.iter().map(|f| f.mentions.len()).sum(),
            chains: facts.iter().map(|f| (f.document, f.chain, f.mentions.clone())).collect(),
            merges,
            confidence: facts.iter().map(|f| f.confidence).fold(0.0, f32::max),
        }
    }
}

/// Ids that two entities would share get a number, in order of first appearance.
fn make_unique(entities: &mut [Entity]) {
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order.sort_by_key(|i| entities[*i].chains.first().map(|c| (c.0, c.1)));
    let mut taken: FxHashSet<EntityId> = FxHashSet::default();
    // Gazetteer ids are never renumbered.
    taken.extend(entities.iter().filter(|e| e.entry.is_some()).map(|e| e.id.clone()));
    for i in order {
        if entities[i].entry.is_some() {
            continue;
        }
        let base = entities[i].id.clone();
        let mut n = 1;
        while !taken.insert(entities[i].id.clone()) {
            n += 1;
            entities[i].id = EntityId::from(format!("{base}-{n}"));
        }
    }
}

fn majority_type(facts: &[&ChainFacts]) -> EntityType {
    let mut votes: IndexMap<&EntityType, usize> = IndexMap::new();
    for fact in facts {
        *votes.entry(&fact.entity_type).or_default() += fact.mentions.len();
    }
    votes
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))
        .map(|(t, _)| t.clone())
        .unwrap_or_default()
}

/// The fullest common name: of the names used at least a fifth as often as the commonest one,
/// the one with the most words, then the most frequent, then the longest.
fn fullest(names: &IndexMap<&str, usize>) -> String {
    let most = names.values().copied().max().unwrap_or(0);
    names
        .iter()
        .filter(|(_, count)| **count * 5 >= most)
        .max_by_key(|(name, count)| {
            let words = name.split(' ').count().min(6);
            (words, **count, name.len(), std::cmp::Reverse(**name))
        })
        .map(|(name, _)| (*name).to_owned())
        .unwrap_or_default()
}

/// Whether a description holds a capitalised word after its first: "suspected Russian spies".
fn names_someone(description: &str) -> bool {
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let words: Vec<&str> = description.split(' ').collect();
    words.len() > 1
        && words.iter().any(|w| capital(w))
        && !words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()))
}

/// Whether folded name `longer` says more than `shorter` and contradicts nothing of it: equal
/// last words, and every other word of the shorter is, in order, one of the longer or its
/// beginning of at least three letters.
fn extends_name(longer: &str, shorter: &str) -> bool {
    if longer.len() <= shorter.len() {
        return false;
    }
    let (long, short): (Vec<&str>, Vec<&str>) =
        (longer.split(' ').collect(), shorter.split(' ').collect());
    if long.last() != short.last() || short.len() < 2 || short.len() > long.len() {
        return false;
    }
    let mut rest = long[..long.len() - 1].iter();
    short[..short.len() - 1]
        .iter()
        .all(|word| rest.any(|other| other == word || (word.len() >= 3 && other.starts_with(word))))
}

/// Whether two folded names are one letter apart (from six letters on) or differ only by
/// characters that scanning confuses.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return false;
    }
    let digits = |s: &str| s.chars().any(|c| c.is_ascii_digit());
    // A number is part of the name: the 5th Corps is not the 6th. A digit for a letter is not.
    if deconfused(a) == deconfused(b) && digits(a) != digits(b) {
        return true;
    }
    if deconfused(a) == deconfused(b) {
        let strip = |s: &str| s.chars().filter(char::is_ascii_digit).count();
        return strip(a) != strip(b);
    }
    let shortest = a.chars().count().min(b.chars().count());
    shortest >= 6
        && !digits(a)
        && !digits(b)
        && a.split(' ').count() == b.split(' ').count()
        && strsim::osa_distance(a, b) == 1
        // A plural, and the ends that tell sisters from brothers, are no slips.
        && stem(a) != stem(b)
}

/// A word as the pack's vocabulary knows it.
fn pack_word(word: &str) -> SmolStr {
    crate::pack::fold_name(word).into_iter().next().unwrap_or_default()
}

/// A folded name without the endings that number and gender give.
fn stem(name: &str) -> &str {
    name.trim_end_matches('s').trim_end_matches(['a', 'o', 'e'])
}

/// Whether two clusters appear beside one third entity, in one document or in two.
fn shared_company(
    a: &Cluster,
    b: &Cluster,
    entities_of: &FxHashMap<usize, FxHashSet<usize>>,
    a_root: usize,
    b_root: usize,
) -> bool {
    let company = |cluster: &Cluster| -> FxHashSet<usize> {
        cluster
            .documents
            .iter()
            .filter_map(|d| entities_of.get(d))
            .flatten()
            .copied()
            .filter(|e| *e != a_root && *e != b_root)
            .collect()
    };
    let (x, y) = (company(a), company(b));
    let shared = x.intersection(&y).count();
    shared >= 2 && shared * 4 >= x.len().min(y.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_of_one_person() {
        assert!(extends_name("kenneth mccallum", "ken mccallum"));
        assert!(extends_name("luis arturo isaacs", "luis isaacs"));
        assert!(!extends_name("maria lopez", "mario lopez"));
        assert!(!extends_name("john smith", "jane smith"));
        assert!(!extends_name("anna lee", "lee"));
    }

    #[test]
    fn misread_names() {
        assert!(alike("m15", "mi5"));
        assert!(alike("mccallum", "mccalum"));
        assert!(!alike("5th corps", "6th corps"));
        assert!(!alike("iran", "iraq"));
        assert!(!alike("mario", "maria"));
        assert!(!alike("francisco", "francisca"), "a letter for a letter at the end");
    }
}
