import { describe, expect, it, vi } from 'vitest'
import { createPanelLoader } from './load-panel.js'

describe('createPanelLoader', () => {
  const chunk = 'https://c.example/widget/abc/panel.js'

  it('gives what the chunk exports', async () => {
    const createPanel = vi.fn()
    expect(await createPanelLoader(chunk, async () => ({ createPanel }))()).toBe(createPanel)
  })

  it('names the chunk when it fails, and asks for another address on the next attempt', async () => {
    const cause = new TypeError('Failed to fetch dynamically imported module')
    const importModule = vi.fn().mockRejectedValueOnce(cause).mockResolvedValueOnce({ createPanel: vi.fn() })
    const load = createPanelLoader(chunk, importModule)
    await expect(load()).rejects.toMatchObject({ message: `${chunk} failed to load`, cause })
    await load()
    expect(importModule.mock.calls).toEqual([[chunk], [`${chunk}?attempt=1`]])
  })
})
