import { defineLibrary } from '../../scripts/tsup-library.js'
import { inlineStyles } from './scripts/inline-styles.js'

export default defineLibrary(['src/index.ts', 'src/element.ts', 'src/global.ts'], { esbuildPlugins: [inlineStyles] })
