import axe from 'axe-core'

/** What axe finds on the whole page, one line each. */
export async function axeViolations(): Promise<string[]> {
  // A transition in mid-air has colours that nobody is meant to read.
  await Promise.all(
    document.getAnimations().map((animation) => (isEndless(animation) ? undefined : animation.finished)),
  )
  const { violations } = await axe.run(document, { rules: { region: { enabled: true } } })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

function isEndless(animation: Animation): boolean {
  return animation.effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY
}
