import { extraNumber, rawPdf, show } from './raw-pdf.ts';

/** A PDF of three pages whose second draws a group ten times, which draws another ten times, and so on: ten billion words. */
export function withEndlessPage(): Uint8Array {
  const depth = 10;
  const first = extraNumber(3);
  const form = '/Type /XObject /Subtype /Form /BBox [0 0 600 800]';
  const groups = Array.from({ length: depth }, (_, level) => {
    const isLast = level === depth - 1;
    const content = isLast ? show('deep', 72, 500) : '/X Do '.repeat(10);
    const resources = isLast ? '/Font << /F1 3 0 R >>' : `/XObject << /X ${first + level + 1} 0 R >>`;
    return `<< ${form} /Resources << ${resources} >> /Length ${content.length} >>\nstream\n${content}\nendstream`;
  });
  const pages = [
    { content: show('the first page', 72, 700) },
    { content: '/X Do', entries: `/Resources << /XObject << /X ${first} 0 R >> >>` },
    { content: show('the last page', 72, 700) },
  ];
  return rawPdf(pages, groups);
}
