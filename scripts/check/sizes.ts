import { mkdirSync, writeFileSync } from 'node:fs'
import { build } from 'tsup'
import { createSnippet } from '../../packages/widget/src/loader/snippet.js'
import { command, type Gate, ROOT } from './gate.js'

/** Where `.size-limit.json` finds the bundles. */
const FOLDER = `${ROOT}node_modules/.cache/import-shapes`

/** What an application writes, by the name of the bundle that comes of it. All that it pulls in is counted, but for what core brings anyhow. */
const IMPORT_SHAPES: Record<string, { text: string; besideCore?: boolean }> = {
  core: { text: "export { createChatClient } from '@chatdesk/core'" },
  websocket: { text: "export { webSocketTransport } from '@chatdesk/transports/websocket'", besideCore: true },
  transports: {
    text: `export { webSocketTransport } from '@chatdesk/transports/websocket'
      export { sseTransport } from '@chatdesk/transports/sse'
      export { pollingTransport } from '@chatdesk/transports/polling'`,
    besideCore: true,
  },
  'razorpay-checkout': {
    text: "export { loadCheckoutScript, openCheckout } from '@chatdesk/razorpay-checkout'",
    besideCore: true,
  },
}

/** Sizes after gzip against the budgets in `.size-limit.json`, which may go down and not up. */
export const sizeGate: Gate = {
  name: 'sizes',
  needsBuild: true,
  run: async () => {
    await bundleImportShapes()
    const result = await command('size-limit', [])
    // Passed or not, the figures are what one wants to see.
    if (result.ok) console.log(result.output.replace(/^/gm, '     '))
    return result
  },
}

async function bundleImportShapes(): Promise<void> {
  mkdirSync(`${FOLDER}/out`, { recursive: true })
  const snippet = createSnippet({ widgetKey: 'wk_0123456789abcdef', url: 'https://chat.example.com' })
  writeFileSync(`${FOLDER}/out/snippet.html`, snippet)
  for (const [name, { text, besideCore }] of Object.entries(IMPORT_SHAPES)) {
    writeFileSync(`${FOLDER}/${name}.entry.js`, text)
    await build({
      config: false,
      silent: true,
      entry: { [name]: `${FOLDER}/${name}.entry.js` },
      outDir: `${FOLDER}/out`,
      format: 'esm',
      target: 'es2020',
      platform: 'browser',
      minify: true,
      splitting: false,
      treeshake: true,
      noExternal: [/.*/],
      esbuildOptions(options) {
        options.external = besideCore ? ['@chatdesk/protocol'] : []
      },
    })
  }
}
