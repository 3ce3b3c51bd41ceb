import type { CreatePanel, PanelModule } from '../launcher/panel-port.js'

/** Brings the panel's chunk, and names it when that fails. */
export type LoadPanel = () => Promise<CreatePanel>

/**
 * @param chunkUrl address of the panel's chunk.
 * @param importModule the page's `import()`.
 */
export function createPanelLoader(
  chunkUrl: string,
  importModule: (url: string) => Promise<unknown> = (url) => import(/* @vite-ignore */ url),
): LoadPanel {
  let attempt = 0
  return async () => {
    // Some browsers remember that a module failed, by its address: each attempt has its own.
    const url = attempt ? `${chunkUrl}?attempt=${attempt}` : chunkUrl
    attempt += 1
    try {
      const { createPanel } = (await importModule(url)) as PanelModule
      return createPanel
    } catch (cause) {
      throw new Error(`${url} failed to load`, { cause })
    }
  }
}
