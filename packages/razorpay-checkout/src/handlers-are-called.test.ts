import { expect, it } from 'vitest'
import { handlersAreCalled } from './handlers-are-called.js'

const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

it.each([
  ['Chrome', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'],
  ['Chrome on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36`],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'],
  ['Safari on an iPhone', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`],
  ['Chrome on an iPhone', `${IPHONE} CriOS/126.0.0.0 Mobile/15E148 Safari/604.1`],
])('bug 25: %s calls handlers', (_, userAgent) => expect(handlersAreCalled(userAgent)).toBe(true))

it.each([
  ['Instagram on an iPhone', `${IPHONE} Mobile/15E148 Instagram 337.0.0.25.91 (iPhone14,5)`],
  ['Instagram on Android', `${ANDROID} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 Instagram 337.0.0.35`],
  ['Facebook', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/469.0.0.41.103;FBBV/611]`],
  ['Facebook on Android', `${ANDROID} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0]`],
  ['a WebView on Android', `Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/126.0 Mobile`],
  ['a WebView on an iPhone', `${IPHONE} Mobile/15E148`],
  ['Opera', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36 OPR/83.0.0.0`],
  ['Opera Mini', 'Opera/9.80 (Android; Opera Mini/36.2) Presto/2.12.423 Version/12.16'],
  ['UC', `${ANDROID} Version/4.0 Chrome/100.0.0.0 UCBrowser/13.4.0 Mobile Safari/537.36`],
])('bug 25: %s does not', (_, userAgent) => expect(handlersAreCalled(userAgent)).toBe(false))
