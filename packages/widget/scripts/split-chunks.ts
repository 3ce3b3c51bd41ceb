import type { Options } from 'tsup'

import { LANGUAGES } from '../src/text/load-language.js'

/** What is imported on use, and the file that it is built into. */
const CHUNKS: Readonly<Record<string, string>> = {
  '@chatdesk/transports/http-wire': './http.js',
  './socket-io.js': './socket-io.js',
  './extras.js': './panel-extras.js',
  '../rich/rich.js': './rich.js',
  '../long/long.js': './long.js',
  '../menu/menu.js': './menu.js',
  '../popout/popout.js': './popout.js',
  '../search/search.js': './search.js',
  '../errors/errors.js': './errors.js',
  '../reception/reception.js': './reception.js',
  '../forms/forms.js': './forms.js',
  '../emoji/emoji.js': './emoji.js',
  '../proactive/proactive.js': './proactive.js',
  '../notify/notify.js': './notify.js',
  '../attachments.js': './attachments.js',
  '../help/help.js': './help.js',
  './help/help.js': './help.js',
  '../home/home.js': './home.js',
  './home/home.js': './home.js',
  '../feedback/feedback.js': './feedback.js',
  '../payments/payments.js': './payments.js',
  '../closing/closing.js': './closing.js',
  './commands.js': './commands.js',
  './background.js': './background.js',
  '../background.js': './background.js',
  './events.js': './events.js',
  './diagnose.js': './diagnose.js',
  './inline.js': './inline.js',
  '../theme-tokens.js': './theme-tokens.js',
  '../diagnose.js': './diagnose.js',
  '../inline.js': './inline.js',
  './adopt.js': './adopt.js',
  './consent.js': './consent.js',
  './browser-shared-tabs.js': './shared-tabs.js',
  '../../mount/browser-shared-tabs.js': './shared-tabs.js',
  '@chatdesk/identity/fingerprint': './fingerprint.js',
  ...Object.fromEntries(LANGUAGES.map((language) => [`../text/${language}.js`, `./text-${language}.js`])),
}

/**
 * Leaves rarely used parts out of the panel: each is a file of its own beside it. esbuild's own splitting would put its
 * helpers into a further file, which every panel would have to wait for.
 */
export const splitChunks: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'split-chunks',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path in CHUNKS ? { path: CHUNKS[path] as string, external: true } : undefined,
    )
  },
}
