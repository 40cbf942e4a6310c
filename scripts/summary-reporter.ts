import type { SerializedError } from 'vitest'
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

/**
 * Ends the output of a run with `N passed, N failed`, and `, N skipped` if there are any. What failed outside a
 * test (a file that does not load, a stray error, a run that never ended) counts as one failure each.
 */
export default class SummaryReporter implements Reporter {
  #summary = '0 passed, 1 failed'

  onInit() {
    // Written when the process exits: other reporters and the tear-down speak before that.
    process.on('exit', () => process.stdout.write(`${this.#summary}\n`))
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    strayErrors: readonly SerializedError[],
    reason: TestRunEndReason,
  ) {
    const states = modules.flatMap(({ children }) =>
      [...children.allTests()].map((test) => test.result().state),
    )
    const count = (state: string) => states.filter((each) => each === state).length
    const brokenSuites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const brokenCount = brokenSuites.filter((suite) => suite.errors().length > 0).length
    const seen = count('failed') + count('pending') + brokenCount + strayErrors.length
    const failed = reason === 'passed' ? seen : Math.max(seen, 1)
    const skipped = count('skipped')
    this.#summary = `${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
  }
}
