//! A module and nothing around it: no imports, no clock, no files, a bounded amount of work and memory.
//!
//! The module is compiled once, its functions when they are first called; every call runs in an instance of its own, so
//! that nothing is remembered from one document to the next and the order of documents changes nothing. Translation
//! costs no fuel, or the first document of a thread would have less of it than the second.

use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{
    CompilationMode, Config, CustomFuelCosts, EnforcedLimits, Engine, ExternType, Linker, Memory,
    Module, OperatorCost, Store, StoreLimits, StoreLimitsBuilder, TrapCode, ValType,
};

use crate::locals;
use crate::{Failure, Limits, PluginError};

/// What a guest can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Describe,
    Check,
    Explain,
}

impl Call {
    /// The name of its export.
    pub(crate) const fn export(self) -> &'static str {
        match self {
            Self::Describe => "unspin_v1_describe",
            Self::Check => "unspin_v1_check",
            Self::Explain => "unspin_v1_explain",
        }
    }
}

const ALLOC: &str = "unspin_v1_alloc";

/// A compiled module that keeps to the interface.
pub(crate) struct Sandbox {
    engine: Engine,
    module: Module,
    limits: Limits,
    explains: bool,
}

impl Sandbox {
    /// Compiles a module and checks what it imports and exports; runs nothing of it.
    pub(crate) fn new(name: &str, wasm: &[u8], limits: Limits) -> Result<Self, PluginError> {
        let name = || name.to_owned();
        if wasm.len() > limits.module {
            return Err(PluginError::TooLarge {
                name: name(),
                bytes: wasm.len(),
                most: limits.module,
            });
        }
        let not_a_module = |why| PluginError::NotAModule { name: name(), why };
        // Said here, since the interpreter would quote the bytes of what may be any file.
        if !wasm.starts_with(b"\0asm") {
            return Err(not_a_module("it does not begin as one".into()));
        }
        let engine = Engine::new(&config());
        let module = Module::new(&engine, wasm).map_err(|error| not_a_module(one_line(&error)))?;
        let locals = locals::most_of_a_function(wasm)
            .ok_or_else(|| not_a_module("its functions cannot be counted".into()))?;
        if locals > locals::MOST {
            let why = format!(
                "a function has {locals} local variables, and {} are the limit",
                locals::MOST
            );
            return Err(not_a_module(why));
        }
        if let Some(version) = other_version(&module) {
            return Err(PluginError::WrongVersion { name: name(), version });
        }
        if let Some(import) = module.imports().next() {
            let import = format!("{}.{}", import.module(), import.name());
            return Err(PluginError::Imports { name: name(), import: crate::wire::shown(&import) });
        }
        let missing = |export, wanted| PluginError::MissingExport { name: name(), export, wanted };
        if !matches!(module.get_export("memory"), Some(ExternType::Memory(_))) {
            return Err(missing("memory", "a memory"));
        }
        let (i32s, i64s) = ([ValType::I32, ValType::I32], [ValType::I64]);
        let wanted: [(&'static str, &[ValType], &[ValType], &'static str); 3] = [
            (ALLOC, &i32s[..1], &i32s[..1], "a function (i32) -> i32"),
            (Call::Describe.export(), &[], &i64s, "a function () -> i64"),
            (Call::Check.export(), &i32s, &i64s, "a function (i32, i32) -> i64"),
        ];
        for (export, params, results, what) in wanted {
            if !is_function(&module, export, params, results) {
                return Err(missing(export, what));
            }
        }
        let explain = Call::Explain.export();
        let explains = is_function(&module, explain, &i32s, &i64s);
        if !explains && module.get_export(explain).is_some() {
            return Err(missing(explain, "a function (i32, i32) -> i64"));
        }
        Ok(Self { engine, module, limits, explains })
    }

    /// Whether the call has an export; all but one must.
    pub(crate) fn has(&self, call: Call) -> bool {
        self.explains || call != Call::Explain
    }

    /// Calls the module in a new instance with the parts of an input one after the other; `text` is the length of the
    /// document's text in bytes, by which fuel is measured. Returns the output and the fuel that was used.
    pub(crate) fn call(
        &self,
        call: Call,
        input: &[&[u8]],
        text: usize,
    ) -> Result<(Vec<u8>, u64), Failure> {
        let length: usize = input.iter().map(|part| part.len()).sum();
        let (fuel, memory) = (self.limits.fuel_for(text), self.limits.memory_for(length));
        let Some(given) = i32::try_from(length).ok() else { return Err(Failure::Input(length)) };
        let failed = |error: wasmi::Error| failure(&error, fuel, memory);
        let limits = StoreLimitsBuilder::new()
            .memory_size(usize::try_from(memory).unwrap_or(usize::MAX))
            .table_elements(10_000)
            .instances(1)
            .memories(1)
            .tables(10)
            .trap_on_grow_failure(true)
            .build();
        let mut store: Store<StoreLimits> = Store::new(&self.engine, limits);
        store.limiter(|limits| limits);
        store.set_fuel(fuel).map_err(failed)?;
        let instance = Linker::new(&self.engine)
            .instantiate_and_start(&mut store, &self.module)
            .map_err(failed)?;
        let memory = instance
            .get_memory(&store, "memory")
            .ok_or_else(|| Failure::Trap("no memory".into()))?;
        let answer = if call == Call::Describe {
            let function = instance.get_typed_func::<(), u64>(&store, call.export());
            function.and_then(|f| f.call(&mut store, ())).map_err(failed)?
        } else {
            let alloc = instance.get_typed_func::<i32, u32>(&store, ALLOC);
            let at = alloc.and_then(|f| f.call(&mut store, given)).map_err(failed)?;
            write(memory, &mut store, at, input, length)?;
            let function = instance.get_typed_func::<(u32, i32), u64>(&store, call.export());
            function.and_then(|f| f.call(&mut store, (at, given))).map_err(failed)?
        };
        let (at, length) = ((answer >> 32) as u32, answer as u32);
        if length > self.limits.output {
            let length = length as usize;
            return Err(Failure::Output { length, most: self.limits.output });
        }
        let used = fuel - store.get_fuel().unwrap_or(0);
        let output = memory.data(&store).get(at as usize..at as usize + length as usize);
        output.map(|bytes| (bytes.to_vec(), used)).ok_or(Failure::Outside { at, length })
    }
}

fn config() -> Config {
    let mut config = Config::default();
    config
        .consume_fuel(true)
        .compilation_mode(CompilationMode::LazyTranslation)
        // Translation is free (see above); copying costs what it takes.
        .fuel_cost(CustomFuelCosts {
            bytes_copied_per_fuel: 16,
            fuel_per_bytes_translated: 0,
            fuel_per_bytes_validated: 0,
        })
        .operator_cost(costs())
        .enforced_limits(EnforcedLimits::strict())
        .ignore_custom_sections(true)
        .wasm_multi_memory(false)
        .wasm_tail_call(false);
    config
}

/// What an instruction costs: what it takes, roughly, of what an addition takes, or a loop of the cheapest would be cut
/// off long after one of the dearest.
fn costs() -> OperatorCost {
    OperatorCost {
        // No code of their own.
        local_get: 0,
        i32_const: 0,
        i64_const: 0,
        f32_const: 0,
        f64_const: 0,
        br: 4,
        br_if: 2,
        br_table: 4,
        i32_div_s: 6,
        i32_div_u: 6,
        i32_rem_s: 6,
        i32_rem_u: 6,
        i64_div_s: 6,
        i64_div_u: 6,
        i64_rem_s: 6,
        i64_rem_u: 6,
        f32_div: 2,
        f64_div: 2,
        f32_sqrt: 2,
        f64_sqrt: 2,
        // A call sets the callee's locals to zero; see `locals`.
        call: 10,
        call_indirect: 10,
        // Besides the bytes that they copy.
        memory_grow: 10,
        memory_fill: 10,
        memory_copy: 10,
        memory_init: 10,
        table_grow: 10,
        table_fill: 10,
        table_copy: 10,
        table_init: 10,
        ..OperatorCost::default()
    }
}

/// The version of a module that was made for others than this one's.
fn other_version(module: &Module) -> Option<u32> {
    let versions: Vec<u32> = module
        .exports()
        .filter_map(|export| {
            export.name().strip_prefix("unspin_v")?.split_once('_')?.0.parse().ok()
        })
        .collect();
    let other = versions.iter().copied().max()?;
    (!versions.contains(&crate::VERSION)).then_some(other)
}

fn is_function(module: &Module, export: &str, params: &[ValType], results: &[ValType]) -> bool {
    match module.get_export(export) {
        Some(ExternType::Func(ty)) => ty.params() == params && ty.results() == results,
        _ => false,
    }
}

/// Puts the input where the guest made room for it.
fn write(
    memory: Memory,
    store: &mut Store<StoreLimits>,
    at: u32,
    input: &[&[u8]],
    length: usize,
) -> Result<(), Failure> {
    let start = at as usize;
    // A guest that has no room says zero.
    let room = memory.data_mut(store).get_mut(start..start + length).filter(|_| at != 0);
    let mut room = room.ok_or(Failure::Alloc { at, length })?;
    for part in input {
        let (here, rest) = room.split_at_mut(part.len());
        here.copy_from_slice(part);
        room = rest;
    }
    Ok(())
}

fn failure(error: &wasmi::Error, fuel: u64, memory: u64) -> Failure {
    match error.as_trap_code() {
        Some(TrapCode::OutOfFuel) => return Failure::Fuel(fuel),
        Some(TrapCode::GrowthOperationLimited) => return Failure::Memory(memory),
        Some(code) => return Failure::Trap(code.trap_message().to_owned()),
        None => {}
    }
    match error.kind() {
        ErrorKind::Instantiation(InstantiationError::FailedToInstantiateMemory(_)) => {
            Failure::Memory(memory)
        }
        _ => Failure::Trap(one_line(error)),
    }
}

/// An error of the engine on one line; it may quote the module.
fn one_line(error: &wasmi::Error) -> String {
    let text = error.to_string();
    crate::wire::shown(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
