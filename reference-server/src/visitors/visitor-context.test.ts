import { describe, expect, it } from 'vitest'
import { type RequestFacts, visitorContext } from './visitor-context.js'

const contextOf = ({ geo, ...facts }: Partial<RequestFacts>) =>
  visitorContext({
    origin: undefined,
    userAgent: undefined,
    acceptLanguage: undefined,
    ...facts,
    geo: { country: undefined, city: undefined, ...geo },
  })

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'

describe('visitorContext', () => {
  it.each([
    [
      'Windows NT 10.0; Win64; x64',
      'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      'desktop',
      'Chrome 142',
      'Windows 10',
    ],
    ['X11; Linux x86_64; rv:144.0', 'Gecko/20100101 Firefox/144.0', 'desktop', 'Firefox 144', 'Linux'],
    [
      'iPhone; CPU iPhone OS 18_1 like Mac OS X',
      `${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`,
      'mobile',
      'Safari 18',
      'iOS 18.1',
    ],
    [
      'iPad; CPU OS 16_0 like Mac OS X',
      `${WEBKIT} Version/16.0 Mobile/15E148 Safari/604.1`,
      'tablet',
      'Safari 16',
      'iOS 16.0',
    ],
    [
      'Linux; Android 14; SM-S921B',
      'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/115.0.0.0 Mobile Safari/537.36',
      'mobile',
      'Chrome 115',
      'Android 14',
    ],
  ])('reads device, browser and system of Mozilla/5.0 (%s) %s', (system, engine, device, browser, os) => {
    const userAgent = `Mozilla/5.0 (${system}) ${engine}`
    expect(contextOf({ userAgent })).toMatchObject({ user_agent: userAgent, device_type: device, browser, os })
  })

  it('knows nothing where nothing, or nonsense, is said', () => {
    const nothing = {
      user_agent: null,
      device_type: null,
      browser: null,
      os: null,
      language: null,
      country: null,
      city: null,
    }
    expect(contextOf({})).toEqual(nothing)
    expect(contextOf({ userAgent: '' })).toEqual(nothing)
    const userAgent = 'x/'.repeat(5_000)
    expect(contextOf({ userAgent, acceptLanguage: '*', geo: { country: 'XX', city: ' ' } })).toEqual({
      ...nothing,
      user_agent: userAgent.slice(0, 512),
    })
  })

  it.each([
    ['hi-IN,hi;q=0.9,en;q=0.8', 'hi-IN'],
    ['de', 'de'],
    ['zh-Hant-TW;q=0.5', 'zh-Hant-TW'],
    ["en'; drop table visitors", null],
    ['english', null],
  ])('of Accept-Language %j takes %j', (acceptLanguage, language) => {
    expect(contextOf({ acceptLanguage }).language).toBe(language)
  })

  it.each([
    ['in', 'IN'],
    [' DE ', 'DE'],
    ['T1', null],
    ['India', null],
    ['<b', null],
  ])('of the country %j takes %j', (country, code) => {
    expect(contextOf({ geo: { country, city: undefined } }).country).toBe(code)
  })

  it.each([
    ['Pune', 'Pune'],
    ['S%C3%A3o%20Paulo', 'São Paulo'],
    [Buffer.from('München').toString('latin1'), 'München'],
    ['100%', '100%'],
    ['Pune\u0000\r\n%00', 'Pune'],
    ['x'.repeat(5_000), 'x'.repeat(100)],
  ])('of the city %j takes %j', (city, name) => {
    expect(contextOf({ geo: { country: undefined, city } }).city).toBe(name)
  })
})
