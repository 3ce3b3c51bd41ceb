import type { StorybookConfig } from '@storybook/preact-vite'

const config: StorybookConfig = {
  framework: '@storybook/preact-vite',
  stories: ['../panel/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  viteFinal: (vite) => ({
    ...vite,
    // Stories show the sources, not what was built last.
    resolve: { ...vite.resolve, conditions: ['@chatdesk/source', 'module', 'browser', 'development|production'] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }),
}

export default config
