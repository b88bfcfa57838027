//! Dictionary forms by spaCy's rule lemmatiser: an exception list, and endings that are replaced
//! where the outcome is a dictionary word (after Morphy of WordNet).

use rustc_hash::FxHashMap;

use super::attribute_ruler::Morph;
use super::data::LemmaTable;
use super::labels::Pos;
use super::lexicon::is_letter;

/// The tables by part of speech.
#[derive(Debug)]
pub(super) struct Lemmatizer {
    tables: FxHashMap<Pos, Table>,
}

#[derive(Debug)]
struct Table {
    index: SortedLines,
    exceptions: SortedLines,
    rules: Vec<(String, String)>,
}

impl Lemmatizer {
    pub(super) fn new(tables: Vec<LemmaTable>) -> Self {
        let tables = tables.into_iter().map(|table| {
            let pos = Pos::from_label(&table.pos.to_uppercase());
            let index = SortedLines::new(table.index);
            let exceptions = SortedLines::new(table.exceptions);
            (pos, Table { index, exceptions, rules: table.rules })
        });
        Self { tables: tables.collect() }
    }

    /// The dictionary form of a word of which the part of speech and the inflexion are known.
    pub(super) fn lemmatize(&self, word: &str, lower: &str, pos: Pos, morph: Morph) -> String {
        if matches!(pos, Pos::Other | Pos::Space) || is_base_form(pos, morph) {
            return lower.to_owned();
        }
        let Some(table) = self.tables.get(&pos) else {
            return if pos == Pos::Propn { word } else { lower }.to_owned();
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (ending, instead) in &table.rules {
            let Some(stem) = lower.strip_suffix(ending.as_str()) else { continue };
            let form = format!("{stem}{instead}");
            if form.is_empty() {
                continue;
            }
            if table.index.find(&form).is_some() {
                forms.insert(0, form);
            } else if form.chars().all(is_letter) {
                unknown.get_or_insert(form);
            } else {
                forms.push(form);
            }
        }
        let mut first = (!forms.is_empty()).then(|| forms[0].clone());
        for exception in table.exceptions.find(lower).into_iter().flat_map(|l| l.split('\t')) {
            if !exception.is_empty() && !forms.iter().any(|form| form == exception) {
                first = Some(exception.to_owned());
                forms.push(exception.to_owned());
            }
        }
        first.or(unknown).unwrap_or_else(|| word.to_owned())
    }

    /// The verb of which a word may be the past participle: `wound` of "wounded". Only verbs of the
    /// dictionary are found; a verb's base form is not taken for its participle.
    pub(super) fn verb_of_participle(&self, lower: &str) -> Option<&str> {
        self.base_of(Pos::Verb, lower)
    }

    /// The noun of which a word may be the plural: `guerrilla` of "guerrillas".
    pub(super) fn noun_of_plural(&self, lower: &str) -> Option<&str> {
        self.base_of(Pos::Noun, lower)
    }

    /// The base form in the dictionary of a word that is not its own base form.
    fn base_of(&self, pos: Pos, lower: &str) -> Option<&str> {
        let table = self.tables.get(&pos)?;
        let irregular = table.exceptions.find(lower).and_then(|l| l.split('\t').next());
        if let Some(base) = irregular.filter(|base| !base.is_empty()) {
            return Some(base);
        }
        table.rules.iter().find_map(|(ending, instead)| {
            let stem = lower.strip_suffix(ending.as_str())?;
            let base = table.index.key(&format!("{stem}{instead}"))?;
            (base != lower).then_some(base)
        })
    }
}

/// Whether a word is already in its dictionary form (`EnglishLemmatizer.is_base_form`).
fn is_base_form(pos: Pos, morph: Morph) -> bool {
    match pos {
        Pos::Noun if morph.singular => true,
        Pos::Verb if morph.finite && morph.present && !morph.number => true,
        _ => morph.infinitive || morph.positive,
    }
}

/// Lines sorted by their first field.
#[derive(Debug)]
struct SortedLines {
    text: String,
    starts: Vec<u32>,
}

impl SortedLines {
    fn new(text: String) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        let starts = std::iter::once(0).chain(breaks).filter(|at| (*at as usize) < text.len());
        Self { starts: starts.collect(), text }
    }

    /// What follows the field `key` in its line.
    fn find(&self, key: &str) -> Option<&str> {
        Some(self.line_of(key)?[key.len()..].trim_start_matches('\t'))
    }

    /// The field `key` itself, where there is such a line.
    fn key(&self, key: &str) -> Option<&str> {
        Some(&self.line_of(key)?[..key.len()])
    }

    fn line_of(&self, key: &str) -> Option<&str> {
        let line = |start: u32| self.text[start as usize..].lines().next().unwrap_or("");
        let field = |start: u32| line(start).split('\t').next().unwrap_or("");
        let at = self.starts.binary_search_by(|start| field(*start).cmp(key)).ok()?;
        Some(line(self.starts[at]))
    }
}
