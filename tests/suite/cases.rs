//! Data-driven cases: `tests/cases/<layer>/<slug>.case`, text in, what one layer finds out.
//!
//! A case has a head of `key: value` lines (`why`, `published`, `check`, `only`, `xfail`), one or
//! more blocks `--- text`, and what is expected after `--- <layer>`, compared as sorted lines.
//! `UPDATE_EXPECT=1` writes what was found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use corkboard::document::Document;
use corkboard::extraction::DocumentAnalysis;
use corkboard::linking::SameAs;
use corkboard::mention::{Mention, MentionForm, MentionUse};
use corkboard::pack::Pack;
use corkboard::pipeline::Analyst;
use corkboard::span::Span;
use corkboard::text::{AnnotatedText, LanguageModel};

static MODEL: LazyLock<LanguageModel> = LazyLock::new(|| LanguageModel::builtin().unwrap());
static ANALYST: LazyLock<Analyst> = LazyLock::new(|| Analyst::builtin().unwrap());
static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::builtin().unwrap());

/// A case as its file gives it.
struct Case {
    path: PathBuf,
    head: BTreeMap<String, String>,
    texts: Vec<String>,
    layer: String,
    expected: Vec<String>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let file = fs::read_to_string(path).unwrap();
        let mut sections = file.split("\n--- ");
        let head = sections.next().unwrap_or_default().lines().filter_map(|line| {
            let (key, value) = line.split_once(": ")?;
            Some((key.trim().to_owned(), value.trim().to_owned()))
        });
        let mut case = Self {
            path: path.to_owned(),
            head: head.collect(),
            texts: Vec::new(),
            layer: String::new(),
            expected: Vec::new(),
        };
        for section in sections {
            let (name, body) = section.split_once('\n').unwrap_or((section, ""));
            if name.trim() == "text" {
                case.texts.push(body.trim_end().to_owned());
            } else {
                case.layer = name.trim().to_owned();
                case.expected = lines(body);
            }
        }
        assert!(!case.texts.is_empty(), "{}: no text", path.display());
        assert!(!case.layer.is_empty(), "{}: nothing is expected", path.display());
        assert!(case.head.contains_key("why"), "{}: say why", path.display());
        case
    }

    /// Whether the case looks at mentions of a type.
    fn looks_at(&self, entity_type: &str) -> bool {
        self.head.get("only").is_none_or(|only| only.split_whitespace().any(|t| t == entity_type))
    }

    fn found(&self) -> Vec<String> {
        match self.layer.as_str() {
            "linking" => return entities(self),
            "events" => return events(self),
            _ => {}
        }
        let find: fn(&Case, &str) -> Vec<String> = match self.layer.as_str() {
            "mention" => mentions,
            "coreference" => chains,
            "incident" => incidents,
            "relation" => relations,
            other => panic!("{}: no layer is called {other:?}", self.path.display()),
        };
        self.texts.iter().flat_map(|text| find(self, text)).collect()
    }
}

fn lines(body: &str) -> Vec<String> {
    body.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The blocks of a text as documents are cut into them.
fn annotate(raw: &str) -> AnnotatedText<'_> {
    let document = Document::from_text("case", raw, &PACK.furniture);
    let blocks: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    corkboard::mention::with_charges(MODEL.annotate(raw, &blocks), &PACK)
}

fn detect(case: &Case, text: &AnnotatedText<'_>) -> Vec<Mention> {
    let published = case.head.get("published").map(|day| day.parse().unwrap());
    corkboard::mention::detect(text, published, &PACK)
}

/// `<type> <form> "<text>" [use] [entry]`, a mention a line.
fn mentions(case: &Case, raw: &str) -> Vec<String> {
    let text = annotate(raw);
    let of_interest =
        detect(case, &text).into_iter().filter(|m| case.looks_at(m.entity_type.as_str()));
    of_interest
        .map(|mention| {
            let form = match mention.form {
                MentionForm::Name => "name",
                MentionForm::Nominal => "nominal",
                MentionForm::Pronoun => "pronoun",
            };
            let mut line = format!("{} {form} {:?}", mention.entity_type, mention.span.of(raw));
            match mention.usage {
                Some(MentionUse::Actor) => line.push_str(" actor"),
                Some(MentionUse::Place) => line.push_str(" place"),
                None => {}
            }
            if let Some(entry) = &mention.entry {
                line.push_str(&format!(" {entry}"));
            }
            line
        })
        .collect()
}

/// `<type> "<mention>" = "<mention>" ...`, a chain of two mentions or more a line.
fn chains(case: &Case, raw: &str) -> Vec<String> {
    let text = annotate(raw);
    let mentions = detect(case, &text);
    let attributions = corkboard::attribution::attribute(&text, &PACK);
    let chains = corkboard::coreference::resolve(&text, &mentions, &attributions, &PACK);
    let several = chains.iter().filter(|chain| chain.mentions.len() > 1);
    several
        .filter(|chain| case.looks_at(chain.entity_type.as_str()))
        .map(|chain| {
            let shown: Vec<String> = chain
                .mentions
                .iter()
                .map(|id| format!("{:?}", mentions[id.index()].span.of(raw)))
                .collect();
            format!("{} {}", chain.entity_type, shown.join(" = "))
        })
        .collect()
}

/// What the texts of a case have in common, as the documents `a`, `b`, `c` ... Each may begin with a
/// line `published: DAY`; its headline is its first line, as in any file.
fn linked(case: &Case) -> (Vec<DocumentAnalysis>, corkboard::linking::Linked) {
    let documents: Vec<Document> = case
        .texts
        .iter()
        .zip("abcdefghij".chars())
        .map(|(text, id)| {
            let (day, text) = match text.strip_prefix("published: ") {
                Some(rest) => rest.split_once('\n').unwrap(),
                None => ("", text.as_str()),
            };
            let mut document = Document::from_text(id.to_string().as_str(), text, &PACK.furniture);
            if !day.is_empty() {
                document.published = Some(day.trim().parse().unwrap());
            }
            document
        })
        .collect();
    let analyses = ANALYST.analyse_all(&documents);
    let rows = case.head.get("same-as").map_or(String::new(), |rows| rows.replace('|', "\n"));
    let table = format!("name,same_as,different_from\n{rows}\n");
    let same_as = SameAs::parse("same-as", &table).unwrap();
    let linked = corkboard::linking::link(&analyses, &PACK, &same_as);
    (analyses, linked)
}

/// `<type> in <documents>`, an incident a line, of those types that `only` names; with `reasons:
/// yes` in the head a line `because <reason>` for every join.
fn events(case: &Case) -> Vec<String> {
    let (_, linked) = linked(case);
    let reasons = case.head.get("reasons").is_some_and(|wanted| wanted == "yes");
    let mut lines = Vec::new();
    for incident in &linked.incidents {
        if !case.looks_at(incident.incident_type.as_str()) {
            continue;
        }
        let documents: std::collections::BTreeSet<usize> =
            incident.mentions.iter().map(|(document, _)| *document).collect();
        let documents: String =
            documents.iter().filter_map(|d| "abcdefghij".chars().nth(*d)).collect();
        lines.push(format!("{} in {documents}", incident.incident_type));
        if reasons {
            lines.extend(incident.merges.iter().map(|reason| format!("because {reason}")));
        }
    }
    lines
}

/// `<type> "<label>" ["<alias>" <count>, ...] in <documents>`, an entity a line; with `reasons: yes`
/// in the head a line `because <reason>` for everything that made two names one. The texts are the
/// documents `a`, `b`, `c` ... `same-as` in the head holds the rows of the analyst's file, parted
/// by `|`.
fn entities(case: &Case) -> Vec<String> {
    let (_, linked) = linked(case);
    let reasons = case.head.get("reasons").is_some_and(|wanted| wanted == "yes");
    let mut lines = Vec::new();
    for entity in &linked.entities.entities {
        if !case.looks_at(entity.entity_type.as_str()) {
            continue;
        }
        let aliases: Vec<String> =
            entity.aliases.iter().map(|(name, count)| format!("{name:?} {count}")).collect();
        let documents: std::collections::BTreeSet<usize> =
            entity.chains.iter().map(|(document, _, _)| *document).collect();
        let documents: String =
            documents.iter().filter_map(|d| "abcdefghij".chars().nth(*d)).collect();
        lines.push(format!(
            "{} {:?} [{}] in {documents}",
            entity.entity_type,
            entity.label,
            aliases.join(", ")
        ));
        if reasons {
            lines.extend(entity.merges.iter().map(|reason| format!("because {reason}")));
        }
    }
    lines
}

/// What the frames read in a text, with its mentions.
fn extraction(case: &Case, raw: &str) -> (Vec<Mention>, corkboard::extraction::Extraction) {
    let text = annotate(raw);
    let published = case.head.get("published").map(|day| day.parse().unwrap());
    let mut mentions = corkboard::mention::detect(&text, published, &PACK);
    let attributions = corkboard::attribution::attribute(&text, &PACK);
    let mut chains = corkboard::coreference::resolve(&text, &mentions, &attributions, &PACK);
    let extraction = corkboard::extraction::extract(
        &text,
        &mut mentions,
        &mut chains,
        &attributions,
        &PACK,
        published,
    );
    (mentions, extraction)
}

fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or_default().to_owned()
}

/// `<number of its event> <type> <stage> <stance> <values> <role> "<mention>" ...`, a line for
/// every telling.
fn incidents(case: &Case, raw: &str) -> Vec<String> {
    let (mentions, extraction) = extraction(case, raw);
    let line = |i: &corkboard::extraction::IncidentMention| {
        let stage = word(&i.stage);
        let stance = word(&i.stance);
        let mut line = format!("{} {} {stage} {stance}", i.same_as, i.incident_type);
        let numbers = [("count", &i.count), ("killed", &i.killed), ("injured", &i.injured)];
        for (name, quantity) in numbers {
            if let Some(quantity) = quantity {
                line.push_str(&format!(" {name}={}", quantity.value));
            }
        }
        if let Some(start) = i.date.and_then(|date| date.start) {
            line.push_str(&format!(" date={start}"));
        }
        for (role, mention) in &i.arguments {
            let text = mentions[mention.index()].span.of(raw);
            line.push_str(&format!(" {} {text:?}", role.as_str()));
        }
        line
    };
    extraction.incidents.iter().map(line).collect()
}

/// `"<mention>" <relation> "<mention>" <stance>`, a relation a line.
fn relations(case: &Case, raw: &str) -> Vec<String> {
    let (mentions, extraction) = extraction(case, raw);
    let text = |id: corkboard::span::MentionId| mentions[id.index()].span.of(raw);
    let line = |r: &corkboard::extraction::RelationMention| {
        let stance = word(&r.stance);
        format!("{:?} {} {:?} {stance}", text(r.subject), r.relation, text(r.object))
    };
    extraction.relations.iter().map(line).collect()
}

fn case_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "case"))
        .collect();
    files.sort();
    files
}

fn update(case: &Case, found: &[String]) {
    let file = fs::read_to_string(&case.path).unwrap();
    let mark = format!("\n--- {}\n", case.layer);
    let kept = file.find(&mark).map_or(file.as_str(), |at| &file[..at]);
    let body: String = found.iter().map(|line| format!("{line}\n")).collect();
    fs::write(&case.path, format!("{kept}{mark}{body}")).unwrap();
}

#[test]
fn every_case_gives_what_it_expects() {
    let files = case_files();
    assert!(files.len() >= 20, "the cases are missing");
    let mut failures = Vec::new();
    for path in files {
        let case = Case::read(&path);
        let mut found = case.found();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            update(&case, &found);
            continue;
        }
        let mut expected = case.expected.clone();
        found.sort();
        expected.sort();
        let must_fail = case.head.contains_key("xfail");
        if (found == expected) == must_fail {
            let missing =
                expected.iter().filter(|e| !found.contains(e)).map(|e| format!("  - {e}"));
            let extra = found.iter().filter(|f| !expected.contains(f)).map(|f| format!("  + {f}"));
            let diff: Vec<String> = missing.chain(extra).collect();
            let why = &case.head["why"];
            failures.push(format!("{}: {why}\n{}", path.display(), diff.join("\n")));
        }
    }
    assert!(failures.is_empty(), "{} cases fail\n{}", failures.len(), failures.join("\n"));
}

/// Mentions and chains keep their promises on every text of the cases, and on awkward ones.
#[test]
fn mentions_and_chains_keep_their_promises() {
    let mut texts: Vec<String> =
        case_files().iter().flat_map(|path| Case::read(path).texts).collect();
    texts.extend(
        [
            "",
            " ",
            "\u{200b}",
            "((((",
            "It.",
            "He he he.",
            "al-",
            "-- --",
            "“",
            "THE US",
            "é’s ’s 's",
        ]
        .map(str::to_owned),
    );
    texts.push("the group and ".repeat(400));
    for raw in &texts {
        let text = annotate(raw);
        let mentions = corkboard::mention::detect(&text, None, &PACK);
        for (index, mention) in mentions.iter().enumerate() {
            assert_eq!(mention.id.index(), index);
            assert!(raw.get(mention.span.range()).is_some_and(|quote| !quote.is_empty()));
            assert!(mention.tokens.contains_token(mention.head as usize), "{mention:?}");
            assert!(PACK.ontology.entity_types.contains_key(&mention.entity_type), "{mention:?}");
            assert!((0.0..=1.0).contains(&mention.confidence));
        }
        let attributions = corkboard::attribution::attribute(&text, &PACK);
        let chains = corkboard::coreference::resolve(&text, &mentions, &attributions, &PACK);
        let mut times = vec![0; mentions.len()];
        for chain in &chains {
            assert_eq!(chain.links.len(), chain.mentions.len());
            assert!(chain.mentions.contains(&chain.representative));
            assert!(chain.links[0].is_none() && chain.links[1..].iter().all(Option::is_some));
            for mention in &chain.mentions {
                times[mention.index()] += 1;
            }
        }
        assert!(times.iter().all(|times| *times == 1), "a mention in no chain or in two");
    }
}
