//! Which file of the sources uses which, read from their tokens.
//!
//! A file uses another when a path in its code, macros included, leads to something that the other file defines:
//! re-exports are followed to where the thing itself is. To declare a module, to re-export from a module below, or to
//! bring a module into scope is no use by itself; what is named through it is. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

type Names = Vec<String>;

/// One file below `src`.
pub(super) struct Source {
    /// Its path below `src`.
    pub(super) file: String,
    /// Its text without its tests.
    pub(super) code: String,
    module: Names,
    children: BTreeSet<String>,
    /// What each name in scope stands for.
    imports: BTreeMap<String, Names>,
    /// Whether the file uses it, or only hands it on.
    imported: Vec<(Names, bool)>,
    paths: BTreeSet<Names>,
    /// Modules that stand in it as a block: lists of files.
    blocks: Vec<Source>,
}

/// All files below `src` but those of tests.
pub(super) fn sources(src: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    files(src, &mut found);
    found.sort();
    found
        .into_iter()
        .filter_map(|path| {
            let file = path.strip_prefix(src).unwrap().to_str().unwrap().to_owned();
            (!file.split(['/', '.']).any(|part| part == "tests")).then(|| Source::read(file, &path))
        })
        .flat_map(|mut source| {
            let blocks = std::mem::take(&mut source.blocks);
            std::iter::once(source).chain(blocks)
        })
        .collect()
}

fn files(below: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// For each file the files that it uses.
pub(super) fn uses(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<&[String], &Source> =
        sources.iter().map(|source| (source.module.as_slice(), source)).collect();
    sources
        .iter()
        .map(|source| {
            let imported = source.imported.iter().filter_map(|(path, handed_on)| {
                let target = resolve(&modules, source, path)?;
                (!handed_on || !target.module.starts_with(&source.module)).then_some(target)
            });
            let named = source.paths.iter().filter_map(|path| resolve(&modules, source, path));
            let used = imported.chain(named).map(|target| target.file.as_str()).filter(|file| *file != source.file);
            (source.file.as_str(), used.collect())
        })
        .collect()
}

/// The file that defines what a path in a file leads to; none for a path out of the crate, or to a module.
fn resolve<'a>(modules: &BTreeMap<&[String], &'a Source>, from: &'a Source, path: &[String]) -> Option<&'a Source> {
    let (first, rest) = path.split_first()?;
    let module = |names: &[String]| modules.get(names).copied();
    let parent = || from.module.split_last().and_then(|(_, above)| module(above));
    match first.as_str() {
        "crate" => resolve(modules, module(&[])?, &with("self", rest)),
        "super" => resolve(modules, parent()?, &with("self", rest)),
        "self" => match rest.first() {
            None => None,
            Some(next) if next == "super" => resolve(modules, from, rest),
            Some(next) if from.children.contains(next) || from.imports.contains_key(next) => {
                resolve(modules, from, rest)
            }
            Some(_) => Some(from),
        },
        name if from.children.contains(name) => {
            let below: Names = from.module.iter().chain([first]).cloned().collect();
            resolve(modules, module(&below)?, &with("self", rest))
        }
        name => {
            let mut whole = from.imports.get(name)?.clone();
            // A crate that has the name by which it is imported.
            if whole.first().is_some_and(|head| head == name) {
                return None;
            }
            whole.extend_from_slice(rest);
            resolve(modules, from, &whole)
        }
    }
}

fn with(first: &str, rest: &[String]) -> Names {
    std::iter::once(first.to_owned()).chain(rest.iter().cloned()).collect()
}

impl Source {
    fn read(file: String, path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file} is no Rust: {error}"));
        let module = file.trim_end_matches(".rs").split('/').map(str::to_owned);
        let module = module.filter(|name| !["mod", "lib"].contains(&name.as_str())).collect();
        Self::of(file, code, module, tokens)
    }

    fn of(file: String, code: String, module: Names, tokens: TokenStream) -> Self {
        let mut source = Self {
            file,
            code,
            module,
            children: BTreeSet::new(),
            imports: BTreeMap::new(),
            imported: Vec::new(),
            paths: BTreeSet::new(),
            blocks: Vec::new(),
        };
        source.walk(tokens);
        source
    }

    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let public = matches!(at.checked_sub(1).map(|before| &tokens[before]),
                Some(TokenTree::Ident(word)) if word == "pub")
                || matches!(at.checked_sub(1).map(|before| &tokens[before]),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
            at += 1;
            match token {
                TokenTree::Group(group) if is_test_mark(group) => {
                    let end = |token: &TokenTree| is(token, ';') || is_block(token);
                    at += tokens[at..].iter().position(end).unwrap_or(0) + 1;
                }
                TokenTree::Group(group) => self.walk(group.stream()),
                TokenTree::Ident(word) if word == "use" => {
                    let end = at + tokens[at..].iter().position(|token| is(token, ';')).unwrap_or(0);
                    self.import(&[], &tokens[at..end], public);
                    at = end;
                }
                TokenTree::Ident(word) if word == "mod" => {
                    let name = tokens[at].to_string();
                    if let Some(TokenTree::Group(block)) = tokens.get(at + 1) {
                        let file = format!("{}#{name}", self.file);
                        let module = self.module.iter().cloned().chain([name.clone()]).collect();
                        self.blocks.push(Self::of(file, String::new(), module, block.stream()));
                        at += 2;
                    }
                    self.children.insert(name);
                }
                TokenTree::Ident(word) => {
                    let mut path = vec![word.to_string()];
                    while let Some(TokenTree::Ident(next)) = step(&tokens, at) {
                        path.push(next.to_string());
                        at += 3;
                    }
                    if path.len() > 1 {
                        self.paths.insert(path);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn import(&mut self, before: &[String], tokens: &[TokenTree], public: bool) {
        for branch in tokens.split(|token| is(token, ',')) {
            let mut path = before.to_vec();
            let mut name = None;
            for (number, token) in branch.iter().enumerate() {
                match token {
                    TokenTree::Group(group) => {
                        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.import(&path, &inner, public);
                        path.clear();
                    }
                    TokenTree::Ident(word) if word == "as" => {
                        name = branch.get(number + 1).map(ToString::to_string);
                        break;
                    }
                    TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                    TokenTree::Ident(word) => path.push(word.to_string()),
                    TokenTree::Punct(mark) => assert_ne!(mark.as_char(), '*', "{} imports everything", self.file),
                    TokenTree::Literal(_) => {}
                }
            }
            if let Some(last) = path.last() {
                self.imports.insert(name.unwrap_or_else(|| last.clone()), path.clone());
                self.imported.push((path, public));
            }
        }
    }
}

/// What stands behind a `::` at this place.
fn step(tokens: &[TokenTree], at: usize) -> Option<&TokenTree> {
    let colons = tokens.get(at..at + 2)?.iter().all(|token| is(token, ':'));
    colons.then(|| tokens.get(at + 2)).flatten()
}

fn is(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_test_mark(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket && group.to_string() == "[cfg (test)]"
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Files that use each other, directly or through others: each list is one circle.
pub(super) fn circles<'a>(uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses
        .keys()
        .map(|file| {
            let mut seen = BTreeSet::new();
            let mut next = vec![*file];
            while let Some(file) = next.pop() {
                next.extend(uses.get(file).into_iter().flatten().copied().filter(|used| seen.insert(*used)));
            }
            (*file, seen)
        })
        .collect();
    uses.keys()
        .map(|file| reached[file].iter().copied().filter(|other| reached[other].contains(file)).collect())
        .filter(|circle: &BTreeSet<&str>| !circle.is_empty())
        .collect()
}
