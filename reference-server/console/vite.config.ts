import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  // Relative, so that one build serves under any mount path.
  base: './',
  plugins: [react()],
  resolve: { conditions: ['@chatdesk/source', 'module', 'browser', 'development|production'] },
  // No inlined assets: the console's content security policy allows neither data: nor inline scripts.
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Staff load it once and keep it; its weight is checked, compressed, with the other budgets.
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3001', '/socket.io': 'http://127.0.0.1:3001' } },
})
