//! What an incident is called: a label that a person reads, and the readable part of its id.

use super::Builder;
use crate::date::DateInterval;
use crate::graph::{IncidentAttributes, Node};
use crate::linking::{Entity, IncidentCluster, slug};
use crate::mention::Quantity;
use crate::ontology::{Role, Stage, Stance};
use crate::order;
use crate::pack::{ValueLexicon, ValueSense};

impl<'a> Builder<'a> {
    /// The participant in a part that most documents tell of, of equals the named before the
    /// described.
    fn in_role(&self, cluster: &IncidentCluster, roles: &[Role]) -> Option<&'a Entity> {
        let tellers = |entity: usize| -> usize {
            let mut documents: Vec<usize> = cluster
                .mentions
                .iter()
                .filter(|(document, n)| {
                    let analysis = &self.analyses[*document];
                    analysis.incidents[*n].arguments.iter().any(|argument| {
                        let entities = &self.linked.entities;
                        roles.contains(&argument.role)
                            && entities.of_mention(*document, analysis, argument.mention)
                                == Some(entity)
                    })
                })
                .map(|(document, _)| self.linked.sources.original(*document))
                .collect();
            order::unique(&mut documents);
            documents.len()
        };
        cluster
            .participants
            .iter()
            .filter(|(role, _)| roles.contains(role))
            .map(|(role, index)| (*role, *index, self.entity(*index)))
            .min_by_key(|(role, index, e)| {
                let place = roles.iter().position(|r| r == role);
                let described = (e.entry.is_none(), e.entity_type == "group");
                (std::cmp::Reverse(tellers(*index)), described, e.entity_type == "country", place)
            })
            .map(|(_, _, entity)| entity)
    }

    pub(super) fn incident_label(
        &self,
        cluster: &IncidentCluster,
        attributes: &IncidentAttributes,
        count: Option<&Quantity>,
    ) -> String {
        let info = self.pack.ontology.incident_types.get(cluster.incident_type.as_str());
        let noun = info.map_or(cluster.incident_type.as_str(), |info| info.label.as_str());
        let target = self.in_role(cluster, &[Role::Victim, Role::Target]);
        let mut label = String::new();
        match attributes.stance {
            Stance::Alleged => label.push_str("alleged "),
            Stance::Denied => label.push_str("denied "),
            _ => {}
        }
        if attributes.stage != Stage::Occurred {
            label.push_str(attributes.stage.as_str());
            label.push(' ');
        }
        // "expulsion of 23 diplomats", not "23 expulsions of 23 diplomats"; nor "at least 200 expulsions
        // of hundreds of citizens".
        let words = &self.pack.values;
        let first = |t: &Entity| t.label.split(' ').next().map(str::to_lowercase);
        let counted_target = target.is_some_and(|t| {
            let spelt = t.entry.is_none() && first(t).is_some_and(|w| begins_a_number(&w, words));
            spelt || t.label.chars().any(|c| c.is_ascii_digit())
        });
        match count.filter(|count| count.value != 1.0 && !counted_target) {
            Some(count) if is_vague(count) => {
                label.push_str(&format!("{} of {}", quantity_text(count, words), plural(noun)));
            }
            Some(count) => {
                label.push_str(&format!("{} {}", quantity_text(count, words), plural(noun)));
            }
            None => label.push_str(noun),
        }
        let place = self.in_role(cluster, &[Role::Place]);
        let doer = self.in_role(cluster, &[Role::Perpetrator, Role::Supporter]);
        if let Some(target) = target {
            let word = info.and_then(|info| info.preposition.as_deref()).unwrap_or("of");
            label.push_str(&format!(" {word} "));
            label.push_str(&shortened(&inside_a_phrase(target, &self.pack.values)));
        }
        if let Some(place) = place {
            label.push_str(" in ");
            label.push_str(&shortened(&place.label));
        } else if let (Some(doer), None) = (doer, target) {
            label.push_str(" by ");
            label.push_str(&shortened(&doer.label));
        }
        let when = match (attributes.date_start, attributes.date_end) {
            (Some(start), Some(end)) if start == end => Some(start.to_string()),
            (Some(start), Some(end)) => Some(format!("{start} to {end}")),
            (Some(start), None) => Some(format!("since {start}")),
            (None, Some(end)) => Some(format!("until {end}")),
            (None, None) => None,
        };
        if let Some(when) = when {
            label.push_str(", ");
            label.push_str(&when);
        }
        label
    }

    /// What the id says after `incident:`: type, place or participant, number, date.
    pub(super) fn incident_slug(&self, cluster: &IncidentCluster, node: &Node) -> String {
        let mut parts = vec![slug(cluster.incident_type.as_str(), 24)];
        let anchor = self
            .in_role(cluster, &[Role::Place])
            .or_else(|| self.in_role(cluster, &[Role::Victim, Role::Target]))
            .or_else(|| self.in_role(cluster, &[Role::Perpetrator, Role::Supporter]));
        if let Some(anchor) = anchor {
            parts.push(slug(&anchor.label, 28));
        }
        if let Some(attributes) = &node.incident {
            if let Some(count) = attributes.count.filter(|c| *c != 1.0) {
                parts.push(slug(&count.to_string(), 12));
            }
            if let Some(date) = attributes.date_start.or(attributes.date_end) {
                parts.push(date.to_string());
            }
        }
        parts.retain(|part| !part.is_empty());
        parts.join("-")
    }
}

/// The English plural of an incident type's label.
fn plural(noun: &str) -> String {
    if noun.ends_with(['s', 'x']) || noun.ends_with("ch") {
        format!("{noun}es")
    } else if let Some(stem) = noun.strip_suffix('y') {
        format!("{stem}ies")
    } else {
        format!("{noun}s")
    }
}

/// A label as it stands inside a phrase: a number of people that began a sentence ("More than 40
/// farmers") loses its capital.
fn inside_a_phrase(entity: &Entity, words: &ValueLexicon) -> String {
    let mut parts = entity.label.splitn(2, ' ');
    match (parts.next(), parts.next()) {
        (Some(first), Some(rest))
            if entity.entry.is_none()
                && entity.entity_type == "group"
                && begins_a_number(&first.to_lowercase(), words) =>
        {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => entity.label.clone(),
    }
}

/// Whether a word begins a count in the pack's number words: `more`, `forty`, `dozens`.
fn begins_a_number(lower: &str, words: &ValueLexicon) -> bool {
    words.first_word(lower).is_some_and(|word| {
        words.phrases(word).iter().any(|phrase| {
            matches!(
                phrase.sense,
                ValueSense::Cardinal(_) | ValueSense::Vague { .. } | ValueSense::Bound(_)
            )
        })
    })
}

/// At most forty characters of a label inside another, cut between words.
fn shortened(label: &str) -> String {
    const LIMIT: usize = 40;
    if label.chars().count() <= LIMIT {
        return label.to_owned();
    }
    let end = label.char_indices().nth(LIMIT).map_or(label.len(), |(i, _)| i);
    let cut = label[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &label[..cut])
}

/// A time as a person writes it: `2024-03`, `2022 to 2024`, `since 2020`.
pub(super) fn interval_text(date: &DateInterval) -> String {
    match (date.start, date.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "unknown".to_owned(),
    }
}

/// "hundreds": told roughly, from below, without a number.
fn is_vague(quantity: &Quantity) -> bool {
    quantity.approximate && quantity.min == Some(quantity.value) && quantity.max.is_none()
}

/// A number as a person writes it: `12`, `at least 15`, `about 100`, `hundreds`.
pub(super) fn quantity_text(quantity: &Quantity, words: &ValueLexicon) -> String {
    if let Some(word) = words.vague_word(quantity.value).filter(|_| is_vague(quantity)) {
        return word;
    }
    let value = quantity.value;
    let number = if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{}", value as i64)
    } else {
        format!("{value}")
    };
    match (quantity.min, quantity.max) {
        (Some(min), Some(max)) if min != max => format!("{min} to {max}"),
        (Some(_), None) => format!("at least {number}"),
        (None, Some(_)) => format!("up to {number}"),
        _ if quantity.approximate => format!("about {number}"),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_plurals_read_as_people_write_them() {
        let pack = crate::pack::Pack::builtin().expect("the built-in pack");
        let text = |quantity: &Quantity| quantity_text(quantity, &pack.values);
        let number = |value, min, max| text(&Quantity { value, min, max, ..Quantity::default() });
        assert_eq!(number(15.0, Some(15.0), None), "at least 15");
        assert_eq!(number(15.0, None, Some(15.0)), "up to 15");
        assert_eq!(number(15.0, Some(10.0), Some(20.0)), "10 to 20");
        assert_eq!(number(1.5, None, None), "1.5");
        let vague = |value, approximate| {
            text(&Quantity { value, min: Some(value), approximate, ..Quantity::default() })
        };
        assert_eq!(vague(200.0, true), "hundreds");
        assert_eq!(vague(20_000.0, true), "tens of thousands");
        assert_eq!(vague(200.0, false), "at least 200");
        assert_eq!(vague(250.0, true), "at least 250");
        assert_eq!(
            ["attack", "robbery", "massacre", "siege"].map(plural),
            ["attacks", "robberies", "massacres", "sieges"]
        );
    }

    #[test]
    fn counts_lose_their_capital_inside_a_label() {
        let pack = crate::pack::Pack::builtin().expect("the built-in pack");
        for word in ["more", "forty", "dozens", "at"] {
            assert!(begins_a_number(word, &pack.values), "{word}");
        }
        for word in ["russian", "british", "members", "unarmed"] {
            assert!(!begins_a_number(word, &pack.values), "{word}");
        }
    }

    #[test]
    fn long_names_are_cut_between_words() {
        assert_eq!(shortened("the port authority"), "the port authority");
        let cut = shortened("the commission of inquiry into the failures of the harbour police");
        assert_eq!(cut, "the commission of inquiry into the…");
    }
}
