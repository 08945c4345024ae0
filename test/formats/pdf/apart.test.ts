import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { childTexts, readAll, readRuns, texts } from './reading.ts';

const noVector = Buffer.alloc(16);
const sealed = (name: string, key: Buffer, vector: Buffer | null, bytes: Buffer, padding = false) => {
  const cipher = createCipheriv(name, key, vector).setAutoPadding(padding);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
};

/** The hash of revision 6 as ISO 32000-2 tells it; PDFium, which must open what is made with it, holds it to that. */
function hash6(password: Buffer, salt: Buffer): Buffer {
  let k = createHash('sha256')
    .update(Buffer.concat([password, salt]))
    .digest();
  for (let i = 0; ; i++) {
    const k1 = Buffer.concat(Array.from({ length: 64 }, () => Buffer.concat([password, k])));
    const e = sealed('aes-128-cbc', k.subarray(0, 16), k.subarray(16, 32), k1);
    const remainder = Number(BigInt(`0x${e.subarray(0, 16).toString('hex')}`) % 3n);
    k = createHash(`sha${[256, 384, 512][remainder]}`)
      .update(e)
      .digest();
    if (i >= 63 && (e.at(-1) ?? 0) <= i - 31) return k.subarray(0, 32);
  }
}

const hash5 = (password: Buffer, salt: Buffer) =>
  createHash('sha256')
    .update(Buffer.concat([password, salt]))
    .digest();

/** An encryption dictionary for a user's password; with filters of streams or of attached files alone. */
function dictionary(revision: 5 | 6, password: string, key: Buffer, filters: string): string {
  const hash = revision === 6 ? hash6 : hash5;
  const given = Buffer.from(password);
  const [check, wrap] = [randomBytes(8), randomBytes(8)];
  const u = Buffer.concat([hash(given, check), check, wrap]);
  const ue = sealed('aes-256-cbc', hash(given, wrap), noVector, key);
  const permissions = Buffer.concat([
    Buffer.from([0xfc, 0xff, 0xff, 0xff, 255, 255, 255, 255]),
    Buffer.from('Tadb'),
    randomBytes(4),
  ]);
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;
  const perms = sealed('aes-256-ecb', key, null, permissions);
  return `<< /Filter /Standard /V 5 /R ${revision} /Length 256 /P -4 /U ${hex(u)} /UE ${hex(ue)} /O ${hex(randomBytes(48))} /OE ${hex(randomBytes(32))} /Perms ${hex(perms)} /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> ${filters} >>`;
}

/** A PDF with one attached file, whose content is encrypted. */
function withSealedFile(revision: 5 | 6, password: string): Uint8Array {
  const key = randomBytes(32);
  const vector = randomBytes(16);
  const packed = deflateSync(Buffer.from('the sealed letter'));
  const content = Buffer.concat([vector, sealed('aes-256-cbc', key, vector, packed, true)]).toString(
    'latin1',
  );
  const first = extraNumber(1);
  return rawPdf(
    [{ content: show('the cover sheet', 72, 700) }],
    [
      `<< /Type /Filespec /F (letter.txt) /EF << /F ${first + 1} 0 R >> >>`,
      `<< /Type /EmbeddedFile /Filter /FlateDecode /Length ${content.length} >>\nstream\n${content}\nendstream`,
      dictionary(revision, password, key, '/EFF /StdCF /StmF /Identity /StrF /Identity'),
    ],
    `/Encrypt ${first + 2} 0 R /ID [<00> <00>]`,
    `/Names << /EmbeddedFiles << /Names [(key) ${first} 0 R] >> >>`,
  );
}

describe('a file that is encrypted in an open PDF', () => {
  test.each([5, 6] as const)('opens with the password of revision %i and with no other', async (revision) => {
    const bytes = withSealedFile(revision, 'Tür');
    const opened = await readAll(bytes, { passwords: ['nope', 'Tür'] });
    expect(opened[0]).toMatchObject({ type: 'text' });
    expect(childTexts(opened)).toEqual({ 'letter.txt': 'the sealed letter' });
    for (const passwords of [[], ['nope']]) {
      expect((await readAll(bytes, { passwords })).slice(1)).toMatchObject([
        { type: 'lost-child', name: 'letter.txt', outcome: 'encrypted' },
      ]);
    }
  });

  test.each([5, 6] as const)('is made here as PDFium knows it, in revision %i', async (revision) => {
    const key = randomBytes(32);
    const vector = randomBytes(16);
    const drawn = Buffer.from(show('locked words', 72, 700));
    const content = Buffer.concat([vector, sealed('aes-256-cbc', key, vector, drawn, true)]).toString(
      'latin1',
    );
    const locked = dictionary(revision, 'Tür', key, '/StmF /StdCF /StrF /StdCF');
    const bytes = rawPdf([{ content }], [locked], `/Encrypt ${extraNumber(1)} 0 R /ID [<00> <00>]`);
    expect(texts(await readRuns(bytes, { passwords: ['Tür'] }))).toEqual(['locked words']);
  });
});
