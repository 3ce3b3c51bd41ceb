/** Writes `src/guard/server-frame-shapes.ts` from the zod schemas; `npm run guard -w @chatdesk/protocol`. A test fails when it is stale. */
import { writeFileSync } from 'node:fs'
import { renderServerFrameShapes } from './render-guard.js'

writeFileSync(new URL('../src/guard/server-frame-shapes.ts', import.meta.url), renderServerFrameShapes())
