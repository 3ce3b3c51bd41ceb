import type { FileClient } from '@chatdesk/core/files'

/** How long a link must hold when it is given out, in milliseconds. */
const SPARE_MS = 30_000

/** Where files are. */
export interface FileLinks {
  /** Fetches it, unless one that still holds is known. */
  get(conversationId: string, fileId: string): Promise<string>
  /** The one that is known and holds: what opens a tab within the press is no pop-up. */
  known(fileId: string): string | undefined
}

/** Keeps links for as long as they hold: minutes (U7). */
export function createFileLinks(client: Pick<FileClient, 'link'>, now: () => number): FileLinks {
  const links = new Map<string, { url: string; until: number }>()
  function known(fileId: string): string | undefined {
    const link = links.get(fileId)
    return link && link.until - SPARE_MS > now() ? link.url : undefined
  }
  return {
    known,
    async get(conversationId, fileId) {
      const held = known(fileId)
      if (held !== undefined) return held
      const { url, expiresAt } = await client.link(conversationId, fileId)
      links.set(fileId, { url, until: Date.parse(expiresAt) })
      return url
    },
  }
}
