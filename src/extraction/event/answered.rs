//! Deeds that are told only as what another answers.

use crate::pack::{EngineLists, TriggerForm};
use crate::text::{AnnotatedText, Dep};

use super::Event;

/// How many words up a noun may hang from the one that says that another deed answers it.
const REACH: usize = 4;

impl Event {
    /// "to avenge the **killing** of its founder", "in revenge for the **raid**": whether a noun tells of a
    /// deed only as what another answers, which is another deed.
    pub(in crate::extraction) fn is_answered(
        &self,
        text: &AnnotatedText<'_>,
        lists: &EngineLists,
    ) -> bool {
        let dep = |word: usize| text.tokens[word].dep;
        let above = |at: &usize| {
            let nominal = matches!(dep(*at), Dep::Dobj | Dep::Pobj | Dep::Prep);
            text.head(*at).filter(|_| nominal)
        };
        let answers = |word: usize| lists.answers.contains(&text.tokens[word].lemma);
        // "in revenge for" may hang on the verb as two phrases.
        let after_noun = |word: usize| dep(word) == Dep::Prep && word > 0 && answers(word - 1);
        self.form == TriggerForm::Noun
            && std::iter::successors(above(&self.token), above)
                .take(REACH)
                .any(|word| answers(word) || after_noun(word))
    }
}
