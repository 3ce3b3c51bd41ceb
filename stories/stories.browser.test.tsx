import type { Meta, StoryObj } from '@storybook/preact-vite'
import axe from 'axe-core'
import { render } from 'preact'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { drawn, widgetRoot } from './fixtures/in-widget.js'
import { StoryWidget, type StoryWidgetProps } from './fixtures/story-widget.js'
import { coveredControls, smallTargets, withoutRing } from './fixtures/targets.js'

type Story = StoryObj<typeof StoryWidget>
type StoryModule = Record<string, Story> & { default: Meta<typeof StoryWidget> }

const stories = Object.values(import.meta.glob<StoryModule>('./panel/*.stories.tsx', { eager: true })).flatMap(
  ({ default: meta, ...members }) =>
    Object.entries(members).map(([name, story]) => ({ name: `${meta.title}: ${name}`, meta, story })),
)

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
  expect(stories.length).toBeGreaterThanOrEqual(45)
})

describe.each(stories)('$name', ({ meta, story }) => {
  it.each(['en', 'ar'] as const)('axe finds nothing in it, light and dark, in %s', async (locale) => {
    const onPhone = story.globals?.viewport?.value === 'phone'
    await (onPhone ? page.viewport(360, 720) : page.viewport(1280, 800))
    const container = document.createElement('div')
    document.body.append(container)
    onTestFinished(() => {
      render(null, container)
      container.remove()
    })
    const args = { ...meta.args, ...story.args, locale } as StoryWidgetProps
    const Drawn = (story.render ?? StoryWidget) as typeof StoryWidget
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
