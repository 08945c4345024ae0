import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lines, readings } from './spreadsheet/xlsx-file.ts';

/** Made by `fixtures/formats/make.ts`: encrypting in a test takes seconds. */
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/formats/${name}`, import.meta.url));

describe('an encrypted Office file', () => {
  test.each(['locked-agile.xlsx', 'locked-standard.xlsx'])(
    '%s opens with one of the passwords',
    async (name) => {
      expect((await lines(fixture(name), { passwords: ['', 'wrong', 'Ravensholme'] }))[1]).toMatch(/^row /);
    },
  );

  test('without the password it is said to be encrypted', async () => {
    expect(await readings(fixture('locked-standard.xlsx'))).toEqual([
      { type: 'unreadable', outcome: 'encrypted', reason: 'The file is protected by a password.' },
    ]);
    expect(await readings(fixture('locked-standard.xlsx'), { passwords: ['wrong'] })).toEqual([
      {
        type: 'unreadable',
        outcome: 'encrypted',
        reason: 'The file is protected by a password; none of those given opens it.',
      },
    ]);
  });

  test('one that Excel opens by itself is read without a password', async () => {
    expect((await lines(fixture('protected-from-changes.xlsx')))[1]).toMatch(/^row /);
  });

  test('one whose encryption nobody knows is said to be so', async () => {
    const damaged = Buffer.from(fixture('locked-standard.xlsx'));
    const info = damaged.indexOf(Buffer.from([0x24, 0, 0, 0]));
    damaged.writeUInt32LE(0xffffffff, info);
    expect(await readings(damaged, { passwords: ['Ravensholme'] })).toMatchObject([
      {
        type: 'unreadable',
        outcome: 'encrypted',
        reason: 'The file is protected in a way that pincite cannot undo, or is damaged.',
      },
    ]);
  });

  test('one that asks for more rounds of hashing than there may be is not tried for hours', async () => {
    const text = fixture('locked-agile.xlsx').toString('latin1');
    const asked = 'spinCount="100000" saltSize="16"';
    expect(text).toContain(asked);
    const damaged = Buffer.from(
      text.replace(asked, `spinCount="${'9'.repeat(asked.length - 12)}"`),
      'latin1',
    );
    expect(await readings(damaged, { passwords: ['Ravensholme'] })).toMatchObject([
      { outcome: 'encrypted', reason: expect.stringContaining('cannot undo, or is damaged') },
    ]);
  });

  test('one that has lost its description of the encryption is not opened again and again', async () => {
    const damaged = Buffer.from(fixture('locked-agile.xlsx'));
    const entry = damaged.indexOf(Buffer.from('EncryptionInfo', 'utf16le'));
    damaged.write('Encryption Inf', entry, 'utf16le');
    expect(await readings(damaged, { passwords: ['Ravensholme'] })).toMatchObject([
      { outcome: 'encrypted', reason: expect.stringContaining('cannot undo, or is damaged') },
    ]);
  }, 20_000);

  test('one whose chain of sectors comes round is left', async () => {
    const damaged = Buffer.from(fixture('locked-agile.xlsx'));
    const table = (damaged.readUInt32LE(76) + 1) * 512;
    const directory = damaged.readUInt32LE(48);
    damaged.writeUInt32LE(directory, table + directory * 4);
    expect(await readings(damaged, { passwords: ['Ravensholme'] })).toHaveLength(1);
  }, 20_000);
});
