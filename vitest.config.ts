import {defineConfig} from "vitest/config";

export default defineConfig({
  resolve: {alias: [{find: /^npm:(.*)$/, replacement: "$1"}]},
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**", "test/long/**"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000
  }
});
