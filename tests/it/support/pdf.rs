//! A tagged PDF as somebody who hears it meets it: the tree of structure, with the text of each piece of content.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

/// A PDF that has been read.
pub(crate) struct Pdf {
    doc: Document,
    /// Texts by page and number of the marked content.
    texts: HashMap<(ObjectId, i64), String>,
    /// What is drawn outside all marks, by operator.
    pub(crate) unmarked: Vec<String>,
}

/// A piece of the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagged {
    /// What it is: `H1`, `Table`, `TD`.
    pub(crate) kind: String,
    /// Of a head of a table, what it names.
    pub(crate) scope: Option<String>,
    /// What is said in its place.
    pub(crate) alt: Option<String>,
    /// Its own content.
    pub(crate) own: String,
    /// The pieces in it.
    pub(crate) parts: Vec<Tagged>,
    /// Places to press.
    pub(crate) links: usize,
}

impl Tagged {
    /// Its text with that of all its parts.
    pub(crate) fn text(&self) -> String {
        let mut text = self.own.clone();
        for part in &self.parts {
            text.push_str(&part.text());
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Itself and everything in it, in the order of reading.
    pub(crate) fn all(&self) -> Vec<&Tagged> {
        let mut all = vec![self];
        all.extend(self.parts.iter().flat_map(Tagged::all));
        all
    }

    /// Everything in it of a kind, in the order of reading.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<&Tagged> {
        self.all().into_iter().filter(|one| one.kind == kind).collect()
    }

    /// The texts of a table, row by row.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let cells = |row: &Tagged| row.parts.iter().map(Tagged::text).collect();
        self.of_kind("TR").into_iter().map(cells).collect()
    }
}

impl Pdf {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let doc = Document::load_mem(bytes).unwrap();
        let (mut texts, mut unmarked) = (HashMap::new(), Vec::new());
        for page in doc.get_pages().into_values() {
            let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = doc
                .get_page_fonts(page)
                .unwrap()
                .into_iter()
                .map(|(name, font)| (name, font.get_font_encoding(&doc).unwrap()))
                .collect();
            let (mut marks, mut font) = (Vec::new(), None);
            for operation in doc.get_and_decode_page_content(page).unwrap().operations {
                let operands = &operation.operands;
                match operation.operator.as_str() {
                    "BDC" => {
                        marks.push(operands[1].as_dict().ok().and_then(|dict| dict.get(b"MCID").ok()?.as_i64().ok()));
                    }
                    "BMC" => marks.push(None),
                    "EMC" => drop(marks.pop()),
                    "Tf" => font = fonts.get(operands[0].as_name().unwrap()),
                    "Tj" | "TJ" => {
                        if marks.is_empty() {
                            unmarked.push(operation.operator.clone());
                        }
                        if let Some(number) = marks.iter().rev().find_map(|mark| *mark) {
                            let text: &mut String = texts.entry((page, number)).or_default();
                            shown(operands, font.unwrap(), text);
                        }
                    }
                    "f" | "f*" | "S" | "s" | "B" | "b" | "Do" | "sh" if marks.is_empty() => {
                        unmarked.push(operation.operator.clone());
                    }
                    _ => {}
                }
            }
            assert!(marks.is_empty(), "marks are left open");
        }
        Self { doc, texts, unmarked }
    }

    pub(crate) fn pages(&self) -> usize {
        self.doc.get_pages().len()
    }

    /// An entry of the catalogue, such as the language.
    pub(crate) fn said(&self, key: &str) -> String {
        let entry = self.doc.catalog().unwrap().get_deref(key.as_bytes(), &self.doc).unwrap();
        text_of(entry)
    }

    /// The title of the document.
    pub(crate) fn title(&self) -> String {
        let info = self.doc.trailer.get_deref(b"Info", &self.doc).unwrap().as_dict().unwrap();
        text_of(info.get(b"Title").unwrap())
    }

    /// The names of its bookmarks below the title.
    pub(crate) fn bookmarks(&self) -> Vec<String> {
        let outline = self.doc.catalog().unwrap().get_deref(b"Outlines", &self.doc).unwrap().as_dict().unwrap();
        let mut names = Vec::new();
        let mut next = outline.get_deref(b"First", &self.doc).ok();
        next = next.and_then(|title| title.as_dict().unwrap().get_deref(b"First", &self.doc).ok());
        while let Some(node) = next {
            let node = node.as_dict().unwrap();
            names.push(text_of(node.get(b"Title").unwrap()));
            next = node.get_deref(b"Next", &self.doc).ok();
        }
        names
    }

    /// The tree of structure, from the document down.
    pub(crate) fn tree(&self) -> Tagged {
        let root = self.doc.catalog().unwrap().get_deref(b"StructTreeRoot", &self.doc).unwrap().as_dict().unwrap();
        let mut whole = Tagged::default();
        self.children(root, None, &mut whole);
        whole.parts.pop().unwrap()
    }

    fn children(&self, element: &Dictionary, page: Option<ObjectId>, into: &mut Tagged) {
        let Ok(kids) = element.get_deref(b"K", &self.doc) else { return };
        let own_page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        let kids = match kids {
            Object::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        for kid in &kids {
            match self.doc.dereference(kid).unwrap().1 {
                Object::Integer(number) => into.own.push_str(self.text(own_page, *number)),
                Object::Dictionary(dict) => self.child(dict, own_page, into),
                other => panic!("{other:?} in the tree"),
            }
        }
    }

    fn child(&self, dict: &Dictionary, page: Option<ObjectId>, into: &mut Tagged) {
        match dict.get(b"Type").and_then(Object::as_name) {
            Ok(b"MCR") => {
                let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page).unwrap();
                let number = dict.get(b"MCID").unwrap().as_i64().unwrap();
                into.own.push_str(self.text(Some(page), number));
            }
            Ok(b"OBJR") => into.links += 1,
            _ => {
                let kind = String::from_utf8_lossy(dict.get(b"S").unwrap().as_name().unwrap()).into_owned();
                let alt = dict.get(b"Alt").ok().map(text_of);
                let mut part = Tagged { kind, alt, scope: self.scope(dict), ..Tagged::default() };
                self.children(dict, page, &mut part);
                into.parts.push(part);
            }
        }
    }

    /// What a piece of content says; a picture holds no text.
    fn text(&self, page: Option<ObjectId>, number: i64) -> &str {
        self.texts.get(&(page.unwrap(), number)).map_or("", String::as_str)
    }

    fn scope(&self, element: &Dictionary) -> Option<String> {
        let attributes = match element.get_deref(b"A", &self.doc).ok()? {
            Object::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        attributes.iter().find_map(|one| {
            let scope = self.doc.dereference(one).ok()?.1.as_dict().ok()?.get(b"Scope").ok()?.as_name().ok()?;
            Some(String::from_utf8_lossy(scope).into_owned())
        })
    }
}

/// A text of the format: UTF-16 behind its mark, else bytes.
fn text_of(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => String::from_utf16_lossy(
            &wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>(),
        ),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn shown(operands: &[Object], font: &Encoding<'_>, text: &mut String) {
    for operand in operands {
        match operand {
            Object::String(bytes, _) => text.push_str(&Document::decode_text(font, bytes).unwrap()),
            Object::Array(list) => shown(list, font, text),
            _ => {}
        }
    }
}
