import { readFile } from 'node:fs/promises'
import type { Options } from 'tsup'

/** What Preact asks its components for, and none of the panel's has. */
const COMPONENT_MEMBERS = [
  'componentDidCatch',
  'componentWillMount',
  'componentWillReceiveProps',
  'componentWillUpdate',
  'defaultProps',
  'getChildContext',
  'getDerivedStateFromError',
  'getDerivedStateFromProps',
  'getSnapshotBeforeUpdate',
  'shouldComponentUpdate',
]

/** What only extensions of Preact set. */
const OPTION_MEMBERS = ['vnode']

/** How a context reaches those below it: the panel hands its model down by hand. */
const CONTEXTS: [question: string, answer: string][] = [
  ['I=(s=F.contextType)&&i[s.__c],P=s?I?I.props.value:s.__:i,', ''],
  ['I&&I.sub(p),', ''],
  ['new F(x,P)', 'new F(x)'],
  ['new C(x,P)', 'new C(x)'],
  [',this.context=l', ''],
  ['this.constructor(n,u)', 'this.constructor(n)'],
]

/** Another drawing right after one: by what has set a state of hooks meanwhile, or once what a part has thrown is fetched. */
const DRAWING_AGAIN: [question: string, answer: string][] = [
  [
    'if(p.context=P,p.props=x,p.__P=n,p.__e=!1,A=l.__r,H=0,M)p.state=p.__s,p.__d=!1,A&&A(u),s=p.render(p.props,p.state,p.context),w.push.apply(p.__h,p._sb),p._sb=[];else do{p.__d=!1,A&&A(u),s=p.render(p.props,p.state,p.context),p.state=p.__s}while(p.__d&&++H<25);p.state=p.__s,',
    'p.props=x,p.__P=n,p.__e=!1,p.state=p.__s,p.__d=!1,s=p.render(p.props,p.state),',
  ],
  ['n.then||B(u),', ''],
]

/** What else only extensions of Preact set, under names that other objects have as well. */
const HOOKS: [question: string, answer: string][] = [
  ['(s=l.__b)&&s(u);', ''],
  ['(s=l.diffed)&&s(u),', ' '],
  ['||r!=l.debounceRendering)&&((r=l.debounceRendering)||o)(H)', ')&&o(H)'],
  ['l.event?l.event(u):u', 'u'],
  ['l.__c&&l.__c(u,n),', ''],
  ['l.unmount&&l.unmount(n),', ''],
  ['l.__&&l.__(u,t),', ''],
]

/** The search for a component that catches what another one throws: none does. */
const CATCHING: [question: string, answer: string][] = [
  ['k=(p=u.__c=t.__c).__=p.__E', 'p=u.__c=t.__c'],
  [',k&&(p.__E=p.__=null)', ''],
  [',l.__e(n,u,t)', ';throw n'],
  [
    '{try{n=u.__h,u.__h=[],n.some(function(n){n.call(u)})}catch(n){l.__e(n,u.__v)}}',
    '{n=u.__h,u.__h=[],n.some(function(n){n.call(u)})}',
  ],
  ['try{i.componentWillUnmount()}catch(n){l.__e(n,u)}', 'i.componentWillUnmount();'],
  ['{try{if("function"==typeof n)', '{if("function"==typeof n)'],
  ['else n.current=u}catch(n){l.__e(n,t)}', 'else n.current=u'],
]

/** What every browser of the panel's has. */
const PLATFORM: [question: string, answer: string][] = [
  ['"function"==typeof Promise?Promise.prototype.then.bind(Promise.resolve()):setTimeout', 'queueMicrotask'],
]

/** Functions in the place of a state, and in that of a callback once it is drawn: see `after-drawing.ts`. */
const UPDATERS: [question: string, answer: string][] = [
  ['"function"==typeof n&&(n=n(m({},u),this.props)),', ''],
  ['n&&this.__h.push(n),', ''],
  ['l&&this._sb.push(l),', ''],
  [',p._sb=[])', ')'],
  ['w.push.apply(p.__h,p._sb),p._sb=[],', ''],
]

/** Listeners on the way down: the panel's hear on the way up. */
const CAPTURING: [question: string, answer: string][] = [
  ['r=l!=(l=l.replace(s,"$1")),', ''],
  ['n.l[l+r]=u', 'n.l[l+!1]=u'],
  ['n.addEventListener(l,r?v:p,r)', 'n.addEventListener(l,p)'],
  ['n.removeEventListener(l,r?v:p,r)', 'n.removeEventListener(l,p)'],
  [',s=/(PointerCapture)$|Capture$/i', ''],
  [',v=V(!0)', ''],
]

/** What the panel never draws: numbers beyond 2^53, `String` objects, comments, built-in elements that are extended; nor does it draw into the document. */
const VALUES: [question: string, answer: string][] = [
  ['||"bigint"==typeof o||o.constructor==String', ''],
  [',k.is&&k', ''],
  ['do{l=l&&l.nextSibling}while(null!=l&&8==l.nodeType);return l', 'return l&&l.nextSibling'],
  [',s="checked",null!=_&&_!=u[s]&&N(u,s,_,m[s],o)', ''],
  ['t==document&&(t=document.documentElement),', ''],
]

/** Attributes that the panel never sets, and what Preact asks because of them. */
const ATTRIBUTES = {
  checked: /"checked"==s/g,
  dangerouslySetInnerHTML: /"dangerouslySetInnerHTML"==s/g,
  defaultChecked: /"defaultChecked"in k/g,
  defaultValue: /"defaultValue"in k/g,
  style: /"style"==l/g,
}

/** More of them, of which Preact knows that they are no properties. */
const FOREIGN_ATTRIBUTES: Readonly<Record<string, [question: string, answer: string][]>> = {
  list: [['"list"!=l&&', '']],
  rowSpan: [['"rowSpan"!=l&&', '']],
  colSpan: [['"colSpan"!=l&&', '']],
  popover: [
    ['"popover"!=l&&', ''],
    ['"popover"==l&&1==u?"":u', 'u'],
  ],
  xlinkHref: [['l=l.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s")', '']],
}

/** Elements that the panel never makes, and what Preact asks because of them. */
const ELEMENTS = {
  foreignObject: /"foreignObject"==x/g,
  math: /"math"==x/g,
  progress: /"progress"==x/g,
  template: /"template"==t\.type/g,
}

/** Preact can take over what a server has drawn, or what stands in the page. The panel begins with an empty element. */
const HYDRATION: [question: string, answer: string][] = [
  ['(r="function"==typeof i)?null:i&&i.__k||t.__k', 't.__k'],
  ['(!r&&i||t).__k', 't.__k'],
  [',r,f),D(', ',!1,f),D('],
  // A render: neither is there anything to take over, nor anything in the way.
  ['!r&&i?[i]:o?null:t.firstChild?n.call(t.childNodes):null', 'null'],
  ['!r&&i?i:o?o.__e:t.firstChild', 'o?o.__e:null'],
  ['32&u.__u?[t]:null', 'null'],
  ['!!(32&u.__u)', '!1'],
  // A node.
  ['128&t.__u&&(c=!!(32&t.__u),o=[f=u.__e=t.__e]),', ''],
  ['c||null!=o', '!1'],
  ['null==o&&u.__v==t.__v', 'u.__v==t.__v'],
  ['128&u.__u?void 0:f', 'f'],
  // An element.
  [',null!=e)for(s=0;', ',!1)for(s=0;'],
  [',c&&(l.__m&&l.__m(t,e),c=!1),e=null', ''],
  ['c&&u.data==k', '!1'],
  ['e="textarea"==x&&null!=k.defaultValue?null:e&&n.call(u.childNodes),!c&&null!=e', '!1'],
  ['c&&"function"!=typeof y', '!1'],
  ['e?e[0]:i.__k', 'i.__k'],
  [',null!=e)for(s=e.length', ',!1)for(s=e.length'],
  ['c&&"textarea"!=x', '!1'],
]

/** How a source of the panel would ask for one of them; a group holds its name. */
const USED = new RegExp(
  [
    `\\b(${['contextType', ...COMPONENT_MEMBERS].join('|')})\\b`,
    `\\b(${Object.keys({ ...ATTRIBUTES, ...FOREIGN_ATTRIBUTES }).join('|')})=`,
    `<(${Object.keys(ELEMENTS).join('|')})\\b`,
    '\\b(on[A-Z]\\w*Capture)=',
    '\\b(setState)\\(\\s*(?:\\(|\\w+ *=>|\\{[^{}]*\\},)',
    '\\b(forceUpdate)\\([^)]',
  ].join('|'),
)

/** Preact without what the panel never asks for. Throws where Preact no longer reads as it did. */
export function leanSource(source: string): string {
  const cuts: [question: RegExp | string, answer: string][] = [
    ...HYDRATION,
    ...CONTEXTS,
    ...DRAWING_AGAIN,
    ...HOOKS,
    ...UPDATERS,
    ...CAPTURING,
    ...CATCHING,
    ...PLATFORM,
    ...VALUES,
    ...Object.values(FOREIGN_ATTRIBUTES).flat(),
    ...[...COMPONENT_MEMBERS, ...OPTION_MEMBERS].map((name): [RegExp, string] => [
      new RegExp(`\\b\\w\\.${name}\\b(?!=)`, 'g'),
      'void 0',
    ]),
    ...Object.values({ ...ATTRIBUTES, ...ELEMENTS }).map((question): [RegExp, string] => [question, '!1']),
  ]
  return cuts.reduce((text, [question, answer]) => {
    const lean = text.replace(question, answer)
    if (lean === text) throw new Error(`Preact has changed: nothing in it fits ${question}`)
    return lean
  }, source)
}

/** What a source of the panel asks for although it is left out. */
export function missedFeature(source: string): string | undefined {
  return USED.exec(source)?.slice(1).find(Boolean)
}

/**
 * Answers what Preact asks and the panel never says, so that the minifier can leave out what follows from it: more than a
 * fifth of Preact. The build fails where our own source has come to say it after all.
 */
export const leanPreact: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'lean-preact',
  setup(build) {
    build.onLoad({ filter: /\/preact\.(module\.js|mjs)$/ }, async ({ path }) => ({
      contents: leanSource(await readFile(path, 'utf8')),
    }))
    build.onLoad({ filter: /\/panel\/.*\.tsx$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8')
      const missed = missedFeature(contents)
      if (missed) throw new Error(`${path} needs ${missed}, which lean-preact.ts leaves out of Preact`)
      return { contents, loader: 'tsx' }
    })
  },
}
