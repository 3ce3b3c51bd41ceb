import { Table, TextInput } from '@mantine/core'
import { ArrowDown, ArrowUp, ChevronsUpDown, Search } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import styles from './admin.module.css'

/** One column. */
export interface Column<Row> {
  /** Its head; empty for the column of what can be done. */
  title: string
  cell(row: Row): ReactNode
  /** What rows are put in order by; absent: this column orders nothing. */
  sortBy?(row: Row): string | number
  /** Left out where the page is narrower. */
  from?: 'tablet' | 'desktop'
  align?: 'end'
}

/** Options of `DataTable`. */
export interface DataTableProps<Row> {
  /** Names the table. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey(row: Row): string
  /** What a row is found by; the field appears when there are more rows than one sees at once. */
  searchBy?(row: Row): string
}

const ICON = { size: 14, strokeWidth: 2, 'aria-hidden': true } as const
const MANY = 10

/** Rows under a head that stays, put in order by a press on it. */
export function DataTable<Row>({ label, columns, rows, rowKey, searchBy }: DataTableProps<Row>) {
  const [order, setOrder] = useState<{ title: string; down: boolean } | null>(null)
  const [wanted, setWanted] = useState('')
  const shown = useMemo(() => {
    const found = searchBy ? rows.filter((row) => searchBy(row).toLowerCase().includes(wanted.toLowerCase())) : rows
    const by = columns.find(({ title }) => title === order?.title)?.sortBy
    if (!by) return found
    const sorted = [...found].sort((a, b) => compare(by(a), by(b)))
    return order?.down ? sorted.reverse() : sorted
  }, [rows, columns, order, wanted, searchBy])

  return (
    <>
      {searchBy && rows.length > MANY && (
        <TextInput
          aria-label={`Find in ${label}`}
          placeholder="Find"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
          w={{ base: '100%', xs: 280 }}
        />
      )}
      <Table stickyHeader highlightOnHover verticalSpacing={10} aria-label={label} className={styles.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, sortBy, from, align }) => (
              <Table.Th
                key={title}
                scope="col"
                data-from={from}
                data-align={align}
                aria-sort={order?.title === title ? (order.down ? 'descending' : 'ascending') : undefined}
              >
                {sortBy ? (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => setOrder({ title, down: order?.title === title && !order.down })}
                  >
                    {title}
                    {order?.title !== title && <ChevronsUpDown {...ICON} />}
                    {order?.title === title && (order.down ? <ArrowDown {...ICON} /> : <ArrowUp {...ICON} />)}
                  </button>
                ) : (
                  title || <span className="chatdesk-hidden">Actions</span>
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ title, cell, from, align }) => (
                <Table.Td key={title} data-from={from} data-align={align}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length === 0 && wanted !== '' && <p className={styles.nothingFound}>Nothing is found by “{wanted}”.</p>}
    </>
  )
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
}
