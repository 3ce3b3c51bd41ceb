import { defineLibrary } from '../../scripts/tsup-library.js'

// Bundlers of server components look for the directive in the first line of each file.
export default defineLibrary(['src/index.ts'], { banner: { js: "'use client'" } })
