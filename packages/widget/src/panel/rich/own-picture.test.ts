import { describe, expect, it } from 'vitest'
import { ownPicture } from './own-picture.js'

describe('ownPicture', () => {
  const origin = 'https://chat.example'

  it('takes pictures of the server, whole or by path', () => {
    expect(ownPicture('https://chat.example/a.png', origin)).toBe('https://chat.example/a.png')
    expect(ownPicture('/a.png', origin)).toBe('https://chat.example/a.png')
  })

  it.each([
    'https://tracker.example/a.png',
    '//tracker.example/a.png',
    'http://chat.example/a.png',
    'data:image/png,x',
    'javascript:1',
    'http://[',
    undefined,
  ])('takes none from %s', (address) => {
    expect(ownPicture(address, origin)).toBeUndefined()
  })
})
