import { defineLibrary } from '../../scripts/tsup-library.js'

export default defineLibrary(['src/index.ts'])
