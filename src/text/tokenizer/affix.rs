//! Matchers for the affix patterns of a spaCy tokeniser: alternations of literals and character
//! classes with a fixed context before and one character after. A general engine with look-around
//! would have to backtrack; this subset needs none, and anything beyond it is refused by name.

use crate::order;

/// A set of characters.
#[derive(Clone, Debug)]
enum CharSet {
    One(char),
    /// Sorted, disjoint, inclusive.
    Ranges(Vec<(char, char)>),
}

impl CharSet {
    fn ranges(mut ranges: Vec<(char, char)>) -> Self {
        order::ascending(&mut ranges);
        let mut merged: Vec<(char, char)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1 => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        Self::Ranges(merged)
    }

    /// Asked for every character of a text.
    #[inline(always)]
    fn contains(&self, c: char) -> bool {
        match self {
            Self::One(only) => *only == c,
            Self::Ranges(ranges) => {
                let i = ranges.partition_point(|(_, high)| *high < c);
                ranges.get(i).is_some_and(|(low, _)| *low <= c)
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Piece {
    set: CharSet,
    /// One or more, as many as possible.
    repeat: bool,
}

#[derive(Clone, Debug, Default)]
struct Alternative {
    behind: Vec<CharSet>,
    body: Vec<Piece>,
    /// Whether the character must, or must not, follow.
    ahead: Option<(bool, CharSet)>,
}

/// A compiled pattern: alternatives in the order in which they are tried.
#[derive(Clone, Debug)]
pub(in crate::text) struct AffixPattern {
    alternatives: Vec<Alternative>,
    /// Which ASCII characters can begin a match: most text is settled by this.
    first: [bool; 128],
    /// Which ASCII characters can end one.
    last: [bool; 128],
}

impl AffixPattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The construct that lies outside the subset.
    pub(in crate::text) fn compile(pattern: &str) -> Result<Self, String> {
        let mut parser = PatternParser { chars: pattern.chars().collect(), at: 0 };
        let alternatives = parser.alternation()?;
        if parser.at != parser.chars.len() {
            return Err(format!("unbalanced ')' at character {}", parser.at));
        }
        let mut table = Self { alternatives, first: [false; 128], last: [false; 128] };
        for byte in 0..128u8 {
            let c = char::from(byte);
            let holds = |piece: Option<&Piece>| piece.is_none_or(|p| p.set.contains(c));
            table.first[usize::from(byte)] =
                table.alternatives.iter().any(|a| holds(a.body.first()));
            table.last[usize::from(byte)] = table.alternatives.iter().any(|a| holds(a.body.last()));
        }
        Ok(table)
    }

    /// Bytes of the match at the very start of `text`, 0 without one.
    pub(in crate::text) fn prefix(&self, text: &str) -> usize {
        match text.chars().next() {
            Some(c) if !c.is_ascii() || self.first[c as usize] => {
                self.match_at(text, 0).unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Bytes of the match that ends `text` and starts leftmost, 0 without one.
    pub(in crate::text) fn suffix(&self, text: &str) -> usize {
        match text.chars().next_back() {
            Some(c) if !c.is_ascii() || self.last[c as usize] => self
                .alternatives
                .iter()
                .filter_map(|a| a.match_back(&a.body, text, text.len()))
                .min()
                .map_or(0, |start| text.len() - start),
            _ => 0,
        }
    }

    /// Every match in `text`, from left to right without overlap.
    pub(in crate::text) fn find_all(&self, text: &str, found: &mut Vec<(usize, usize)>) {
        found.clear();
        let mut after = 0;
        for (i, c) in text.char_indices() {
            if i < after || (c.is_ascii() && !self.first[c as usize]) {
                continue;
            }
            if let Some(length) = self.match_at(text, i).filter(|length| *length > 0) {
                found.push((i, i + length));
                after = i + length;
            }
        }
    }

    /// Whether some alternative matches the whole of `text`.
    pub(in crate::text) fn matches(&self, text: &str) -> bool {
        self.alternatives.iter().any(|a| a.match_at(text, 0) == Some(text.len()))
    }

    fn match_at(&self, text: &str, start: usize) -> Option<usize> {
        self.alternatives.iter().find_map(|a| a.match_at(text, start))
    }
}

impl Alternative {
    /// Bytes matched at `start`. A repeat is never followed by a piece that its own set overlaps
    /// in these patterns, so that taking as many as possible is right.
    fn match_at(&self, text: &str, start: usize) -> Option<usize> {
        let mut rest = text[start..].chars();
        for piece in &self.body {
            if !piece.set.contains(rest.next()?) {
                return None;
            }
            if piece.repeat {
                let mut more = rest.clone();
                while more.next().is_some_and(|c| piece.set.contains(c)) {
                    rest = more.clone();
                }
            }
        }
        let next = rest.clone().next();
        let follows = self
            .ahead
            .as_ref()
            .is_none_or(|(wanted, set)| next.is_some_and(|c| set.contains(c)) == *wanted);
        let end = text.len() - rest.as_str().len();
        (follows && self.stands_after(&text[..start])).then_some(end - start)
    }

    /// The leftmost start of a match of `pieces` that ends at byte `end`.
    fn match_back(&self, pieces: &[Piece], text: &str, end: usize) -> Option<usize> {
        let Some((piece, before)) = pieces.split_last() else {
            return self.stands_after(&text[..end]).then_some(end);
        };
        let mut best = None;
        for (i, c) in text[..end].char_indices().rev() {
            if !piece.set.contains(c) {
                break;
            }
            best = self.match_back(before, text, i).or(best);
            if !piece.repeat {
                break;
            }
        }
        best
    }

    fn stands_after(&self, before: &str) -> bool {
        let mut chars = before.chars().rev();
        self.behind.iter().rev().all(|set| chars.next().is_some_and(|c| set.contains(c)))
    }
}

struct PatternParser {
    chars: Vec<char>,
    at: usize,
}

impl PatternParser {
    fn looking_at(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c))
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn alternation(&mut self) -> Result<Vec<Alternative>, String> {
        let mut all = self.sequence()?;
        while self.take("|") {
            all.extend(self.sequence()?);
        }
        Ok(all)
    }

    fn close(&mut self) -> Result<(), String> {
        if self.take(")") { Ok(()) } else { Err("a group is not closed".into()) }
    }

    fn sequence(&mut self) -> Result<Vec<Alternative>, String> {
        let mut so_far = vec![Alternative::default()];
        while let Some(&c) = self.chars.get(self.at) {
            match c {
                '|' | ')' => break,
                '^' | '$' => self.at += 1,
                _ if self.take("(?<=") => {
                    let contexts = self.alternation()?;
                    self.close()?;
                    so_far = cross(&so_far, &contexts, |left, context| {
                        left.behind.extend(context.body.into_iter().map(|piece| piece.set));
                    });
                }
                _ if self.looking_at("(?=") || self.looking_at("(?!") => {
                    let wanted = self.looking_at("(?=");
                    self.at += 3;
                    let contexts = self.alternation()?;
                    self.close()?;
                    let [context] = &contexts[..] else {
                        return Err("alternatives in a look-ahead".into());
                    };
                    let [piece] = &context.body[..] else {
                        return Err("a look-ahead over more than one character".into());
                    };
                    for left in &mut so_far {
                        left.ahead = Some((wanted, piece.set.clone()));
                    }
                }
                _ if self.take("(?:") => {
                    let inner = self.alternation()?;
                    self.close()?;
                    so_far = cross(&so_far, &inner, |left, right| {
                        left.behind.extend(right.behind);
                        left.body.extend(right.body);
                        left.ahead = right.ahead.or(left.ahead.take());
                    });
                }
                _ => {
                    let set = self.atom()?;
                    if self.take("?") {
                        let mut with = so_far.clone();
                        for left in &mut with {
                            left.body.push(Piece { set: set.clone(), repeat: false });
                        }
                        with.extend(so_far);
                        so_far = with;
                    } else {
                        let repeat = self.take("+");
                        for left in &mut so_far {
                            left.body.push(Piece { set: set.clone(), repeat });
                        }
                    }
                }
            }
        }
        Ok(so_far)
    }

    fn atom(&mut self) -> Result<CharSet, String> {
        if self.take("[") {
            return self.class();
        }
        match self.chars[self.at] {
            '\\' => Ok(CharSet::One(self.escaped()?)),
            c @ ('.' | '*' | '{' | '(' | '+' | '?') => Err(format!("unsupported {c:?}")),
            c => {
                self.at += 1;
                Ok(CharSet::One(c))
            }
        }
    }

    fn class(&mut self) -> Result<CharSet, String> {
        let mut ranges = Vec::new();
        loop {
            let low = match self.chars.get(self.at) {
                None => return Err("a character class is not closed".into()),
                Some(']') => {
                    self.at += 1;
                    return Ok(CharSet::ranges(ranges));
                }
                Some('^') if ranges.is_empty() => return Err("a negated class".into()),
                Some(_) => self.class_member()?,
            };
            let is_range = self.looking_at("-") && self.chars.get(self.at + 1) != Some(&']');
            let high = if is_range {
                self.at += 1;
                self.class_member()?
            } else {
                low
            };
            ranges.push((low, high));
        }
    }

    fn class_member(&mut self) -> Result<char, String> {
        match self.chars.get(self.at) {
            Some('\\') => self.escaped(),
            Some(c) => {
                self.at += 1;
                Ok(*c)
            }
            None => Err("a character class is not closed".into()),
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let name = self.chars.get(self.at + 1).copied().ok_or("a lone backslash")?;
        self.at += 2;
        let digits = match name {
            'u' => 4,
            'U' => 8,
            'n' => return Ok('\n'),
            't' => return Ok('\t'),
            c if c.is_alphanumeric() => return Err(format!("unsupported \\{c}")),
            c => return Ok(c),
        };
        let hex: String = self.chars.iter().skip(self.at).take(digits).collect();
        self.at += digits;
        u32::from_str_radix(&hex, 16)
            .ok()
            .and_then(char::from_u32)
            .ok_or_else(|| format!("{hex:?} is no character"))
    }
}

fn cross(
    left: &[Alternative],
    right: &[Alternative],
    join: impl Fn(&mut Alternative, Alternative),
) -> Vec<Alternative> {
    let mut all = Vec::with_capacity(left.len() * right.len());
    for l in left {
        for r in right {
            let mut both = l.clone();
            join(&mut both, r.clone());
            all.push(both);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_alternative_wins_at_the_front_and_the_longest_at_the_back() {
        let pattern = AffixPattern::compile(r"^…|^……|^\.\.+|^\+(?![0-9])").unwrap();
        assert_eq!(pattern.prefix("……x"), "…".len());
        assert_eq!(pattern.prefix("....x"), 4);
        assert_eq!(pattern.prefix("+4"), 0);
        assert_eq!(pattern.prefix("+a"), 1);
        let pattern = AffixPattern::compile(r"m$|(?<=[0-9])(?:km|lb)$|\.\.+$").unwrap();
        assert_eq!(pattern.suffix("5km"), 2);
        assert_eq!(pattern.suffix("akm"), 1);
        assert_eq!(pattern.suffix("a..."), 3);
        assert_eq!(pattern.suffix("a."), 0);
    }

    #[test]
    fn infixes_look_both_ways() {
        let pattern = AffixPattern::compile(r"\.\.+|(?<=[a-z])(?:-|--)(?=[a-z])").unwrap();
        let mut found = Vec::new();
        pattern.find_all("a-b--c..d-", &mut found);
        assert_eq!(found, [(1, 2), (3, 5), (6, 8)]);
    }

    #[test]
    fn what_lies_outside_the_subset_is_refused() {
        for pattern in ["a.b", "[^a]", "a{2}", r"\w", "(a", "[a", "a)"] {
            assert!(AffixPattern::compile(pattern).is_err(), "{pattern}");
        }
    }
}
