// A rule that fails ends the instance: which one it was is known, and the next instance does without it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { faulty, place } from "./setting.mjs";

const skip = faulty === undefined && "UNSPIN_WEB_FAULT_PACKAGE names no package with the rule that fails";
const asking = { panics: "This text asks for a fault-on-demand in it.", overflows: "This text asks for a depth-on-demand in it." };

for (const [what, text] of Object.entries(asking)) {
  test(`a rule that ${what}`, { skip }, async () => {
    const { Linter, RuleFault, load } = await import(`${place("node.js", faulty)}?${what}`);
    const linter = new Linter();
    const other = new Linter();
    assert.throws(() => linter.check(text), (error) => {
      assert.ok(error instanceof RuleFault);
      assert.equal(error.rule, "fault-on-demand");
      if (what === "panics") assert.match(error.fault, /demand\.rs:\d+:\d+:\na text asked for it/);
      return true;
    });
    // Nothing of the dead instance works any more, and nothing of it hurts.
    for (const dead of [linter, other]) {
      assert.throws(() => dead.check("A quiet text."), /this linter ended with a fault/);
      dead.free();
    }
    await load();
    const fresh = new Linter({ failed: ["fault-on-demand"] });
    const [found] = fresh.check(text).findings;
    assert.equal(found.rule, "internal-error");
    assert.match(found.message, /the rule `fault-on-demand` failed on this text and was left out/);
    assert.equal(new Linter().check("A fleet of 7.four boats lay at the quay.").findings.length, 1);
  });
}

test("check goes on without the rule that failed, and says so", { skip }, async () => {
  const { check } = await import(`${place("node.js", faulty)}?goes-on`);
  assert.equal(check("A fleet of 7.four boats lay at the quay.").findings.length, 1);
  const told = check(`${asking.panics} A fleet of 7.four boats lay at the quay.`).findings.map((found) => found.rule);
  assert.deepEqual(told, ["internal-error", "damaged-number"]);
});

test("it works after many faults", { skip }, async () => {
  const { Linter, load } = await import(`${place("node.js", faulty)}?often`);
  for (let round = 0; round < 20; round += 1) {
    assert.throws(() => new Linter().check(asking.panics));
    await load();
  }
  assert.equal(new Linter().check("A fleet of 7.four boats lay at the quay.").findings.length, 1);
});
