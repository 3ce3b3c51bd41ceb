import { afterEach, describe, expect, it, vi } from 'vitest'
import { readOptions } from './read-options.js'

describe('readOptions', () => {
  const prototype = Object.prototype as Record<string, unknown>
  afterEach(() => {
    delete prototype.url
  })

  it('reads the options that it knows', () => {
    const given = {
      widgetKey: 'wk_1',
      position: 'bottom-left',
      primaryColor: '#10B981',
      autoOpen: true,
      autoOpenDelay: 10,
    }
    expect(readOptions({ ...given, userData: { name: 'x' } }, vi.fn())).toEqual(given)
  })

  it('reports a wrong value and leaves it out', () => {
    const report = vi.fn()
    const wrong = {
      widgetKey: 7,
      url: 'javascript:alert(1)',
      position: 'top',
      primaryColor: 'red;}:host{display:none',
      theme: 'pink',
      autoOpenDelay: -1,
      texts: 'x',
    }
    expect(readOptions(wrong, report)).toEqual({})
    expect(report).toHaveBeenCalledTimes(Object.keys(wrong).length)
  })

  it('threat 22: takes nothing from a polluted prototype', () => {
    prototype.url = 'https://evil.example'
    expect(readOptions({ widgetKey: 'wk_1' }, vi.fn())).toEqual({ widgetKey: 'wk_1' })
    const hostile: unknown = JSON.parse('{"__proto__":{"url":"https://evil.example"},"widgetKey":"wk_1"}')
    expect(readOptions(hostile, vi.fn())).toEqual({ widgetKey: 'wk_1' })
    expect(({} as Record<string, unknown>).widgetKey).toBeUndefined()
  })

  it.each([undefined, null, 'wk_1', 7, []])('reads nothing from %j', (given) => {
    expect(readOptions(given, vi.fn())).toEqual({})
  })
})
