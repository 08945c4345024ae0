import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { objectInBytes } from '../embedded-objects.ts';
import type { Child } from '../extraction.ts';
import { documentInFolder, documentTypeOf } from './embedded-documents.ts';
import type { OdfPackage } from './odf-package.ts';
import { OdfText } from './odf-text.ts';

/** The words of an object's own `content.xml`: a chart's titles, series and categories, a drawing's texts; each once. */
export class ObjectText implements XmlHandler {
  readonly texts = new Set<string>();
  private readonly words = new OdfText();
  private number = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'table:table-cell') this.number = attributes['office:value-type'] === 'float';
    this.words.open(name, attributes);
  }

  close(name: string): void {
    if (name === 'table:table-cell') this.number = false;
    const text = this.words.close(name)?.trim() ?? '';
    if (text !== '' && !this.number) this.texts.add(text);
  }

  text(text: string): void {
    this.words.text(text);
  }
}

/**
 * What an object or a medium of an OpenDocument file comes to. Charts and drawings have a folder of their own, whose words
 * belong to the document around them; a text, a workbook or a presentation in one, any other object, and sound or film, is a
 * file. Pictures are neither.
 */
export function readObject(
  file: OdfPackage,
  path: string,
): { readonly texts: readonly string[]; readonly child?: Child } {
  const type = documentTypeOf(file, path);
  if (type !== undefined && !type.endsWith('graphics'))
    return { texts: [], child: documentInFolder(file, path, type) };
  if (file.has(`${path}/content.xml`)) {
    const words = new ObjectText();
    file.read(`${path}/content.xml`, words);
    return { texts: [...words.texts] };
  }
  const bytes = /^(?:Object |Media\/)/.test(path) ? file.part(path) : undefined;
  if (bytes === undefined) return { texts: [] };
  return { texts: [], child: objectInBytes(bytes, path) };
}
