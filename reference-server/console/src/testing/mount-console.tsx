import '../theme/styles.js'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { memoryLocation } from 'wouter/memory-location'
import { App } from '../app.js'
import type { FakeConsole } from './fake-console.js'

/** Draws the console on a fake. `width` in pixels; `path` as in the address's hash. Undone when the test ends. */
export async function mountConsole(
  fake: FakeConsole,
  { path = '/', width = 1280, dark = false }: { path?: string; width?: number; dark?: boolean } = {},
) {
  await page.viewport(width, 800)
  localStorage.setItem('mantine-color-scheme-value', dark ? 'dark' : 'light')
  const location = memoryLocation({ path, record: true })
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  root.render(
    <App session={fake.session} entry={fake.entry} locationHook={location.hook} createServices={() => fake.services} />,
  )
  const unmount = () => {
    root.unmount()
    place.remove()
  }
  onTestFinished(() => {
    unmount()
    localStorage.clear()
  })
  return { place, location, unmount }
}

/** Changes the colours of the console that is drawn, as it follows another tab in which somebody switches them. */
export function switchColours(scheme: 'light' | 'dark'): void {
  const change = { key: 'mantine-color-scheme-value', newValue: scheme, storageArea: localStorage }
  window.dispatchEvent(new StorageEvent('storage', change))
}
