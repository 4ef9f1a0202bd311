// What a policy writer sees in an editor that runs `duly lsp`, tried with the client library of VS Code.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { atCursor, Editor, protocol } from "./client.mjs";

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
  assert.match(found[0].message, /there is no function or parameter `pay_periods_in_mnth`[^]*7 CFR 273/);
  const changed = text.replace(name, "pay_periods_in_mnth(");
  assert.deepEqual(found[0].range, rangeOf(changed, "pay_periods_in_mnth(every)"));
  const mended = await editor.change(income, { range: rangeOf(changed, "pay_periods_in_mnth("), text: name });
  assert.deepEqual(mended, []);
}

/// Where answers lie: the file below the rules and the text of the range.
function shown(editor, locations) {
  return locations.map(({ uri, range }) => {
    const path = decodeURIComponent(uri).split("/rules/")[1];
    return [path, editor.read(path).split("\n")[range.start.line].slice(range.start.character, range.end.character), range.start.line + 1];
  });
}

async function ask(editor, type, path, what, more = {}) {
  const text = await editor.open(path);
  return editor.ask(type, { textDocument: { uri: editor.uri(path) }, position: placeOf(text, what, 1), ...more });
}

async function aNameLeadsToItsDeclaration(editor) {
  const of = async (path, what) => shown(editor, await ask(editor, protocol.DefinitionRequest.type, path, what)).map(([file, name]) => `${file} ${name}`);
  assert.deepEqual(await of(income, "pay_periods_in_month("), ["us/snap/income.yaml pay_periods_in_month"]);
  assert.deepEqual(await of("us/snap/program.yaml", "gross_income_test"), ["us/snap/income_limits.yaml gross_income_test"]);
  assert.deepEqual(await of("us/snap/program.yaml", "snap_unit"), ["us/snap/units.yaml snap_unit"]);
  assert.deepEqual(await of("us/snap/notices/en.yaml", "net_income_limit_amount"), ["us/snap/income_limits.yaml net_income_limit_amount"]);
}

async function aFieldLeadsToTheRecordThatIsMeant(editor) {
  const at = shown(editor, await ask(editor, protocol.DefinitionRequest.type, income, "amount * pay_periods_in_month"));
  assert.equal(at.length, 1);
  assert.deepEqual(at[0].slice(0, 2), ["us/facts/income.yaml", "amount"]);
}

async function everyUseIsFound(editor) {
  const found = shown(editor, await ask(editor, protocol.ReferencesRequest.type, income, "pay_periods_in_month:", { context: { includeDeclaration: true } }));
  assert.ok(found.every(([, name]) => name === "pay_periods_in_month"), JSON.stringify(found));
  const counted = ["income", "deductions", "resources", "utilities"].map((chapter) => editor.read(`us/snap/${chapter}.yaml`).split("pay_periods_in_month").length - 1);
  assert.equal(found.length, counted.reduce((sum, count) => sum + count));
  const tests = shown(editor, await ask(editor, protocol.ReferencesRequest.type, "us/snap/income_limits.yaml", "gross_income_test:", { context: { includeDeclaration: false } }));
  assert.ok(tests.some(([file, name]) => file === "us/snap/program.yaml" && name === "gross_income_test"), JSON.stringify(tests));
  assert.ok(tests.every(([file]) => file !== "us/snap/income_limits.yaml"), "the declaration was left out");
  const cases = shown(editor, await ask(editor, protocol.ReferencesRequest.type, "us/snap/program.yaml", "net_income,", { context: { includeDeclaration: true } }));
  assert.ok(cases.some(([file]) => file.startsWith("us/snap/cases/")) && cases.some(([file]) => file === "us/snap/notices/es.yaml"), JSON.stringify(cases));
}

async function hoveringTellsTheValueInForceWithItsSource(editor) {
  const cap = (await ask(editor, protocol.HoverRequest.type, "us/snap/shelter.yaml", "shelter_cap")).contents.value;
  assert.match(cap, /`shelter_cap` money per month by state[^]*Maximum shelter deduction[^]*in force on 2026-11-26[^]*\| HI \| \$1,036.00 a month \| 2026-10-01 \|/);
  assert.match(cap, /source: USDA FNS, SNAP FY 2027[^]*\(official\)[^]*7 CFR 273.9\(d\)\(6\)\(ii\)/);
  const test = (await ask(editor, protocol.HoverRequest.type, "us/snap/program.yaml", "gross_income_test")).contents.value;
  assert.match(test, /rule of snap_unit: boolean[^]*Gross income[^]*7 CFR 273/);
  const fact = (await ask(editor, protocol.HoverRequest.type, "us/snap/units.yaml", "spouse_of")).contents.value;
  assert.match(fact, /fact of person: people/);
}

async function aFileThatIsHalfWrittenStillAnswers(editor) {
  const text = await editor.open(income);
  await editor.mistakes(income);
  await editor.ask(protocol.DefinitionRequest.type, { textDocument: { uri: editor.uri(income) }, position: placeOf(text, "pay_periods_in_month(", 1) });
  const half = "half_written:\n  of: person\n  value: (amount + \n\n";
  const at = { line: placeOf(text, "\n\npay_periods_in_month:").line + 2, character: 0 };
  const found = await editor.change(income, { range: { start: at, end: at }, text: half });
  assert.ok(found.length > 0);
  const position = placeOf(text, "pay_periods_in_month(", 1);
  position.line += half.split("\n").length - 1;
  const declared = await editor.ask(protocol.DefinitionRequest.type, { textDocument: { uri: editor.uri(income) }, position });
  assert.equal(declared.length, 1);
  assert.equal(declared[0].range.start.line, at.line + half.split("\n").length - 1);
}

async function anOutlineNamesEveryRecord(editor) {
  await editor.open(income);
  const names = (await editor.ask(protocol.DocumentSymbolRequest.type, { textDocument: { uri: editor.uri(income) } })).map(({ name }) => name);
  assert.ok(names.includes("pay_periods_in_month") && names.includes("income_treatment"), names.join());
}

// How long that takes is told, not judged: this also runs with sanitizers, beside other tests.
async function everyKeystrokeIsAnswered(editor) {
  await editor.open(income);
  await editor.mistakes(income);
  const times = [];
  for (let stroke = 0; stroke < 15; ++stroke) {
    const begin = performance.now();
    const found = await editor.change(income, { range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }, text: "x" });
    times.push(performance.now() - begin);
    assert.deepEqual(found, []);
  }
  const median = times.sort((a, b) => a - b)[7];
  console.log(`    ${median.toFixed(1)} ms in the median of ${times.length} strokes`);
}

async function placesAreCountedInUtf16(editor) {
  const text = await editor.open(income);
  await editor.mistakes(income);
  const at = (line, character) => ({ line, character });
  const insert = (line, character, what) => ({ range: { start: at(line, character), end: at(line, character) }, text: what });
  const first = text.split("\n")[0].length;
  assert.deepEqual(await editor.change(income, insert(0, first, " \u{1F34E}\u{1F34F}x")), []);
  // Half of the second pair is deleted, and a mistake behind it stands where the editor counts it.
  await editor.change(income, { range: { start: at(0, first + 4), end: at(0, first + 5) }, text: "" });
  await editor.change(income, { range: { start: at(0, first + 1), end: at(0, first + 5) }, text: "" });
  const found = await editor.change(income, insert(0, 0, "\u{1F34E}: {a: b}\n"));
  assert.equal(found[0].range.start.line, 0, JSON.stringify(found));
  const name = "pay_periods_in_month(";
  const moved = placeOf(text, name);
  const wrong = await editor.change(income, { range: { start: at(0, 0), end: at(1, 0) }, text: "" }, insert(moved.line, moved.character, "x"));
  assert.deepEqual(wrong.map((d) => [d.code, d.range.start]), [["E121", moved]]);
}

async function bytesAreCountedWhereBothAgree() {
  const editor = await new Editor({ capabilities: { general: { positionEncodings: ["utf-8", "utf-16"] } } }).start();
  assert.equal(editor.abilities.positionEncoding, "utf-8");
  const text = await editor.open(income);
  await editor.mistakes(income);
  const line = placeOf(text, "pay_periods_in_month(").line;
  const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  const found = await editor.change(income, { range, text: '  value: if every = "\u{1F34E}" then 2 else 3\n' });
  const { start, end } = found.find((d) => d.message.includes("\u{1F34E}"))?.range ?? assert.fail(JSON.stringify(found));
  assert.deepEqual([start.line, start.character, end.character - start.character], [line, 20, 6], "two quotes and the four bytes of an apple");
  assert.equal(await editor.leave(), 0);
}

async function whatLiesOutsideIsLeftAlone(editor) {
  const uri = "file:///nowhere/income.yaml";
  await editor.connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "yaml", version: 1, text: "kind: [" } });
  await assert.rejects(editor.ask(protocol.HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 0 } }), /no file of the rules/);
  await editor.open(income);
  assert.deepEqual(await editor.mistakes(income), []);
  assert.equal(editor.told.has(uri), false);
}

async function aNewFileAndItsEndAreSeen(editor) {
  await editor.open(income);
  await editor.mistakes(income);
  await editor.open("us/snap/new_chapter.yaml", "kind: chapter\ntitle: New\npay_periods_in_month:\n  of: person\n  cite: A\n  value: age\n");
  const found = (await editor.until("us/snap/new_chapter.yaml", (told) => told.diagnostics.length > 0)).diagnostics;
  assert.equal(found[0].code, "E144", JSON.stringify(found));
  await editor.close("us/snap/new_chapter.yaml");
  await editor.until("us/snap/new_chapter.yaml", (told) => told.diagnostics.length === 0);
}

/// The files as they are after an edit, written into the editor's folder.
function apply(editor, { changes }) {
  for (const [uri, edits] of Object.entries(changes)) {
    const path = decodeURIComponent(uri).split("/rules/")[1];
    const lines = editor.read(path).split("\n");
    for (const { range, newText } of edits.sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character)) {
      const line = lines[range.start.line];
      lines[range.start.line] = line.slice(0, range.start.character) + newText + line.slice(range.end.character);
    }
    editor.write(path, lines.join("\n"));
  }
}

const duly = (editor, ...words) => spawnSync(process.env.DULY_TOOL, [...words], { encoding: "utf8", cwd: editor.folder });

async function aRuleIsRenamedWhereverItIsNamed(editor) {
  const before = duly(editor, "test", "us/snap", "us/il/snap", "--rules", "rules").stdout;
  for (const [path, what, newName] of [["us/snap/program.yaml", "net_income,", "income_that_counts"], ["us/snap/income.yaml", "pay_periods_in_month(", "payments_a_month"]]) {
    const edit = await ask(editor, protocol.RenameRequest.type, path, what, { newName });
    apply(editor, edit);
    await editor.close(path);
    for (const uri of Object.keys(edit.changes))
      await editor.connection.sendNotification(protocol.DidChangeWatchedFilesNotification.type, { changes: [{ uri, type: 2 }] });
  }
  const old = spawnSync("grep", ["-rnwE", "net_income|pay_periods_in_month", "rules/us/snap", "rules/us/il/snap", "--include=*.yaml"], { encoding: "utf8", cwd: editor.folder }).stdout;
  assert.equal(old.split("\n").filter((line) => line && !line.includes("#")).join("\n"), "");
  assert.match(duly(editor, "check", "rules").stdout, /^0 errors/);
  assert.equal(duly(editor, "test", "us/snap", "us/il/snap", "--rules", "rules").stdout, before);
}

async function aNameThatWouldDoHarmIsRefused(editor) {
  const wants = (path, what, newName) => ask(editor, protocol.RenameRequest.type, path, what, { newName });
  await assert.rejects(wants("us/snap/program.yaml", "net_income,", "gross_income"), /would be wrong|rules would be/);
  await assert.rejects(wants("us/snap/program.yaml", "net_income,", "net income"), /is no name/);
  await assert.rejects(wants("us/snap/program.yaml", "net_income,", "sum"), /means something else/);
  await assert.rejects(wants("us/snap/units.yaml", "spouse_of", "married_to"), /only rules and figures/);
  await assert.rejects(wants("us/snap/program.yaml", "Supplemental", "a"), /no name here/);
  const text = await editor.open("us/snap/allotment.yaml", editor.read("us/snap/allotment.yaml") + "\nbroken: {of: person, value: (}\n");
  await assert.rejects(wants("us/snap/program.yaml", "net_income,", "income_that_counts"), /first mend/);
  assert.ok(text);
}

async function aMistakeInACaseIsTold(editor) {
  const path = "us/snap/cases/typed.yaml";
  await editor.open(path, "kind: cases\ntitle: Typed\ncases:\n  - case: a\n    expect: {net_incme: 5}\n");
  const { diagnostics } = await editor.until(path, (told) => told.diagnostics.length > 0);
  assert.equal(diagnostics[0].range.start.line, 4, JSON.stringify(diagnostics));
}

/// What is offered at the `^` of a file.
async function offered(editor, path, marked) {
  const { text, position } = atCursor(marked);
  await editor.open(path, text);
  const { items } = await editor.ask(protocol.CompletionRequest.type, { textDocument: { uri: editor.uri(path) }, position });
  return new Map(items.map((item) => [item.label, item]));
}

async function aFormulaIsCompleted(editor) {
  const rule = (formula) => `${editor.read(income)}\nnew_rule:\n  of: income_item\n  title: New\n  cite: A\n  value: ${formula}\n`;
  const names = await offered(editor, income, rule("amount * pay_^"));
  assert.match(names.get("pay_periods_in_month").detail, /conversion to month by pay_period/);
  assert.match(names.get("pay_periods_in_month").documentation.value, /7 CFR 273/);
  assert.ok(names.has("amount") && names.has("net_income") && names.has("round half up") && names.has("birth_date"), [...names.keys()].join());
  assert.ok(names.get("amount").sortText < names.get("rent_paid")?.sortText || !names.has("rent_paid"));
  const words = await offered(editor, income, rule("if kind in [wages, ^] then 1 else 2"));
  assert.ok(words.has("self_employment") && words.get("self_employment").sortText.startsWith("0"));
  const fields = await offered(editor, income, rule("sum(income.^)"));
  assert.ok(fields.has("amount") && fields.has("every") && !fields.has("birth_date"), [...fields.keys()].join());
  const empty = await offered(editor, income, rule("^"));
  assert.ok(empty.has("net_income"));
  const folded = await offered(editor, income, rule("amount *\n    pay_^"));
  assert.ok(folded.has("pay_periods_in_month"));
}

async function keysAndNamesAreCompletedWhereTheyAreWanted(editor) {
  const rule = (line) => `${editor.read(income)}\nnew_rule:\n  title: New\n  ${line}\n`;
  const keys = await offered(editor, income, rule("ci^"));
  assert.match(keys.get("cite").documentation.value, /paragraph of the law/);
  assert.ok(keys.has("branches") && !keys.has("title") && !keys.has("net_income"), [...keys.keys()].join());
  const levels = await offered(editor, income, rule("of: ^"));
  assert.ok(levels.has("person") && levels.has("snap_unit") && levels.has("income_item") && !levels.has("net_income"));
  const types = await offered(editor, income, rule("type: ^"));
  assert.ok(types.has("money") && types.has("code pay_period"));
  const reasons = await offered(editor, income, rule("reason: ^"));
  assert.ok(reasons.has("gross_income_over_limit"));
  const outputs = await offered(editor, "us/snap/program.yaml", editor.read("us/snap/program.yaml").replace("outputs: [benefit", "outputs: [^benefit"));
  assert.ok(outputs.has("net_income") && !outputs.has("birth_date"));
  const sure = await offered(editor, income, "kind: chapter\ntitle: A\ncap:\n  values:\n    - from: 2025-01-01\n      confidence: ^\n");
  assert.deepEqual([...sure.keys()].sort(), ["computed", "doubtful", "official", "projected", "reported"]);
  const kinds = await offered(editor, income, "^");
  assert.deepEqual([...kinds.keys()], ["kind"]);
}

const behaviours = [whatShipsIsSound, aMistakeIsToldAsItIsTyped, aNameLeadsToItsDeclaration, aFieldLeadsToTheRecordThatIsMeant, everyUseIsFound,
  hoveringTellsTheValueInForceWithItsSource, aFileThatIsHalfWrittenStillAnswers, anOutlineNamesEveryRecord, everyKeystrokeIsAnswered, placesAreCountedInUtf16,
  bytesAreCountedWhereBothAgree, whatLiesOutsideIsLeftAlone, aNewFileAndItsEndAreSeen, aRuleIsRenamedWhereverItIsNamed, aNameThatWouldDoHarmIsRefused,
  aMistakeInACaseIsTold, aFormulaIsCompleted, keysAndNamesAreCompletedWhereTheyAreWanted];

let failures = 0;
for (const behaviour of behaviours) {
  const name = behaviour.name.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase());
  const begin = performance.now();
  const editor = await new Editor().start();
  try {
    await behaviour(editor);
    assert.equal(await editor.leave(), 0, "the editor took leave");
    console.log("ok:", name, `(${(performance.now() - begin).toFixed(0)} ms)`);
  } catch (error) {
    failures += 1;
    editor.process.kill();
    console.log("FAILED:", name, "\n", error);
  }
}
process.exit(failures > 0 ? 1 : 0);
