//! Sentence boundaries repaired where news breaks the parser's: line breaks that end a headline or
//! begin a list item, closing quotes torn off, and reporting clauses torn from what they report.
//!
//! All of this is outside the agreement with spaCy and is applied only on request.

use super::parser::Parse;

/// Where a block's tokens are to be read apart, because a line ends a sentence without a full
/// stop. `forms` are the surfaces of the tokens; the indices of first tokens are returned.
pub(super) fn line_breaks(forms: &[&str]) -> Vec<usize> {
    let is_break = |form: &str| form.contains('\n') && form.chars().all(char::is_whitespace);
    let ends: Vec<usize> = (0..forms.len()).filter(|i| is_break(forms[*i])).collect();
    let length = |from: usize, to: usize| -> usize {
        forms[from..to].iter().map(|form| form.chars().count() + 1).sum()
    };
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let lengths: Vec<usize> = starts
        .clone()
        .zip(ends.iter().copied().chain([forms.len()]))
        .map(|(a, b)| length(a, b))
        .collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let mut breaks = Vec::new();
    for (line, end) in ends.iter().enumerate() {
        let (Some(next), Some(last)) = (forms.get(end + 1), end.checked_sub(1).map(|i| forms[i]))
        else {
            continue;
        };
        let empty_line = forms[*end].matches('\n').count() > 1;
        // In text wrapped at a fixed width only the last line of a paragraph is short.
        let headline = lengths[line] * 5 < longest * 3
            && !last.ends_with(['.', ',', ';', ':', '!', '?', '-', '–', '—', '…'])
            && next.starts_with(|c: char| {
                c.is_uppercase() || c.is_ascii_digit() || "“\"‘'".contains(c)
            });
        if empty_line || headline || is_bullet(next, forms.get(end + 2).copied()) {
            breaks.push(end + 1);
        }
    }
    breaks
}

/// Whether a line that begins with these two tokens is an item of a list.
fn is_bullet(first: &str, second: Option<&str>) -> bool {
    let is_number = first.bytes().all(|b| b.is_ascii_digit()) && first.len() <= 2;
    matches!(first, "-" | "–" | "—" | "•" | "·" | "*" | "●" | "▪" | "‣" | "◦" | "o")
        || is_number && matches!(second, Some("." | ")"))
        || first
            .strip_suffix(['.', ')'])
            .is_some_and(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Repairs the sentence starts of one block, and the arcs with them. `tags` are Penn Treebank
/// tags.
pub(super) fn repair(parse: &mut Parse, forms: &[&str], tags: &[&str]) {
    let is_space = |i: usize| forms[i].chars().all(char::is_whitespace);
    let mut previous_root: Option<usize> = None;
    let mut start = 0;
    while start < forms.len() {
        let end =
            (start + 1..forms.len()).find(|i| parse.sentence_start[*i]).unwrap_or(forms.len());
        if let Some(root) = previous_root {
            // White space after a closing quote goes with it.
            let closing = (start..end)
                .take_while(|i| closes(forms[*i], tags[*i]) || (*i > start && is_space(*i)))
                .count();
            if closing > 0 {
                give_back(parse, start, start + closing, end, root);
                start += closing;
                continue;
            }
        }
        let root = (start..end).find(|i| parse.heads[*i] == *i).unwrap_or(start);
        let first = (start..end).find(|i| !is_space(*i)).unwrap_or(start);
        let last = (0..start).rev().find(|i| !is_space(*i));
        if let (Some(before), Some(last)) = (previous_root, last)
            && forms[first].starts_with(char::is_lowercase)
            && !(start..first).any(|i| forms[i].contains('\n'))
        {
            let after_quote = matches!(forms[last], "”" | "\"" | "’" | "'" | "»")
                && last > 0
                && matches!(forms[last - 1], "?" | "!" | "?!" | "…" | "...");
            let mid_sentence = tags[last] != "."
                && !matches!(forms[last], ":" | ";" | "…" | "...")
                && !matches!(tags[last], "''" | "-RRB-" | "NFP");
            if after_quote {
                parse.heads[before] = root;
                parse.labels[before] = "ccomp".into();
                parse.sentence_start[start] = false;
            } else if mid_sentence {
                parse.heads[root] = before;
                parse.labels[root] = "parataxis".into();
                parse.sentence_start[start] = false;
                start = end;
                continue;
            }
        }
        previous_root = Some(root);
        start = end;
    }
}

/// Whether a token can only end something: a closing quote or bracket, or a full stop.
fn closes(form: &str, tag: &str) -> bool {
    matches!(form, "”" | "»" | ")" | "]" | "." | "?" | "!" | ",")
        || (matches!(form, "\"" | "'" | "’" | "''") && tag == "''")
}

/// Moves the tokens from `start` to `to` into the sentence before, which has the root `root`; the
/// rest of their sentence, up to `end`, keeps a root of its own.
fn give_back(parse: &mut Parse, start: usize, to: usize, end: usize, root: usize) {
    parse.sentence_start[start] = false;
    let moved = start..to;
    let mut new_root = (to..end).find(|i| parse.heads[*i] == *i);
    for i in to..end {
        if moved.contains(&parse.heads[i]) {
            let new = *new_root.get_or_insert(i);
            parse.heads[i] = new;
            if new == i {
                parse.labels[i] = "ROOT".into();
            }
        }
    }
    for i in moved {
        parse.heads[i] = root;
        parse.labels[i] = "punct".into();
    }
    if to < end {
        parse.sentence_start[to] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(heads: &[usize], starts: &[usize]) -> Parse {
        Parse {
            heads: heads.to_vec(),
            labels: vec!["dep".into(); heads.len()],
            sentence_start: (0..heads.len()).map(|i| starts.contains(&i)).collect(),
        }
    }

    fn starts(parse: &Parse) -> Vec<usize> {
        (0..parse.heads.len()).filter(|i| parse.sentence_start[*i]).collect()
    }

    #[test]
    fn a_closing_quote_returns_to_its_sentence() {
        let mut torn = parse(&[1, 1, 1, 4, 4], &[0, 3]);
        repair(&mut torn, &["We", "know", ".", "”", "Rain"], &["PRP", "VBP", ".", "''", "NN"]);
        assert_eq!(starts(&torn), [0, 4]);
        assert_eq!(torn.heads, [1, 1, 1, 1, 4]);
        let mut alone = parse(&[1, 1, 1, 3], &[0, 3]);
        repair(&mut alone, &["We", "know", ".", "”"], &["PRP", "VBP", ".", "''"]);
        assert_eq!(starts(&alone), [0]);
        let mut root = parse(&[0, 1, 1, 2], &[0, 1]);
        repair(&mut root, &["No", ")", "rain", "fell"], &["UH", "-RRB-", "NN", "VBD"]);
        assert_eq!((starts(&root), &root.heads[..]), (vec![0, 2], &[0, 0, 2, 2][..]));
        let mut opening = parse(&[0, 0, 3, 3], &[0, 2]);
        repair(&mut opening, &["No", ".", "\"", "Rain"], &["UH", ".", "``", "NN"]);
        assert_eq!(starts(&opening), [0, 2]);
    }

    #[test]
    fn a_reporting_clause_holds_what_it_reports() {
        let forms = ["“", "Why", "?", "”", "he", "asked", "."];
        let tags = ["``", "WRB", ".", "''", "PRP", "VBD", "."];
        let mut torn = parse(&[1, 1, 1, 1, 5, 5, 5], &[0, 4]);
        repair(&mut torn, &forms, &tags);
        assert_eq!((starts(&torn), torn.heads[1]), (vec![0], 5));
        let forms = ["“", "Why", "?", "”", "He", "asked", "."];
        let mut apart = parse(&[1, 1, 1, 1, 5, 5, 5], &[0, 4]);
        repair(&mut apart, &forms, &tags);
        assert_eq!(starts(&apart), [0, 4]);
    }

    #[test]
    fn lines_of_lists_and_headlines_are_read_apart() {
        let list = ["Seen", ":", "\n", "-", "two", "men", "\n", "-", "a", "car"];
        assert_eq!(line_breaks(&list), [3, 7]);
        let numbered = ["First", "\n", "2", ".", "Then"];
        assert_eq!(line_breaks(&numbered), [2]);
        let mut headline = vec!["Fire", "kills", "two", "\n", "Police"];
        headline.extend(["are", "looking", "for", "a", "man", "who", "left", "by", "boat", "."]);
        assert_eq!(line_breaks(&headline), [4]);
        let wrapped = ["The", "mayor", "of", "\n", "Vienna", "said", "no", "."];
        assert!(line_breaks(&wrapped).is_empty());
    }
}
