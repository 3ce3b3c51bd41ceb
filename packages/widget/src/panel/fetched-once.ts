/**
 * Fetches a file once for all who ask, and tells them in the order in which they asked: imports of one file by name may be
 * served in any. What could not be had is fetched again for whoever asks next.
 */
export function fetchedOnce<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let fetched: Promise<Module> | undefined
  return () =>
    (fetched ??= load().catch((error) => {
      fetched = undefined
      throw error
    }))
}
