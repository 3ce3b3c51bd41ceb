import { defineLibrary } from '../../scripts/tsup-library.js'

export default defineLibrary(['src/websocket.ts', 'src/socket-io.ts', 'src/memory.ts', 'src/testing/index.ts'])
