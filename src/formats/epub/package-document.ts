import { resolvePart } from '../docx/package.ts';
import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import type { FileMetadata } from '../extraction.ts';

/** A part of a book, as its package document lists it. */
export interface ListedPart {
  /** Its name in the archive. */
  readonly path: string;
  /** Lower-case; empty where the list says nothing. */
  readonly mediaType: string;
  /** The table of contents for the machine that shows the book. */
  readonly isNavigation: boolean;
}

/**
 * The package document (EPUB 3.3, 5; the older ones are alike): hand it its events, then ask. Elements go by their names
 * without prefixes, in any case: few of the programs that write books keep to the letter.
 */
export class PackageDocument implements XmlHandler {
  /** By the id under which the reading order names them. */
  readonly parts = new Map<string, ListedPart>();
  /** The reading order, as ids. */
  readonly spine: string[] = [];
  private readonly folder: string;
  private readonly values = new Map<string, string[]>();
  private inMetadata = false;
  private value = '';

  /** @param path the name of the package document itself: other names are relative to it. */
  constructor(path: string) {
    this.folder = path.slice(0, path.lastIndexOf('/') + 1);
  }

  metadata(): FileMetadata {
    const title = this.values.get('title')?.[0];
    const author = this.values.get('creator')?.join(', ');
    const created = this.values.get('date')?.find((date) => /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+\S*)?$/.test(date));
    return { ...(title && { title }), ...(author && { author }), ...(created && { created }) };
  }

  open(name: string, attributes: XmlAttributes): void {
    const element = localName(name);
    this.value = '';
    if (element === 'metadata') this.inMetadata = true;
    else if (element === 'item') this.list(attributes);
    else if (element === 'itemref') this.spine.push(attributes['idref'] ?? '');
  }

  close(name: string): void {
    const element = localName(name);
    const value = this.value.replaceAll(/\s+/g, ' ').trim();
    this.value = '';
    if (element === 'metadata') this.inMetadata = false;
    else if (this.inMetadata && value !== '')
      this.values.set(element, [...(this.values.get(element) ?? []), value]);
  }

  text(text: string): void {
    if (this.inMetadata) this.value += text;
  }

  private list(attributes: XmlAttributes): void {
    this.parts.set(attributes['id'] ?? '', {
      path: resolvePart(this.folder, decodedPath(attributes['href'] ?? '')),
      mediaType: attributes['media-type']?.trim().toLowerCase() ?? '',
      isNavigation: /(?:^|\s)nav(?:\s|$)/.test(attributes['properties'] ?? ''),
    });
  }
}

/** The name of an element without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** A relative address as the name of a part: without what points into the part. */
export function decodedPath(address: string): string {
  const path = address.replace(/[#?].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path; // a name with a bare "%"
    throw error;
  }
}
