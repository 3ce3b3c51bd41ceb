import { cpSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineLibrary } from '../scripts/tsup-library.js'

/** What the server serves, by the name of its folder in `dist/public`. */
const PUBLIC_FILES = { widget: '../packages/widget/dist/cdn', console: 'console/dist', 'demo-site': 'demo-site' }

export default defineLibrary(
  ['src/index.ts', 'src/standalone.ts', 'src/testing/index.ts', 'src/testing/files.ts', 'src/testing/realtime.ts'],
  {
    target: 'node20',
    async onSuccess() {
      for (const [name, source] of Object.entries(PUBLIC_FILES)) {
        const from = fileURLToPath(new URL(source, import.meta.url))
        const to = fileURLToPath(new URL(`dist/public/${name}`, import.meta.url))
        rmSync(to, { recursive: true, force: true })
        if (existsSync(from)) cpSync(from, to, { recursive: true })
      }
    },
  },
)
