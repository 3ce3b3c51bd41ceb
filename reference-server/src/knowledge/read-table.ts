import type { TreeNode } from './html-tree.js'

/** How cells are read. */
export interface CellReading {
  isAside(node: TreeNode): boolean
  textIn(node: TreeNode): string
}

/** In a cell these make of a table a layout. */
const OF_LAYOUT = new Set(['table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'details', 'article', 'section', 'main'])

/**
 * The rows of a table, a line each: `Plan: Basic; Price: 5 €` where the first row names the columns, so that a row says by
 * itself what it means; `5 | 6` where it does not. Undefined: it only lays out a page.
 */
export function rowsOf(table: TreeNode, reading: CellReading): string[] | undefined {
  const found: TreeNode[] = []
  if (!collect(table, found, reading)) return undefined
  const captions = found.filter(({ tagName }) => tagName === 'caption').map(reading.textIn)
  const rows = found
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => {
      const cells = (row.childNodes ?? []).filter(
        (cell) => (cell.tagName === 'td' || cell.tagName === 'th') && !reading.isAside(cell),
      )
      return { cells: cells.map(reading.textIn), names: cells.every(({ tagName }) => tagName === 'th') }
    })
  const [first, ...rest] = rows
  const named = first?.names === true && rest.length > 0 ? first.cells : undefined
  const lines = (named ? rest : rows).map(({ cells }) => lineOf(cells, named))
  return [...captions, ...lines].filter((line) => line !== '')
}

/** Finds rows and captions, before any is read: of tables in one another each would be read once for each around it. */
function collect(node: TreeNode, found: TreeNode[], reading: CellReading): boolean {
  for (const child of node.childNodes ?? []) {
    const { tagName = '' } = child
    if (tagName === '' || reading.isAside(child)) continue
    if (OF_LAYOUT.has(tagName)) return false
    if (tagName === 'tr' || tagName === 'caption') found.push(child)
    if (!collect(child, found, reading)) return false
  }
  return true
}

function lineOf(cells: string[], names: string[] | undefined): string {
  if (!names) return cells.filter((cell) => cell !== '').join(' | ')
  return cells
    .map((cell, index) => (cell === '' || !names[index] ? cell : `${names[index]}: ${cell}`))
    .filter((cell) => cell !== '')
    .join('; ')
}
