//! Numbers, shares, measures and sums of money as people write them.

use smol_str::SmolStr;

use super::words::{WordForm, Words};
use crate::mention::Quantity;
use crate::pack::{Bound, ValueSense};

/// A number or a sum of money read from words `start..end`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NumberReading {
    /// First word; words that merely soften the number ("about") stand before it.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quantity: Quantity,
    /// ISO 4217 code or name, for a sum of money.
    pub(super) currency: Option<SmolStr>,
    /// Whether it is one bare word or digit group, without bound, unit or scale.
    pub(super) bare: bool,
}

/// A number without bounds and units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cardinal {
    pub(super) value: f64,
    pub(super) min: Option<f64>,
    pub(super) vague: bool,
}

fn exact(value: f64) -> Cardinal {
    Cardinal { value, min: None, vague: false }
}

/// The longest number at word `i`: digits, number words, or vague words such as "dozens".
pub(super) fn cardinal(words: &Words, i: usize) -> Option<(Cardinal, usize)> {
    let vague = words.sense(i, |sense| match sense {
        ValueSense::Vague { value, min } => Some((*value, *min)),
        _ => None,
    });
    if let Some(((value, min), end)) = vague {
        // "several hundred", "a couple of thousand"; a plural such as "dozens" takes no scale.
        return Some(match scale(words, end) {
            Some((factor, end)) if min.is_none_or(|min| min < 10.0) => {
                let min = min.map(|min| min * factor);
                (Cardinal { value: value * factor, min, vague: true }, end)
            }
            _ => (Cardinal { value, min, vague: true }, end),
        });
    }
    if let WordForm::Number { value, .. } = words.get(i)?.form {
        let (factor, end) = scales(words, i + 1);
        return Some((exact(value * factor), end));
    }
    number_words(words, i)
}

fn scale(words: &Words, i: usize) -> Option<(f64, usize)> {
    words.sense(i, |sense| match sense {
        ValueSense::Scale(factor) => Some(*factor),
        _ => None,
    })
}

/// Scale words after digits: "1.2 million", "3bn", "500 thousand".
fn scales(words: &Words, i: usize) -> (f64, usize) {
    let at = if words.is_hyphen(i) { i + 1 } else { i };
    let glued = words.sense(at, |sense| match sense {
        ValueSense::GluedScale(factor) => Some(*factor),
        _ => None,
    });
    match (scale(words, at), glued) {
        (Some((factor, end)), _) => match scale(words, end) {
            Some((second, end)) => (factor * second, end),
            None => (factor, end),
        },
        (None, Some((factor, end))) if at == i && words.words[i].glued => {
            // "5m" is five metres unless money precedes; the caller that knows of money asks
            // again, so the ambiguous single letters are left to it.
            let letter = words.words[i].lower.len() == 1;
            if letter && !money_sign_before(words, i - 1) { (1.0, i) } else { (factor, end) }
        }
        _ => (1.0, i),
    }
}

fn money_sign_before(words: &Words, number: usize) -> bool {
    number > 0
        && words
            .sense(number - 1, |s| matches!(s, ValueSense::CurrencySign(_)).then_some(()))
            .is_some()
}

fn plain_cardinal(words: &Words, i: usize) -> Option<(f64, usize)> {
    words.sense(i, |sense| match sense {
        ValueSense::Cardinal(value) => Some(*value),
        _ => None,
    })
}

/// "twenty-five", "two hundred and fifty thousand", "a dozen".
fn number_words(words: &Words, start: usize) -> Option<(Cardinal, usize)> {
    let article = words.is_any(start, &["a", "an"]);
    if article {
        scale(words, start + 1)?;
    }
    let (mut total, mut group) = (0.0f64, if article { 1.0f64 } else { 0.0 });
    let mut end = None;
    let mut i = if article { start + 1 } else { start };
    let mut after_scale = false;
    loop {
        let at = match end {
            Some(_) if words.is_hyphen(i) => i + 1,
            Some(_) if after_scale && words.is(i, "and") => i + 1,
            _ => i,
        };
        if let Some((value, next)) = plain_cardinal(words, at) {
            let continues = if value < 10.0 && value > 0.0 && group % 100.0 >= 20.0 {
                group % 10.0 == 0.0
            } else if group == 0.0 {
                after_scale
            } else {
                value < 100.0 && group % 100.0 == 0.0
            };
            if end.is_some() && !continues {
                break;
            }
            group += value;
            after_scale = false;
            (i, end) = (next, Some(next));
        } else if let Some((factor, next)) = scale(words, at) {
            if factor <= 100.0 {
                group = group.max(1.0) * factor;
            } else {
                total += group.max(1.0) * factor;
                group = 0.0;
            }
            after_scale = true;
            (i, end) = (next, Some(next));
        } else {
            break;
        }
    }
    end.map(|end| (exact(total + group), end))
}

/// "half", "a third", "two-thirds", "three quarters", "one in three", "nine out of ten".
fn fraction(words: &Words, i: usize) -> Option<(f64, usize)> {
    let part = |at: usize| {
        words.sense(at, |sense| match sense {
            ValueSense::Fraction(parts) => Some(*parts),
            _ => None,
        })
    };
    if words.is(i, "half") && !words.is_hyphen(i + 1) {
        return Some((0.5, i + 1));
    }
    if words.is_any(i, &["a", "an"]) {
        return part(i + 1).map(|(parts, end)| (1.0 / parts, end));
    }
    let (count, end) = cardinal(words, i).filter(|(c, _)| !c.vague)?;
    let at = if words.is_hyphen(end) { end + 1 } else { end };
    if let Some((parts, end)) = part(at)
        && count.value < parts
    {
        return Some((count.value / parts, end));
    }
    let joined = if words.is(end, "in") {
        Some(end + 1)
    } else if words.is(end, "out") && words.is(end + 1, "of") {
        Some(end + 2)
    } else {
        None
    };
    let (whole, end) = cardinal(words, joined?).filter(|(c, _)| !c.vague)?;
    // "one in three", not "two in 2019" nor "ten in five".
    let small = whole.value <= 100.0 || whole.value % 1000.0 == 0.0;
    (count.value < whole.value && whole.value >= 2.0 && small && whole.value.fract() == 0.0)
        .then_some((count.value / whole.value, end))
}

/// Reads the number or sum of money at word `i`, with the words that bound it.
pub(super) fn number(words: &Words, i: usize) -> Option<NumberReading> {
    let mut bounds = Bounds::default();
    let mut at = i;
    // "at least some", "well over": three such phrases are more than anybody writes.
    for _ in 0..3 {
        let found = words.sense(at, |sense| match sense {
            ValueSense::Bound(bound) => Some(*bound),
            _ => None,
        });
        let Some((bound, end)) = found else { break };
        if matches!(bound, Bound::AtLeast | Bound::AtMost) && bounds.start.is_none() {
            bounds.start = Some(at);
        }
        bounds.take(bound);
        at = end;
    }
    let mut reading = money(words, at).or_else(|| amount(words, at))?;
    if let Some(start) = bounds.start {
        reading.start = start;
    }
    reading.bare &= at == i;
    let post = if words.is_hyphen(reading.end) { reading.end + 1 } else { reading.end };
    let after = words.sense(post, |sense| match sense {
        ValueSense::PostBound(bound) => Some(*bound),
        _ => None,
    });
    if let Some((bound, end)) = after {
        // "12 at least": only where nothing else could take the words.
        let loose =
            words.is(post, "at") && words.get(end).is_some_and(|w| w.form == WordForm::Letters);
        if !loose {
            bounds.take(bound);
            reading.end = end;
            reading.bare = false;
        }
    } else if words.is(reading.end, "+") && words.words[reading.end].glued {
        bounds.take(Bound::AtLeast);
        reading.end += 1;
        reading.bare = false;
    }
    bounds.apply(&mut reading.quantity);
    Some(reading)
}

#[derive(Default)]
struct Bounds {
    start: Option<usize>,
    at_least: bool,
    at_most: bool,
    about: bool,
}

impl Bounds {
    fn take(&mut self, bound: Bound) {
        match bound {
            Bound::AtLeast => self.at_least = true,
            Bound::AtMost => self.at_most = true,
            Bound::About => self.about = true,
            Bound::Nearly => (self.about, self.at_most) = (true, true),
            Bound::Exactly => {}
        }
    }

    fn apply(&self, quantity: &mut Quantity) {
        if self.at_least {
            quantity.min = quantity.min.or(Some(quantity.value));
        }
        if self.at_most {
            quantity.max = quantity.max.or(Some(quantity.value));
        }
        quantity.approximate |= self.about;
    }
}

/// A number, a range of numbers, a share or a measure.
fn amount(words: &Words, i: usize) -> Option<NumberReading> {
    let vague = words.sense(i, |s| matches!(s, ValueSense::Vague { .. }).then_some(()));
    if vague.is_none()
        && let Some((value, end)) = fraction(words, i)
    {
        let end_of_share = ["-", "\u{2010}"];
        if words.is(i, "half") && words.is_any(end, &["a", "an"]) {
            // "half an hour": a measure of time, not a share of something.
            return None;
        }
        let quantity = Quantity { value, unit: Some("share".into()), ..Quantity::default() };
        let bare = words.is(i, "half") || words.is_any(i, &["a", "an"]);
        if !words.is_any(end, &end_of_share) {
            return Some(NumberReading { start: i, end, quantity, currency: None, bare });
        }
    }
    let between = words.is_any(i, &["between", "from"]);
    let first_at = if between { i + 1 } else { i };
    let (first, mut end) = cardinal(words, first_at)?;
    let mut quantity = Quantity {
        value: first.value,
        min: first.min,
        max: None,
        approximate: first.vague,
        unit: None,
    };
    let mut bare = !first.vague && end == first_at + 1;
    let join = match (between, words.get(end).map(|w| w.lower.as_str())) {
        (true, Some("and" | "to")) | (false, Some("to" | "or")) => Some(end + 1),
        // "5-6", "20 – 30": a third part would make it a telephone number or a date.
        (false, Some(_)) if words.is_dash(end) => Some(end + 1),
        _ => None,
    };
    let unit_between = measure(words, end);
    if let Some((high, high_end)) = join.and_then(|at| cardinal(words, at))
        && !words.is_hyphen(high_end)
    {
        // "20 to 30 million" scales both; "two or 300" does not count down.
        let factor = scale_of(words, join.unwrap_or(end) + 1, high_end);
        let low =
            if first.value < high.value / factor { first.value * factor } else { first.value };
        if low < high.value {
            quantity.value = low;
            quantity.min = Some(low);
            quantity.max = Some(high.value);
            quantity.approximate = true;
            end = high_end;
            bare = false;
        } else if between {
            return None;
        }
    } else if between {
        return None;
    } else if let Some((_, unit_end)) = unit_between
        && words.is_any(unit_end, &["to"])
        && let Some((high, high_end)) = cardinal(words, unit_end + 1)
        && measure(words, high_end).is_some()
        && first.value < high.value
    {
        // "5 km to 10 km".
        quantity.min = Some(first.value);
        quantity.max = Some(high.value);
        quantity.approximate = true;
        end = high_end;
    }
    let hyphen = words.is_hyphen(end);
    if let Some((unit, unit_end)) = measure(words, if hyphen { end + 1 } else { end }) {
        // "a 5-mile march" is no number of miles marched to a place, but the measure is right.
        quantity.unit = Some(unit);
        end = unit_end;
        bare = false;
    }
    Some(NumberReading { start: i, end, quantity, currency: None, bare })
}

/// The factor of scale words in `from..to`: 1,000,000 for "30 million".
fn scale_of(words: &Words, from: usize, to: usize) -> f64 {
    let mut factor = 1.0;
    let mut at = from;
    while at < to {
        match scale(words, at) {
            Some((f, end)) => (factor, at) = (factor * f, end),
            None => at += 1,
        }
    }
    factor
}

/// A unit of measure, or per cent.
fn measure(words: &Words, i: usize) -> Option<(SmolStr, usize)> {
    let (unit, end) = words.sense(i, |sense| match sense {
        ValueSense::Percent => Some(SmolStr::new("%")),
        ValueSense::Measure(unit) => Some(unit.clone()),
        _ => None,
    })?;
    // A single letter is a unit only where it is glued to its number ("300m").
    let letter = words.words[i].lower.len() == 1 && words.words[i].form == WordForm::Letters;
    (!letter || words.words[i].glued).then_some((unit, end))
}

/// "$100m", "£1.1bn", "US$ 5 million", "9 billion euros", "2 million US dollars".
fn money(words: &Words, i: usize) -> Option<NumberReading> {
    let sign = words.sense(i, |sense| match sense {
        ValueSense::CurrencySign(code) => Some(code.clone()),
        _ => None,
    });
    let (number_at, sign) = match sign {
        Some((code, end)) => (end, Some(code)),
        None => (i, None),
    };
    let (low, mut end) = cardinal(words, number_at)?;
    let mut quantity =
        Quantity { value: low.value, min: low.min, max: None, approximate: low.vague, unit: None };
    let repeated_sign = |at: usize| {
        words
            .sense(at, |s| matches!(s, ValueSense::CurrencySign(_)).then_some(()))
            .map_or(at, |s| s.1)
    };
    if (words.is_dash(end) || words.is(end, "to"))
        && let Some((high, high_end)) = cardinal(words, repeated_sign(end + 1))
    {
        let factor = scales_before(words, high_end).unwrap_or(1.0);
        let scaled = if low.value < high.value / factor { low.value * factor } else { low.value };
        if scaled < high.value {
            quantity.value = scaled;
            quantity.min = Some(scaled);
            quantity.max = Some(high.value);
            quantity.approximate = true;
            end = high_end;
        }
    }
    let vague_of = if low.vague && words.is(end, "of") { end + 1 } else { end };
    let name = words.sense(vague_of, |sense| match sense {
        ValueSense::Currency(code) => Some(code.clone()),
        _ => None,
    });
    let (currency, end) = match (sign, name) {
        (Some(code), Some((named, name_end))) if words.words[vague_of].capital => {
            (if named.len() == 3 { named } else { code }, name_end)
        }
        (Some(code), _) => (code, end),
        (None, Some((code, name_end))) => {
            let weight = words.has(vague_of, &ValueSense::Weight) && words.is(name_end, "of");
            if weight {
                let quantity = Quantity { unit: Some("lb".into()), ..quantity };
                return Some(NumberReading {
                    start: i,
                    end: name_end,
                    quantity,
                    currency: None,
                    bare: false,
                });
            }
            (code, name_end)
        }
        (None, None) => return None,
    };
    Some(NumberReading { start: i, end, quantity, currency: Some(currency), bare: false })
}

/// The factor of the scale word that ends at `end`.
fn scales_before(words: &Words, end: usize) -> Option<f64> {
    words
        .sense(end.checked_sub(1)?, |sense| match sense {
            ValueSense::Scale(factor) | ValueSense::GluedScale(factor) => Some(*factor),
            _ => None,
        })
        .map(|(factor, _)| factor)
}
