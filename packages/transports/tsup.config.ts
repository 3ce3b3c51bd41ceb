import { defineLibrary } from '../../scripts/tsup-library.js'

export default defineLibrary([
  'src/websocket.ts',
  'src/socket-io.ts',
  'src/socket-io-wire.ts',
  'src/sse.ts',
  'src/polling.ts',
  'src/http-wire.ts',
  'src/uplink.ts',
  'src/memory.ts',
  'src/define-transport.ts',
  'src/testing/index.ts',
])
