import { render } from 'preact'
import { allStories } from '../fixtures/all-stories.js'
import { drawn } from '../fixtures/in-widget.js'
import { longerTexts } from '../fixtures/longer-texts.js'
import type { StoryWidgetProps } from '../fixtures/story-widget.js'

/** How a story is to be drawn. */
export interface Look extends Pick<StoryWidgetProps, 'theme' | 'locale'> {
  longer?: boolean
}

declare global {
  interface Window {
    storyNames: readonly string[]
    /** Shows a story in place of the one before; resolves once what it is about is to be seen. */
    showStory(name: string, look: Look): Promise<void>
  }
}

const container = document.createElement('div')
document.body.append(container)

// Those for a phone and the dark ones are here by the size and the theme of the sheet.
window.storyNames = allStories
  .filter(({ onPhone, story }) => !onPhone && story.args?.theme !== 'dark')
  .map(({ name }) => name)

window.showStory = async (name, { theme, locale, longer }) => {
  const found = allStories.find((story) => story.name === name)
  if (!found) throw new Error(`There is no story ${name}`)
  render(null, container)
  scrollTo(0, 0)
  const { story, Drawn } = found
  const args = { ...found.args, theme, locale, ...(longer && { texts: longerTexts }) }
  render(<Drawn {...args} />, container)
  await story.play?.({ canvasElement: container, args } as never)
  await drawn(`:host([lang="${locale}"]) *`)
}
