import type { OfficePackage } from '../docx/package.ts';
import type { ListedPart, PackageDocument } from './package-document.ts';

/** What a book consists of, by the names of its members. */
export interface ReadingOrder {
  /** In the order in which they are read: the chapters of the spine, then pages that it leaves out. */
  readonly chapters: readonly string[];
  /** How many of the chapters the spine leaves out. */
  readonly strays: number;
  readonly pictures: readonly string[];
  /** Anything else that a person may have put into it. */
  readonly others: readonly string[];
}

const pageTypes = /html|xml|^text\//;
const pageNames = /\.(?:x?html?|xht)$/i;
const pictureNames = /\.(?:png|jpe?g|gif|tiff?|bmp|webp)$/i;
/** What a book needs to be shown: its own description, styles, scripts, fonts. */
const machinery =
  /^(?:mimetype$|META-INF\/|__MACOSX\/)|\/$|\.(?:opf|ncx|css|js|smil|pls|xpgt|svg|otf|ttf|woff2?|DS_Store)$/i;
const machineryTypes = /^application\/(?:x-dtbncx|oebps-page-map|vnd\.adobe-page-template)\+xml$/;

/** Sorts the members of a book. */
export function readingOrder(archive: OfficePackage, book: PackageDocument): ReadingOrder {
  const listed = new Map([...book.parts.values()].map((part) => [part.path.toLowerCase(), part]));
  const spine = book.spine
    .map((id) => book.parts.get(id) ?? { path: id, mediaType: '', isNavigation: false })
    .filter(isPage)
    .map(({ path }) => path);
  const read = new Set(spine.map((path) => path.toLowerCase()));
  const rest = archive.names
    .filter((name) => !read.has(name.toLowerCase()) && !machinery.test(name))
    .map((name) => ({ name, part: listed.get(name.toLowerCase()) }))
    .filter(({ part }) => part === undefined || !(part.isNavigation || machineryTypes.test(part.mediaType)));
  const strays = rest.filter(isStrayPage).map(({ name }) => name);
  const others = rest.filter((member) => !isStrayPage(member)).map(({ name }) => name);
  return {
    chapters: [...spine, ...strays],
    strays: strays.length,
    pictures: others.filter((name) => pictureNames.test(name)),
    others: others.filter((name) => !pictureNames.test(name)),
  };
}

/** Whatever the spine names is a chapter, unless it is said to be a picture or a file of another kind. */
function isPage({ mediaType }: ListedPart): boolean {
  return mediaType === '' || pageTypes.test(mediaType);
}

function isStrayPage({
  name,
  part,
}: {
  readonly name: string;
  readonly part: ListedPart | undefined;
}): boolean {
  return pageNames.test(name) || part?.mediaType === 'application/xhtml+xml';
}
