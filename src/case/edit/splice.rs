//! Where in the text of a case file something is written, by the places that `toml_edit` gives. Only these bytes change:
//! written back as a whole, keys with dots would lose their order. Knows TOML, and no facts.

use toml_edit::{Document, InlineTable, Item, Table, TableLike, Value};

use super::Unfit;
use super::written::key;

/// A place in a file: an entry of a list by its id, or the top; and the keys below.
#[derive(Debug, Clone)]
pub(super) struct Path<'p> {
    /// The list and the id of its entry.
    pub(super) entry: Option<(&'p str, &'p str)>,
    /// The keys below.
    pub(super) keys: Vec<&'p str>,
    /// How many of the keys make the heading, where there is none yet.
    pub(super) heading: usize,
}

/// A text, and what stands where in it.
pub(super) struct Splice<'t> {
    text: &'t str,
    document: Document<&'t str>,
}

/// What holds keys: lines below a heading, or a table within a line.
#[derive(Clone, Copy)]
enum Holder<'d> {
    Lines(&'d Table),
    Inline(&'d InlineTable),
}

impl<'t> Splice<'t> {
    pub(super) fn new(text: &'t str) -> Result<Splice<'t>, Unfit> {
        let document = Document::parse(text).map_err(|_| Unfit::Form(1))?;
        Ok(Splice { text, document })
    }

    /// The text with a value at a place: instead of what stands there, or on a line of its own. `rank` orders headings.
    pub(super) fn set(
        &self,
        path: &Path<'_>,
        value: &str,
        rank: impl Fn(&str) -> usize,
    ) -> Result<String, Unfit> {
        match self.holder(path)? {
            Holder::Inline(table) => self.set_inline(table, &path.keys, value),
            Holder::Lines(table) => {
                let at_top = path.entry.is_none();
                self.set_line(table, path, value, at_top, &rank)
            }
        }
    }

    /// The value that stands at a place.
    pub(super) fn get(&self, path: &Path<'_>) -> Option<&Value> {
        let table: &dyn TableLike = match self.holder(path).ok()? {
            Holder::Lines(table) => table,
            Holder::Inline(table) => table,
        };
        let (last, tables) = path.keys.split_last()?;
        let mut table = table;
        for key in tables {
            table = table.get(key)?.as_table_like()?;
        }
        table.get(last)?.as_value()
    }

    /// The text with one more item in the list at a place, which is made where there is none.
    pub(super) fn push(
        &self,
        path: &Path<'_>,
        item: &str,
        rank: impl Fn(&str) -> usize,
    ) -> Result<String, Unfit> {
        let Some(found) = self.get(path) else {
            return self.set(path, &format!("[{item}]"), rank);
        };
        let list = found.as_array().ok_or_else(|| self.unfit(found.span()))?;
        let end = list.iter().last().and_then(Value::span).map(|span| span.end);
        let open = found.span().map(|span| span.start + 1).ok_or(Unfit::Form(1))?;
        Ok(match end {
            Some(end) => self.with(end, end, &format!(", {item}")),
            None => self.with(open, open, item),
        })
    }

    /// The text with one more entry in a list: a heading with two brackets and its lines, behind what comes before it.
    pub(super) fn add_entry(
        &self,
        list: &str,
        pairs: &[(&str, String)],
        rank: impl Fn(&str) -> usize,
    ) -> Result<String, Unfit> {
        if self.document.get(list).is_some_and(Item::is_value) {
            let pairs = pairs.iter().map(|(key, value)| format!("{key} = {value}"));
            let item = format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "));
            let path = Path { entry: None, keys: vec![list], heading: 0 };
            return self.push(&path, &item, rank);
        }
        let lines = pairs.iter().map(|(key, value)| format!("{key} = {value}\n"));
        let block = format!("[[{}]]\n{}", key(list), lines.collect::<String>());
        Ok(self.add_block(list, &block, rank))
    }

    /// The text with a word that begins the line of a place replaced by another, and its value.
    pub(super) fn reverse(
        &self,
        path: &Path<'_>,
        word: [&str; 2],
        value: &str,
    ) -> Result<String, Unfit> {
        let span = self.get(path).and_then(Value::span).ok_or(Unfit::Form(1))?;
        let start = self.line_start(span.start);
        let line = self.text.get(start..span.start).unwrap_or_default();
        let lead = line.len() - line.trim_start().len();
        let rest = line.trim_start().strip_prefix(word[0]).filter(|rest| rest.starts_with('.'));
        let rest = rest.ok_or_else(|| self.unfit(Some(span.clone())))?;
        let indent = line.get(..lead).unwrap_or_default();
        Ok(self.with(start, span.end, &format!("{indent}{}{rest}{value}", word[1])))
    }

    fn holder(&self, path: &Path<'_>) -> Result<Holder<'_>, Unfit> {
        let Some((list, id)) = path.entry else {
            return Ok(Holder::Lines(self.document.as_table()));
        };
        let is_it = |table: &dyn TableLike| {
            table.get("id").and_then(Item::as_str).is_some_and(|found| found == id)
        };
        let item = self.document.get(list);
        let found = match item {
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter().find(|table| is_it(*table)).map(Holder::Lines)
            }
            Some(Item::Value(Value::Array(tables))) => {
                let mut tables = tables.iter().filter_map(Value::as_inline_table);
                tables.find(|table| is_it(*table)).map(Holder::Inline)
            }
            _ => None,
        };
        found.ok_or_else(|| self.unfit(item.and_then(Item::span)))
    }

    fn set_line(
        &self,
        lines: &Table,
        path: &Path<'_>,
        value: &str,
        at_top: bool,
        rank: &impl Fn(&str) -> usize,
    ) -> Result<String, Unfit> {
        let mut table = lines;
        for (depth, name) in path.keys.iter().enumerate() {
            let rest = path.keys.get(depth + 1..).unwrap_or_default();
            match table.get(name) {
                None | Some(Item::None) => break,
                Some(Item::Value(Value::InlineTable(inline))) if !rest.is_empty() => {
                    return self.set_inline(inline, rest, value);
                }
                Some(Item::Value(old)) if rest.is_empty() => return self.replace(old, value),
                Some(Item::Table(inner)) if rest.is_empty() => {
                    let first = inner.iter().next().and_then(|(_, item)| item.span());
                    return Err(self.unfit(first.or(inner.span())));
                }
                Some(Item::Table(inner)) if inner.is_dotted() || inner.is_implicit() => {
                    table = inner;
                }
                Some(Item::Table(inner)) => {
                    let path = Path { entry: None, keys: rest.to_vec(), heading: 0 };
                    return self.set_line(inner, &path, value, false, rank);
                }
                Some(item) => return Err(self.unfit(item.span())),
            }
        }
        let dotted = table.is_dotted() && last_leaf(table).is_some();
        if at_top && !dotted {
            return Ok(self.set_below_heading(path, value, rank));
        }
        let anchor = if dotted { last_leaf(table) } else { last_leaf(lines) };
        let after = anchor.or_else(|| lines.span().map(|span| span.end)).unwrap_or(0);
        let keys: Vec<String> = path.keys.iter().map(|name| key(name)).collect();
        let indent = if anchor.is_some() { self.indent(after) } else { "" };
        Ok(self.add_line(after, &format!("{indent}{} = {value}\n", keys.join("."))))
    }

    /// A heading that is not there yet, with its first line.
    fn set_below_heading(
        &self,
        path: &Path<'_>,
        value: &str,
        rank: &impl Fn(&str) -> usize,
    ) -> String {
        let keys: Vec<String> = path.keys.iter().map(|name| key(name)).collect();
        let (heading, rest) = keys.split_at_checked(path.heading).unwrap_or((&keys, &[]));
        let block = format!("[{}]\n{} = {value}\n", heading.join("."), rest.join("."));
        let first = path.keys.first().copied().unwrap_or_default();
        self.add_block(first, &block, rank)
    }

    fn set_inline(
        &self,
        inline: &InlineTable,
        keys: &[&str],
        value: &str,
    ) -> Result<String, Unfit> {
        let mut table = inline;
        for (depth, name) in keys.iter().enumerate() {
            let rest = keys.get(depth + 1..).unwrap_or_default();
            match table.get(name) {
                None => break,
                Some(Value::InlineTable(inner)) if !rest.is_empty() && inner.is_dotted() => {
                    table = inner;
                }
                Some(Value::InlineTable(inner)) if !rest.is_empty() => {
                    return self.set_inline(inner, rest, value);
                }
                Some(old) if rest.is_empty() => return self.replace(old, value),
                Some(old) => return Err(self.unfit(old.span())),
            }
        }
        let keys: Vec<String> = keys.iter().map(|name| key(name)).collect();
        let pair = format!("{} = {value}", keys.join("."));
        let open = inline.span().map(|span| span.start + 1).ok_or(Unfit::Form(1))?;
        Ok(match last_of_inline(inline) {
            Some(end) => self.with(end, end, &format!(", {pair}")),
            None => self.with(open, open, &format!(" {pair} ")),
        })
    }

    /// What stands in place of a value; one over several lines may hold comments, and is left alone.
    fn replace(&self, old: &Value, value: &str) -> Result<String, Unfit> {
        let span = old.span().ok_or(Unfit::Form(1))?;
        let text = self.text.get(span.clone()).unwrap_or_default();
        if text.contains('\n') && text.contains('#') {
            return Err(self.unfit(Some(span)));
        }
        Ok(self.with(span.start, span.end, value))
    }

    /// A block behind the last one that comes before it, or at the end.
    fn add_block(&self, name: &str, block: &str, rank: impl Fn(&str) -> usize) -> String {
        let own = rank(name);
        let before = self.document.iter().filter(|(other, _)| rank(other) <= own);
        let end = before.filter_map(|(_, item)| block_end(item)).max();
        let at = end.map_or(self.text.len(), |end| self.line_end(end));
        let before = self.text.get(..at).unwrap_or_default();
        let gap = match before {
            "" => "",
            _ if before.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let after = self.text.get(at..).unwrap_or_default();
        let behind = if after.is_empty() || after.starts_with(['\n', '\r']) { "" } else { "\n" };
        self.with(at, at, &format!("{gap}{block}{behind}"))
    }

    /// A line behind the one that a byte lies in.
    fn add_line(&self, after: usize, line: &str) -> String {
        let at = self.line_end(after);
        let open = !self.text.get(..at).unwrap_or_default().ends_with('\n');
        self.with(at, at, &format!("{}{line}", if open { "\n" } else { "" }))
    }

    /// The text with a part replaced; what comes in has the line ends of the text.
    fn with(&self, start: usize, end: usize, new: &str) -> String {
        let new = if self.text.contains("\r\n") { new.replace('\n', "\r\n") } else { new.into() };
        let part = |range: std::ops::Range<usize>| self.text.get(range).unwrap_or_default();
        format!("{}{new}{}", part(0..start), part(end..self.text.len()))
    }

    fn line_start(&self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or_default();
        before.rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        rest.find('\n').map_or(self.text.len(), |at| byte + at + 1)
    }

    /// The white space before the line that a byte lies in.
    fn indent(&self, byte: usize) -> &str {
        let line = self.text.get(self.line_start(byte)..).unwrap_or_default();
        let rest = line.trim_start_matches([' ', '\t']);
        line.get(..line.len() - rest.len()).unwrap_or_default()
    }

    fn unfit(&self, at: Option<std::ops::Range<usize>>) -> Unfit {
        let before = at.and_then(|span| self.text.get(..span.start)).unwrap_or_default();
        Unfit::Form(before.matches('\n').count() + 1)
    }
}

/// Where the last value ends that stands on the lines of a table itself.
fn last_leaf(table: &Table) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(value) => Some(value.span()?.end),
        Item::Table(inner) if inner.is_dotted() => last_leaf(inner),
        _ => None,
    });
    ends.max()
}

fn last_of_inline(table: &InlineTable) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, value)| match value {
        Value::InlineTable(inner) if inner.is_dotted() => last_of_inline(inner),
        _ => Some(value.span()?.end),
    });
    ends.max()
}

/// Where what stands below a heading ends; none for what has no heading.
fn block_end(item: &Item) -> Option<usize> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter().filter_map(table_end).max(),
        Item::Table(table) if !table.is_dotted() => table_end(table),
        _ => None,
    }
}

fn table_end(table: &Table) -> Option<usize> {
    let own = (!table.is_implicit())
        .then(|| last_leaf(table).or_else(|| table.span().map(|span| span.end)));
    let below = table.iter().filter_map(|(_, item)| block_end(item));
    own.flatten().into_iter().chain(below).max()
}
