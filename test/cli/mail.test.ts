import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, pincite } from './pincite.ts';

const fenn = 'Jane Fenn <j.fenn@example.org>';
const orrin = 'Peter Orrin <p.orrin@example.org>';

interface Sent {
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly id: string;
  readonly answers?: string;
  readonly body: string;
  readonly received?: string;
}

function letter({ from, to, date, id, answers, body, received }: Sent): string {
  const fields = [
    ...(received === undefined ? [] : [`Received: by ${received}; ${date}`]),
    `From: ${from}`,
    `To: ${to}`,
    `Date: ${date}`,
    'Subject: The lamps',
    `Message-ID: <${id}@example.org>`,
    ...(answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`]),
    'Content-Type: text/plain; charset=utf-8',
  ];
  return `${fields.join('\r\n')}\r\n\r\n${body}`;
}

const first: Sent = {
  from: fenn,
  to: orrin,
  date: 'Wed, 5 Nov 2014 10:14:00 +0000',
  id: 'a',
  body: 'Peter,\r\n\r\nthe lamps are out.',
};
const mails: Readonly<Record<string, string>> = {
  'fenn/sent.eml': letter(first),
  'orrin/inbox.eml': letter({
    ...first,
    received: 'mx.example.org',
    body: 'Peter,\r\n\r\nthe lamps\r\nare out.\r\n',
  }),
  // Sent later than the first one, although the clock of the sender shows an earlier hour.
  'orrin/answer.eml': letter({
    from: orrin,
    to: `${fenn}, watch@example.org`,
    date: 'Wed, 5 Nov 2014 09:30:00 -0200',
    id: 'b',
    answers: 'a',
    body: 'Again?\r\n\r\nOn 5 Nov 2014, Jane Fenn wrote:\r\n> Peter,\r\n>\r\n> the lamps are out.\r\n\r\nI shall look.',
  }),
  'watch/answer.eml': letter({
    from: 'watch@example.org',
    to: orrin,
    date: 'Thu, 6 Nov 2014 08:00:00 +0000',
    id: 'c',
    answers: 'b',
    body: 'Noted.',
  }),
  'watch/other.eml': letter({ ...first, id: 'z', body: 'Something else.' }),
};

async function mailCase(order: readonly string[] = Object.keys(mails)): Promise<string> {
  const folder = emptyFolder();
  await pincite(folder, ['init']);
  for (const name of order) {
    mkdirSync(join(folder, 'mail', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'mail', name), mails[name] ?? '');
    await pincite(folder, ['ingest', 'mail', '--source', 'mail']);
  }
  return folder;
}

describe('messages', () => {
  test('are listed by conversation, in the order in which they were sent', async () => {
    const folder = await mailCase();
    const { stdout } = await pincite(folder, ['docs', '--thread', 'watch/answer.eml', '--format', 'jsonl']);
    const paths = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { path: string }).path);
    expect(paths).toEqual([
      'mail/fenn/sent.eml',
      'mail/orrin/inbox.eml',
      'mail/orrin/answer.eml',
      'mail/watch/answer.eml',
    ]);
  });

  test('that were received twice are told to be the same, whatever came first', async () => {
    const names = Object.keys(mails);
    const [one, other] = [await mailCase(names), await mailCase(names.toReversed())];
    const { stdout: docs } = await pincite(one, ['docs', 'sent', '--format', 'json']);
    expect(JSON.parse(docs)).toMatchObject({
      documents: [{ sameMessage: [{ path: 'mail/orrin/inbox.eml' }] }],
    });
    expect((await pincite(one, ['show', 'orrin/inbox.eml'])).stdout).toMatch(
      /^The same message as mail\/fenn\/sent\.eml/,
    );
    expect((await pincite(one, ['status'])).stdout).toContain('1 message received again');
    const digests = await Promise.all([one, other].map((folder) => pincite(folder, ['verify', '--digest'])));
    expect(digests[0]?.stdout).toBe(digests[1]?.stdout);
    expect(digests[0]?.code).toBe(0);
  });

  test('are cited by who wrote to whom and when; the citation opens again', async () => {
    const folder = await mailCase();
    const citations: Readonly<Record<string, string>> = {
      '"I shall look"': 'E-mail from Peter Orrin to Jane Fenn and another, 5 November 2014 at 09.30, line 8',
      'out AND file:"orrin/answer.eml"':
        'E-mail from Peter Orrin to Jane Fenn and another, 5 November 2014 at 09.30, quoted text, line 6',
      '"Message-ID: <b"':
        'E-mail from Peter Orrin to Jane Fenn and another, 5 November 2014 at 09.30, header, line 5',
    };
    for (const [query, citation] of Object.entries(citations)) {
      const found = await pincite(folder, ['search', query, '--format', 'jsonl']);
      const hit = JSON.parse(found.stdout.split('\n')[0] ?? '') as { ref: string; citation: string };
      expect(hit.citation).toBe(citation);
      for (const what of [hit.ref, citation]) {
        const shown = await pincite(folder, ['show', what, '--format', 'json']);
        expect(JSON.parse(shown.stdout), what).toMatchObject({ target: { citation } });
      }
    }
  });
});
