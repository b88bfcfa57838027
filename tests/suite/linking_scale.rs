//! Linking stays fast where everything looks alike: thousands of people of one surname, thousands
//! of incidents of one kind in one town.

use std::fmt::Write;
use std::time::{Duration, Instant};

use corkboard::extraction::DocumentAnalysis;
use corkboard::linking::{SameAs, link};
use corkboard::pack::Pack;

/// Documents, people and incidents in each.
const DOCUMENTS: usize = 500;
const EACH: usize = 20;

/// A name that a number spells.
pub(crate) fn spelt(mut number: usize) -> String {
    const SYLLABLES: [&str; 12] =
        ["ka", "lo", "mi", "ra", "te", "su", "no", "vi", "de", "pu", "ga", "he"];
    let mut name = String::from("B");
    for _ in 0..4 {
        name.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    name
}

/// A document that tells of `EACH` bombings of one town, each of another person of one surname.
fn document(number: usize) -> DocumentAnalysis {
    let mut mentions = String::new();
    let mut incidents = String::new();
    let rest = r#""begin":0,"end":5,"rule":"detector:model","confidence":0.8"#;
    let _ = write!(
        mentions,
        r#"{{"id":0,"text":"Herat","type":"place","form":"name","chain":0,"entity":"place:herat",{rest}}}"#
    );
    for n in 0..EACH {
        let (person, bombing) = (1 + 2 * n, 2 + 2 * n);
        let name = spelt(number * EACH + n);
        let middle = if n % 2 == 0 { "Emir " } else { "" };
        let _ = write!(
            mentions,
            r#",{{"id":{person},"text":"{name} {middle}Karan","type":"person","form":"name","chain":{person},{rest}}}"#
        );
        let _ = write!(
            mentions,
            r#",{{"id":{bombing},"text":"bombed","type":"incident","form":"nominal","chain":{bombing},{rest}}}"#
        );
        let date = match n % 3 {
            0 => String::new(),
            _ => format!(
                r#","date":{{"start":"2020-{0:02}-{1:02}","end":"2020-{0:02}-{1:02}"}}"#,
                1 + number % 12,
                1 + n
            ),
        };
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            incidents,
            r#"{comma}{{"id":{n},"mention":{bombing},"incident_type":"bombing","stage":"occurred","stance":"reported","trigger":{{"begin":0,"end":5}},"quote":"bombed","arguments":[{{"role":"victim","mention":{person}}},{{"role":"place","mention":0}}],"same_as":{n}{date},{rest}}}"#
        );
    }
    let published = format!("2020-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
    let line = format!(
        r#"{{"doc":"d{number:04}","published":"{published}","mentions":[{mentions}],"relations":[],"incidents":[{incidents}]}}"#
    );
    serde_json::from_str(&line).unwrap()
}

#[test]
fn alike_names_and_incidents_are_linked_in_bounded_time() {
    let pack = Pack::builtin().unwrap();
    let analyses: Vec<DocumentAnalysis> = (0..DOCUMENTS).map(document).collect();
    let started = Instant::now();
    let linked = link(&analyses, &pack, &SameAs::default());
    let took = started.elapsed();
    let people = linked.entities.entities.iter().filter(|e| e.entity_type == "person").count();
    assert_eq!(people, DOCUMENTS * EACH, "people of other given names are other people");
    // Seconds where every pair is compared; the bound leaves room for a busy machine.
    assert!(took < Duration::from_secs(30), "{} incidents took {took:?}", DOCUMENTS * EACH);
    // Each names another victim, so that only vague ones may meet.
    assert!(linked.incidents.len() > DOCUMENTS * EACH / 2, "{} incidents", linked.incidents.len());
}
