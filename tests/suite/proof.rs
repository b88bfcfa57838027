//! Every part in an incident stands in the quote that proves it, or is told by a word in it that
//! stands for what was named before.

use std::sync::LazyLock;

use corkboard::document::Document;
use corkboard::pipeline::Analyst;

static ANALYST: LazyLock<Analyst> = LazyLock::new(|| Analyst::builtin().unwrap());

/// The names of those who took part, each with whether a quote of its incident holds it.
fn participants(text: &str) -> Vec<(String, bool)> {
    let document = Document::from_text("proof", text, &ANALYST.pack().furniture);
    let analysis = ANALYST.analyse(&document);
    let mut found = Vec::new();
    for incident in &analysis.incidents {
        for argument in &incident.arguments {
            let name = &analysis.mentions[argument.mention.index()].text;
            found.push((name.to_string(), incident.quote.contains(name.as_str())));
        }
    }
    found
}

#[test]
fn those_whom_a_later_sentence_counts_out_stand_in_the_quote() {
    let texts = [
        (
            "Three people were killed by a bomb in Lima. They are Rosa Quispe, Elena Prado and Juan Leon.",
            "Elena Prado",
        ),
        (
            "Two men bombed a bank in Oran. The men were identified as Karim Haddou and Salim Benz.",
            "Salim Benz",
        ),
        (
            "Gunmen attacked a convent near Cali. Two nuns were wounded. One of the wounded is Clara Mejia.",
            "Clara Mejia",
        ),
    ];
    for (text, name) in texts {
        let found = participants(text);
        assert!(found.iter().any(|(n, _)| n == name), "{name} has no part: {found:?}");
        assert!(found.iter().all(|(_, proved)| *proved), "{found:?}");
    }
}

#[test]
fn those_who_are_told_far_away_get_no_part() {
    let between =
        "The road was closed. Shops stayed shut. Buses did not run. Schools opened late. ";
    let text = format!(
        "Three people were killed by a bomb in Lima. {between}The dead are Rosa Quispe and Juan Leon."
    );
    let found = participants(&text);
    assert!(found.iter().all(|(_, proved)| *proved), "{found:?}");
}
