import { defineLibrary } from '../../scripts/tsup-library.js'

export default defineLibrary(['src/index.ts', 'src/core.ts', 'src/standalone.ts'], { platform: 'node' })
