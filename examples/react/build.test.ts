import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('is an app that can be built', async () => {
  const { build } = await import('vite')
  const root = fileURLToPath(new URL('.', import.meta.url))
  const built = await build({ root, logLevel: 'silent', build: { write: false } })
  const files = [built]
    .flat()
    .flatMap((bundle) => ('output' in bundle ? bundle.output.map((file) => file.fileName) : []))
  expect(files).toContain('index.html')
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0)
})
