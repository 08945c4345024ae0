import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSettings, readSettings, type Settings, writeSettings } from '../../src/store/settings.ts';
import { settingsSchema } from '../../src/store/settings-schema.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-settings-'));
  mkdirSync(join(folder, '.pincite'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string) => writeFileSync(join(folder, '.pincite', 'settings.json'), text);

describe('settings', () => {
  it('are the defaults where there is no file', async () => {
    expect(await readSettings(folder)).toEqual({});
  });

  it('come back as they were written', async () => {
    const settings: Settings = {
      log: { searches: 'off' },
      citation: { style: 'oscola', template: '{title} {page}' },
      tags: { rulesAtIngest: 'on' },
    };
    await writeSettings(folder, settings);
    expect(await readSettings(folder)).toEqual(settings);
    expect(existsSync(join(folder, '.pincite', 'settings.json.new'))).toBe(false);
  });

  it.each([
    ['{', 'it is no JSON'],
    ['[]', 'expected object'],
    ['{"log": {"searches": "of"}}', 'log.searches'],
    ['{"log": {"search": "off"}}', 'log: Unrecognized key: "search"'],
    ['{"citation": {"style": ""}}', 'citation.style'],
    ['{"citation": null}', 'citation'],
    ['{"tags": {"rulesAtIngest": true}}', 'tags.rulesAtIngest'],
  ])('%s are refused with the place', async (text, detail) => {
    write(text);
    await expect(readSettings(folder)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(detail),
      hint: expect.stringContaining('Correct the file'),
      exitCode: 2,
    });
  });

  it('are judged alike with and without the schema', () => {
    const value = fc.constantFrom<unknown>('on', 'off', '', 'x', 1, null, undefined, {}, [], { style: 'x' });
    const inner = fc.oneof(
      value,
      fc.dictionary(
        fc.constantFrom('searches', 'style', 'template', 'rulesAtIngest', 'other', '__proto__'),
        value,
      ),
    );
    const outer = fc.dictionary(fc.constantFrom('log', 'citation', 'tags', 'toString', 'other'), inner, {
      maxKeys: 2,
    });
    fc.assert(
      fc.property(fc.oneof(outer, value), (candidate) => {
        const parsed: unknown = JSON.parse(JSON.stringify(candidate) ?? 'null');
        expect(isSettings(parsed)).toBe(settingsSchema.safeParse(parsed).success);
      }),
      { numRuns: 1000 },
    );
  });
});
