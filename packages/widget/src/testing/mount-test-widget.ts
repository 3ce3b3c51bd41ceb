import { createMemoryStorage } from '@chatdesk/core'
import { createTestServer, type TestServer, testIdentity } from '@chatdesk/core/testing'
import { onTestFinished } from 'vitest'
import { type MountOptions, mountWidget, type WidgetHandle } from '../mount/mount-widget.js'

/** A widget on this page, and the server in memory that it talks to. Gone when the test is over. */
export function mountTestWidget(
  options: Partial<MountOptions> & {
    open?: boolean
    /** The browser's own, in place of one that keeps nothing. */
    browserIdentity?: boolean
    server?: (server: TestServer) => unknown
  } = {},
): { handle: WidgetHandle; server: TestServer } {
  const { open, browserIdentity, server: prepare, client, ...rest } = options
  const server = createTestServer()
  prepare?.(server)
  const handle = mountWidget({
    url: 'https://chat.example',
    widgetKey: 'wk_demo',
    client: {
      transports: [server.transport],
      fetch: server.fetch,
      ...(browserIdentity ? {} : { identity: testIdentity() }),
      // Of this test alone: what fails in one would wait on disk for the next.
      storage: createMemoryStorage(),
      random: () => 0,
      ...client,
    },
    ...rest,
  })
  onTestFinished(() => {
    handle.unmount()
    for (const name of ['draft', 'several']) sessionStorage.removeItem(`chatdesk.${name}.wk_demo`)
  })
  if (open) handle.open()
  return { handle, server }
}
