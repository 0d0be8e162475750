//! Interface texts by Project Fluent: plural forms and word order are the translator's.

use crate::few::Few;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::collections::{BTreeMap, BTreeSet};

/// Texts that every head may need: stock levels, order states, failures.
const SHARED: &[(&str, &str)] = &[
    ("en", include_str!("../../../templates/texts/en.ftl")),
    ("de", include_str!("../../../templates/texts/de.ftl")),
    ("ar", include_str!("../../../templates/texts/ar.ftl")),
];

/// The texts of one language: the shared ones and a head's own, which win.
pub(super) struct Texts {
    bundle: FluentBundle<FluentResource>,
    plain: BTreeMap<String, String>,
}

impl Texts {
    pub(super) fn new(language: &str, own: &[(&'static str, &'static str)]) -> Self {
        let language = if own.iter().any(|(known, _)| *known == language) { language } else { "en" };
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap_or_default()]);
        // Templates set the direction themselves; isolation marks would end up in JSON and headers.
        bundle.set_use_isolating(false);
        let mut keys = Few::default();
        for (_, source) in SHARED.iter().chain(own).filter(|(known, _)| *known == language) {
            keys.extend(keys_of(source).into_iter().map(|(key, _)| key));
            // What does not parse is left out of the resource; `missing_keys` finds it in the tests.
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        let mut plain = BTreeMap::new();
        for key in keys.as_slice() {
            let mut errors = Vec::new();
            let pattern = bundle.get_message(key).and_then(|message| message.value());
            let text = pattern.map(|pattern| bundle.format_pattern(pattern, None, &mut errors).into_owned());
            if let (Some(text), true) = (text, errors.is_empty()) {
                plain.insert(key.clone(), text);
            }
        }
        Self { bundle, plain }
    }

    pub(super) fn plain(&self) -> &BTreeMap<String, String> {
        &self.plain
    }

    pub(super) fn say(&self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in variables {
            arguments.set(*name, value.clone());
        }
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        match pattern {
            Some(pattern) => {
                self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
            }
            None => key.to_owned(),
        }
    }
}

/// The messages of a source, each with whether its value names a variable.
fn keys_of(source: &str) -> Vec<(String, bool)> {
    let mut keys: Vec<(String, bool)> = Vec::new();
    for line in source.lines() {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some((key, _)) = line.split_once('=').filter(|_| begins) {
            keys.push((key.trim().to_owned(), false));
        }
        if let Some((_, variable)) = keys.last_mut() {
            *variable |= line.contains('$');
        }
    }
    keys
}

/// Texts that one language has and another lacks, or that do not parse: `de: cart-title`. A head's test
/// asserts that there are none.
pub fn missing_keys(own: &'static [(&'static str, &'static str)]) -> Vec<String> {
    let mut missing = Vec::new();
    for set in [SHARED, own] {
        let all: BTreeSet<String> =
            set.iter().flat_map(|(_, source)| keys_of(source)).map(|(key, _)| key).collect();
        for (language, source) in set {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                missing.extend(errors.iter().map(|error| format!("{language}: {error}")));
            }
            let here: BTreeSet<String> = keys_of(source).into_iter().map(|(key, _)| key).collect();
            missing.extend(all.difference(&here).map(|key| format!("{language}: {key}")));
        }
    }
    missing
}
