import type { XmlAttributes, XmlHandler } from './xml.ts';

/** Relationships to parts whose drawings have words in them. */
export const drawingTypes: ReadonlySet<string> = new Set(['chart', 'diagramData']);

/** The words of a chart or a diagram: its paragraphs, and the names of series and categories, each once. */
export class DrawingText implements XmlHandler {
  readonly texts = new Set<string>();
  private path: string[] = [];
  private words = '';

  open(name: string, _attributes: XmlAttributes): void {
    this.path.push(name);
    if (name === 'a:p' || name === 'c:pt') this.words = '';
    else if (name === 'a:br') this.words += ' ';
  }

  close(name: string): void {
    this.path.pop();
    const isNumber = name === 'c:pt' && this.path.includes('c:numCache');
    if ((name !== 'a:p' && name !== 'c:pt') || isNumber) return;
    const text = this.words.trim();
    if (text !== '') this.texts.add(text);
  }

  text(text: string): void {
    const element = this.path.at(-1);
    if (element === 'a:t' || element === 'c:v') this.words += text;
  }
}
