import type { MemberRole } from '@chatdesk/protocol'
import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { axeViolations } from './axe-violations.js'
import { createFakeConsole, type FakeConsole } from './fake-console.js'
import { mountConsole, switchColours } from './mount-console.js'

/** A state of the console that everybody can use. */
export interface AccessibleState {
  name: string
  role?: MemberRole
  visiting?: { reason: string }
  path?: string
  width?: number
  prepare?: (fake: FakeConsole) => void
  act?: () => Promise<void>
  /** Visible when the state is reached. */
  sign: string
}

/** A state of a page of the administration, as an admin sees it. */
export const adminState = (
  name: string,
  path: string,
  sign: string,
  more: Partial<AccessibleState> = {},
): AccessibleState => ({ ...{ name, path, sign, role: 'client_admin', ...more } })

/** Presses the first button of this name. */
export const press = (name: string | RegExp) => async () => page.getByRole('button', { name }).first().click()

/** Draws a state, and has axe look at it in light and in dark colours. */
export async function expectAccessible({
  role,
  visiting,
  path,
  width,
  prepare,
  act,
  sign,
}: AccessibleState): Promise<void> {
  const fake = createFakeConsole({ ...(role ? { role } : {}), ...(visiting ? { visiting } : {}) })
  prepare?.(fake)
  await mountConsole(fake, { path: path ?? '/', width: width ?? 1600 })
  if (act) {
    await expect.element(page.getByRole('main')).toBeVisible()
    await act()
  }
  await expect.element(page.getByText(sign).first()).toBeVisible()
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'light')
  expect(await axeViolations()).toEqual([])
  switchColours('dark')
  await expect.poll(() => document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect(await axeViolations({ coloursOnly: true })).toEqual([])
  await expect.element(page.getByText(sign).first()).toBeVisible()
}
