import { defineTransport } from '@chatdesk/transports/define-transport'
import { pageLanguages } from '../launcher/host-page.js'
import type { CreatePanel } from '../launcher/panel-port.js'
import { createBrowserClient } from '../mount/create-browser-client.js'
import { defaultTransports } from '../mount/default-transports.js'
import { createPanelView } from '../panel/create-panel-view.jsx'
import { loadLanguage } from '../text/load-language.js'

/** What the panel's chunks draw with. */
export { Component, createRef, Fragment, h } from 'preact'

/** socket.io comes last: its client is the largest, and what it falls back to needs sticky sessions. */
const socketIoTransport = defineTransport('socket-io', async () => (await import('./socket-io.js')).openWire)

// Of a path that stands in `import()` itself, esbuild makes a search among its own sources, and finds none.
const importFile = (path: string) => import(/* @vite-ignore */ path)
/** Beside this file, by the name of its language. */
const importTexts = (language: string) => importFile(`./text-${language}.js`)

/** The panel of a page that installed the widget by its snippet. */
export const createPanel: CreatePanel = async (context) => {
  const { locale } = context.options
  const language = await loadLanguage(locale ? [locale] : pageLanguages(), importTexts)
  const client = createBrowserClient(context.options, [...defaultTransports, socketIoTransport])
  const view = createPanelView(client, context, language)
  return {
    ...view,
    destroy() {
      view.destroy()
      void client.dispose()
    },
  }
}
