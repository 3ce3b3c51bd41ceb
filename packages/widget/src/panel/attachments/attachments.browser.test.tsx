import axe from 'axe-core'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeUploadServer } from '../../testing/fake-upload-server.js'
import { mountTestWidget } from '../../testing/mount-test-widget.js'

const ATTACHMENTS = { kinds: ['image' as const, 'pdf' as const], maxBytes: 1024 * 1024 }
const composer = () => page.getByRole('textbox', { name: 'Your message' })
const send = () => page.getByRole('button', { name: 'Send message' })
const attach = () => page.getByRole('button', { name: 'Attach files' })
const chips = () => page.getByRole('list', { name: 'Files to send' }).getByRole('listitem')
const CHUNK = 256 * 1024

function shadow(): ShadowRoot {
  const root = document.querySelector('chatdesk-widget')?.shadowRoot
  if (!root) throw new Error('There is no widget.')
  return root
}
const bytes = (size: number, name: string, type = 'application/pdf') => new File([new Uint8Array(size)], name, { type })

async function picture(name = 'shop.png'): Promise<File> {
  const canvas = new OffscreenCanvas(400, 300)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#0a7'
  context.fillRect(0, 0, 400, 300)
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' })
}

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  return transfer
}
const panel = () => shadow().querySelector('[data-part="panel"]') as HTMLElement
const drag = (type: string, dataTransfer: DataTransfer) =>
  panel().dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }))

async function choose(...files: File[]) {
  const input = shadow().querySelector('input[type=file]') as HTMLInputElement
  input.files = transferOf(...files).files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

/** A panel that takes files. */
async function opened(locale = 'en') {
  const files = fakeUploadServer()
  const { server, handle } = mountTestWidget({
    open: true,
    locale,
    server: (server) => server.changeWidget({ attachments: ATTACHMENTS }),
  })
  await expect.poll(() => shadow().querySelector('[data-part="attach"]')).toBeTruthy()
  await expect.poll(() => server.connections).toBe(1)
  const parts = () => server.received.flatMap((frame) => (frame.type === 'message.send' ? [frame.parts] : []))
  return { files, server, handle, parts }
}

async function violations() {
  for (const animation of shadow().getAnimations()) animation.finish()
  const { violations } = await axe.run(document.querySelector('chatdesk-widget') as Element, {
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
}

beforeEach(() => sessionStorage.removeItem('chatdesk.files.wk_demo'))

describe('files in the composer', () => {
  it('[U1] [U5] sends what was picked, with the words, as one message', async () => {
    const { files, parts } = await opened()
    expect(shadow().querySelector('input[type=file]')?.getAttribute('accept')).toContain('image/png')
    await choose(await picture(), bytes(3000, 'offer.pdf'))
    await expect.element(chips().nth(1)).toHaveTextContent('offer.pdf')
    await expect.poll(() => files.received).toEqual(['shop.png', 'offer.pdf'])
    await expect.element(chips().nth(1)).toHaveTextContent('Ready to send, 3 kB')
    await userEvent.fill(composer(), 'Both of them')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => parts().map((all) => all.map(({ type }) => type))).toEqual([['text', 'file', 'file']])
    await expect.element(chips()).not.toBeInTheDocument()
    await expect.element(composer()).toHaveValue('')
    await expect.poll(() => shadow().querySelectorAll('[data-own="true"] [data-part="bubble"]').length).toBe(1)
  })

  it('[U5] sends a file without words', async () => {
    const { files, parts } = await opened()
    await choose(bytes(10, 'offer.pdf'))
    await expect.poll(() => files.received).toEqual(['offer.pdf'])
    await expect.element(send()).toHaveAttribute('aria-disabled', 'false')
    await send().click()
    await expect.poll(() => parts().map((all) => all.map(({ type }) => type))).toEqual([['file']])
  })

  it('waits for what is still on its way, and says so', async () => {
    const { files, parts } = await opened()
    const release = files.hold()
    await choose(bytes(CHUNK * 2, 'long.pdf'))
    await userEvent.fill(composer(), 'See this')
    await expect.element(page.getByRole('progressbar', { name: 'long.pdf' })).toBeInTheDocument()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Your message is sent when its files are uploaded.')).toBeVisible()
    expect(parts()).toEqual([])
    release()
    await expect.poll(() => parts().length).toBe(1)
    await expect.element(composer()).toHaveValue('')
  })

  it('sends it once, as it is written by then, when its author has looked at something else meanwhile', async () => {
    const { files, handle, parts } = await opened()
    const release = files.hold()
    await choose(bytes(CHUNK * 2, 'long.pdf'))
    await userEvent.fill(composer(), 'See this')
    await userEvent.keyboard('{Enter}')
    await handle.run('open', ['home'])
    await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
    await userEvent.click(page.getByRole('button', { name: 'Back' }))
    await expect.element(composer()).toHaveValue('See this')
    await userEvent.fill(composer(), 'See this one')
    release()
    await expect.poll(() => parts().length).toBe(1)
    expect(parts()[0]?.[0]).toEqual({ type: 'text', text: 'See this one' })
    await expect.element(composer()).toHaveValue('')
  })

  it('shows how far it has come, goes on after the network was gone, and while the panel is closed', async () => {
    const { files, handle } = await opened()
    const release = files.hold()
    await choose(bytes(CHUNK * 3, 'long.pdf'))
    const bar = page.getByRole('progressbar', { name: 'long.pdf' })
    await expect.element(bar).toHaveAttribute('aria-valuenow', '0')
    files.setReachable(false)
    release()
    await expect.element(chips().first()).toHaveTextContent('Goes on when the connection is back')
    handle.close()
    files.setReachable(true)
    window.dispatchEvent(new Event('online'))
    await expect.poll(() => files.received).toEqual(['long.pdf'])
    handle.open()
    await expect.element(chips().first()).toHaveTextContent('Ready to send')
  })

  it('gives up what is cancelled', async () => {
    const { files } = await opened()
    const release = files.hold()
    await choose(bytes(CHUNK * 2, 'long.pdf'))
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Uploading, 0%')
    await page.getByRole('button', { name: 'Remove long.pdf' }).click()
    await expect.element(chips()).not.toBeInTheDocument()
    release()
    await expect.poll(() => files.cancelled).toEqual(['long.pdf'])
    expect(files.received).toEqual([])
  })

  it('[U1] [U3] says why a file is refused, and sends nothing until it is taken out', async () => {
    const { files, parts } = await opened()
    files.refuse('evil.exe', 'FILE_TYPE_REFUSED')
    files.refuse('virus.pdf', 'FILE_UNSAFE')
    files.refuse('much.pdf', 'QUOTA_EXCEEDED')
    await choose(
      bytes(5, 'evil.exe', ''),
      bytes(5, 'virus.pdf'),
      bytes(5, 'much.pdf'),
      bytes(ATTACHMENTS.maxBytes + 1, 'huge.pdf'),
      bytes(0, 'empty.pdf'),
    )
    await expect.element(chips().nth(0)).toHaveTextContent('Files of this kind are not accepted.')
    await expect.element(chips().nth(1)).toHaveTextContent('refused because it may do harm')
    await expect.element(chips().nth(2)).toHaveTextContent('There is no room for more files.')
    await expect.element(chips().nth(3)).toHaveTextContent('This file is larger than 1 MB.')
    await expect.element(chips().nth(4)).toHaveTextContent('This file is empty.')
    await userEvent.fill(composer(), 'These')
    await userEvent.keyboard('{Enter}')
    await expect.element(send()).toHaveAttribute('aria-disabled', 'true')
    for (const name of ['evil.exe', 'virus.pdf', 'much.pdf', 'huge.pdf', 'empty.pdf'])
      await page.getByRole('button', { name: `Remove ${name}` }).click()
    await userEvent.click(composer())
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => parts()).toEqual([[{ type: 'text', text: 'These' }]])
  })

  it('takes as many as a message holds, and says that there were more', async () => {
    await opened()
    await choose(...Array.from({ length: 11 }, (_, number) => bytes(5, `${number}.pdf`)))
    await expect.element(page.getByText('At most 9 files fit a message.')).toBeVisible()
    expect(chips().elements()).toHaveLength(9)
  })

  it('stands in one line with the field and its other buttons, and shows all of a chosen file but the end of its name', async () => {
    await opened()
    await choose(bytes(5, `${'a very long name '.repeat(9)}.pdf`))
    await expect.element(chips().nth(0)).toBeVisible()
    const box = (selector: string) => (shadow().querySelector(selector) as HTMLElement).getBoundingClientRect()
    const bottoms = ['.attach', '.input', '.tool', '.send'].map((selector) => box(selector).bottom)
    expect(new Set(bottoms).size).toBe(1)
    expect(box('[data-action="remove"]').right).toBeLessThanOrEqual(box('.attachments').right)
  })

  it('threat 13: what one visitor has chosen is not there for the next', async () => {
    const { files, handle } = await opened()
    files.hold()
    await choose(bytes(3000, 'my-contract.pdf'))
    await expect.element(chips().first()).toHaveTextContent('my-contract.pdf')
    await handle.run('logout', []).catch(() => {})
    await expect.element(chips()).not.toBeInTheDocument()
    expect(sessionStorage.getItem('chatdesk.files.wk_demo')).toBeNull()
  })

  it('threat 13: words that wait for the files of one visitor are not sent by the next', async () => {
    const { files, handle, parts } = await opened()
    files.hold()
    await choose(bytes(3000, 'my-contract.pdf'))
    await expect.element(chips().first()).toHaveTextContent('my-contract.pdf')
    await userEvent.fill(composer(), 'my contract')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => shadow().querySelector('.attach-notice')?.textContent).not.toBe('')
    // As another tab has it, which signs the visitor out.
    handle.client.port.$forgotten.set({ earlier: false })
    await expect.element(chips()).not.toBeInTheDocument()
    expect(parts()).toEqual([])
    await expect.poll(() => handle.client.$timeline.get()).toEqual([])
  })

  it('takes what is dropped on the panel', async () => {
    const { files } = await opened()
    const transfer = transferOf(bytes(5, 'dropped.pdf'))
    drag('dragenter', transfer)
    await expect.element(page.getByText('Drop files to attach them')).toBeVisible()
    expect(await violations()).toEqual([])
    const zone = shadow().querySelector('.drop-zone') as HTMLElement
    expect(zone.offsetParent).toBe(panel())
    expect(zone.offsetHeight).toBe(panel().clientHeight - 64)
    drag('drop', transfer)
    await expect.element(page.getByText('Drop files to attach them')).not.toBeInTheDocument()
    await expect.poll(() => files.received).toEqual(['dropped.pdf'])
  })

  it('leaves the page where it is when a file is let go over something that takes none, and says so by the pointer', async () => {
    const { handle } = await opened()
    await handle.run('open', ['home'])
    await expect.poll(() => shadow().querySelector('[data-part="home"]')).toBeTruthy()
    const transfer = transferOf(bytes(10, 'offer.pdf'))
    // What a browser would do is done unless an event is prevented.
    expect(['dragenter', 'dragover', 'drop'].map((type) => drag(type, transfer))).toEqual([false, false, false])
    const words = new DataTransfer()
    words.setData('text/plain', 'words')
    expect(drag('dragover', words)).toBe(true)
  })

  it('takes a picture that is pasted, and leaves words alone', async () => {
    const { files } = await opened()
    const paste = (clipboardData: DataTransfer) =>
      composer()
        .element()
        .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }))
    expect(paste(transferOf(await picture('image.png')))).toBe(false)
    await expect.poll(() => files.received).toEqual(['image.png'])
    await expect.poll(() => shadow().querySelector('.thumbnail canvas:not([hidden])')).toBeTruthy()
    const words = transferOf(await picture())
    words.setData('text/plain', 'words')
    expect(paste(words)).toBe(true)
    expect(chips().elements()).toHaveLength(1)
  })

  it('has no button where the widget takes no files', async () => {
    const { server } = await opened()
    server.changeWidget({ attachments: null, version: 'second' })
    await expect.element(attach()).not.toBeInTheDocument()
  })

  it('says after a reload that what was chosen is gone', async () => {
    sessionStorage.setItem('chatdesk.files.wk_demo', '1')
    await opened()
    await expect.element(page.getByText('left with the last page')).toBeVisible()
    expect(sessionStorage.getItem('chatdesk.files.wk_demo')).toBeNull()
  })

  it.each(['en', 'de', 'ar'])('has nothing that axe finds (%s), and a name is text', async (locale) => {
    const { files } = await opened(locale)
    files.refuse('<img src=x onerror=alert(1)>.pdf', 'FILE_UNSAFE')
    await choose(await picture(), bytes(5, '<img src=x onerror=alert(1)>.pdf'))
    await expect.poll(() => shadow().querySelector('[data-failed="true"]')?.textContent).toContain('<img src=x')
    expect(shadow().querySelector('[src=x]')).toBeNull()
    expect(await violations()).toEqual([])
  })
})

it('leaves the field and its button in a panel as low as at 400 %', async () => {
  await page.viewport(320, 256)
  onTestFinished(() => page.viewport(900, 700))
  await opened()
  await choose(...Array.from({ length: 5 }, (_, index) => bytes(10, `${index}.pdf`)))
  await expect.poll(() => chips().elements().length).toBe(5)
  await expect.poll(() => panel().ariaModal).toBe('true')
  for (const control of [composer(), send()])
    expect(control.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(256)
})
