import type { Unsubscribe } from '@chatdesk/core'
import { listen } from '../../launcher/host-page.js'

/** A sound that browsers let a page make once its visitor has touched it. */
export interface Chime {
  /** Where it cannot be heard yet, nothing happens. */
  play(): void
  stop: Unsubscribe
}

/** Two notes, a fourth apart: frequency in hertz, and when each begins, in seconds. */
const NOTES = [
  [660, 0],
  [880, 0.11],
] as const
const LENGTH = 0.32
const LOUDNESS = 0.12

/** Made of sine waves, so that nothing is fetched. It sleeps between two sounds. */
export function createChime(): Chime {
  let context: AudioContext | undefined

  /** Within a gesture, or after one: before, browsers refuse, and say so on the console. */
  function unlock(): void {
    try {
      if (context) return
      context = new AudioContext()
      context.suspend().catch(() => {})
    } catch {
      // There is none, or a page may not have another one.
    }
  }
  const stop = listen(document, 'pointerdown keydown', unlock)
  if (navigator.userActivation?.hasBeenActive) unlock()

  async function sound(at: AudioContext): Promise<void> {
    await at.resume()
    const ends = NOTES.map(([frequency, delay]) => {
      const note = at.createOscillator()
      const loudness = at.createGain()
      const from = at.currentTime + delay
      note.frequency.value = frequency
      loudness.gain.setValueAtTime(0, from)
      loudness.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01)
      loudness.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH)
      note.connect(loudness).connect(at.destination)
      note.start(from)
      note.stop(from + LENGTH)
      return new Promise((resolve) => note.addEventListener('ended', resolve))
    })
    await Promise.all(ends)
    await at.suspend()
  }

  return {
    play() {
      // A page without a voice is no error of anybody's.
      if (context) sound(context).catch(() => {})
    },
    stop() {
      stop()
      context?.close().catch(() => {})
      context = undefined
    },
  }
}
