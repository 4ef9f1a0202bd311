// What a policy writer sees in an editor that runs `duly lsp`, tried with the client library of VS Code.

import assert from "node:assert/strict";
import { Editor } from "./client.mjs";

const income = "us/snap/income.yaml";

/// The place of the first `what` in a text.
function placeOf(text, what, ahead = 0) {
  const before = text.slice(0, text.indexOf(what)).split("\n");
  assert.ok(text.includes(what), what);
  return { line: before.length - 1, character: before.at(-1).length + ahead };
}

const rangeOf = (text, what) => ({ start: placeOf(text, what), end: placeOf(text, what, what.length) });

async function whatShipsIsSound(editor) {
  await editor.open(income);
  assert.deepEqual(await editor.mistakes(income), []);
}

async function aMistakeIsToldAsItIsTyped(editor) {
  const text = await editor.open(income);
  const name = "pay_periods_in_month(";
  const found = await editor.change(income, { range: rangeOf(text, name), text: "pay_periods_in_mnth(" });
  assert.equal(found.length, 1, JSON.stringify(found));
  assert.equal(found[0].code, "E121");
  assert.equal(found[0].severity, 1);
  assert.equal(found[0].source, "duly");
  assert.match(found[0].message, /pay_periods_in_mnth[^]*did you mean `pay_periods_in_month`\?/);
  const changed = text.replace(name, "pay_periods_in_mnth(");
  assert.deepEqual(found[0].range, rangeOf(changed, "pay_periods_in_mnth"));
  const mended = await editor.change(income, { range: rangeOf(changed, "pay_periods_in_mnth("), text: name });
  assert.deepEqual(mended, []);
}

const behaviours = [whatShipsIsSound, aMistakeIsToldAsItIsTyped];

for (const behaviour of behaviours) {
  const editor = await new Editor().start();
  await behaviour(editor);
  assert.equal(await editor.leave(), 0, "the editor took leave");
  console.log("ok:", behaviour.name.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()));
}
