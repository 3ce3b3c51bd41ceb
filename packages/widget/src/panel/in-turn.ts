/** Fetches a file again and again, and gives it to whoever asked first first: browsers promise no order. */
export function inTurn<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const mine = turn.then(load, load)
    turn = mine
    return mine
  }
}
