import axe from 'axe-core'
import { render } from 'preact'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { allStories } from './fixtures/all-stories.js'
import { drawn, widgetRoot } from './fixtures/in-widget.js'
import { coveredControls, smallTargets, withoutRing } from './fixtures/targets.js'

/** What axe finds in the widget. */
async function violations(): Promise<string[]> {
  finishMotion()
  const { violations } = await axe.run(document.querySelector('chatdesk-widget') as Element, {
    // About whole pages.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary}`),
  )
}

/** A colour half way through its change is nobody's colour. */
function finishMotion(): void {
  for (const animation of widgetRoot().getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY) animation.cancel()
    else animation.finish()
  }
}

beforeEach(() => {
  // As for somebody who comes by keyboard: no mouse was pressed, so what has the focus shows it.
  document.body.focus()
})

it('are all here', () => {
  expect(allStories.length).toBeGreaterThanOrEqual(78)
})

describe.each(allStories)('$name', ({ story, args: given, Drawn, onPhone }) => {
  it.each(['en', 'ar'] as const)('axe finds nothing in it, light and dark, in %s', async (locale) => {
    await (onPhone ? page.viewport(360, 720) : page.viewport(1280, 800))
    const container = document.createElement('div')
    document.body.append(container)
    onTestFinished(() => {
      render(null, container)
      container.remove()
    })
    const args = { ...given, locale }
    const show = (theme: 'light' | 'dark') => render(<Drawn {...args} theme={theme} />, container)
    show('light')
    await story.play?.({ canvasElement: container, args } as never)
    await drawn(`:host([lang="${locale}"]) *`)
    // From then on the panel fills the phone, and the launcher lies below it.
    if (onPhone && args.open) await drawn('[aria-modal="true"]')
    expect(await violations()).toEqual([])
    expect(smallTargets()).toEqual([])
    show('dark')
    await expect.poll(() => getComputedStyle(widgetRoot().host).colorScheme).toBe('dark')
    expect(await violations()).toEqual([])
    expect(coveredControls()).toEqual([])
    expect(withoutRing()).toEqual([])
  })
})
