//! Texts that nobody writes: the whole analysis must come to an end, in time that grows with the
//! text, and its offsets must hold.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use corkboard::document::Document;
use corkboard::linking::SameAs;
use corkboard::pipeline::Analyst;

static ANALYST: LazyLock<Analyst> = LazyLock::new(|| Analyst::builtin().unwrap());

/// Analyses and links a text; every mention must be found again at its offsets.
fn read(text: &str) -> usize {
    let document = Document::from_text("hostile", text, &ANALYST.pack().furniture);
    let analysis = ANALYST.analyse(&document);
    let characters: Vec<char> = document.text.chars().collect();
    for mention in &analysis.mentions {
        let shown: String = characters[mention.begin..mention.end].iter().collect();
        assert_eq!(shown, mention.text);
        assert!(!mention.text.trim().is_empty());
    }
    let mentions = analysis.mentions.len();
    let linked = corkboard::linking::link(
        std::slice::from_ref(&analysis),
        ANALYST.pack(),
        &SameAs::default(),
    );
    assert!(linked.entities.entities.len() <= mentions);
    mentions
}

#[test]
fn nothing_and_nearly_nothing() {
    for text in ["", " ", "\n\n\n", ".", "...", "\u{feff}", "\"\"", "()", "( ) - , '", "A", "1"] {
        read(text);
    }
}

#[test]
fn signs_of_every_kind() {
    for text in [
        "MI5\u{200d}MI5 \u{202e}drowssap\u{202c} said the FBI\u{0} in \u{1f600}\u{1f3fd} Londo\u{301}n.",
        "İSTANBUL ﬁghters ǅ ß ẞ ŉ of the ﷽ (FTR) met Mr. Ο'Νέιλλ\u{2028}and the group left.",
        "Général d'Armée Jean-Pierre «L'Ours» O’Brien-Ünal (né 1960)—chef du «Front»—a dit: «non».",
        "((((((the FBI))))) [[[MI5 \u{301}\u{301}\u{301} \u{e0001} 中国 и Москва के साथ",
        "\u{1d504}\u{1d505}\u{1d506} said 𝟙𝟚 men of the \u{d7ff}\u{e000}\u{10ffff} group fled.",
    ] {
        read(text);
        read(&text.repeat(20));
    }
}

#[test]
fn a_sentence_of_ten_thousand_words() {
    let parts = [
        "the group",
        "the FBI",
        "Ann Lee",
        "Mr Lee",
        "the agency",
        "he",
        "its director",
        "Moscow",
        "NVLA",
        "President Bo Lind",
        "a group of men",
        "Northern Valley Liberation Army",
        "they",
        "(FTR)",
        "in London",
        "and",
        "attacked",
        ",",
        "with rifles",
        "the MI5 chief",
    ];
    let sentence = |words: usize| -> String {
        let mut text = String::new();
        // A walk that repeats no short pattern, and is the same in every run.
        let mut state = 7_usize;
        for _ in 0..words {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            text.push_str(parts[state / 65_536 % parts.len()]);
            text.push(' ');
        }
        text.push('.');
        text
    };
    read(&sentence(50));
    let begin = Instant::now();
    assert!(read(&sentence(6_000)) > 1_000);
    // Two seconds of work on one core; the limit leaves room for slow and busy machines.
    assert!(begin.elapsed() < Duration::from_secs(120), "{:?}", begin.elapsed());
}
