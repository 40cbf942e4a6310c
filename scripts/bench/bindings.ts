/** The part of the Worker's bindings that the benchmark fills the database with. */
export interface Bindings {
  DB: Database
  PRODUCT_STOCK: {
    idFromName: (name: string) => unknown
    get: (id: unknown) => { adjust: (productId: string, adjustment: object) => Promise<unknown> }
  }
}

interface Database {
  prepare: (query: string) => Statement
  batch: (statements: Statement[]) => Promise<unknown>
}

interface Statement {
  bind: (...values: (string | number)[]) => Statement
  first: <Row>() => Promise<Row | null>
  all: <Row>() => Promise<{ results: Row[] }>
}
