//! One document is read in time that grows with its length, whatever repeats in it: incidents of one
//! kind in one place, people of one surname, definite phrases, a text without full stops.

use std::fmt::Write;
use std::sync::LazyLock;
use std::time::Instant;

use corkboard::document::Document;
use corkboard::pipeline::Analyst;

use crate::linking_scale::spelt;

static ANALYST: LazyLock<Analyst> = LazyLock::new(|| Analyst::builtin().unwrap());

/// Repeats of the shorter text.
const FEW: usize = 500;

/// The longer text has four times as many, and takes four times as long; where every mention is
/// compared with every other it takes sixteen times as long, or more.
const TIMES: usize = 4;
const ALLOWED: f64 = 8.0;

/// How often both are measured before they count as too far apart: a busy machine may slow one.
const ROUNDS: usize = 4;

fn text(repeats: usize, sentence: fn(usize) -> String) -> Document {
    let mut text = String::new();
    for number in 0..repeats {
        let _ = write!(text, "{} ", sentence(number));
    }
    Document::from_text("scale", &text, &ANALYST.pack().furniture)
}

/// Seconds that this thread has worked, as Linux counts them: other tests and programs do not count.
/// Elsewhere the seconds since `started`.
fn worked(started: Instant) -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|c| c.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(started.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn time(document: &Document) -> f64 {
    let started = Instant::now();
    let before = worked(started);
    let analysis = ANALYST.analyse(document);
    let took = worked(started) - before;
    assert!(analysis.mentions.len() >= FEW, "{} mentions", analysis.mentions.len());
    took
}

/// Asserts that the time to read `few` sentences and more grows with their number. What is measured is
/// the shortest time of a few, which the load of the machine changes least.
fn grows_with_length(what: &str, few: usize, sentence: fn(usize) -> String) {
    let (short, long) = (text(few, sentence), text(few * TIMES, sentence));
    let (mut least_short, mut least_long) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        least_short = least_short.min(time(&short));
        least_long = least_long.min(time(&long));
        if least_long <= ALLOWED * least_short {
            return;
        }
    }
    panic!("{what}: {few} took {least_short} s, {TIMES} times as many {least_long} s");
}

#[test]
fn incidents_of_one_kind_in_one_place() {
    grows_with_length("one place", 4 * FEW, |_| {
        "The attackers attacked Oran. They fled.".to_owned()
    });
    grows_with_length("other dead", FEW, |n| {
        format!("Gunmen killed {} Karan and {} others in Oran.", spelt(n), n % 90 + 2)
    });
}

#[test]
fn people_of_one_surname() {
    grows_with_length("one surname", FEW, |n| format!("{} Karan met the minister.", spelt(n)));
}

#[test]
fn definite_phrases_and_pronouns() {
    grows_with_length("definite phrases", FEW, |_| {
        "The group attacked the bank. The agency said the minister was in the city.".to_owned()
    });
    grows_with_length("quotations", FEW, |n| {
        format!("\"We will attack {},\" he said. \"It is over.\"", spelt(n))
    });
}

#[test]
fn acronyms_and_offices() {
    grows_with_length("acronyms", FEW, |n| {
        let (first, second) = (spelt(n), spelt(n * 7 + 3));
        format!("The {first} {second} Army (BBA{n}) said the {first} minister had left.")
    });
}

#[test]
fn a_text_without_full_stops() {
    grows_with_length("no full stop", FEW, |n| {
        format!("the group attacked {} and he said the men fled with rifles", spelt(n))
    });
    grows_with_length("numbers", FEW, |n| {
        format!("{n} {}/{}/{} ${n}m", n % 28 + 1, n % 12 + 1, 1990 + n % 30)
    });
}
