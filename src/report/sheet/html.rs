//! A sheet as one HTML page: its style inside, no script, nothing fetched. Every text is escaped.

use super::super::page::{Look, safe};
use super::{Line, Piece, Sheet};

const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:1.8rem 0 .4rem;border-bottom:1px solid #bbb}\
p{margin:.2rem 0}.entry{margin-top:.6rem}.tag{display:inline-block;min-width:6.5rem;font-weight:600}\
.under,.bullet{margin-left:6.8rem}.bullet::before{content:\"\\2013\\00a0\"}\
code{color:#555;font-size:.85em}.grave{color:#9b1c1c}.serious{color:#8a5a00}.good{color:#17692f}.dim{color:#555}\
table{border-collapse:collapse;margin:.6rem 0}th,td{padding:.15rem .6rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}\
.number{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto;margin:.8rem 0}\
@media print{body{max-width:none;margin:0}h2{break-after:avoid}.entry{break-inside:avoid}}";

/// Text between tags.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in safe(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

/// Text inside a picture or an attribute: the same escapes hold there.
pub(in crate::report) fn attribute(words: &str) -> String {
    text(words)
}

impl Sheet {
    /// As an HTML page with this title.
    pub(in crate::report) fn html(&self, title: &str) -> String {
        let body: Vec<String> = self.lines.iter().map(line).collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}\n</body>\n</html>\n",
            text(title),
            body.join("\n")
        )
    }
}

fn line(line: &Line) -> String {
    match line {
        Line::Title(pieces) => format!("<h1>{}</h1>", joined(pieces)),
        Line::Head(pieces) => format!("<p>{}</p>", joined(pieces)),
        Line::Section(title) => format!("<h2>{}</h2>", text(&super::sentence(title))),
        Line::Moment(title) => format!("<h2>{}</h2>", text(title)),
        Line::Picture(svg) => svg.clone(),
        Line::Rows(table) => table.html(),
        Line::Block(file) => {
            let lines: Vec<String> = file.lines().map(text).collect();
            format!("<pre>{}</pre>", lines.join("\n"))
        }
        Line::Entry(look, tag, pieces) => {
            let tag = format!("<span class=\"tag {}\">{}</span>", class(*look), text(tag));
            format!("<p class=\"entry\">{tag} {}</p>", joined(pieces))
        }
        Line::Under(pieces) => format!("<p class=\"under\">{}</p>", joined(pieces)),
        Line::Bullet(pieces) => format!("<p class=\"bullet\">{}</p>", joined(pieces)),
        Line::Branch(depth, look, mark, pieces) => {
            let mark =
                format!("<span class=\"tag {}\">{}</span>", class(*look), text(mark.trim_end()));
            format!("<p style=\"margin-left:{}em\">{mark} {}</p>", depth * 2, joined(pieces))
        }
    }
}

fn joined(pieces: &[Piece]) -> String {
    super::join(pieces, |piece| match piece {
        Piece::Words(Look::Plain, words) => text(words),
        Piece::Words(Look::Strong, words) => format!("<strong>{}</strong>", text(words)),
        Piece::Words(look, words) => {
            format!("<span class=\"{}\">{}</span>", class(*look), text(words))
        }
        Piece::Id(id) => format!("<code>{}</code>", text(id)),
    })
}

fn class(look: Look) -> &'static str {
    match look {
        Look::Plain | Look::Strong | Look::Heading => "plain",
        Look::Dim => "dim",
        Look::Grave => "grave",
        Look::Serious => "serious",
        Look::Good => "good",
    }
}
