import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { leanSource, missedFeature } from './lean-preact.js'

describe('Preact without what the panel never asks for', () => {
  it('is what Preact is but for these questions, and refuses a Preact that does not ask them', async () => {
    const source = await readFile(fileURLToPath(import.meta.resolve('preact')), 'utf8')
    const lean = leanSource(source)
    expect(lean).not.toMatch(/getDerivedStateFromProps|dangerouslySetInnerHTML|"style"==/)
    expect(() => leanSource(lean)).toThrow('Preact has changed')
  })

  it.each([
    ['a style', '<p style={{ color }}>', 'style'],
    ['markup', '<p dangerouslySetInnerHTML={{ __html }}>', 'dangerouslySetInnerHTML'],
    ['how far something is', '<progress value={1}>', 'progress'],
    ['a list of suggestions', '<input list="names">', 'list'],
    ['a listener on the way down', '<div onClickCapture={close}>', 'onClickCapture'],
    ['a state from the one before', 'this.setState(({ open }) => ({ open: !open }))', 'setState'],
    ['something after a drawing', 'this.setState({ open }, () => this.focus())', 'setState'],
    ['something after a forced drawing', 'this.forceUpdate(() => this.scroll())', 'forceUpdate'],
    ['what is handed down past others', 'static override contextType = Theme', 'contextType'],
    ['an old lifecycle', 'override shouldComponentUpdate() {}', 'shouldComponentUpdate'],
  ])('finds %s in a source of the panel', (_, source, feature) => {
    expect(missedFeature(source)).toBe(feature)
  })

  it('lets pass what only looks alike', () => {
    expect(missedFeature('<p class="style"><textarea value={checked} /></p>')).toBeUndefined()
    expect(missedFeature('this.setState({ open })')).toBeUndefined()
  })
})
