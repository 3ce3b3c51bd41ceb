import { existsSync } from 'node:fs'

const INSTALLED = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** Path of the machine's own Firefox, which Playwright drives by WebDriver BiDi; nothing where there is none. */
export function findFirefox(): string | undefined {
  return INSTALLED.find((path) => existsSync(path))
}
