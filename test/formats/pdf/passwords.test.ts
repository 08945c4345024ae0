import PDFKit from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { lockedReason, passwordForms } from '../../../src/formats/pdf/passwords.ts';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readAll, readRuns, texts } from './reading.ts';

function locked(options: PDFKit.PDFDocumentOptions): Promise<Buffer> {
  const document = new PDFKit(options);
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.text('the locked words');
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}

describe('an encrypted PDF', () => {
  test.each(['1.3', '1.4', '1.7', '1.7ext3'] as const)(
    'of version %s opens with either password and with no other',
    async (pdfVersion) => {
      const bytes = await locked({ pdfVersion, userPassword: 'view', ownerPassword: 'master' });
      for (const password of ['view', 'master']) {
        expect(texts(await readRuns(bytes, { passwords: ['nope', password] }))).toEqual(['the locked words']);
      }
      const [refusal] = await readAll(bytes, { passwords: ['View', 'secret words'] });
      expect(refusal).toEqual({
        type: 'unreadable',
        outcome: 'encrypted',
        reason: 'The PDF is protected by a password; none of the 2 given opens it.',
      });
    },
  );

  test.each<[string, PDFKit.PDFDocumentOptions['pdfVersion']]>([
    ['café', '1.7'],
    ['café', '1.7ext3'],
    ['пароль', '1.7ext3'],
    ['ﬁle', '1.7ext3'],
  ])('opens with “%s” in version %s', async (password, pdfVersion = '1.7') => {
    const bytes = await locked({ pdfVersion, userPassword: password });
    expect(texts(await readRuns(bytes, { passwords: [password] }))).toEqual(['the locked words']);
  });

  test('that needs no password to be read takes no notice of those given', async () => {
    const bytes = await locked({ ownerPassword: 'master' });
    expect(texts(await readRuns(bytes, { passwords: ['nope'] }))).toEqual(['the locked words']);
  });

  test('by another scheme than passwords names it', async () => {
    const dictionary = '<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 >>';
    const trailer = `/Encrypt ${extraNumber(1)} 0 R /ID [<00> <00>]`;
    const [refusal] = await readAll(rawPdf([{ content: show('x', 72, 700) }], [dictionary], trailer));
    expect(refusal).toEqual({
      type: 'unreadable',
      outcome: 'encrypted',
      reason:
        'The PDF is protected by Adobe.PubSec, not by a password: only the program that protected it can open it.',
    });
  });
});

test.each<[readonly string[], readonly string[]]>([
  [[], ['']],
  [
    ['view', 'view'],
    ['', 'view'],
  ],
  [['é'], ['', 'Ã©', 'é']],
  [['e\u0301'], ['', 'eÌ\u0081', 'Ã©', 'é']],
  [['ж'], ['', 'Ð¶']],
])('the forms of %j', (passwords, forms) => {
  expect(passwordForms(passwords).map((form) => Buffer.from(form).toString('latin1'))).toEqual(forms);
});

test.each<[number, string]>([
  [0, 'The PDF is protected by a password.'],
  [1, 'The PDF is protected by a password; the one given does not open it.'],
  [3, 'The PDF is protected by a password; none of the 3 given opens it.'],
])('what is said after %i passwords', (tried, reason) => {
  expect(lockedReason(tried)).toBe(reason);
});
