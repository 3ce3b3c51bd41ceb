import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createSnippet } from './snippet.js'

describe('createSnippet', () => {
  it('stays below half a kilobyte on the wire', () => {
    const options = { primaryColor: '#3b82f6', position: 'bottom-right', greeting: 'Hi! How can we help you today?' }
    const snippet = createSnippet({ widgetKey: 'wk_0123456789abcdef', url: 'https://chat.example.com', options })
    expect(gzipSync(snippet).length).toBeLessThanOrEqual(500)
  })

  it('lets no option end the script element', () => {
    const snippet = createSnippet({
      widgetKey: 'wk_1',
      url: 'https://c.example',
      options: { greeting: '</script><script>x' },
    })
    expect(snippet.match(/<\/script>/g)).toHaveLength(1)
    expect(snippet.endsWith('</script>')).toBe(true)
  })

  it.each(['a b', '1x', 'x;alert(1)', ''])('refuses %j as a name', (name) => {
    expect(() => createSnippet({ widgetKey: 'wk_1', url: 'https://c.example', name })).toThrow(TypeError)
  })
})
