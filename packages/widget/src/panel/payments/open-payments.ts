import type { PanelModel } from '../panel-model.js'
import { deskOf } from './payment-desk.js'
import { PaymentList } from './payment-list.jsx'

/** Shows what the visitor has been asked to pay in the place of the conversation. */
export function openPayments({ update, texts }: PanelModel): void {
  update({ view: { title: texts.payments, Body: PaymentList } })
}

/** What it is called in the menu, with how many are new. */
export function countedTitle(panel: PanelModel): string {
  const { unseen } = deskOf(panel)
  return `${panel.texts.payments}${unseen ? ` (${unseen.toLocaleString(panel.locale)})` : ''}`
}

/** Finds out what there is to pay, so that the menu can say what is new. */
export function attendPayments(panel: PanelModel): void {
  const desk = deskOf(panel)
  if (!desk.list && !desk.failed) desk.load()
}
