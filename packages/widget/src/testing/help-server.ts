import type { TestServer } from '@chatdesk/core/testing'
import type { PublicEntry } from '@chatdesk/protocol'
import { mountTestWidget } from './mount-test-widget.js'

/** A widget whose visitors find these entries in its help. */
export interface HelpWidget extends ReturnType<typeof mountTestWidget> {
  /** What was looked for so far; empty: all that there is. */
  readonly asked: string[]
  /** Of which requests nobody waits any longer. */
  readonly dropped: string[]
  /** Whether the help cannot be had. */
  fails: boolean
  /** What a search waits for. */
  hold: Promise<unknown>
}

/** Mounts it. A search finds the questions in which the words stand. */
export function mountHelpWidget(
  entries: readonly Partial<PublicEntry>[],
  options: Parameters<typeof mountTestWidget>[0] = {},
): HelpWidget {
  let server = {} as TestServer
  const all = entries.map((entry, index) => ({
    ...{
      id: `e${index}`,
      question: `Question ${index}`,
      answer: 'An answer.',
      category: '',
      language: 'en',
      url: null,
    },
    ...entry,
  }))
  const [asked, dropped]: string[][] = [[], []]
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    if (!url.pathname.endsWith('/public/widget/wk_demo/knowledge')) return server.fetch(input, init)
    const words = url.searchParams.get('q') ?? ''
    asked?.push(words)
    init?.signal?.addEventListener('abort', () => dropped?.push(words))
    if (words) await widget.hold
    init?.signal?.throwIfAborted()
    if (widget.fails) return new Response('<h1>Bad gateway</h1>', { status: 502 })
    const found = all.filter(({ question }) => question.toLowerCase().includes(words.toLowerCase()))
    return new Response(JSON.stringify({ categories: [], entries: found }))
  }
  const mounted = mountTestWidget({
    open: true,
    ...options,
    server: (made) => {
      server = made
      made.changeWidget({ help: true })
      options.server?.(made)
    },
    client: { fetch, ...options.client },
  })
  const widget: HelpWidget = {
    ...mounted,
    asked: asked ?? [],
    dropped: dropped ?? [],
    fails: false,
    hold: Promise.resolve(),
  }
  return widget
}
