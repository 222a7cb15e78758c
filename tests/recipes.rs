//! The recipes for CI and hooks do what their guide says: they parse, every command in them and in the guide is run on a
//! small desk, and so is the step of the GitHub action that checks. `.ci/recipes` runs them under the programs that they
//! are for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::pull_request::{git, has_git};
use crate::readme::{files, run_all};
use crate::unspin::{Run, root};

const GUIDE: &str = "ci/README.md";
/// What every recipe finds in the guide's article.
const FOUND: &str = "articles/ferry.txt:3:41: error[cascade-artifact]";

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut documents = Yaml::load_from_str(text).unwrap_or_else(|e| panic!("{e} in\n{text}"));
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn text<'a>(node: &'a Yaml<'_>, key: &str) -> &'a str {
    let value = node.as_mapping_get(key).and_then(Yaml::as_str);
    value.unwrap_or_else(|| panic!("no text `{key}` in {node:?}"))
}

/// A folder with the article of the guide.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let shown = files(&read(GUIDE));
    assert_eq!(shown.len(), 1);
    for (name, text) in shown {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs a script as CI servers do, the binary under test on the path.
fn shell(program: &[&str], script: &str, folder: &Path, variables: &BTreeMap<&str, String>) -> Run {
    let binary = Path::new(env!("CARGO_BIN_EXE_unspin")).parent().unwrap();
    let output = Command::new(program[0])
        .args(&program[1..])
        .args(["-c", script])
        .current_dir(folder)
        .env("PATH", format!("{}:{}", binary.display(), std::env::var("PATH").unwrap()))
        .env("UNSPIN_CACHE", folder.join(".cache"))
        .envs(variables)
        .output()
        .unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

fn sh(script: &str, folder: &Path) -> Run {
    shell(&["sh"], script, folder, &BTreeMap::new())
}

#[test]
fn every_command_prints_what_the_guide_to_ci_says() {
    assert!(run_all(GUIDE, desk().path()) >= 4);
}

#[test]
fn commands_that_need_other_programs_are_taken_by_this_one() {
    let (guide, mut inside, mut ran) = (read(GUIDE), false, 0);
    for line in guide.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        }
        // After the name of an image or before a pipe, it is what the image or this side of the pipe runs.
        let at = [" check ", " fix "].iter().find_map(|command| line.find(command));
        let (true, Some(at)) = (inside, at) else { continue };
        let command = line[at..].split('|').next().unwrap();
        let got = sh(&format!("unspin{command}"), desk().path());
        let never = command.contains("--fail-on never");
        assert_eq!(
            (got.code, got.stderr.contains("error: ")),
            (i32::from(!never), false),
            "{line}"
        );
        assert!(got.stdout.contains("ever earlier than"), "{line}: {got:?}");
        ran += 1;
    }
    assert!(ran >= 5);
}

#[test]
fn hooks_repair_and_check_the_files_they_are_given() {
    let (hooks, config) = (read(".pre-commit-hooks.yaml"), read("ci/pre-commit.yml"));
    let (hooks, config) = (yaml(&hooks), yaml(&config));
    let hooks: BTreeMap<&str, &Yaml> =
        hooks.as_sequence().unwrap().iter().map(|hook| (text(hook, "id"), hook)).collect();
    let used = config["repos"][0]["hooks"].as_sequence().unwrap();
    let used: Vec<&str> = used.iter().map(|hook| text(hook, "id")).collect();
    assert_eq!(used, ["unspin-fix", "unspin"], "repairs come first");
    assert!(used.iter().all(|id| hooks.contains_key(id)));

    let folder = desk();
    let run = |id: &str, arguments: &str| {
        sh(&format!("{} {arguments} articles/ferry.txt", text(hooks[id], "entry")), folder.path())
    };
    let got = run("unspin", "");
    assert_eq!((got.code, got.stdout.starts_with(FOUND)), (1, true), "{got:?}");
    let got = run("unspin-fix", "");
    assert_eq!((got.code, got.stdout.as_str()), (0, ""), "{got:?}");
    let repaired = fs::read_to_string(folder.path().join("articles/ferry.txt")).unwrap();
    assert!(repaired.contains("than ever before."), "{repaired}");
    assert_eq!(run("unspin", "").code, 0);

    if has_git() {
        let folder = staged_desk();
        let run = |entry: &str| sh(&format!("{entry} --changed articles/*"), folder.path());
        let got = run(text(hooks["unspin"], "entry"));
        assert_eq!((got.code, got.stdout.starts_with(FOUND)), (1, true), "{got:?}");
        assert!(!got.stdout.contains("old.txt"), "{got:?}");
    }
}

/// A repository with an old article, and the guide's staged.
fn staged_desk() -> tempfile::TempDir {
    let folder = desk();
    let old = "The nets lie withinside the shed.\n";
    fs::write(folder.path().join("articles/old.txt"), old).unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "articles/old.txt"]);
    git(folder.path(), &["commit", "-q", "-m", "Old"]);
    git(folder.path(), &["add", "articles"]);
    folder
}

#[test]
fn lefthook_checks_what_is_staged() {
    let recipe = read("ci/lefthook.yml");
    let recipe = yaml(&recipe);
    let job = &recipe["pre-commit"]["jobs"][0];
    let endings = text(job, "glob").trim_start_matches("*.{").trim_end_matches('}').split(',');
    assert_eq!(
        endings.collect::<Vec<_>>(),
        ["txt", "text", "md", "markdown", "html", "htm", "xhtml"]
    );
    let run = text(job, "run");
    assert!(run.ends_with(" -- {staged_files}"), "{run}");
    if !has_git() {
        return;
    }
    let folder = staged_desk();
    // The file goes on; what is staged does not.
    fs::write(folder.path().join("articles/ferry.txt"), "All is well.\n").unwrap();
    let got = sh(&run.replace("{staged_files}", "'articles/ferry.txt'"), folder.path());
    assert_eq!((got.code, got.stdout.starts_with(FOUND)), (1, true), "{got:?}");
    assert_eq!(got.stdout.lines().count(), 1, "{got:?}");
}

#[test]
fn the_job_of_gitlab_writes_the_reports_that_it_names() {
    let recipe = read("ci/gitlab.yml");
    let recipe = yaml(&recipe);
    let job = &recipe["unspin"];
    let folder = desk();
    let mut variables = BTreeMap::from([("CI_PROJECT_DIR", folder.path().display().to_string())]);
    variables.insert("UNSPIN_PATH", text(&job["variables"], "UNSPIN_PATH").to_owned());
    let before = job["before_script"].as_sequence().unwrap()[0].as_str().unwrap();
    let guard = || shell(&["sh", "-e"], before, folder.path(), &variables);
    if crate::pull_request::has_git() {
        let git = |args: &[&str]| {
            let done = Command::new("git").args(args).current_dir(folder.path()).output().unwrap();
            assert!(done.status.success(), "{done:?}");
        };
        git(&["init", "--quiet"]);
        fs::create_dir_all(folder.path().join(".unspin-cache/check/ab")).unwrap();
        fs::write(folder.path().join(".unspin-cache/check/ab/cd"), "forged").unwrap();
        assert_eq!(guard().code, 0, "what the runner restored is there");
        git(&["add", "--force", ".unspin-cache"]);
        assert_eq!(guard().code, 2, "what a commit brings is refused");
        git(&["rm", "--quiet", "-r", "--cached", ".unspin-cache"]);
        fs::remove_dir_all(folder.path().join(".unspin-cache")).unwrap();
    }
    let script = job["script"].as_sequence().unwrap();
    assert_eq!(script.len(), 1);
    let got = shell(&["sh", "-e"], script[0].as_str().unwrap(), folder.path(), &variables);
    assert_eq!((got.code, got.stdout.starts_with(FOUND)), (1, true), "{got:?}");

    assert_eq!(text(&job["artifacts"], "when"), "always", "the job has failed by then");
    let report = |key| {
        let path = folder.path().join(text(&job["artifacts"]["reports"], key));
        fs::read_to_string(path).unwrap()
    };
    let quality: serde_json::Value = serde_json::from_str(&report("codequality")).unwrap();
    assert_eq!(quality[0]["location"]["path"], "articles/ferry.txt");
    assert!(report("junit").contains("<failure"));
}

/// What a step of the action left behind.
struct Step {
    run: Run,
    summary: String,
    outputs: String,
    folder: tempfile::TempDir,
}

/// Runs the step of the action that checks, as GitHub does: each variable of `env` from its input, given or by default.
/// `None` without bash, which is said.
fn action(given: &[(&str, &str)]) -> Option<Step> {
    if !Command::new("bash").arg("--version").output().is_ok_and(|out| out.status.success()) {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: there is no bash here");
        return None;
    }
    let action = read("action.yml");
    let action = yaml(&action);
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let step = steps.iter().find(|step| text(step, "name") == "Check").unwrap();

    let folder = desk();
    fs::write(folder.path().join("summary"), "Before.\n").unwrap();
    let mut variables = BTreeMap::new();
    for (name, key) in
        [("RUNNER_TEMP", "."), ("GITHUB_STEP_SUMMARY", "summary"), ("GITHUB_OUTPUT", "outputs")]
    {
        variables.insert(name, folder.path().join(key).display().to_string());
    }
    for (name, value) in step["env"].as_mapping().unwrap() {
        let value = value.as_str().unwrap();
        let input = value.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"));
        let input = input.unwrap_or_else(|| panic!("{value} is no input"));
        let default = text(&action["inputs"][input], "default");
        let given = given.iter().find(|(name, _)| *name == input).map_or(default, |given| given.1);
        variables.insert(name.as_str().unwrap(), given.to_owned());
    }
    variables.insert("INPUT_BINARY", env!("CARGO_BIN_EXE_unspin").to_owned());
    let bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail"];
    let run = shell(&bash, text(step, "run"), folder.path(), &variables);
    let left = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    Some(Step { run, summary: left("summary"), outputs: left("outputs"), folder })
}

#[test]
fn no_step_of_the_action_pastes_an_expression_into_a_shell() {
    let action = read("action.yml");
    let action = yaml(&action);
    let (mut scripts, mut inputs) = (0, action["inputs"].as_mapping().unwrap().len());
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        if let Some(script) = step.as_mapping_get("run").and_then(Yaml::as_str) {
            assert!(!script.contains("${{"), "{script}");
            assert_eq!(text(step, "shell"), "bash");
            scripts += 1;
        }
        inputs -= step.as_mapping_get("env").map_or(0, |env| env.as_mapping().unwrap().len());
    }
    assert_eq!(scripts, 3);
    assert_eq!(inputs, 1, "all inputs but `working-directory` come in by the environment");
    // The guide knows them all.
    let guide = read(GUIDE);
    for (input, _) in action["inputs"].as_mapping().unwrap() {
        let row = format!("\n| `{}` | ", input.as_str().unwrap());
        assert!(guide.contains(&row), "the guide has no row{row}");
    }
}

#[test]
fn the_action_annotates_sums_up_and_passes_the_exit_status_on() {
    let Some(got) = action(&[("paths", "articles"), ("sarif-file", "out.sarif")]) else { return };
    assert_eq!(got.run.code, 1, "{:?}", got.run);
    let annotation = "::error file=articles/ferry.txt,line=3,endLine=3,col=41,endColumn=63,";
    assert!(got.run.stdout.starts_with(annotation), "{:?}", got.run);
    assert!(got.summary.starts_with("Before.\n"), "what others wrote stays");
    assert!(got.summary.contains("than ever earlier than"), "{}", got.summary);
    let sarif = got.folder.path().join("out.sarif");
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&sarif).unwrap()).unwrap();
    assert_eq!(report["runs"][0]["results"][0]["ruleId"], "cascade-artifact");
    let (status, path) = got.outputs.split_once('\n').unwrap();
    assert_eq!(status, "exit-status=1");
    let path = path.trim_end().strip_prefix("sarif-file=").unwrap();
    assert_eq!(fs::canonicalize(path).unwrap(), fs::canonicalize(sarif).unwrap());

    let Some(got) = action(&[("fail-on", "never")]) else { return };
    assert_eq!((got.run.code, got.outputs.as_str()), (0, "exit-status=0\n"), "{:?}", got.run);
    let Some(got) = action(&[("args", "--quiet\n\n--ignore=phrases\n")]) else { return };
    assert_eq!((got.run.code, got.run.stdout.as_str(), got.run.stderr.as_str()), (0, "", ""));
    let Some(got) = action(&[("paths", "gone.txt\narticles")]) else { return };
    assert_eq!((got.run.code, got.outputs.as_str()), (2, "exit-status=2\n"), "{:?}", got.run);
    let Some(got) = action(&[("baseline", "gone")]) else { return };
    assert_eq!(got.run.code, 2);
    assert!(got.run.stdout.contains("there is no baseline gone"), "{:?}", got.run);
}

#[test]
fn inputs_of_the_action_are_never_read_as_commands() {
    let hostile = "--fail-on=never\n$(touch ran)\n`touch ran`\n; touch ran #\narticles";
    let Some(got) = action(&[("paths", hostile)]) else { return };
    assert_eq!(got.run.code, 2, "they are files that are not there: {:?}", got.run);
    assert!(got.run.stdout.contains("::error file=--fail-on=never,"), "{:?}", got.run);
    assert!(!got.folder.path().join("ran").exists());

    // Errors are no commands either, whatever the files are called.
    for format in ["github", "concise"] {
        let given = [("paths", "::set-output name=x::y.txt"), ("format", format)];
        let Some(got) = action(&given) else { return };
        let mut ended_by = None;
        for line in got.run.stdout.lines() {
            match (line.strip_prefix("::stop-commands::"), ended_by) {
                (Some(token), None) => ended_by = Some(token),
                (_, Some(token)) if line == format!("::{token}::") => ended_by = None,
                (_, Some(_)) => {}
                (_, None) => assert!(line.starts_with("::error file="), "{line}"),
            }
        }
        assert_eq!((ended_by, got.run.stderr.as_str()), (None, ""), "{:?}", got.run);
        let named = got.run.stdout.contains("\n::set-output name=x::y.txt: error:");
        assert_eq!(named, format == "concise", "{:?}", got.run);
    }

    let wanted = [("format", "text"), ("paths", "articles"), ("args", "--color=never")];
    let Some(got) = action(&wanted) else { return };
    let (first, rest) = got.run.stdout.split_once('\n').unwrap();
    let token = first.strip_prefix("::stop-commands::").unwrap();
    assert_eq!(token.len(), 32);
    assert!(rest.ends_with(&format!("::{token}::\n")), "commands are heard again: {rest}");
    assert!(rest.contains("ever earlier than"));
}
