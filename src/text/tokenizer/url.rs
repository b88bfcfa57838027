//! Which chunks are web addresses: spaCy's `URL_PATTERN` (after Diego Perini's), read by hand.

/// Longer chunks are not looked at, so that the work stays bounded.
const LONGEST: usize = 4096;

/// Whether all of `text` is an address, a host name, or a mail address.
///
/// `lower` tells which characters may make up a top-level domain.
pub(super) fn is_url(text: &str, lower: impl Fn(char) -> bool) -> bool {
    if !text.contains('.') || text.len() > LONGEST {
        return false;
    }
    let after_scheme = text.find("://").and_then(|colon| {
        let scheme = &text[..colon];
        let fits =
            scheme.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.'));
        (fits && scheme.chars().nth(1).is_some()).then_some(colon + 3)
    });
    std::iter::once(0).chain(after_scheme).any(|base| {
        let rest = &text[base..];
        let after_user = rest.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| at + 1);
        std::iter::once(0).chain(after_user).any(|start| {
            let place = &rest[start..];
            is_public_address(place) || is_host(place, &lower)
        })
    })
}

/// Nothing more, a port, a path, or a port and a path.
fn ends_well(tail: &str) -> bool {
    let is_path = |s: &str| s.is_empty() || s.starts_with(['/', '?', '#']);
    if is_path(tail) {
        return true;
    }
    let Some(port) = tail.strip_prefix(':') else { return false };
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    (2..=5).contains(&digits) && is_path(&port[digits..])
}

fn is_host(text: &str, lower: &impl Fn(char) -> bool) -> bool {
    let mut rest = text;
    let mut labels = 0;
    loop {
        if labels > 0 {
            let top: usize = rest.chars().take_while(|c| lower(*c)).map(char::len_utf8).sum();
            let length = rest[..top].chars().count();
            if (2..=63).contains(&length) && ends_well(&rest[top..]) {
                return true;
            }
        }
        let Some((label, more)) = rest.split_once('.') else { return false };
        if !is_label(label) {
            return false;
        }
        labels += 1;
        rest = more;
    }
}

fn is_label(label: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    label.starts_with(letter)
        && label.ends_with(letter)
        && label.chars().all(|c| letter(c) || matches!(c, '_' | '-'))
        && label.chars().count() <= 64
}

/// A dotted IPv4 address outside the private, loop-back, link-local and multicast ranges.
fn is_public_address(text: &str) -> bool {
    let length = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let mut octets = [0u16; 4];
    let mut parts = text[..length].split('.');
    for (i, octet) in octets.iter_mut().enumerate() {
        let Some(part) = parts.next().filter(|p| (1..=3).contains(&p.len())) else { return false };
        let leading_zero = part.starts_with('0') && (i == 0 || i == 3 || part.len() == 3);
        match part.parse() {
            Ok(value) if value <= 255 && !leading_zero => *octet = value,
            _ => return false,
        }
    }
    let [a, b, _, d] = octets;
    let private = matches!(a, 10 | 127)
        || (a, b) == (169, 254)
        || (a, b) == (192, 168)
        || (a == 172 && (16..=31).contains(&b));
    parts.next().is_none()
        && (1..=223).contains(&a)
        && (1..=254).contains(&d)
        && !private
        && ends_well(&text[length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        let url = |text| is_url(text, |c: char| c.is_lowercase());
        for text in [
            "http://example.org",
            "example.org/a?b#c",
            "www.example.co.uk:8080/x",
            "press@example.org",
            "mailto:press@example.org",
            "8.8.8.8",
            "ftp://user:word@example.org",
            "end.start",
        ] {
            assert!(url(text), "{text}");
        }
        for text in ["U.S.", "end.Start", "10.0.0.1", "a.m", "3.14", "example.org:1", "-a.org", "x"]
        {
            assert!(!url(text), "{text}");
        }
    }
}
