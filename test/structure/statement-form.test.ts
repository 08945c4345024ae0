import { describe, expect, it } from 'vitest';
import { formPage, isStatementForm } from '../../src/structure/statement-form.ts';
import { type PrintedLine, readSheets, setSheets } from './documents.ts';

describe('print of a statement form', () => {
  it.each([
    'Continuation of the statement of Ana Fenn',
    'Continuation of Statement of: FENN, Ana',
    'CONTINUATION OF STATEMENT OF ANA DE LA FENN',
    'Continuation of witness statement of: PC 4471 O’Dowd      Page 3 of 7',
    'Continuation of the statement of: ..................',
    'RESTRICTED (when complete)',
    'OFFICIAL – SENSITIVE (when complete)      MG11 (CONT)',
    'MG 11 (T)   Page 2 of 3',
    'CONTINUATION SHEET No. 2',
  ])('at the head: %s', (line) => {
    expect(isStatementForm(line, 'head')).toBe(true);
  });

  it.each([
    'Signature: Ana Fenn      Signature witnessed by: P Orrin',
    'Signature: ............... Signature witnessed by: ...............',
    'Signed: A Fenn   Witnessed by: DC 81 Orrin   Date: 4 May 2011',
    'Signature witnessed by: P Orrin',
    'MG11',
  ])('at the foot: %s', (line) => {
    expect(isStatementForm(line, 'foot')).toBe(true);
  });

  it.each([
    'Continuation of the statement of the witness was not possible that day',
    'I produce the form MG11 that I was given',
    'MG11 of Ana Fenn',
    'Restricted access was in force',
    'Statement of: Ana Fenn',
    'WITNESS STATEMENT',
    'The continuation of the statement of Ana Fenn',
  ])('is no line of text or title: %s', (line) => {
    expect(isStatementForm(line, 'head')).toBe(false);
  });

  it.each([
    'Signed: Ana Fenn',
    'Signature: Ana Fenn      Date: 4 May 2011',
    'Witnessed by PC Orrin',
    'Signed copies were witnessed by: Orrin',
    'Signature: I saw the signature witnessed by Orrin',
  ])('is no signature that ends a paper: %s', (line) => {
    expect(isStatementForm(line, 'foot')).toBe(false);
  });

  it('a signature with the witness to it underneath', () => {
    expect(isStatementForm('Signature: A Fenn', 'foot', 'Signature witnessed by: P Orrin')).toBe(true);
    expect(isStatementForm('Signature: A Fenn', 'foot', 'Page 2 of 2')).toBe(false);
  });

  it.each([
    ['Continuation of Statement of: A Fenn   Page 3 of 7', 3],
    ['MG11 Page No. 2', 2],
    ['Continuation of Statement of: PC 4471 Fenn', undefined],
    ['CONTINUATION SHEET No. 2', undefined],
  ])('says its page: %s', (line, page) => {
    expect(formPage(line)).toBe(page);
  });
});

const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel'];
const text = (sheet: number): PrintedLine[] =>
  words.map((word) => [[72, `the ${word} of ${words[sheet]} was seen and`]]);

/** A statement of two sheets with a paragraph that goes on from one to the other. */
function twoSheets(head: string) {
  const first: PrintedLine[] = [[[72, '1. I saw the house.']], [], [[72, '2. At the door']], ...text(1)];
  const second: PrintedLine[] = [[[72, head]], ...text(2), [[72, 'that was all.']], [], [[72, '3. I left.']]];
  const foot = { foot: 'Signature: A Fenn  Signature witnessed by: P Orrin' };
  return readSheets(setSheets([first, second], () => foot));
}

describe('a form of two sheets', () => {
  it('has a running head though nothing repeats', () => {
    const { furniture, layout, lines, headings } = twoSheets('Continuation of the statement of Ana Fenn');
    const head = layout.lines.findIndex((line) => line.text.startsWith('Continuation'));
    expect(furniture.lines.get(head)).toBe('header');
    expect(lines.map(({ index }) => index)).not.toContain(head);
    expect(headings).toEqual([]);
    expect(lines.find(({ index }) => index === head + 1)?.begins).toBe(false);
  });

  it('is on the page that its head says', () => {
    const { furniture } = twoSheets('Continuation of the statement of Ana Fenn   Page 2 of 2');
    expect([...furniture.pages]).toEqual([[2, 2]]);
  });

  it('keeps a first line that is text', () => {
    const { furniture } = twoSheets('Continuation of the statement of Ana was refused');
    expect([...furniture.lines.values()]).toEqual(['header', 'header']);
  });

  it('of one sheet has its foot', () => {
    const { furniture } = readSheets(
      setSheets([text(1)], () => ({ foot: 'Signature: A Fenn  Signature witnessed by: P Orrin' })),
    );
    expect([...furniture.lines.values()]).toEqual(['header']);
  });
});
