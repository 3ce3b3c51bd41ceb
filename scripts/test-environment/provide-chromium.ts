import { spawnSync } from 'node:child_process'
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.js'
import { findChromium } from './find-chromium.js'

/** Sees to it that there is a Chromium, and returns one line that tells which. */
export function provideChromium(): string {
  const found = findChromium()
  if (found) return `browser: using ${found}`
  if (canInstallDebianPackages()) {
    // Without any font, text has no width and nothing can be seen or pressed.
    installDebianPackages('chromium', 'fonts-liberation', 'fonts-noto-color-emoji')
    return `browser: installed chromium with apt, using ${findChromium()}`
  }
  const run = spawnSync('npx', ['playwright', 'install', 'chromium'], { encoding: 'utf8' })
  if (run.status !== 0)
    throw new Error(`no Chromium here, and Playwright could not fetch its own:\n${run.stderr.trim().slice(-2000)}`)
  return "browser: using Playwright's own Chromium"
}
