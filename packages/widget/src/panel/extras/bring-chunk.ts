import type { Launcher } from '../../launcher/draw-launcher.js'
import type { Texts } from '../../text/en.js'
import type { PanelModel } from '../panel-model.js'

/** What a chunk brings beside what it does. */
export interface Chunk {
  css: string
  texts: Partial<Texts>
}

const brought = new WeakMap<Launcher, Set<Chunk>>()

/** Fetches a chunk, with its style sheet and its texts the first time. Rejects when it cannot be had now. */
export async function bringChunk<T extends Chunk>(
  { launcher, learn }: Pick<PanelModel, 'launcher' | 'learn'>,
  load: () => Promise<T>,
): Promise<T> {
  const chunk = await load()
  const before = brought.get(launcher) ?? new Set()
  if (!before.has(chunk)) {
    brought.set(launcher, before.add(chunk))
    launcher.addStyle(chunk.css)
    learn(chunk.texts)
  }
  return chunk
}
