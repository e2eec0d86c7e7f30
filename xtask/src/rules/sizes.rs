//! Functions are at most 70 lines, files at most 600, React components at most 200.

use crate::rust::Source;
use crate::tree::{Fault, Tree};

const FUNCTION_LINES_MAX: usize = 70;
const COMPONENT_LINES_MAX: usize = 200;
const FILE_LINES_MAX: usize = 600;

const SCRIPTS: &[&str] = &[".ts", ".tsx", ".mjs", ".js"];

/// Names every file, function and component that has grown too long.
pub fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(&[".rs"]) {
        check_file(path, text, &mut faults);
        match Source::parse(text) {
            Ok(source) => check_functions(path, &source, &mut faults),
            Err(error) => faults.push(Fault::new(path, 0, format!("is not Rust: {error}"))),
        }
    }
    for (path, text) in tree.ending(SCRIPTS).filter(|(_, text)| !is_generated(text)) {
        check_file(path, text, &mut faults);
        check_script(path, text, &mut faults);
    }
    faults
}

fn check_file(path: &str, text: &str, faults: &mut Vec<Fault>) {
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX {
        faults.push(Fault::new(path, lines, format!("{lines} lines; a file stops at {FILE_LINES_MAX}")));
    }
}

fn check_functions(path: &str, source: &Source, faults: &mut Vec<Fault>) {
    for function in source.functions() {
        if function.lines > FUNCTION_LINES_MAX {
            let what = format!(
                "`{}` has {} lines; a function stops at {FUNCTION_LINES_MAX}",
                function.name, function.lines
            );
            faults.push(Fault::new(path, function.line, what));
        }
    }
}

/// A formatted script closes what it opened at the margin with a `}` at the margin.
fn check_script(path: &str, text: &str, faults: &mut Vec<Fault>) {
    let mut open: Option<(usize, &str)> = None;
    for (at, line) in text.lines().enumerate() {
        if let Some(name) = opened_function(line) {
            open = Some((at, name));
        }
        let Some((first, name)) = open.filter(|_| line.starts_with('}')) else { continue };
        open = None;
        let lines = at - first + 1;
        let component = path.ends_with(".tsx") && name.starts_with(|first: char| first.is_ascii_uppercase());
        let max = if component { COMPONENT_LINES_MAX } else { FUNCTION_LINES_MAX };
        if lines > max {
            faults.push(Fault::new(
                path,
                first + 1,
                format!("`{name}` has {lines} lines; it stops at {max}"),
            ));
        }
    }
}

/// The name of the function that begins on this line at the margin.
fn opened_function(line: &str) -> Option<&str> {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let line = line.strip_prefix("default ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = match line.strip_prefix("function ").or_else(|| line.strip_prefix("function* ")) {
        Some(rest) => rest,
        None => line.strip_prefix("const ").filter(|_| line.ends_with("=> {"))?,
    };
    let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_' && sign != '$')?;
    rest.get(..end)
}

fn is_generated(text: &str) -> bool {
    text.lines().take(5).any(|line| line.contains("auto-generated") || line.contains("@generated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    fn rust_function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    fn component(lines: usize) -> String {
        format!("export function Long() {{\n{}}}\n", "  step();\n".repeat(lines - 2))
    }

    #[test]
    fn a_function_stops_at_70_lines() {
        assert_eq!(faults("a.rs", &rust_function(70)), 0);
        assert_eq!(faults("a.rs", &rust_function(71)), 1);
    }

    #[test]
    fn a_method_is_a_function_too() {
        let method = format!("impl A {{\n{}}}\n", rust_function(71));
        assert_eq!(faults("a.rs", &method), 1);
    }

    #[test]
    fn a_file_stops_at_600_lines() {
        assert_eq!(faults("a.rs", &"// line\n".repeat(600)), 0);
        assert_eq!(faults("a.rs", &"// line\n".repeat(601)), 1);
        assert_eq!(faults("a.tsx", &"// line\n".repeat(601)), 1);
    }

    #[test]
    fn a_component_stops_at_200_lines_and_a_hook_at_70() {
        assert_eq!(faults("A.tsx", &component(200)), 0);
        assert_eq!(faults("A.tsx", &component(201)), 1);
        assert_eq!(faults("a.ts", &component(70).replace("Long", "useLong")), 0);
        assert_eq!(faults("a.ts", &component(71).replace("Long", "useLong")), 1);
        let arrow = component(71).replace("function Long() {", "const useLong = () => {");
        assert_eq!(faults("a.ts", &arrow), 1);
    }

    #[test]
    fn generated_scripts_do_not_count() {
        let text = format!("/** This file was auto-generated. */\n{}", "// line\n".repeat(700));
        assert_eq!(faults("schema.d.ts", &text), 0);
    }
}
