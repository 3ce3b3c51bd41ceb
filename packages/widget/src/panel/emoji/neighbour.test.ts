import { expect, it } from 'vitest'
import { neighbour } from './neighbour.js'

/** Two rows of three, and a last one of two. */
const places = Array.from({ length: 8 }, (_, index) => ({
  index,
  offsetLeft: (index % 3) * 40,
  offsetTop: Math.floor(index / 3) * 40,
}))
const from = (index: number, key: string, rightToLeft = false) => {
  const place = places[index]
  return place && neighbour(places, place, key, rightToLeft)?.index
}

it('is the next in the direction of the key', () => {
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => from(4, key))).toEqual([5, 3, 7, 1])
  expect([from(4, 'ArrowRight', true), from(4, 'ArrowLeft', true)]).toEqual([3, 5])
})

it('is the nearest of a shorter row, and nothing at an edge', () => {
  expect(from(5, 'ArrowDown')).toBe(7)
  expect([from(0, 'ArrowUp'), from(0, 'ArrowLeft'), from(7, 'ArrowDown'), from(7, 'ArrowRight')]).toEqual(
    Array(4).fill(undefined),
  )
})
