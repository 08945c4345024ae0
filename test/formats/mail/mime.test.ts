import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepestPart, type MimePart, readMime } from '../../../src/formats/mail/mime-part.ts';
import { bodyOf, message, tell } from './read.ts';
import '../../seed.ts';

const head = ['From: a@example.org', 'Subject: s', 'MIME-Version: 1.0'];

describe('a body is read whatever is wrong with it', () => {
  test.each<[what: string, lines: readonly string[], body: readonly string[]]>([
    ['plain text', ['', 'One.', '', 'Two', 'lines.'], ['body One.\n', 'body Two\nlines.']],
    [
      'quoted-printable with a soft break, a wrong code and one cut off',
      ['Content-Transfer-Encoding: quoted-printable', '', 'caf=C3=A9 to=', 'day =ZZ 100=', ''],
      ['body café today =ZZ 100'],
    ],
    [
      'base64 in pieces',
      ['Content-Transfer-Encoding: base64', '', 'T25l', 'IQ==', 'VHdv*'],
      ['body One!Two'],
    ],
    [
      'what is said to be base64 and is not',
      ['Content-Transfer-Encoding: base64', '', 'we were there, and so were they.'],
      ['body we were there, and so were they.'],
    ],
    [
      'a declared charset',
      ['Content-Type: text/plain; charset=koi8-r', '', '\xf0\xd2\xc9\xd7\xc5\xd4'],
      ['body Привет'],
    ],
    ['UTF-7', ['Content-Type: text/plain; charset=utf-7', '', 'caf+AOk-'], ['body café']],
    [
      'a short text in GBK that passes for UTF-8',
      ['Content-Type: text/plain; charset=gbk', '', '\xc1\xaa\xcd\xa8'],
      ['body 联通'],
    ],
    [
      'no empty line behind the header',
      ['We met at noon.', 'Nobody came.'],
      ['body We met at noon.\nNobody came.'],
    ],
    [
      'a multipart without its boundary',
      ['Content-Type: multipart/mixed', '', 'Words all the same.'],
      ['body Words all the same.'],
    ],
    [
      'a multipart with another boundary than it says',
      [
        'Content-Type: multipart/mixed; boundary=a',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Found.',
        '--b--',
      ],
      ['body Found.'],
    ],
    [
      'a multipart that does not end',
      ['Content-Type: multipart/mixed; boundary=a', '', '--a', '', 'First.', '--a', '', 'Last'],
      ['body First.', 'body Last'],
    ],
    [
      'boundaries that begin alike',
      [
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: multipart/mixed; boundary=bb',
        '',
        '--bb',
        '',
        'Inner.',
        '--bb--',
        '--b',
        '',
        '--bc',
        'Outer.',
        '--b--',
      ],
      ['body Inner.', 'body --bc\nOuter.'],
    ],
    [
      'what stands before the first part and behind the last',
      ['Content-Type: multipart/mixed; boundary=b', '', 'Before.', '--b', '', 'Shown.', '--b--', 'After.'],
      ['body Shown.', 'hidden Before.', 'hidden After.'],
    ],
    [
      'a calendar entry',
      [
        'Content-Type: text/calendar',
        '',
        'BEGIN:VEVENT',
        'SUMMARY:Meeting\\, at the',
        '  quay',
        'END:VEVENT',
      ],
      ['body SUMMARY: Meeting, at the quay'],
    ],
    [
      'a delivery report',
      ['Content-Type: message/delivery-status', '', 'Action: failed', 'Status: 5.1.1'],
      ['body Action: failed\nStatus: 5.1.1'],
    ],
    [
      'HTML with a quotation and hidden words',
      [
        'Content-Type: text/html',
        '',
        '<p>Yes.</p><blockquote><p>Was it?</p></blockquote><p style="display:none">secret',
      ],
      ['body Yes.', 'quoted Was it?', 'hidden secret'],
    ],
  ])('%s', async (_, lines, body) => {
    expect(bodyOf(await tell(message(...head, ...lines)))).toEqual(body);
  });
});

describe('a header is read', () => {
  test.each<[what: string, line: string, shown: string]>([
    ['encoded words that cut a character in two', 'X: =?utf-8?B?4oA=?= =?utf-8?B?kyA=?= end', 'X: –  end'],
    ['encoded words beside plain ones', 'X: a =?iso-8859-1?Q?b=E9_c?= d', 'X: a bé c d'],
    ['a language behind the charset', 'X: =?utf-8*en?Q?=C3=A9?=', 'X: é'],
    ['a charset that does not exist', 'X: =?x-none?Q?caf=C3=A9?=', 'X: café'],
    ['what is no encoded word', 'X: =?utf-8?Q?open', 'X: =?utf-8?Q?open'],
    ['bytes of UTF-8', 'X: caf\xc3\xa9', 'X: café'],
    ['a folded line', 'X: one\r\n two\r\n\tthree', 'X: one two three'],
    ['a line folded badly', 'X: one\r\ntwo without space\r\nY: z', 'X: one two without space'],
    ['a line end that is encoded', 'X: =?utf-8?Q?a=0D=0ABcc:_b?=', 'X: a Bcc: b'],
    ['an escape sequence', 'X: \x1b[31mred', 'X: ␛[31mred'],
  ])('%s', async (_, line, shown) => {
    const { blocks } = await tell(message(...head, line, '', 'Words.'));
    expect(blocks).toContain(`header ${shown}`);
  });
});

test.each<[what: string, bytes: Buffer]>([
  ['empty lines and a byte order mark before the header', message('\xef\xbb\xbf', '', ...head, '', 'Words.')],
  [
    'one field longer than what is looked at first',
    message(`X-Long: ${'a '.repeat(9000)}`, ...head, '', 'Words.'),
  ],
])('a message is known with %s', async (_, bytes) => {
  const told = await tell(bytes);
  expect(told.metadata?.title).toBe('s');
  expect(bodyOf(told)).toEqual(['body Words.']);
});

describe('attachments are children', () => {
  const part = (...fields: readonly string[]) =>
    message(
      ...head,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'Text.',
      '--b',
      ...fields,
      '',
      'x',
      '--b--',
    );

  test.each<[what: string, fields: readonly string[], name: string]>([
    ['a quoted name', ['Content-Type: a/b; name="plan (1).pdf"'], 'plan (1).pdf'],
    ['a bare name with spaces', ['Content-Type: a/b; name=a plan.pdf; x=y'], 'a plan.pdf'],
    ['an encoded word', ['Content-Type: a/b; name="=?utf-8?Q?M=C3=BCller.txt?="'], 'Müller.txt'],
    [
      'sections',
      ["Content-Disposition: attachment; filename*0*=utf-8''M%C3; filename*1*=%BCller; filename*2=.txt"],
      'Müller.txt',
    ],
    ['a path', ['Content-Disposition: attachment; filename="../../etc/passwd"'], '.._.._etc_passwd'],
    ['nothing but dots', ['Content-Disposition: attachment; filename=".."'], 'unnamed'],
    ['controls', ['Content-Type: a/b; name="=?utf-8?Q?a=1B[2Jb?=.txt"'], 'a␛[2Jb.txt'],
    ['no name', ['Content-Type: image/png'], 'attachment 1.png'],
    ['no name, in a message', ['Content-Type: message/rfc822', '', 'Subject: Inner', ''], 'Inner.eml'],
    [
      'a text that is attached',
      ['Content-Disposition: attachment', 'Content-Type: text/plain; name=n.txt'],
      'n.txt',
    ],
  ])('by %s', async (_, fields, name) => {
    const told = await tell(part(...fields));
    expect(Object.keys(told.children)).toEqual([name]);
    expect(told.blocks).toContain(`header Attachment: ${name}`);
    expect(bodyOf(told)).toEqual(['body Text.']);
  });

  test('two of one name get two names', async () => {
    const one = ['--b', 'Content-Type: a/b; name="p.jpg"', '', 'x'];
    const told = await tell(
      message(...head, 'Content-Type: multipart/mixed; boundary=b', '', ...one, ...one, ...one, '--b--'),
    );
    expect(Object.keys(told.children)).toEqual(['p.jpg', 'p (2).jpg', 'p (3).jpg']);
  });

  test('a uuencoded file is taken out of its text', async () => {
    const told = await tell(
      message(
        ...head,
        '',
        'Before.',
        'begin 644 cat.txt',
        '#0V%T',
        '`',
        'end',
        'After.',
        'begin 644 no',
        'file',
      ),
    );
    expect(told.children).toEqual({ 'cat.txt': 'Cat' });
    expect(bodyOf(told)).toEqual(['body Before.\nAfter.\nbegin 644 no\nfile']);
  });

  test('what is encrypted is said to be', async () => {
    const told = await tell(
      message(
        ...head,
        'Content-Type: multipart/encrypted; boundary=b',
        '',
        '--b',
        '',
        'Version: 1',
        '--b',
        '',
        'x',
        '--b--',
      ),
    );
    expect(told.lost).toEqual(['encrypted.asc: encrypted']);
    expect(told.blocks[0]).toBe('header From: a@example.org\nSubject: s');
  });
});

/** A tree of parts, and its leaves in order. */
type Tree = string | readonly Tree[];
const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.stringMatching(/^[a-z -]{0,12}$/),
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
  ),
})).tree;

function texts(tree: Tree): string[] {
  return typeof tree === 'string' ? [tree] : tree.flatMap(texts);
}

function write(tree: Tree, boundary: string): string {
  if (typeof tree === 'string') return `Content-Type: text/plain\r\n\r\n${tree}`;
  const parts = tree.map((part, at) => `--${boundary}\r\n${write(part, `${boundary}${at}`)}\r\n`);
  return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${parts.join('')}--${boundary}--\r\n`;
}

function leaves({ parts, body, type }: MimePart): string[] {
  return type.startsWith('multipart/') ? parts.flatMap(leaves) : [Buffer.from(body).toString()];
}

test('every tree of parts comes back', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(leaves(readMime(Buffer.from(write(tree, 'B'))))).toEqual(texts(tree));
    }),
  );
});

test('bytes of any kind are read to the end', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((noise) => Buffer.from(noise)),
    fc
      .array(
        fc.constantFrom(
          '--b',
          '--b--',
          '--',
          '',
          ' x',
          'A: b',
          'Content-Type: multipart/alternative; boundary=b',
          'Content-Transfer-Encoding: base64',
          '=?utf-8?q?=',
          "Content-Type: a/b; name*0*=u''%",
          'words',
        ),
      )
      .map((lines) => message(...lines)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (noise) => {
      await tell(Buffer.concat([message(...head, ''), noise]));
    }),
  );
});

test('parts deeper than any message nests them are kept, in time', async () => {
  const depth = deepestPart * 200;
  const nested = Array.from({ length: depth }, (_, at) => [
    `Content-Type: multipart/mixed; boundary=b${at}`,
    '',
    `--b${at}`,
  ]);
  const told = await tell(message(...head, ...nested.flat(), '', 'The innermost words.'));
  expect(bodyOf(told)).toContain('body The innermost words.');
});
