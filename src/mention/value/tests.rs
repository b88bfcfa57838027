//! Tables of expressions and their values. The text is read as news of 2024-10-09, a Wednesday,
//! unless a line says otherwise.

use super::*;
use crate::pack::PackFiles;

fn lexicon() -> ValueLexicon {
    ValueLexicon::load(&PackFiles::builtin()).expect("the pack's value lexicons are valid")
}

fn written(interval: Option<DateInterval>) -> String {
    let Some(interval) = interval else { return "-".to_owned() };
    let end = |date: Option<crate::date::PartialDate>| date.map(|d| d.to_string());
    match (end(interval.start), end(interval.end)) {
        (Some(start), Some(end)) if start == end => start,
        (start, end) => {
            format!("{}..{}", start.unwrap_or_default(), end.unwrap_or_default())
        }
    }
}

#[test]
fn dates_are_read_as_people_write_them() {
    let lexicon = lexicon();
    let published = "2024-10-09".parse().ok();
    let mut wrong = Vec::new();
    for line in include_str!("dates.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (text, expected) = line.split_once('\t').expect(line);
        let found = written(parse_date_expression(text, published, &lexicon));
        if found != expected.trim() {
            wrong.push(format!("{text:?}: expected {}, found {found}", expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_count_from_the_date_told_before() {
    let lexicon = lexicon();
    let published = "2024-10-09".parse().ok();
    let cases = [
        ("2023-09..2023-12", "a few weeks earlier", "2023-08..2023-12"),
        ("2024-03-22", "the next day", "2024-03-23"),
        ("2024-03-22", "The following day,", "2024-03-23"),
        ("2024-03-22", "the previous evening; the day before", "2024-03-21"),
        ("2024-03-22", "four days later", "2024-03-26"),
        ("2024-03-22", "two weeks earlier", "2024-03-08"),
        ("2024-03-22", "a few weeks earlier", "2024-03"),
        ("2024-03-22", "that same month", "2024-03"),
        ("2011", "later that year", "2011"),
        ("2011", "in the same year", "2011"),
        ("2011-05", "a year later", "2012"),
        ("2011-05", "three months later", "2011-08"),
        ("2011-05-02", "the same day", "2011-05-02"),
        ("2011-05", "that day", "-"),
    ];
    for (told, text, expected) in cases {
        let (start, end) = told.split_once("..").unwrap_or((told, told));
        let told = DateInterval { start: start.parse().ok(), end: end.parse().ok() };
        let found = written(parse_date_after(text, published, Some(told), &lexicon));
        assert_eq!(found, expected, "{text} after {told:?}");
    }
}

#[test]
fn relative_dates_need_an_anchor() {
    let lexicon = lexicon();
    for text in ["last March", "yesterday", "the past 12 months", "since Monday", "3 February"] {
        assert_eq!(parse_date_expression(text, None, &lexicon), None, "{text}");
    }
    let absolute = parse_date_expression("since January 2022", None, &lexicon);
    assert_eq!(written(absolute), "2022-01..");
}

#[test]
fn quantities_are_read_as_people_write_them() {
    let lexicon = lexicon();
    let mut wrong = Vec::new();
    for line in include_str!("numbers.tsv").lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (text, expected) = line.split_once('\t').expect(line);
        let buffer = words::words_of_str(text, &lexicon);
        let words = Words { words: &buffer, lexicon: &lexicon };
        let found = (0..buffer.len()).find_map(|i| number::number(&words, i)).map_or_else(
            || "-".to_owned(),
            |reading| {
                let quantity = &reading.quantity;
                let mut out = format!("{}", (quantity.value * 1000.0).round() / 1000.0);
                if let Some(min) = quantity.min {
                    out += &format!(" min={}", (min * 1000.0).round() / 1000.0);
                }
                if let Some(max) = quantity.max {
                    out += &format!(" max={}", (max * 1000.0).round() / 1000.0);
                }
                if quantity.approximate {
                    out += " approximate";
                }
                if let Some(unit) = &quantity.unit {
                    out += &format!(" {unit}");
                }
                if let Some(currency) = &reading.currency {
                    out += &format!(" {currency}");
                }
                out
            },
        );
        if found != expected.trim() {
            wrong.push(format!("{text:?}: expected {}, found {found}", expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_is_read_without_panic() {
    let lexicon = lexicon();
    let published = "9999-12-31".parse().ok();
    let endless = "the end of ".repeat(5000) + "2014";
    let digits = "9".repeat(400);
    for text in [
        "",
        " ",
        "'",
        "99999999999 years ago",
        "a trillion trillion weeks later",
        "in 9999 and 99999",
        "30 February 2023, 31 April, 29 February",
        "from to between and since until",
        "last last last next this year",
        "$ £ € % 1,2,3 1.2.3.4 ,,, --- 5-5-5 '",
        "до января 2022 года, 2022年1月, ٢٠٢٢",
        &endless,
        &digits,
        "since 3bn 1e5 ½ ² Ⅷ 3½",
    ] {
        let _ = parse_date_expression(text, published, &lexicon);
        let _ = parse_quantity(text, &lexicon);
    }
}

#[test]
fn values_of_a_text_have_the_bounds_of_their_words() {
    // A sentence, and the words of its values in text order.
    let cases: &[(&str, &[&str])] = &[
        ("Just a few weeks earlier two men fled.", &["a few weeks earlier", "two"]),
        (
            "At least 43 people died on Friday, 12 of them children.",
            &["At least 43", "Friday", "12"],
        ),
        ("Ann Lee, 45, a 17-year-old and Unit 7 left at 1900 GMT.", &[]),
        ("One of them fired an AK-47 and the other two fled.", &["two"]),
        ("About 2,000 people left between 2014 and 2016.", &["2,000", "between 2014 and 2016"]),
        ("Over 2000 people saw the 2016 attacks.", &["Over 2000", "2016"]),
        (
            "They want $3 million and 30km of road by March 2020.",
            &["$3 million", "30km", "by March 2020"],
        ),
        ("It may rain; the troops march on the second bridge.", &[]),
    ];
    let lexicon = lexicon();
    let model = crate::text::LanguageModel::builtin().expect("the built-in model loads");
    for (source, expected) in cases {
        let text = model.annotate(source, &[crate::span::Span::new(0, source.len())]);
        let found: Vec<&str> = detect_values(&text, "2024-10-09".parse().ok(), &lexicon)
            .iter()
            .map(|mention| mention.span.of(source))
            .collect();
        assert_eq!(&found, expected, "{source}");
    }
}
