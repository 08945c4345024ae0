import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';

/** The sources in AssemblyScript, as paths from the folder of the project; those named `X.part.assembly.ts` are parts of others. */
export function assemblySources(): readonly string[] {
  return readdirSync('src', { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.assembly.ts') && !name.endsWith('.part.assembly.ts'))
    .sort()
    .map((name) => join('src', name));
}

/** Where the code of a source is kept. */
export function codeFileOf(source: string): string {
  return source.replace(/\.assembly\.ts$/, '.wasm.ts');
}

/** No run-time library, no allocation, no checks but the source's own; a megabyte of memory, in pages of 64 KB. */
const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--initialMemory', '16', '--outFile', 'code'];

/** What calls functions of another module works in the memory of that. */
function flagsFor(source: string): readonly string[] {
  return readFileSync(source, 'utf8').includes('declare function ') ? [...flags, '--importMemory'] : flags;
}

/** The TypeScript that holds the code of a source. @throws Error with what the compiler says when it does not compile. */
export async function assemble(source: string): Promise<string> {
  let code = '';
  const { error, stderr } = await compile([source, ...flagsFor(source)], {
    writeFile: (_name: string, contents: string | Uint8Array) => {
      code = Buffer.from(contents).toString('base64');
    },
  });
  if (error) throw new Error(`${source} does not compile:\n${stderr.toString()}`, { cause: error });
  return `/** The code of \`${basename(source)}\`, in base64, made by \`npm run assemble\`. */\nexport default '${code}';\n`;
}
