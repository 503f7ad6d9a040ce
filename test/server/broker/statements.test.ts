import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import statements from './statements.json' with { type: 'json' };

/*
 * `statements.json` lists the numbered statements of the two OASIS standards that bind a server. Numbers differ between
 * the versions, so a title says which standard it means: "3.1.1 [MQTT-3.3.1-9] 5.0 [MQTT-3.3.1-12] what must hold".
 */
type Version = keyof typeof statements;

const folder = import.meta.dirname;
const claim = /(3\.1\.1|5\.0)((?: \[MQTT-[\d.]+-\d+\])+)/g;

/** Text in quotes: titles, and tables of titles. Comments do not count. */
const quotedIn = (file: string): string[] => {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const claimed: Record<Version, Set<string>> = { '3.1.1': new Set(), '5.0': new Set() };
for (const file of readdirSync(folder)) {
  if (!file.endsWith('.test.ts') || file === 'statements.test.ts') continue;
  for (const text of quotedIn(file)) {
    for (const [, version, ids] of text.matchAll(claim)) {
      for (const [, id = ''] of (ids ?? '').matchAll(/\[MQTT-([\d.]+-\d+)\]/g)) claimed[version as Version].add(id);
    }
  }
}

describe.each(['3.1.1', '5.0'] as const)('MQTT %s', (version) => {
  test('every statement that binds a server has a test named after it', () => {
    expect(statements[version].filter((id) => !claimed[version].has(id))).toEqual([]);
  });

  test('no test is named after a statement that does not exist', () => {
    expect([...claimed[version]].filter((id) => !statements[version].includes(id))).toEqual([]);
  });
});
