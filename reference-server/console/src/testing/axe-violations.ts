import axe from 'axe-core'
import { vi } from 'vitest'
import { userEvent } from 'vitest/browser'

/** Rules whose answer depends on colours; nothing else differs between the two schemes. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds on the whole page, one line each: by all rules, or on a page that was looked at so already by those alone
 * that a change of colours can break.
 */
export async function axeViolations({ coloursOnly = false } = {}): Promise<string[]> {
  // A tooltip belongs to no landmark, and stands wherever the pointer was left. In the corner is nothing that answers it.
  if (!coloursOnly) await userEvent.hover(document.body, { position: { x: 1, y: 1 }, force: true })
  // It begins to go by a timer, which on a busy machine is later than a few frames. One that stays is reported.
  await vi.waitUntil(() => !document.querySelector('[role="tooltip"]'), { timeout: 2_000 }).catch(() => {})
  await stillness()
  const { violations } = await axe.run(document, {
    // Of what passes, it would write down each place.
    resultTypes: ['violations'],
    ...(coloursOnly ? { runOnly: OF_COLOURS } : { rules: { region: { enabled: true } } }),
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** A transition in mid-air has colours that nobody is meant to read; a dialog begins its own a frame or two after it is there. */
async function stillness(): Promise<void> {
  for (;;) {
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
    const moving = document.getAnimations().filter((animation) => !isEndless(animation))
    if (moving.every(({ playState }) => playState === 'finished')) return
    // One that is cancelled is over as well.
    await Promise.allSettled(moving.map((animation) => animation.finished))
  }
}

function isEndless(animation: Animation): boolean {
  return animation.effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY
}
