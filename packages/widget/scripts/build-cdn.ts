/**
 * Builds what a page fetches: `dist/cdn/widget.js`, and `dist/cdn/<hash>/…`, which never changes once published.
 * The panel comes first, because the loader carries its hash.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Options } from 'tsup'
import { inlineStyles } from './inline-styles.js'
import { splitChunks } from './split-chunks.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/cdn')
const shared: Options = {
  config: false,
  silent: true,
  platform: 'browser',
  // Browsers since the end of 2021. Older Safari versions would need destructuring compiled away, which esbuild refuses.
  target: ['chrome96', 'firefox95', 'safari15'],
  minify: 'terser',
  terserOptions: { ecma: 2020, toplevel: true, compress: { passes: 3 } },
  clean: false,
  noExternal: [/.*/],
  env: { NODE_ENV: 'production' },
  esbuildPlugins: [inlineStyles, splitChunks],
  inject: [join(root, 'scripts/classic-jsx.ts')],
  esbuildOptions(options) {
    options.conditions = ['@chatdesk/source', 'browser', 'import']
    options.legalComments = 'none'
    options.jsx = 'transform'
    options.jsxFactory = 'h'
    options.jsxFragment = 'Fragment'
  },
}

rmSync(out, { recursive: true, force: true })

const unnamed = join(out, 'panel')
await build({
  ...shared,
  entry: {
    panel: join(root, 'src/cdn/panel-entry.ts'),
    'panel-extras': join(root, 'src/panel/extras.ts'),
    'socket-io': join(root, 'src/cdn/socket-io.ts'),
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
  ...shared,
  entry: { widget: join(root, 'src/loader/loader.ts') },
  format: 'iife',
  outDir: out,
  outExtension: () => ({ js: '.js' }),
  define: { CHATDESK_PANEL_PATH: JSON.stringify(`widget/${version}/panel.js`) },
})
