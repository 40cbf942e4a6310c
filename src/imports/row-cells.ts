import type { Cell } from './cell-values.ts'

/** The filled cells of one record by field, and what is wrong with them. */
export class RowCells<Field extends string> {
  readonly problems: string[] = []
  readonly #textOf: (field: Field) => string
  readonly #labelOf: (field: Field) => string

  constructor(textOf: (field: Field) => string, labelOf: (field: Field) => string) {
    this.#textOf = textOf
    this.#labelOf = labelOf
  }

  text(field: Field): string {
    return this.#textOf(field)
  }

  /** What a filled cell says; undefined when it is empty or wrong. */
  read<T>(field: Field, read: (text: string) => Cell<T>): T | undefined {
    const text = this.#textOf(field)
    if (text === '') return undefined
    const cell = read(text)
    if ('value' in cell) return cell.value
    this.problem(`${this.#labelOf(field)} ${cell.problem}`)
    return undefined
  }

  problem(message: string): void {
    this.problems.push(message)
  }
}
