/** What `preact/jsx-runtime` takes from Preact: no hooks are set, and no fragments drawn. */
export const options = {}
export const Fragment = undefined
