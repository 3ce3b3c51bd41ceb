import admin from '../../admin/admin.module.css'

/** Stands before settings that are stored and served, and that the widget does not draw yet. Goes when it does. */
export function NextVersionNote() {
  return <p className={admin.dialogText}>Kept now; your widget shows it from its next version.</p>
}
