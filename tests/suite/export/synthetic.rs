//! Graphs made for the tests of the exporters, about invented bodies and events.

use corkboard::date::PartialDate;
use corkboard::extraction::{Stage, Stance};
use corkboard::graph::{
    Alias, Disagreement, DocumentRecord, Edge, Evidence, IncidentAttributes, KnowledgeGraph, Node,
};

fn date(text: &str) -> Option<PartialDate> {
    Some(text.parse().unwrap())
}

pub(crate) fn evidence(document: &str, begin: usize, quote: &str, stance: Stance) -> Evidence {
    Evidence {
        document: document.into(),
        begin,
        end: begin + quote.chars().count(),
        quote: quote.into(),
        stance,
        speaker: (stance == Stance::Alleged).then(|| "agency:harbour-watch".into()),
        rule: "frame:test/verb".into(),
    }
}

pub(crate) fn node(id: &str, label: &str) -> Node {
    let entity_type = id.split(':').next().unwrap_or("person");
    Node {
        id: id.into(),
        label: label.to_owned(),
        entity_type: entity_type.into(),
        mentions: 2,
        documents: vec!["alpha".into()],
        confidence: 0.75,
        ..Node::default()
    }
}

pub(crate) fn edge(
    relation: &str,
    document: &str,
    begin: usize,
    quote: &str,
    stance: Stance,
) -> Edge {
    Edge {
        relation: relation.into(),
        weight: 1.0,
        confidence: 0.5,
        documents: vec![document.into()],
        stance,
        evidence: vec![evidence(document, begin, quote, stance)],
        ..Edge::default()
    }
}

/// A small graph that has everything: parallel edges, a loop, dates of all precisions, doubt,
/// disagreement, a node alone, and text that formats trip over.
pub(crate) fn small() -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new("Harbour & <docks>");
    for (id, title, published) in [
        ("beta", "Port police foil \"plot\"", "2024-03-09"),
        ("alpha", "Harbour Watch warns of sabotage", "2024-03-02"),
    ] {
        graph.add_document(DocumentRecord {
            id: id.into(),
            title: Some(title.to_owned()),
            publisher: Some("The Quay".to_owned()),
            published: Some(published.parse().unwrap()),
            path: format!("reports/{id}.txt"),
            words: 120,
            ..DocumentRecord::default()
        });
    }
    let watch = graph.add_node(Node {
        subtype: Some("intelligence".into()),
        aliases: vec![
            Alias { name: "HW".to_owned(), count: 3 },
            Alias { name: "the \"Watch\"; HW\\2".to_owned(), count: 1 },
        ],
        evidence: vec![evidence("alpha", 0, "Harbour Watch", Stance::Reported)],
        merges: vec!["HW is the acronym of Harbour Watch".to_owned()],
        ..node("agency:harbour-watch", "Harbour Watch")
    });
    let police = graph.add_node(node("agency:port-police", "Port Police"));
    let front = graph.add_node(node("threat_actor:grey-tide", "Grey Tide & <Sons>"));
    let sabotage = graph.add_node(node("threat:sabotage", "sabotage"));
    let blast = graph.add_node(Node {
        incident: Some(IncidentAttributes {
            incident_type: "bombing".into(),
            stage: Stage::Foiled,
            stance: Stance::Alleged,
            date_start: date("2024-03"),
            date_end: date("2024-03"),
            date_text: Some("last month".to_owned()),
            count: Some(43.0),
            count_min: Some(43.0),
            killed: Some(0.0),
            disagreements: vec![Disagreement {
                attribute: "killed".into(),
                value: "at least 2".to_owned(),
                documents: vec!["beta".into()],
            }],
            ..IncidentAttributes::default()
        }),
        first_seen: date("2024-03"),
        last_seen: date("2024-03-05"),
        ..node("incident:bombing-westport-2024-03", "bombing in Westport, March 2024")
    });
    let port = graph.add_node(Node {
        latitude: Some(-3.75),
        longitude: Some(12.5),
        ..node("place:westport", "Westport")
    });
    graph.add_node(node("person:ana-lobo", "=Ana \u{202E}Lobo\u{1F6A2} \\"));
    let edges = [
        (
            watch,
            sabotage,
            edge("warns_of", "alpha", 0, "Harbour Watch warned of sabotage", Stance::Reported),
        ),
        (
            watch,
            sabotage,
            edge("warns_of", "beta", 9, "the Watch's warning of sabotage", Stance::Stated),
        ),
        (
            watch,
            sabotage,
            edge("counters", "alpha", 40, "the Watch counters sabotage", Stance::Claimed),
        ),
        (
            watch,
            police,
            edge(
                "communicates_with",
                "beta",
                70,
                "The Watch told the Port Police",
                Stance::Reported,
            ),
        ),
        (
            sabotage,
            blast,
            Edge {
                inferred: true,
                ..edge("manifests_as", "alpha", 5, "a bombing", Stance::Reported)
            },
        ),
        (
            front,
            blast,
            edge(
                "perpetrates",
                "alpha",
                90,
                "Grey Tide is accused of \"the bombing\"\nin Westport",
                Stance::Alleged,
            ),
        ),
        (front, front, edge("fights", "beta", 30, "Grey Tide fought itself", Stance::Denied)),
        (
            front,
            sabotage,
            edge("poses", "alpha", 60, "the danger that Grey Tide poses", Stance::Reported),
        ),
        (
            police,
            blast,
            Edge {
                first_seen: date("2024"),
                last_seen: date("2024-03-05"),
                ..edge("disrupts", "beta", 12, "Port Police foiled the bombing", Stance::Reported)
            },
        ),
        (
            blast,
            port,
            Edge {
                first_seen: date("2022-01"),
                ..edge("occurred_in", "alpha", 99, "in Westport", Stance::Reported)
            },
        ),
    ];
    for (source, target, edge) in edges {
        graph.add_edge(source, target, edge);
    }
    graph
}

/// A graph of `n` nodes of all types, a few hubs and many leaves, as reports make them.
pub(crate) fn large(n: usize) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new(format!("{n} nodes"));
    graph.add_document(DocumentRecord { id: "alpha".into(), ..DocumentRecord::default() });
    let kinds = [
        ("agency", "Bureau"),
        ("threat", "danger"),
        ("incident", "attack"),
        ("incident", "shooting"),
        ("country", "Republic"),
        ("threat_actor", "Front"),
        ("person", "Officer"),
        ("place", "Port"),
        ("incident", "arrest"),
        ("group", "fighters"),
    ];
    let places = ["Westport", "Old Harbour", "Lake District North", "Ash", "Mount Corvin"];
    // A fixed generator of pseudo-random numbers (MMIX), so that the picture never changes.
    let mut state = 42u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut indices = Vec::new();
    for i in 0..n {
        let (entity_type, word) = kinds[i % kinds.len()];
        let label = format!("{word} of {} {i}", places[random(places.len())]);
        let mut node = node(&format!("{entity_type}:{i:05}"), &label);
        if entity_type == "incident" {
            node.incident = Some(IncidentAttributes {
                incident_type: word.into(),
                date_start: Some(PartialDate::month(2020 + (i % 5) as i16, 1 + (i % 12) as i8)),
                ..IncidentAttributes::default()
            });
        }
        indices.push(graph.add_node(node));
    }
    let relations = [
        "warns_of",
        "manifests_as",
        "perpetrates",
        "occurred_in",
        "targets",
        "supports",
        "disrupts",
        "leads",
        "fights",
        "accuses",
    ];
    let stances =
        [Stance::Reported, Stance::Stated, Stance::Reported, Stance::Alleged, Stance::Denied];
    for i in 1..n {
        // The square of a uniform number favours early nodes, which become hubs.
        for _ in 0..1 + random(2) {
            let a = random(i);
            let other = a * random(i) / i;
            let (relation, stance) = (relations[random(relations.len())], stances[random(5)]);
            let quote = format!("report {i} says so");
            graph.add_edge(indices[i], indices[other], edge(relation, "alpha", i, &quote, stance));
        }
    }
    graph
}
