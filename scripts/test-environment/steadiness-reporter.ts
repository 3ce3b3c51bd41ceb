import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, Vitest } from 'vitest/node'

/** Writes the names of Vitest's tests that passed only when repeated, as a JSON array, into `test-results/unsteady.json`. */
export default class SteadinessReporter implements Reporter {
  readonly #unsteady: string[] = []
  #root = '.'

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root
  }

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#unsteady.push(`${test.module.relativeModuleId} > ${test.fullName}`)
  }

  onTestRunEnd(): void {
    writeFileSync(`${this.#root}/test-results/unsteady.json`, JSON.stringify(this.#unsteady))
  }
}
