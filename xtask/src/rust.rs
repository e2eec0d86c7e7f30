//! Rust source as the rules see it: its functions with their lines, and its words outside attributes and tests.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::Visit;

/// One word, sign or literal of a file, with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
    pub literal: bool,
}

/// A function and the lines from its `fn` to its closing brace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

/// A parsed Rust file.
pub struct Source {
    file: syn::File,
}

impl Source {
    /// Parses `text`; a file that rustc would refuse is an error.
    pub fn parse(text: &str) -> syn::Result<Source> {
        Ok(Source { file: syn::parse_file(text)? })
    }

    /// Every function of the file, free or of an `impl` or trait, tests included.
    pub fn functions(&self) -> Vec<Function> {
        let mut found = Functions(Vec::new());
        found.visit_file(&self.file);
        found.0
    }

    /// All tokens, attributes and tests included, groups flattened to their brackets.
    pub fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        flatten(self.file.to_token_stream(), Attributes::Keep, &mut tokens);
        tokens
    }

    /// The tokens of what ships: without attributes, comments and `#[cfg(test)]` items.
    pub fn product_tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        product_items(&self.file.items, &mut tokens);
        tokens
    }
}

/// Whether `tokens` at `at` read exactly `words`.
pub fn reads(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        tokens.get(at + offset).is_some_and(|token| !token.literal && token.text == *word)
    })
}

struct Functions(Vec<Function>);

impl Functions {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.fn_token.span.start().line;
        let last = block.brace_token.span.close().end().line;
        self.0.push(Function {
            name: signature.ident.to_string(),
            line: first,
            lines: last.saturating_sub(first) + 1,
        });
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.note(&item.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

fn product_items(items: &[syn::Item], tokens: &mut Vec<Token>) {
    for item in items {
        if is_for_tests(attributes_of(item)) {
            continue;
        }
        let inner = match item {
            syn::Item::Mod(module) => module.content.as_ref().map(|(_, inner)| inner),
            _ => None,
        };
        match inner {
            Some(inner) => product_items(inner, tokens),
            None => flatten(item.to_token_stream(), Attributes::Drop, tokens),
        }
    }
}

fn attributes_of(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(it) => &it.attrs,
        syn::Item::Fn(it) => &it.attrs,
        syn::Item::Impl(it) => &it.attrs,
        syn::Item::Use(it) => &it.attrs,
        syn::Item::Const(it) => &it.attrs,
        syn::Item::Static(it) => &it.attrs,
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Enum(it) => &it.attrs,
        syn::Item::Macro(it) => &it.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        text == "#[cfg(test)]" || text == "#[test]"
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Attributes {
    Keep,
    Drop,
}

fn flatten(stream: TokenStream, attributes: Attributes, tokens: &mut Vec<Token>) {
    let mut rest = stream.into_iter().peekable();
    while let Some(tree) = rest.next() {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '#' && attributes == Attributes::Drop => {
                drop_attribute(&mut rest);
            }
            TokenTree::Punct(sign) => {
                let mut text = sign.as_char().to_string();
                if sign.as_char() == ':' && sign.spacing() == Spacing::Joint {
                    // A path's `::` is one word for the rules.
                    rest.next();
                    text = "::".to_owned();
                }
                tokens.push(Token { text, line, literal: false });
            }
            TokenTree::Ident(word) => tokens.push(Token { text: word.to_string(), line, literal: false }),
            TokenTree::Literal(value) => tokens.push(Token { text: value.to_string(), line, literal: true }),
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                tokens.push(Token { text: open.to_owned(), line, literal: false });
                flatten(group.stream(), attributes, tokens);
                tokens.push(Token { text: close.to_owned(), line, literal: false });
            }
        }
    }
}

fn drop_attribute(rest: &mut std::iter::Peekable<proc_macro2::token_stream::IntoIter>) {
    if matches!(rest.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == '!') {
        rest.next();
    }
    if matches!(rest.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket) {
        rest.next();
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_from_fn_to_its_brace() {
        let source = Source::parse("/// Told.\nfn a() {\n    1;\n}\nimpl B { fn c() {} }\n").unwrap();
        let found = source.functions();
        assert_eq!(found.first(), Some(&Function { name: "a".to_owned(), line: 2, lines: 3 }));
        assert_eq!(found.get(1).map(|it| it.lines), Some(1));
    }

    #[test]
    fn what_ships_has_no_attributes_and_no_tests() {
        let text =
            "/// told\nfn a() { b(\"kept\"); }\n#[cfg(test)]\nmod tests { fn c() { \"left out\"; } }\n";
        let tokens = Source::parse(text).unwrap().product_tokens();
        let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(words, ["fn", "a", "(", ")", "{", "b", "(", "\"kept\"", ")", ";", "}"]);
    }

    #[test]
    fn a_path_reads_as_words() {
        let tokens = Source::parse("fn a() { std::fs::read(x); }").unwrap().tokens();
        assert!((0..tokens.len()).any(|at| reads(&tokens, at, &["std", "::", "fs"])));
    }
}
