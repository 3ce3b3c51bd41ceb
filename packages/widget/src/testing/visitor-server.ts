import type { TestServer } from '@chatdesk/core/testing'
import type { MountOptions } from '../mount/mount-widget.js'
import { mountTestWidget } from './mount-test-widget.js'

/** A widget whose server answers for the visitor as well. */
export interface VisitorWidget extends ReturnType<typeof mountTestWidget> {
  /** What was asked of `/api/widget` beside `init`: method, path, body. */
  readonly asked: unknown[][]
  /** What the visitor was said to be, in order. */
  facts(): unknown[]
}

/**
 * A widget on this page. Its server answers each call of the visitor's REST with what stands here by method and path, and with an
 * empty object where nothing does.
 */
export function mountVisitorWidget(
  options: Partial<MountOptions> & { open?: boolean } = {},
  answers: Record<string, unknown> = {},
): VisitorWidget {
  const asked: unknown[][] = []
  let server = {} as TestServer
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const path = /\/api\/widget(?!\/init)(\/.*)/.exec(String(input))?.[1]
    if (path === undefined) return server.fetch(input, init)
    const method = init?.method ?? 'GET'
    asked.push([method, path, ...(init?.body ? [JSON.parse(String(init.body))] : [])])
    return new Response(JSON.stringify(answers[`${method} ${path}`] ?? {}))
  }
  const mounted = mountTestWidget({
    ...options,
    server: (made) => (server = made),
    client: { fetch, ...options.client },
  })
  return {
    ...mounted,
    asked,
    facts: () => mounted.server.received.flatMap((frame) => (frame.type === 'visitor.update' ? [frame.facts] : [])),
  }
}
