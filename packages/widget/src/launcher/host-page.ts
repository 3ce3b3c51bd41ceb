import type { Unsubscribe } from '@chatdesk/core'

/** The page that a widget lives in. This file alone names `window` and `document`, and does so on call, never on import. */

/** The script that runs now. A form or image named `currentScript` would stand in its place, so its kind is checked. */
export function runningScript(): HTMLScriptElement | null {
  const script: unknown = document.currentScript
  return script instanceof HTMLScriptElement ? script : null
}

/** Global variables by name. */
export function hostGlobals(): Record<string, unknown> {
  return window as unknown as Record<string, unknown>
}

/** An element that stands nowhere yet. */
export function createElement<K extends keyof HTMLElementTagNameMap>(tag: K): HTMLElementTagNameMap[K]
export function createElement(tag: string): HTMLElement
export function createElement(tag: string): HTMLElement {
  return document.createElement(tag)
}

/** An element of a drawing. */
export function createShape(tag: 'svg' | 'path'): SVGElement {
  return document.createElementNS('http://www.w3.org/2000/svg', tag)
}

/**
 * Where a widget stands: beside the body, which frameworks swap as a whole, and which a page may transform, hide or
 * fade. A script in the head may run before there is one.
 */
export const pageRoot = (): HTMLElement => document.documentElement

/** The element that a page names, itself or by a selector. */
export function findElement(target: unknown): Element | null {
  return target instanceof Element ? target : typeof target === 'string' ? document.querySelector(target) : null
}

/** Runs once the page has loaded and has nothing better to do. */
export function whenIdle(run: () => void): void {
  // Safari has no idle callback.
  const wait = () => (window.requestIdleCallback ?? setTimeout)(run)
  if (document.readyState === 'complete') wait()
  else window.addEventListener('load', wait)
}

/** Somebody can see the page. */
export function isPageVisible(): boolean {
  return document.visibilityState === 'visible'
}

/** Listens to events of several kinds, named with spaces between. */
export function listen(target: EventTarget, types: string, listener: (event: Event) => void): Unsubscribe {
  const each = types.split(' ')
  for (const type of each) target.addEventListener(type, listener)
  return () => {
    for (const type of each) target.removeEventListener(type, listener)
  }
}

/** Told when the page comes into view or goes out of it. */
export function onPageVisibility(listener: () => void): Unsubscribe {
  return listen(document, 'visibilitychange', listener)
}

/** What the visitor can see of the page. */
export interface Viewport {
  /** Pixels above the on-screen keyboard. */
  height: number
  /** Pixels by which the visible part is moved down. */
  top: number
  /** Too small for a panel beside the page. */
  fullScreen: boolean
}

/** Told at once, and whenever the visible part of the page changes. */
export function onViewport(listener: (viewport: Viewport) => void): Unsubscribe {
  const visual = window.visualViewport as VisualViewport
  const small = window.matchMedia('(max-width: 479px)')
  const tell = () => listener({ height: visual.height, top: visual.offsetTop, fullScreen: small.matches })
  tell()
  return listen(visual, 'resize scroll', tell)
}

/** The visitor's languages, in order of preference. */
export function pageLanguages(): readonly string[] {
  return navigator.languages
}

/** The page that the visitor is on, and the one that led there. */
export function pageAddress(): { url: string; referrer: string } {
  return { url: window.location.href, referrer: document.referrer }
}

/** What the page is called. */
export function pageTitle(): string {
  return document.title
}

/** Told of each address that the page's policy has blocked, and by which directive. */
export function onPolicyViolation(listener: (address: string, directive: string) => void): Unsubscribe {
  return listen(document, 'securitypolicyviolation', (event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent
    listener(blockedURI, effectiveDirective)
  })
}

/** Opens an address in a tab of its own, which knows nothing of this page. */
export function openTab(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer')
}

/** Whether the visitor has pressed something just now, so that the browser lets a tab open; a browser that does not say lets none. */
export function hasPress(): boolean {
  return navigator.userActivation?.isActive ?? false
}

/** A window that this page has opened, empty until a widget stands in it. */
export interface Popup extends Omit<Window, 'chatdesk'> {
  readonly JSON: JSON
  /** Absent until the widget's script has come. */
  chatdesk?: (command: string, ...args: unknown[]) => Promise<unknown>
  /** Absent in browsers without Trusted Types. */
  readonly trustedTypes?: {
    createPolicy(name: string, rules: TextRules): TextRules
  }
}

/** What a policy of Trusted Types makes of a text: something that the browser takes for one. */
interface TextRules {
  createHTML(text: string): string
  createScriptURL(text: string): string
}

/** Opens a window for a chat, or gives the one of this name; null when the browser opens none. */
export function openWindow(name: string): Popup | null {
  return window.open('', name, 'popup,width=420,height=680') as unknown as Popup | null
}

/** What this window was named by whoever opened it. */
export const windowName = (): string => window.name

/** Ends this window, where a script has opened it. */
export const closeWindow = (): void => window.close()

/** False once this page was left: what other windows still have of its functions can do nothing any more. */
export const isPageLive = (): boolean => document.defaultView !== null

/** Enough room for a window beside this one. */
export const isWideScreen = (): boolean => window.matchMedia('(min-width: 768px)').matches

/** The nonce by which this page's policy knows its scripts; empty when it has none. */
export function pageNonce(): string {
  return document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? ''
}

/** The scripts that stand in this page. */
export const pageScripts = (): readonly HTMLScriptElement[] => [...document.scripts]

/** Lets the visitor keep a file. */
export function saveFile(content: Blob, name: string): void {
  const link = createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Not before the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Told when the network or the page comes back. */
export function onPageWake(listener: () => void): Unsubscribe {
  const stops = [listen(window, 'online pageshow', listener), onPageVisibility(() => isPageVisible() && listener())]
  return () => {
    for (const stop of stops) stop()
  }
}

/** Told when the page is put away, perhaps to come back as it was; `pageshow` follows then. */
export function onPageHide(listener: () => void): Unsubscribe {
  return listen(window, 'pagehide', listener)
}
