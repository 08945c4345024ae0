import { isZip } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { readObject } from '../odf/object-text.ts';
import { OdfPackage } from '../odf/odf-package.ts';
import { withRefusals } from '../refusals.ts';
import { OdpMasters } from './odp-masters.ts';
import { OdpSlides } from './odp-slides.ts';
import { type ReadPresentation, slideExtractions } from './slide-extractions.ts';

/** OpenDocument presentations, a sheet a slide, as PowerPoint's are read. */
export const odpAdapter: Adapter = {
  name: 'odp',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readPackage(bytes, options)),
};

function readPackage(bytes: Uint8Array, options: ReadOptions): Iterable<Extraction> {
  const file = new OdfPackage(bytes);
  const obstacle = file.obstacle();
  return obstacle === undefined ? slideExtractions(readOdp(file), 'odp', options) : [obstacle];
}

function readOdp(file: OdfPackage): ReadPresentation {
  const masters = new OdpMasters();
  file.archive.readOptional('styles.xml', masters);
  const content = new OdpSlides(masters.texts);
  file.readContent(content);
  const children: Extraction[] = [];
  for (const { slide, path } of content.objects) {
    const { texts, child } = readObject(file, path);
    for (const text of texts) slide.add('paragraph', text);
    if (child !== undefined) children.push(child);
  }
  return {
    slides: content.slides,
    metadata: file.metadata(),
    remarks: [...new Set(file.archive.problems)],
    children,
  };
}
