/** Where a widget is embedded. */
export interface EmbedTarget {
  /** The server's mount point, without a slash at its end. */
  url: string
  widgetKey: string
}

/** One way to put a widget on a site. */
export interface EmbedCode {
  id: string
  name: string
  /** Where it goes. */
  lead: string
  /** Each with its own button. */
  blocks: { what: string; text: string }[]
}

/** A text as JavaScript, which nothing in it can end, nor the script element around it. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/</g, '\\u003c')}'`
}

/**
 * What to paste before `</body>`: the loader as the first integration guide printed it, letter for letter. The key alone
 * is said: what stands in a page wins over the widget's settings, and would hold them where they are.
 */
export function scriptTag({ url, widgetKey }: EmbedTarget): string {
  return [
    '<script>',
    '  (function(w,d,s,o,f,js,fjs){',
    "    w['ChatDesk']=o;w[o]=w[o]||function(){(w[o].q=w[o].q||[]).push(arguments)};",
    '    js=d.createElement(s),fjs=d.getElementsByTagName(s)[0];',
    '    js.id=o;js.src=f;js.async=1;fjs.parentNode.insertBefore(js,fjs);',
    `  }(window,document,'script','chatdesk',${literal(`${url}/widget.js`)}));`,
    '  ',
    "  chatdesk('init', {",
    `    widgetKey: ${literal(widgetKey)}`,
    '  });',
    '</script>',
  ].join('\n')
}

/** Every way, the usual one first. */
export function embedCodes(target: EmbedTarget): EmbedCode[] {
  const { url, widgetKey } = target
  const mount = `mountWidget({ url: ${literal(url)}, widgetKey: ${literal(widgetKey)} })`
  const install = { what: 'Installation', text: 'npm install @chatdesk/widget' }
  const unpublished =
    'The installation works once the package is published; until then from a packed file: npm pack -w packages/widget.'
  return [
    {
      id: 'script',
      name: 'Script tag',
      lead: 'Paste it before </body> on every page that shall show the chat.',
      blocks: [{ what: 'Script tag', text: scriptTag(target) }],
    },
    {
      id: 'npm',
      name: 'npm',
      lead: `Call it once, when your page starts. ${unpublished}`,
      blocks: [install, { what: 'Module', text: `import { mountWidget } from '@chatdesk/widget'\n\n${mount}` }],
    },
    {
      id: 'react',
      name: 'React',
      lead: `Draw the component once, near the root of your app. ${unpublished}`,
      blocks: [
        install,
        {
          what: 'React component',
          text: [
            "import { mountWidget } from '@chatdesk/widget'",
            "import { useEffect } from 'react'",
            '',
            'export function Chat() {',
            '  useEffect(() => {',
            `    const widget = ${mount}`,
            '    return () => widget.unmount()',
            '  }, [])',
            '  return null',
            '}',
          ].join('\n'),
        },
      ],
    },
    {
      id: 'vue',
      name: 'Vue',
      lead: `Draw the component once, near the root of your app. ${unpublished}`,
      blocks: [
        install,
        {
          what: 'Vue component',
          text: [
            '<script setup>',
            "import { mountWidget } from '@chatdesk/widget'",
            "import { onMounted, onUnmounted } from 'vue'",
            '',
            'let widget',
            `onMounted(() => { widget = ${mount} })`,
            'onUnmounted(() => widget.unmount())',
            '</script>',
            '',
            '<template></template>',
          ].join('\n'),
        },
      ],
    },
    {
      id: 'wordpress',
      name: 'WordPress',
      lead: 'Add it to functions.php of your theme; the chat then stands on every page.',
      blocks: [
        {
          what: 'Code for functions.php',
          text: `add_action('wp_footer', function () { ?>\n${scriptTag(target)}\n<?php });`,
        },
      ],
    },
    {
      id: 'csp',
      name: 'Content security',
      lead: 'If your pages send a Content-Security-Policy, add these sources to its lines. A policy with nonces gives the script tag one, and names it to the widget.',
      blocks: [
        { what: 'Content-Security-Policy', text: policyLines(url) },
        {
          what: 'Options for a nonce',
          text: `chatdesk('init', {\n  widgetKey: ${literal(widgetKey)},\n  styleNonce: 'your nonce'\n});`,
        },
      ],
    },
  ]
}

function policyLines(url: string): string {
  const { origin } = new URL(url)
  return [
    `script-src ${origin}`,
    `connect-src ${origin} ${origin.replace(/^http/, 'ws')}`,
    `img-src ${origin} data:`,
  ].join('\n')
}
