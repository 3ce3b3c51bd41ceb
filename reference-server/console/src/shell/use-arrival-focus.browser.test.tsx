import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { useArrivalFocus } from './use-arrival-focus.js'

function Page() {
  const heading = useArrivalFocus()
  return (
    <h1 ref={heading} tabIndex={-1}>
      Tickets
    </h1>
  )
}

function arrive(focused: string): void {
  const place = document.body.appendChild(document.createElement('div'))
  place.innerHTML = `${focused}<div data-page></div>`
  place.querySelector('input')?.focus()
  const root = createRoot(place.querySelector('[data-page]') as Element)
  root.render(<Page />)
  onTestFinished(() => {
    root.unmount()
    place.remove()
  })
}

it('takes the focus with the page', async () => {
  arrive('<input>')
  await expect.element(page.getByRole('heading')).toHaveFocus()
})

it('leaves the focus to a dialog that was opened while the page was loading', async () => {
  arrive('<div role="dialog" aria-label="Commands"><input></div>')
  await expect.element(page.getByRole('heading')).toBeVisible()
  await expect.element(page.getByRole('textbox')).toHaveFocus()
})
