/** Two notes, a fourth apart: frequency in hertz, and when each begins, in seconds. */
const NOTES = [
  [660, 0],
  [880, 0.11],
] as const
const LENGTH = 0.32
const LOUDNESS = 0.12

/** A sound made of sine waves, so that nothing is fetched. Before the page was touched, browsers make none. */
export function createBrowserChime(): () => void {
  let context: AudioContext | undefined
  return () => {
    if (!navigator.userActivation?.hasBeenActive) return
    try {
      context ??= new AudioContext()
    } catch {
      // This browser has no voice.
      return
    }
    sound(context).catch(() => {})
  }
}

async function sound(at: AudioContext): Promise<void> {
  await at.resume()
  for (const [frequency, delay] of NOTES) {
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
  }
}
