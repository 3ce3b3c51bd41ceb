import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '../../platform/logger.js'
import { createRealtime, type Realtime, type RealtimeOptions } from '../index.js'
import { createMemoryBackend, type MemoryBackend } from './memory-backend.js'

/** The realtime layer alone on a free port of this machine. */
export interface ServedRealtime {
  url: string
  http: Server
  realtime: Realtime
  backend: MemoryBackend
  /** Loses the next so many changes on their way from the backend. */
  lose(changes: number): void
  /** Everything that was logged, as text. */
  logged(): string
  close(): Promise<void>
}

/** `path` is the mount point; the rest goes to `createRealtime`. */
export async function serveRealtime({
  path = '',
  http = createServer((_request, response) => response.writeHead(404).end()),
  backend,
  ...options
}: Partial<Omit<RealtimeOptions, 'backend'>> & {
  path?: string
  http?: Server
  backend?: MemoryBackend
} = {}): Promise<ServedRealtime> {
  const lines: string[] = []
  const write = (fields: object, message?: string) => {
    const error = 'err' in fields && fields.err instanceof Error ? fields.err.stack : ''
    lines.push(`${message} ${JSON.stringify(fields)} ${error}`)
  }
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  const memory = backend ?? createMemoryBackend(options.clock?.now)
  let toLose = 0
  const { onChange } = memory
  memory.onChange = (listener) =>
    onChange((change) => {
      if (toLose > 0) toLose -= 1
      else listener(change)
    })
  const realtime = createRealtime({ backend: memory, logger, ...options })
  realtime.attach(http, { path })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    http,
    realtime,
    backend: memory,
    lose(changes) {
      toLose = changes
    },
    logged: () => lines.join('\n'),
    async close() {
      await realtime.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
