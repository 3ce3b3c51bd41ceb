import type { Payment } from '@chatdesk/protocol'
import { type Action, useAction } from '../../admin/use-action.js'
import { useConsole } from '../../client/console-services.js'
import { download } from './browser-download.js'
import { type PaymentChoice, queryOf } from './payment-filters.js'
import { paymentsCsv } from './payments-csv.js'

/** The longest page that the server gives, and how many of them one file has. */
const PAGE = '100'
const MANY_PAGES = 100

/** Saves all payments of a choice as a file, page by page. `isCut`: told whether there would have been more. */
export function useExport(isCut: (cut: boolean) => void): Action & { save(choice: PaymentChoice): void } {
  const { admin } = useConsole()
  const action = useAction()
  return {
    ...action,
    save: (choice) =>
      void action.run(async () => {
        const payments: Payment[] = []
        let cursor: string | null = null
        for (let page = 0; page < MANY_PAGES; page++) {
          const next = await admin.payments.list({ ...queryOf(choice), limit: PAGE, ...(cursor ? { cursor } : {}) })
          payments.push(...next.payments)
          cursor = next.nextCursor
          if (cursor === null) break
        }
        isCut(cursor !== null)
        const day = new Date().toISOString().slice(0, 10)
        download(`payments-${day}.csv`, paymentsCsv(payments), 'text/csv;charset=utf-8')
      }),
  }
}
