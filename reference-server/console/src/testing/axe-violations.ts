import axe from 'axe-core'
import { userEvent } from 'vitest/browser'

/** What axe finds on the whole page, one line each. */
export async function axeViolations(): Promise<string[]> {
  // A tooltip belongs to no landmark, and stands wherever the pointer was left. In the corner is nothing that answers it.
  await userEvent.hover(document.body, { position: { x: 1, y: 1 }, force: true })
  await stillness()
  const { violations } = await axe.run(document, { rules: { region: { enabled: true } } })
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
