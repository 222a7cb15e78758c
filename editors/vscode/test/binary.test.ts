import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, type Surroundings } from "../src/binary";

/** A machine on which just these files may be run. */
function machine(files: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: "",
    extension: "/ext",
    home: "/home/ada",
    platform: "linux",
    path: "/usr/local/bin:/usr/bin",
    runs: (file) => files.includes(file),
    ...more,
  };
}

test("the program inside the extension goes before the one on PATH", () => {
  const files = ["/usr/bin/unspin", "/ext/server/unspin"];
  assert.deepEqual(choose(machine(files)), { file: "/ext/server/unspin" });
  assert.deepEqual(choose(machine(files.slice(0, 1))), { file: "/usr/bin/unspin" });
});

test("the first folder of PATH wins, and folders that are not absolute do not count", () => {
  const files = ["unspin", "./unspin", "/usr/bin/unspin", "/usr/local/bin/unspin"];
  assert.deepEqual(choose(machine(files, { path: ":.:/usr/local/bin:/usr/bin" })), { file: "/usr/local/bin/unspin" });
});

test("what is set goes before everything", () => {
  const files = ["/opt/unspin", "/home/ada/bin/unspin", "/usr/bin/unspin-next", "/ext/server/unspin"];
  const chosen = (setting: string) => choose(machine(files, { setting }));
  assert.deepEqual(chosen("/opt/unspin"), { file: "/opt/unspin" });
  assert.deepEqual(chosen("~/bin/unspin"), { file: "/home/ada/bin/unspin" });
  assert.deepEqual(chosen(" unspin-next "), { file: "/usr/bin/unspin-next" });
});

test("a setting that names nothing is told, and nothing else is started in its place", () => {
  for (const setting of ["/opt/none", "none", "bin/unspin", "~/none"]) {
    const choice = choose(machine(["/ext/server/unspin", "bin/unspin"], { setting }));
    assert.ok("problem" in choice && choice.problem.includes(`"${setting}"`), setting);
  }
});

test("where there is no program at all, the way out is told", () => {
  const choice = choose(machine([]));
  assert.ok("problem" in choice && /PATH.*unspin\.path/.test(choice.problem));
});

test("Windows has its own separators and ending", () => {
  const windows = { platform: "win32", extension: "C:\\ext", home: "C:\\Users\\ada", path: "C:\\bin;D:\\tools" };
  const chosen = (files: string[], setting = "") => choose(machine(files, { ...windows, setting }));
  assert.deepEqual(chosen(["C:\\ext\\server\\unspin.exe"]), { file: "C:\\ext\\server\\unspin.exe" });
  assert.deepEqual(chosen(["D:\\tools\\unspin.exe"]), { file: "D:\\tools\\unspin.exe" });
  assert.deepEqual(chosen(["D:\\tools\\unspin.exe"], "unspin.exe"), { file: "D:\\tools\\unspin.exe" });
  assert.deepEqual(chosen(["C:\\Users\\ada\\unspin.exe"], "~\\unspin.exe"), { file: "C:\\Users\\ada\\unspin.exe" });
});
