// Builds the pages into dist/web, which the gateway serves; `vite dev` passes calls on to a gateway that runs beside it.
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Rooms are read from their sources, as the other tools of the house do.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: { outDir: '../../dist/web', emptyOutDir: true, modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
