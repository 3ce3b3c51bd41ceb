import {
  ActionIcon,
  Button,
  ColorInput,
  type CSSVariablesResolver,
  createTheme,
  Modal,
  NativeSelect,
  PasswordInput,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif'

/** Mantine, dressed in the console's tokens. */
export const theme = createTheme({
  fontFamily,
  headings: { fontFamily, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 8,
  cursorType: 'pointer',
  primaryColor: 'brand',
  primaryShade: 6,
  colors: {
    brand: [
      '#f0f1fc',
      '#dfe1f8',
      '#bdc1f0',
      '#989fe8',
      '#7981e4',
      '#656fdc',
      '#5560cf',
      '#4752b6',
      '#3d47a0',
      '#303982',
    ],
  },
  components: {
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, offset: 6, fz: 12 } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 32 } }),
    Button: Button.extend({
      styles: { label: { fontWeight: 500 } },
      // A field needs a strong border to be seen; a button has its words.
      vars: (_theme, { variant }) => ({
        root: variant === 'default' ? { '--button-bd': '1px solid var(--chatdesk-line)' } : {},
      }),
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'md' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'md' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'md', autosize: true, minRows: 2, maxRows: 8 } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'md' } }),
    ColorInput: ColorInput.extend({ defaultProps: { size: 'md' } }),
    Switch: Switch.extend({ defaultProps: { size: 'md' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 12, transitionProps: { duration: 140 } },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    }),
  },
})

/** Hands our tokens to Mantine's own variables, so that its parts follow the colour scheme by our names. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--chatdesk-surface)',
    '--mantine-color-text': 'var(--chatdesk-text)',
    '--mantine-color-dimmed': 'var(--chatdesk-text-soft)',
    '--mantine-color-placeholder': 'var(--chatdesk-text-soft)',
    '--mantine-color-default': 'var(--chatdesk-surface)',
    '--mantine-color-default-hover': 'var(--chatdesk-hover)',
    '--mantine-color-default-border': 'var(--chatdesk-line-strong)',
    '--mantine-color-gray-light-color': 'var(--chatdesk-text-soft)',
    '--mantine-color-gray-light-hover': 'var(--chatdesk-hover)',
    '--mantine-color-error': 'var(--chatdesk-overdue)',
  }
  return { variables: {}, light: shared, dark: shared }
}
