//! A rule of a plugin.

use std::sync::Arc;

use unspin_lint::{
    Context, Explanation, Finding, OptionsError, Provenance, Rule, RuleMeta, Scope, Span, Subject,
};

use crate::input::{Encoded, head};
use crate::options::{self, Value};
use crate::sandbox::{Call, Sandbox};
use crate::{Failure, Limits, description, output};

/// What answers calls.
pub(crate) enum Guest {
    /// A module.
    Module(Sandbox),
    /// The plugin compiled into this program, for its author's tests.
    Native(Box<NativeGuest>),
}

/// What answers in the place of a module; see [`load_native`](crate::load_native).
pub(crate) type NativeGuest = dyn Fn(&str, &[u8]) -> Option<Vec<u8>> + Send + Sync;

impl Guest {
    fn call(&self, call: Call, input: &[&[u8]], text: usize) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Module(sandbox) => sandbox.call(call, input, text).map(|(output, _)| output),
            Self::Native(answer) => answer(call.export(), &input.concat())
                .ok_or_else(|| Failure::Trap(format!("no answer to `{}`", call.export()))),
        }
    }

    fn has(&self, call: Call) -> bool {
        match self {
            Self::Module(sandbox) => sandbox.has(call),
            Self::Native(_) => true,
        }
    }
}

/// Why a guest gave no rules.
pub(crate) enum Refusal {
    Failed(Failure),
    Wrong(String),
}

/// Asks a guest what it is, and makes its rules.
pub(crate) fn rules(
    name: &str,
    path: &str,
    guest: Guest,
    limits: Limits,
) -> Result<Vec<Arc<dyn Rule>>, Refusal> {
    let described = guest.call(Call::Describe, &[], 0).map_err(Refusal::Failed)?;
    let metas = description::read(name, path, &described).map_err(Refusal::Wrong)?;
    let guest = Arc::new(guest);
    let rule = |(number, meta): (usize, RuleMeta)| {
        let values = options::defaults(&meta.options);
        let guest = Arc::clone(&guest);
        Arc::new(PluginRule { guest, number: number as u32, meta, values, limits }) as Arc<dyn Rule>
    };
    Ok(metas.into_iter().enumerate().map(rule).collect())
}

struct PluginRule {
    guest: Arc<Guest>,
    /// Its place in the description.
    number: u32,
    meta: RuleMeta,
    /// Of its options, in the order of declaration.
    values: Vec<Value>,
    limits: Limits,
}

impl Rule for PluginRule {
    fn meta(&self) -> &RuleMeta {
        &self.meta
    }

    /// What a plugin says of its own scope is not believed: it is given the whole document.
    fn reach(&self) -> Scope {
        Scope::Document
    }

    fn check(&self, cx: &Context<'_>, out: &mut Vec<Finding>) {
        let text = cx.document().text();
        let head = head(self.number, &self.values);
        let found = self.ask(Call::Check, cx, &head).and_then(|output| {
            let read = output::findings(&self.meta, text, &output, self.limits.findings);
            read.map_err(Failure::Malformed)
        });
        match found {
            Ok(found) => out.extend(found),
            Err(failure) => out.push(self.internal_error(&failure)),
        }
    }

    fn explain(&self, cx: &Context<'_>, span: Span, out: &mut Vec<Explanation>) {
        if !self.guest.has(Call::Explain) {
            return;
        }
        let mut head = head(self.number, &self.values);
        head.extend(span.start.to_le_bytes());
        head.extend(span.end.to_le_bytes());
        let text = cx.document().text();
        let said = self.ask(Call::Explain, cx, &head).and_then(|output| {
            let read = output::explanations(&self.meta, text, &output, self.limits.findings);
            read.map_err(Failure::Malformed)
        });
        match said {
            Ok(said) => out.extend(said),
            Err(failure) => {
                let failed = Explanation::new(&self.meta, Subject::Words(span));
                out.push(failed.note(format!("the plugin explains nothing: {failure}")));
            }
        }
    }

    fn configured(
        &self,
        options: toml::de::ValueDeserializer<'_>,
    ) -> Result<Arc<dyn Rule>, OptionsError> {
        let values = options::read(&self.meta.options, options)?;
        let (guest, meta) = (Arc::clone(&self.guest), self.meta.clone());
        Ok(Arc::new(Self { guest, meta, values, ..*self }))
    }
}

impl PluginRule {
    fn ask(&self, call: Call, cx: &Context<'_>, head: &[u8]) -> Result<Vec<u8>, Failure> {
        let document = cx.get::<Encoded>();
        self.guest.call(call, &[head, &document.0], cx.document().text().len())
    }

    fn internal_error(&self, failure: &Failure) -> Finding {
        let provenance = self.meta.provenance.as_deref().map(Provenance::to_string);
        Finding::internal_error(
            format!(
                "the plugin `{}` failed in its rule `{}`, which was left out on this text: {failure}",
                self.meta.family, self.meta.id
            ),
            format!(
                "this is a fault of the {}: tell its author, with the text; until then, take it out of `[plugins]`",
                provenance.unwrap_or_default()
            ),
        )
    }
}
