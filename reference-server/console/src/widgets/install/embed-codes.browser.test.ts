import { expect, it } from 'vitest'
import { embedCodes, scriptTag } from './embed-codes.js'

const TARGET = { url: 'https://widget.chatdesk.com', widgetKey: 'wk_abc123xyz789' }

/** As the first integration guide printed it; its second line of spaces included. */
const GUIDE = `<script>
  (function(w,d,s,o,f,js,fjs){
    w['ChatDesk']=o;w[o]=w[o]||function(){(w[o].q=w[o].q||[]).push(arguments)};
    js=d.createElement(s),fjs=d.getElementsByTagName(s)[0];
    js.id=o;js.src=f;js.async=1;fjs.parentNode.insertBefore(js,fjs);
  }(window,document,'script','chatdesk','https://widget.chatdesk.com/widget.js'));
  ${''}
  chatdesk('init', {
    widgetKey: 'wk_abc123xyz789'
  });
</script>`

it('[L1] prints the snippet of the guide, letter for letter', () => {
  expect(scriptTag(TARGET)).toBe(GUIDE)
})

it('names the server and the key in every way', () => {
  for (const { id, blocks } of embedCodes({ url: 'https://host.example/chat', widgetKey: 'wk_1' })) {
    const text = blocks.map((block) => block.text).join('\n')
    expect(text, id).toContain('wk_1')
    expect(text, id).toContain('https://host.example')
  }
})

it('says wherever a package is installed that it is not published yet', () => {
  for (const { id, lead, blocks } of embedCodes(TARGET)) {
    const installs = blocks.some(({ text }) => text.startsWith('npm install'))
    expect(lead.includes('npm pack -w packages/widget'), id).toBe(installs)
  }
})

it('names origins in a policy, where a path would match nothing', () => {
  const policy = embedCodes({ url: 'https://host.example/chat', widgetKey: 'wk_1' }).find(({ id }) => id === 'csp')
  expect(policy?.blocks[0]?.text).toBe(
    'script-src https://host.example\nconnect-src https://host.example wss://host.example\nimg-src https://host.example data:',
  )
})

it('threat 22: no key ends the script that it stands in', () => {
  const text = scriptTag({ ...TARGET, widgetKey: "x'});</script><script>alert(1)//\\" })
  expect(text.match(/<\/script>/g)).toHaveLength(1)
  const code = text.replace(/<\/?script>/g, '')
  const calls: unknown[][] = []
  const page = { chatdesk: (...call: unknown[]) => calls.push(call) }
  const element = { parentNode: { insertBefore: () => undefined } }
  const document = { createElement: () => ({}), getElementsByTagName: () => [element] }
  new Function('window', 'document', 'chatdesk', code)(page, document, page.chatdesk)
  expect(calls).toEqual([['init', { widgetKey: "x'});</script><script>alert(1)//\\" }]])
})
