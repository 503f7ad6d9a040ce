import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, createServer } from 'vite';
import { emitIcons } from './icons.mjs';
import { projectRoot, say } from './process.mjs';
import { hashSources, markBuilt } from './sources.mjs';

/** `npm run build`: the page, the server, the schema of the house document, the icon set, compressed copies. */
process.chdir(projectRoot);
process.env.NODE_ENV = 'production';
const smallestToCompressBytes = 500;

/** The JSON Schema of the whole house document and the table of icons come from all tile kinds, so the page's code computes them. */
async function emitKinds() {
  const vite = await createServer({ server: { middlewareMode: true, ws: false, watch: null }, logLevel: 'error' });
  try {
    const module = await vite.ssrLoadModule('/tiles/house-schema.ts');
    writeFileSync('dist/server/house.schema.json', `${JSON.stringify(module.houseJsonSchema(), null, 2)}\n`);
    const { iconTable } = await vite.ssrLoadModule('/tiles/icon-table.ts');
    writeFileSync('dist/server/icon-table.json', `${JSON.stringify(iconTable(), null, 2)}\n`);
  } finally {
    await vite.close();
  }
}

/** Makes `.br` and `.gz` beside every text file, once, so that the server only sends files. */
async function compressPage() {
  const text = readdirSync('dist/web', { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(html|js|css|svg|json|webmanifest|txt)$/.test(path),
  );
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await Promise.all(
    text.map(async (path) => {
      const file = join('dist/web', path);
      const content = readFileSync(file);
      if (content.length < smallestToCompressBytes) return;
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, brotli));
      writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

const hash = hashSources();
const startedMs = performance.now();
mkdirSync('dist', { recursive: true });
await build({ logLevel: 'warn' });
await build({ logLevel: 'warn', build: { ssr: 'server/main.ts' } });
await emitKinds();
emitIcons('dist/server/icons.json');
await compressPage();
markBuilt(hash);
const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
say(`Built in ${seconds} s.`, `Gebaut in ${seconds} s.`);
