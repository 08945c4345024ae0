import { describe, expect, test } from 'vitest';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readText, texts } from './reading.ts';

const first = extraNumber(1);

const template = `<template xmlns="http://www.xfa.org/schema/xfa-template/3.0/"><subform name="form1">
  <draw><value><text>Statement of a witness</text></value></draw>
  <field name="surname"><caption><value><text>Surname:</text></value></caption><value><text/></value>
    <event><script>xfa.host.messageBox("no")</script></event></field>
  <field name="age"><caption><value><text>Age</text></value></caption><value><text>unknown</text></value></field>
  <field name="empty"><caption><value><text>Remarks</text></value></caption></field>
  <draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml"><p>I make this</p><p>statement freely.</p></body></exData></value></draw>
</subform></template>`;
const datasets = `<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1>
  <surname>Pell &amp; Sons</surname><row><item>torch</item></row><row><item>glove</item></row></form1></xfa:data></xfa:datasets>`;

function xfaPdf(page: string, packets: readonly (readonly [string, string])[]): Uint8Array {
  const list = packets.map(([name], i) => `(${name}) ${first + i} 0 R`).join(' ');
  const streams = packets.map(([, xml]) => `<< /Length ${xml.length} >>\nstream\n${xml}\nendstream`);
  return rawPdf(
    [{ content: page }],
    streams,
    '',
    `/NeedsRendering true /AcroForm << /Fields [] /XFA [${list}] >>`,
  );
}

const packets = [
  ['preamble', '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">'],
  ['template', template],
  ['datasets', datasets],
  ['postamble', '</xdp:xdp>'],
] as const;
const lines = [
  'Statement of a witness',
  'Surname: Pell & Sons',
  'Age: unknown',
  'Remarks',
  'I make this statement freely.',
  'item: torch',
  'item: glove',
];

describe('a form that is built when it is opened (XFA)', () => {
  test('gives what its page only promises', async () => {
    const notice = show('Please wait... If this message is not eventually replaced', 72, 700);
    const { sheets, remarks } = await readText(xfaPdf(notice, packets));
    expect(texts(sheets[0]?.runs ?? [])).toEqual([
      'Please wait... If this message is not eventually replaced',
      ...lines,
    ]);
    expect(remarks[0]).toMatch(/^The form is built when it is opened/);
  });

  test('is left alone where the page shows it', async () => {
    const { sheets, remarks } = await readText(xfaPdf(show('Statement of a witness', 72, 700), packets));
    expect([texts(sheets[0]?.runs ?? []), remarks]).toEqual([['Statement of a witness'], []]);
  });

  test('gives what comes before a damage, and unfolds no entities', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    const cut = template.replace('<draw><value><exData', '<draw>&b;<value><<<exData');
    const { sheets } = await readText(xfaPdf('', [['template', bomb + cut]]));
    expect(texts(sheets[0]?.runs ?? []).slice(0, 2)).toEqual(['Statement of a witness', 'Surname:']);
  });
});
