/** Writes the generated files of `src/guard/` from the zod schemas; `npm run guard -w @chatdesk/protocol`. A test fails when they are stale. */
import { writeFileSync } from 'node:fs'
import { renderGuard } from './render-guard.js'

for (const [name, source] of Object.entries(renderGuard()))
  writeFileSync(new URL(`../src/guard/${name}`, import.meta.url), source)
