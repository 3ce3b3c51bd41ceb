/**
 * Builds what a page fetches: `dist/cdn/widget.js`, and `dist/cdn/<hash>/…`, which never changes once published.
 * The panel comes first, because the loader carries its hash; and `integrity.json` last, which holds them all.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Options } from 'tsup'
import { LANGUAGES } from '../src/text/load-language.js'
import { inlineStyles } from './inline-styles.js'
import { leanPreact } from './lean-preact.js'
import { panelRuntime } from './panel-runtime.js'
import { splitChunks } from './split-chunks.js'
import { writeIntegrity } from './write-integrity.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/cdn')
/**
 * In these sources no function expression is a constructor, reading a property does nothing else, and built-in functions are
 * what they were. `more` is what one file is smaller with and another one larger.
 */
const minify = (more: object) => ({
  ecma: 2020 as const,
  toplevel: true,
  compress: { passes: 3, unsafe: true, unsafe_arrows: true, pure_getters: true, keep_fargs: false, ...more },
})
const shared: Options = {
  config: false,
  silent: true,
  platform: 'browser',
  // Browsers since the end of 2021. Older Safari versions would need destructuring compiled away, which esbuild refuses.
  target: ['chrome96', 'firefox95', 'safari15'],
  minify: 'terser',
  terserOptions: minify({ lhs_constants: false }),
  clean: false,
  noExternal: [/.*/],
  env: { NODE_ENV: 'production' },
  inject: [join(root, 'scripts/classic-jsx.ts')],
  esbuildPlugins: [inlineStyles, leanPreact, splitChunks],
  esbuildOptions(options) {
    options.conditions = ['@chatdesk/source', 'browser', 'import']
    options.legalComments = 'none'
    // Before terser: each finds what the other leaves.
    options.minifySyntax = true
    // In place of the project's `tsconfig.json`, which would win over options of the same name.
    delete options.tsconfig
    options.tsconfigRaw = {
      compilerOptions: { target: 'ES2022', jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' },
    }
  },
}

rmSync(out, { recursive: true, force: true })

const unnamed = join(out, 'panel')
await build({
  ...shared,
  entry: { panel: join(root, 'src/cdn/panel-entry.ts') },
  format: 'esm',
  splitting: false,
  outDir: unnamed,
})
await build({
  ...shared,
  esbuildPlugins: [inlineStyles, leanPreact, splitChunks, panelRuntime],
  entry: {
    'panel-extras': join(root, 'src/panel/extras.ts'),
    rich: join(root, 'src/panel/rich/rich.ts'),
    long: join(root, 'src/panel/long/long.ts'),
    menu: join(root, 'src/panel/menu/menu.ts'),
    popout: join(root, 'src/panel/popout/popout.ts'),
    search: join(root, 'src/panel/search/search.ts'),
    errors: join(root, 'src/panel/errors/errors.ts'),
    reception: join(root, 'src/panel/reception/reception.ts'),
    forms: join(root, 'src/panel/forms/forms.ts'),
    emoji: join(root, 'src/panel/emoji/emoji.ts'),
    notify: join(root, 'src/panel/notify/notify.ts'),
    proactive: join(root, 'src/panel/proactive/proactive.ts'),
    attachments: join(root, 'src/panel/attachments.tsx'),
    help: join(root, 'src/panel/help/help.ts'),
    home: join(root, 'src/panel/home/home.ts'),
    feedback: join(root, 'src/panel/feedback/feedback.ts'),
    payments: join(root, 'src/panel/payments/payments.ts'),
    closing: join(root, 'src/panel/closing/closing.ts'),
    commands: join(root, 'src/panel/commands.ts'),
    background: join(root, 'src/panel/background.ts'),
    events: join(root, 'src/panel/events.ts'),
    diagnose: join(root, 'src/panel/diagnose.ts'),
    inline: join(root, 'src/panel/inline.ts'),
    'theme-tokens': join(root, 'src/panel/theme-tokens.ts'),
    ...Object.fromEntries(LANGUAGES.map((language) => [`text-${language}`, join(root, `src/text/${language}.ts`)])),
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
  ...shared,
  terserOptions: minify({}),
  inject: [],
  entry: { 'push-worker': join(root, 'src/push-worker/push-worker.ts') },
  format: 'iife',
  outDir: out,
  outExtension: () => ({ js: '.js' }),
})
await build({
  ...shared,
  inject: [],
  entry: { widget: join(root, 'src/loader/loader.ts') },
  format: 'iife',
  outDir: out,
  outExtension: () => ({ js: '.js' }),
  define: { CHATDESK_PANEL_FOLDER: JSON.stringify(`widget/${version}`) },
})
writeIntegrity(out, version)
