//! E-mail messages: subject, sender, day and the readable part.

use mail_parser::{Address, MessageParser};

use super::blocks::Layout;
use super::metadata::DocumentMetadata;
use super::raw::FormattedText;

/// Reads a message (RFC 5322, MIME). The plain part is preferred to the HTML one.
pub(super) fn read(bytes: &[u8]) -> Result<FormattedText, String> {
    let message =
        MessageParser::default().parse(bytes).ok_or_else(|| "not an e-mail message".to_owned())?;
    let sender = message.from().and_then(Address::first);
    let publisher =
        sender.and_then(|from| from.name().or(from.address())).map(|name| name.trim().to_owned());
    let published = message
        .date()
        .and_then(|d| crate::date::Date::new(d.year as i16, d.month as i8, d.day as i8));
    let metadata = DocumentMetadata {
        id: None,
        title: message.subject().map(|subject| subject.trim().to_owned()),
        publisher: publisher.filter(|name| !name.is_empty()),
        published: None,
        url: None,
    };
    let has_plain = message.text_bodies().any(|part| part.is_text() && !part.is_text_html());
    let text = match has_plain {
        true => message.body_text(0),
        false => None,
    };
    if let Some(text) = text {
        let (text, _) = super::decode::without_controls(super::decode::without_carriage_returns(
            text.into_owned(),
        ));
        return Ok(FormattedText {
            text,
            layout: Layout::Plain,
            metadata,
            page_day: published,
            head: 0,
        });
    }
    let html =
        message.body_html(0).ok_or_else(|| "a message without a readable part".to_owned())?;
    let (page, _) = super::raw::read_html(&html)?;
    Ok(FormattedText { metadata, page_day: published, ..page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gives_subject_sender_day_and_text() {
        let message = "From: \"Harbour Watch\" <desk@harbour.example>\r\nSubject: =?utf-8?q?Caf=C3=A9_blast?=\r\nDate: Tue, 08 Oct 2024 23:12:44 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nA blast hit a caf=E9 in the old=\r\n port.\r\n";
        let read = read(message.as_bytes()).expect("a message");
        assert_eq!(read.text.trim(), "A blast hit a café in the old port.");
        assert_eq!(read.metadata.title.as_deref(), Some("Café blast"));
        assert_eq!(read.metadata.publisher.as_deref(), Some("Harbour Watch"));
        assert_eq!(read.page_day, crate::date::Date::new(2024, 10, 8));
    }
}
