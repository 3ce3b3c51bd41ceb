/** Injected by the CDN build in place of `preact/jsx-runtime`, which does the same in more bytes. */
export { Fragment, h } from 'preact'
