import type { Extraction } from '../extraction.ts';
import { readObject } from '../odf/object-text.ts';
import { odfAdapter } from '../odf/odf-adapter.ts';
import type { OdfPackage } from '../odf/odf-package.ts';
import { OdpMasters } from './odp-masters.ts';
import { OdpSlides } from './odp-slides.ts';
import { type ReadPresentation, slideExtractions } from './slide-extractions.ts';

/** OpenDocument presentations, a sheet a slide, as PowerPoint's are read. */
export const odpAdapter = odfAdapter('odp', 2, (file, options) =>
  slideExtractions(readOdp(file), 'odp', options),
);

function readOdp(file: OdfPackage): ReadPresentation {
  const masters = new OdpMasters();
  file.read('styles.xml', masters);
  const content = new OdpSlides(masters.texts);
  file.read('content.xml', content);
  const children: Extraction[] = [];
  for (const { slide, path } of content.objects) {
    const { texts, child } = readObject(file, path);
    for (const text of texts) slide.add('paragraph', text);
    if (child !== undefined) children.push(child);
  }
  return {
    slides: content.slides,
    metadata: file.metadata(),
    remarks: file.problems,
    children,
  };
}
