/**
 * Builds what a page fetches: `dist/cdn/widget.js`, and `dist/cdn/<hash>/…`, which never changes once published.
 * The panel comes first, because the loader carries its hash.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Options } from 'tsup'
import { functionComponents } from './function-components.js'
import { inlineStyles } from './inline-styles.js'
import { leanPreact } from './lean-preact.js'
import { splitChunks } from './split-chunks.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/cdn')
/** @param compilerOptions how JSX is compiled. */
const shared = (compilerOptions: object): Options => ({
  config: false,
  silent: true,
  platform: 'browser',
  // Browsers since the end of 2021. Older Safari versions would need destructuring compiled away, which esbuild refuses.
  target: ['chrome96', 'firefox95', 'safari15'],
  minify: 'terser',
  // No function expression of ours or of a library is a constructor, so each may become an arrow.
  terserOptions: { ecma: 2020, toplevel: true, compress: { passes: 3 } },
  clean: false,
  noExternal: [/.*/],
  env: { NODE_ENV: 'production' },
  esbuildPlugins: [inlineStyles, leanPreact, splitChunks],
  esbuildOptions(options) {
    options.conditions = ['@chatdesk/source', 'browser', 'import']
    options.legalComments = 'none'
    // Before terser: each finds what the other leaves.
    options.minifySyntax = true
    // In place of the project's `tsconfig.json`, which would win over options of the same name.
    delete options.tsconfig
    options.tsconfigRaw = { compilerOptions: { target: 'ES2022', ...compilerOptions } }
  },
})
const panelJsx = { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' }
/** The JSX runtime numbers its nodes downwards and `h` upwards: the two may meet in one tree. */
const extrasJsx = { jsx: 'react-jsx', jsxImportSource: 'preact' }

rmSync(out, { recursive: true, force: true })

const unnamed = join(out, 'panel')
await build({
  ...shared(panelJsx),
  inject: [join(root, 'scripts/classic-jsx.ts')],
  entry: { panel: join(root, 'src/cdn/panel-entry.ts') },
  format: 'esm',
  splitting: false,
  outDir: unnamed,
})
await build({
  ...shared(extrasJsx),
  esbuildPlugins: [inlineStyles, leanPreact, splitChunks, functionComponents],
  entry: {
    'panel-extras': join(root, 'src/panel/extras.ts'),
    http: fileURLToPath(import.meta.resolve('@chatdesk/transports/http-wire')),
    'socket-io': join(root, 'src/cdn/socket-io.ts'),
    adopt: join(root, 'src/mount/adopt.ts'),
    consent: join(root, 'src/mount/consent.ts'),
    'shared-tabs': join(root, 'src/mount/browser-shared-tabs.ts'),
    fingerprint: join(root, 'src/cdn/fingerprint.ts'),
  },
  format: 'esm',
  splitting: false,
  outDir: unnamed,
})
const hash = createHash('sha256')
for (const name of readdirSync(unnamed).sort()) hash.update(name).update(readFileSync(join(unnamed, name)))
const version = hash.digest('hex').slice(0, 12)
renameSync(unnamed, join(out, version))

await build({
  ...shared(panelJsx),
  entry: { widget: join(root, 'src/loader/loader.ts') },
  format: 'iife',
  outDir: out,
  outExtension: () => ({ js: '.js' }),
  define: { CHATDESK_PANEL_PATH: JSON.stringify(`widget/${version}/panel.js`) },
})
