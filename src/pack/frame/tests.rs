use super::*;
use crate::pack::PackFiles;

fn ontology() -> Ontology {
    PackFiles::builtin().parse_toml("ontology.toml").expect("the ontology is valid")
}

fn load(text: &str) -> Result<FrameSet, DataError> {
    let mut files = PackFiles::default();
    files.insert("frames/shooting.toml", text.to_owned());
    FrameSet::load(&files, &ontology())
}

const EXAMPLES: &str = "positive = [{ text = \"a\" }]\nnegative = [\"b\"]\n";

#[test]
fn a_frame_is_indexed_by_the_head_words_of_its_triggers() {
    let text = format!(
        "[[frame]]\nid = \"shooting\"\nincident = \"shooting\"\nverbs = [\"gun down\"]\n\
         nouns = [\"gun attack\"]\n{EXAMPLES}\n[frame.roles]\nperpetrator = \"subject, by : actor\"\n"
    );
    let set = load(&text).expect("valid");
    assert_eq!(set.triggers("gun")[0].words, ["down"]);
    assert_eq!(set.triggers("attack")[0].words, ["gun"]);
    assert_eq!(set.triggers("attack")[0].form, TriggerForm::Noun);
    assert!(set.triggers("down").is_empty());
    assert_eq!(set.frames[0].parts[0].slots[0], Slot::Subject);
    assert_eq!(set.slots.preposition("by"), Some(set.frames[0].parts[0].slots[1]));
}

#[test]
fn errors_name_the_place_the_value_and_what_is_allowed() {
    let head = "[[frame]]\nid = \"shooting\"\nincident = \"shooting\"\nverbs = [\"shoot\"]\n";
    let cases = [
        (
            format!("{head}{EXAMPLES}[frame.roles]\nvitcim = \"object\"\n"),
            "frames/shooting.toml:8:1: unknown role \"vitcim\"; shooting allows disruptor, \
             perpetrator, place, supporter, target, time, victim, weapon",
        ),
        (
            format!("{head}{EXAMPLES}[frame.roles]\nvictim = \"objct\"\n"),
            "frames/shooting.toml:8:10: unknown slot \"objct\"; allowed: any, complement, compound, \
             holder, indirect, itself, object, possessive, subject, or a preposition",
        ),
        (
            format!("{head}negative = [\"b\"]\n"),
            "frames/shooting.toml:2:6: frame \"shooting\" has no positive example",
        ),
        (
            format!("{head}{EXAMPLES}stage = \"happened\"\n"),
            "frames/shooting.toml:7:9: unknown variant `happened`, expected one of `occurred`, \
             `ongoing`, `attempted`, `foiled`, `planned`, `threatened`",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(load(&text).expect_err(message).to_string(), message);
    }
}
