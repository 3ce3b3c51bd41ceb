import { readdirSync } from 'node:fs'
import { ROOT } from './gate.js'

/** Below a folder: tests, and contract suites, which tests call with their own subject. */
export function testFiles(folder: string): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : testFiles(path)
    return /\.(test|e2e)\.tsx?$/.test(path) || /\/testing\/test-[\w-]+\.ts$/.test(path) ? [path] : []
  })
}
