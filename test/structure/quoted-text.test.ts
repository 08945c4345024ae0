import { describe, expect, test } from 'vitest';
import { quotedLines } from '../../src/structure/quoted-text.ts';

/** `q` for a quoted line, `.` for the writer's own. */
const marks = (...lines: readonly string[]) =>
  quotedLines(lines)
    .map((quoted) => (quoted ? 'q' : '.'))
    .join('');

describe('quoted text', () => {
  test.each<[what: string, lines: readonly string[], expected: string]>([
    ['none', ['Dear all,', 'on Monday I wrote:', 'nothing.'], '...'],
    [
      'marked lines, with answers between them',
      ['Yes.', '> Was it?', 'No.', '> > Before?', '>No space'],
      '.q.qq',
    ],
    [
      'an attribution over marked lines',
      ['Hi', 'On 3 May 2015, Jane wrote:', '', '> Was it?', 'Mine.'],
      '.q.q.',
    ],
    ['an attribution without marks', ['Hi', 'On 3 May 2015, Jane wrote:', 'Was it?', '', 'Jane'], '.qqqq'],
    [
      'an attribution over two lines',
      ['Hi', 'On Sun, 3 May 2015 at 10:14, Jane Fenn', '<j@example.org> wrote:', 'Was it?'],
      '.qqq',
    ],
    ['German', ['Ja.', 'Am 3. Mai 2015 um 10:14 schrieb Jane Fenn:', '> War es?'], '.qq'],
    ['French', ['Oui.', 'Le 3 mai 2015 à 10:14, Jane Fenn a écrit :', '> Vraiment ?'], '.qq'],
    ['Spanish', ['Sí.', 'El 3 de mayo de 2015, Jane escribió:', '> ¿Era?'], '.qq'],
    ['a separator', ['Hi', '-----Original Message-----', 'Was it?'], '.qq'],
    ['a separator in German', ['Hi', '-----Ursprüngliche Nachricht-----', 'War es?'], '.qq'],
    ['a forwarded message', ['FYI', '---------- Forwarded message ---------', 'Was it?'], '.qq'],
    ['Apple', ['FYI', 'Begin forwarded message:', 'Was it?'], '.qq'],
    [
      "Outlook's header",
      ['Hi', 'From: Jane', 'Sent: 3 May 2015', 'To: Peter', 'Subject: It', 'Was it?'],
      '.qqqqq',
    ],
    [
      "Outlook's header in German",
      [
        'Ja',
        '________________________________',
        'Von: Jane',
        'Gesendet: 3. Mai',
        'An: Peter',
        'Betreff: Es',
        'War es?',
      ],
      '.qqqqqq',
    ],
    ['bold names of fields', ['Hi', '*From:* Jane', '*Sent:* 3 May', '*To:* Peter', 'Was it?'], '.qqqq'],
    ['a rule above a signature', ['Hi', '____________________', 'Jane Fenn', 'Harbour office'], '....'],
    ['a sentence with From in it', ['From: the quay one sees', 'nothing.'], '..'],
  ])('%s', (_, lines, expected) => expect(marks(...lines)).toBe(expected));

  test('what the format says is quoted is as good as a mark', () => {
    const lines = ['Yes.', 'On 3 May 2015, Jane wrote:', 'Was it?', 'Soon.'];
    expect(quotedLines(lines, (at) => at === 2)).toEqual([false, true, true, false]);
  });
});
