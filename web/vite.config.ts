import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunkNamer } from "./chunks.ts";

const server = process.env.HUXI_SERVER ?? "http://127.0.0.1:7010";

export default defineConfig({
  plugins: [react()],
  server: { port: 7011, proxy: { "/api": server, "/healthz": server } },
  build: {
    target: ["es2020", "chrome87", "safari14"],
    manifest: true,
    modulePreload: { polyfill: false },
    // Inlined files would need `data:` where the policy of the pages forbids it.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: chunkNamer(), debugName: "shared pieces" }],
        },
      },
    },
  },
  // A machine at work elsewhere is slow, not wrong.
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: "src/vitest.setup.ts",
    testTimeout: 60_000,
  },
} as Parameters<typeof defineConfig>[0]);
