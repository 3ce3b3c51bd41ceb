import admin from '../../admin/admin.module.css'
import { CodeBlock } from '../../admin/code-block.js'
import { LoadView } from '../../admin/load-view.js'
import { useLoaded } from '../../admin/use-loaded.js'
import type { EmbedTarget } from './embed-codes.js'
import { pinnedTag } from './pinned-tag.js'
import { loadPublishedBuild } from './published-build.js'

/** The code for a site that runs one build of the widget and no other. */
export function PinnedBuild({ target }: { target: EmbedTarget }) {
  const build = useLoaded(() => loadPublishedBuild(target.url, fetch))
  return (
    <div className={admin.stack}>
      <p className={admin.dialogText}>
        Paste it in the head, before any module script. Browsers then run the widget as it is now, and refuse a file
        that was changed. When the server is updated, paste the new code: the old one names files that are gone.
      </p>
      <LoadView loaded={build}>
        {(published) => <CodeBlock what="Script tag with digests" text={pinnedTag(target, published)} />}
      </LoadView>
    </div>
  )
}
