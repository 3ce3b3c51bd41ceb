import type { FilesProps } from '../panel-model.js'

/** What has to do with files; their chunk is fetched for the first of them, and again by the next drawing when it did not come. */
export function Files(props: FilesProps) {
  const { panel, part } = props
  const { files, open, client } = panel
  if (files) return <files.Files {...props} />
  if (open && (part || client.$settings.get()?.attachments))
    import('../attachments.js').then(
      ({ join }) => join(panel),
      () => {},
    )
  return part?.text
}
