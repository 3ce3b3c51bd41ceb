import { ChatError } from '@chatdesk/protocol'

/** The widget's files as the server has them now: what a page names that runs this build and no other. */
export interface PublishedBuild {
  /** The loader's name, at the server's mount point. */
  loader: string
  /** Where its chunks stand. */
  folder: string
  /** Digests by path, the loader's included. */
  integrity: Readonly<Record<string, string>>
}

/** Asks the server which build it has. Rejects with a `ChatError`. */
export async function loadPublishedBuild(url: string, fetch: typeof globalThis.fetch): Promise<PublishedBuild> {
  const response = await fetch(`${url}/widget/integrity.json`, { cache: 'no-cache' }).catch((cause: unknown) => {
    throw new ChatError('OFFLINE', 'The server cannot be reached.', { cause })
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok || !isPublishedBuild(answer))
    throw new ChatError('UNAVAILABLE', 'The server has no list of the digests of its files.')
  return answer
}

function isPublishedBuild(answer: unknown): answer is PublishedBuild {
  const { loader, folder, integrity } = (answer ?? {}) as Partial<Record<keyof PublishedBuild, unknown>>
  if (typeof loader !== 'string' || typeof folder !== 'string' || typeof integrity !== 'object' || !integrity)
    return false
  const digests = Object.entries(integrity)
  return (
    /^[\w.-]+$/.test(loader) &&
    Object.hasOwn(integrity, loader) &&
    digests.every(
      ([path, digest]) => (path === loader || path.startsWith(folder)) && /^sha384-[\w+/]{64}$/.test(digest),
    )
  )
}
