import { describe, expect, it } from 'vitest'
import { invalidOptions } from './invalid-options.js'

describe('invalidOptions', () => {
  it('finds nothing wrong with right values, absent ones, and options that it does not know', () => {
    const given = {
      widgetKey: 'wk_1',
      url: 'https://chat.example',
      position: 'bottom-left',
      primaryColor: '#10B981',
      greeting: '',
      theme: 'dark',
      autoOpen: true,
      autoOpenDelay: 10,
      consent: 'required',
      fingerprint: false,
      texts: { send: 'Go' },
      styleNonce: undefined,
      userData: { name: 'x' },
    }
    expect(invalidOptions(given)).toEqual([])
    expect(invalidOptions({ theme: { mode: 'dark', tokens: { radius: '4px' } } })).toEqual([])
  })

  it('names the options with a wrong value', () => {
    const wrong = {
      widgetKey: 7,
      url: 'javascript:alert(1)',
      position: 'top',
      primaryColor: 'red;}:host{display:none',
      greeting: 5,
      theme: 'pink',
      autoOpen: 'yes',
      autoOpenDelay: -1,
      consent: true,
      fingerprint: 'on',
      texts: 'x',
    }
    expect(invalidOptions(wrong)).toEqual(Object.keys(wrong))
  })
})
